//! What a reader sees on a terminal: at 80 and 120 columns, at the end of a long run, in colors.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeSet;
use std::path::Path;

use common::{GOAL, Place, fixtures, on_terminal, snapshot, titled};
use unicode_width::UnicodeWidthStr;

/// A goal with two errors, and a warning that can be fixed.
fn faulty(title: &str) -> String {
    let notes =
        "Notes that are as long as those of real goals, which need more than a hundred columns to be read whole";
    titled(GOAL, title)
        .replace("@Manishearth", "@manishearth")
        .replace("Proposed ", "propposed")
        .replace("[compiler] |       |", &format!("[complier] | {notes} |"))
}

/// A slate with so many files that have errors.
fn slate(files: usize) -> Place {
    let place = Place::new();
    for number in 0..files {
        place.write(&format!("src/2025h1/goal-{number:03}.md"), faulty(&format!("Goal {number}")).as_bytes());
    }
    place
}

#[test]
fn findings_are_as_wide_as_the_terminal() {
    let place = slate(1);
    let run = |columns| on_terminal(place.path(), &["lint", "--color", "never"], columns);
    for columns in [80, 120] {
        snapshot(&format!("terminal-lint-{columns}"), &run(columns));
    }
    // What is narrower than the narrowest is as the narrowest, and likewise with the widest.
    let findings = |columns| run(columns).split("note: ").next().unwrap().to_owned();
    assert_eq!(findings(40), findings(80));
    assert_eq!(findings(140), findings(250));
    assert!(findings(80) != findings(120) && findings(120) != findings(140));
}

#[test]
fn tables_are_as_wide_as_the_terminal() {
    let commands: [&[&str]; 6] = [
        &["list", "2025h1"],
        &["list", "2026"],
        &["asks", "2026", "--team", "compiler"],
        &["asks", "2025h1", "--totals", "teams"],
        &["asks", "2026", "--totals", "people"],
        &["roster"],
    ];
    for columns in [80, 120] {
        let run = |args: &&[&str]| on_terminal(&fixtures(), &[*args, &["--color", "never"]].concat(), columns);
        let text = commands.iter().map(run).collect::<Vec<_>>().join("\n");
        let rules = run(&&["explain"][..]);
        // A value of the configuration is never broken, so its lines may be longer.
        let config = run(&&["config"][..]);
        let lines = text.lines().chain(rules.lines());
        let wide: Vec<&str> = lines.filter(|line| line.width() > usize::from(columns)).collect();
        assert!(wide.is_empty(), "{columns}: {wide:#?}");
        snapshot(&format!("terminal-tables-{columns}"), &format!("{text}\n{config}"));
    }
}

#[test]
fn tables_of_real_slates_fit() {
    for period in ["2025h1", "2025h2", "2026"] {
        let Some(root) = common::corpus(period, "tables_of_real_slates_fit") else { continue };
        for columns in [80, 120] {
            for args in [&["list", period][..], &["asks", period]] {
                let text = on_terminal(&root, &[args, &["--color", "never"]].concat(), columns);
                let wide: Vec<&str> = text.lines().filter(|line| line.width() > usize::from(columns)).collect();
                assert!(wide.is_empty(), "{wide:#?}");
                // Of a goal and of teams nothing is cut.
                let cut = args[0] == "list" && text.contains('…');
                assert!(!cut, "{text}");
                // No user's name is broken in two: each that a pipe gets is there as a word.
                let piped = String::from_utf8(common::output(&root, args, b"", &[]).stdout).unwrap();
                let users = |text: &str| -> BTreeSet<String> {
                    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '@' | '-' | '_')));
                    words.filter(|word| word.starts_with('@')).map(str::to_owned).collect()
                };
                let (there, drawn) = (users(&piped), users(&text));
                // Of asks a terminal gets the totals, too, in which there are others.
                let broken: Vec<&String> = drawn.difference(&there).collect();
                assert!(args[0] == "asks" || broken.is_empty() && drawn.len() > 20, "{broken:?}");
            }
        }
    }
}

