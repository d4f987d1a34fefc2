//! `--diff` and `--check`: what they print is a patch, and makes the new text of the old one.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{Dice, Place, git, has};
use goals::output;
use similar::TextDiff;

/// Two texts: one with a thing done to some of its lines.
fn texts(dice: &mut Dice, lines: usize, kinds: usize, changes: usize) -> (String, String) {
    let line = |dice: &mut Dice| format!("| line {} | {} |\n", dice.below(kinds), "x".repeat(dice.below(3)));
    let old: Vec<String> = (0..lines).map(|_| line(dice)).collect();
    let mut new = old.clone();
    for _ in 0..changes {
        let at = dice.below(new.len());
        match dice.below(4) {
            0 => drop(new.drain(at..new.len().min(at + dice.below(9)))),
            1 => new.insert(at, line(dice)),
            2 => new.insert(at, "\r\n".into()),
            _ => new.iter_mut().skip(at).take(1).for_each(|line| line.insert(0, '>')),
        }
    }
    let mut texts = (old.concat(), new.concat());
    // Without the last line end of one or of both.
    for text in [&mut texts.0, &mut texts.1] {
        if dice.below(3) == 0 {
            text.truncate(text.trim_end().len());
        }
    }
    texts
}

#[test]
fn a_diff_of_an_ordinary_file_is_the_shortest_one() {
    let mut dice = Dice(1);
    for _ in 0..500 {
        let (lines, kinds, changes) = (dice.below(400), 1 + dice.below(500), dice.below(40));
        let (old, new) = texts(&mut dice, lines, kinds, changes);
        let shortest = TextDiff::from_lines(&old, &new).unified_diff().header("a/x.md", "b/x.md").to_string();
        // `similar` gets the numbers wrong where it moves one change past another; git says below whether ours are right.
        let without_numbers = |diff: &str| diff.lines().filter(|line| !line.starts_with("@@")).collect::<String>();
        assert_eq!(without_numbers(&output::diff("x.md", &old, &new).unwrap()), without_numbers(&shortest));
    }
}

#[test]
fn git_applies_a_diff() {
    if !has("git", "git_applies_a_diff") {
        return;
    }
    let mut dice = Dice(2);
    let mut pairs: Vec<(String, String)> = (0..20)
        .map(|_| {
            let (lines, kinds, changes) = (1 + dice.below(400), 1 + dice.below(500), 1 + dice.below(40));
            texts(&mut dice, lines, kinds, changes)
        })
        .collect();
    // Few lines, of which many are alike: here one change can be moved past another.
    let mut few = || (0..1 + dice.below(7)).map(|_| format!("{}\n", dice.below(3))).collect::<String>();
    pairs.extend((0..200).map(|_| (few(), few())));
    // Too much that differs for the shortest one.
    pairs.push((rows("standard reviews", 20_000), rows("Standard reviews", 20_000)));
    pairs.push((rows("standard reviews", 20_000), rows("Standard reviews", 20_001)));
    pairs.push((rows("standard reviews", 20_000) + "\n# End", rows("Standard reviews", 20_000) + "\n# The end\n"));
    for changes in [2_000, 20_000] {
        pairs.push(texts(&mut dice, 20_000, 50, changes));
        pairs.push(texts(&mut dice, 20_000, 100_000, changes));
    }
    let place = Place::new();
    for (number, (old, new)) in pairs.iter().enumerate() {
        let name = format!("{number}.md");
        place.write(&name, old.as_bytes());
        place.write("diff", output::diff(&name, old, new).unwrap().as_bytes());
        if old != new {
            git(place.path(), &["apply", "diff"]);
        }
        let applied = std::fs::read_to_string(place.path().join(&name)).unwrap();
        assert!(applied == *new, "{name} is not what the diff should make of it");
    }
}

/// Rows of a table, all alike.
fn rows(ask: &str, count: usize) -> String {
    format!("# A goal\n\n{}", format!("| {ask} | ![Team][] [rustdoc] | |\n").repeat(count))
}