/// The last lines of a run that a screen of 24 lines holds, below which is the prompt.
fn last_screen(run: &str) -> Vec<&str> {
    let lines: Vec<&str> = run.lines().filter(|line| !line.starts_with("exit code ")).collect();
    lines[lines.len().saturating_sub(23)..].to_vec()
}

#[test]
fn the_last_screen_of_a_first_run_names_the_files_with_errors() {
    let place = slate(40);
    let run = on_terminal(place.path(), &["lint", "--color", "never"], 80);
    let screen = last_screen(&run);
    assert!(run.lines().count() > 500, "a long run");
    let heading = screen.iter().position(|line| *line == "files with errors:").unwrap();
    snapshot("terminal-last-screen", &screen[heading..].join("\n"));

    let Some(root) = common::corpus("site/input", "the_last_screen_of_a_first_run_names_the_files_with_errors") else {
        return;
    };
    let run = on_terminal(&root, &["lint", "--color", "never"], 80);
    let screen = last_screen(&run);
    assert!(screen.contains(&"files with errors:"), "{screen:#?}");
    assert!(screen.iter().any(|line| line.starts_with("checked ")), "{screen:#?}");
    assert!(screen.last().unwrap().ends_with("run `goals explain RULE` for more"), "{screen:#?}");
    let listed = screen.iter().skip_while(|line| **line != "files with errors:");
    let files = listed.filter(|line| line.contains(".md:")).count();
    let errors = run.lines().filter(|line| line.starts_with("error[")).count();
    assert!(files > 0 && files <= errors, "{files} files, {errors} errors");
}

#[test]
fn errors_alone_are_shown_and_the_rest_is_counted() {
    let place = slate(1);
    place.write("goals.toml", b"exclude = [\"nothing.md\"]\n");
    let mut text = Vec::new();
    for format in ["human", "short", "json"] {
        text.push(place.run(&["lint", "--errors", "--format", format]));
    }
    text.push(place.run(&["lint", "--errors", "--statistics"]));
    // Warnings that are not shown count all the same.
    let warnings = Place::with(&[("src/2025h1/a.md", &GOAL.replace("Reasons.", "TODO"))]);
    text.push(warnings.run(&["lint", "--errors"]));
    text.push(warnings.run(&["lint", "--errors", "--deny-warnings"]));
    snapshot("terminal-errors", &text.join("\n"));
}

#[test]
fn colors_can_be_read_on_dark_and_light() {
    let place = slate(1);
    place.write("src/2025h1/goal-000.md", faulty("Goal 0").as_bytes());
    let commands: [&[&str]; 9] = [
        &["lint"],
        &["config"],
        &["lint", "--format", "short"],
        &["lint", "--diff"],
        &["lint", "--statistics"],
        &["list"],
        &["explain", "unknown-status"],
        &["lint", "--help"],
        &["rfc"],
    ];
    for args in commands {
        let text = on_terminal(place.path(), args, 80);
        assert!(text.contains("\u{1b}["), "no colors: {text}");
        for code in codes(&text) {
            // Yellow, cyan and white, also the bright ones, and colors of the terminal's own 256 or more.
            let unreadable = ["33", "36", "37", "93", "96", "97", "38"];
            assert!(!code.split(';').any(|part| unreadable.contains(&part)), "{args:?}: {code}: {text}");
        }
        let plain = on_terminal(place.path(), &[args, &["--color", "never"]].concat(), 80);
        assert!(!plain.contains('\u{1b}'), "{plain}");
        assert_eq!(without_codes(&text).lines().skip(1).collect::<Vec<_>>(), plain.lines().skip(1).collect::<Vec<_>>());
    }
    snapshot("terminal-color", &on_terminal(place.path(), &["lint"], 80).replace('\u{1b}', "␛"));
}

/// What stands between `ESC [` and `m`.
fn codes(text: &str) -> Vec<&str> {
    text.split("\u{1b}[").skip(1).filter_map(|part| part.split('m').next()).collect()
}

fn without_codes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or("", |(_, rest)| rest))
}

#[test]
fn a_narrow_terminal_breaks_no_line_about_the_run_within_a_word() {
    let run = on_terminal(Path::new("."), &["lint", "nowhere", "--color", "never"], 80);
    assert!(run.lines().all(|line| line.width() <= 80), "{run}");
}
