//! Edges of rules and fixes that no example shows: changes there that no other test saw when they were made on purpose.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place};

/// The findings in a goal, a line each.
fn found(goal: &str) -> Vec<String> {
    let place = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", goal)]);
    lines(&place)
}

fn lines(place: &Place) -> Vec<String> {
    let output = place.output(&["lint", "--format", "short", "-q"], b"");
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What `--fix` makes of a row of tasks.
fn fixed_row(row: &str) -> String {
    let task = "| Standard reviews | ![Team][] [compiler] |       |\n";
    let place = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", &GOAL.replace(task, &format!("{task}{row}\n")))]);
    place.output(&["lint", "--fix"], b"");
    let text = std::fs::read_to_string(place.path().join("src/2025h1/a.md")).unwrap();
    let (_, rest) = text.split_once(task).unwrap();
    rest.lines().next().unwrap().to_owned()
}

#[test]
fn a_pipe_within_something_is_no_surplus_one() {
    let row = |notes: &str| format!("| Standard reviews | ![Team][] [lang] | {notes} |");
    // One at the end is, where nothing is cut in two.
    assert_eq!(fixed_row(&row("words |")), row("words"));
    for notes in ["`see | that`", "say \"see | that\"", "(see | that)", "[see | that]"] {
        assert_eq!(fixed_row(&row(notes)), row(notes), "the pipe was meant as text");
        let cut = format!("{} |", notes.split_once(" | ").unwrap().0);
        assert_eq!(fixed_row(&row(&cut)), row(&cut), "what is behind the pipe may be missing");
    }
}

#[test]
fn a_leap_day_is_one_in_a_leap_year() {
    for (date, is_one) in [("2000-02-29", true), ("2024-02-29", true), ("2100-02-29", false), ("2023-02-29", false)] {
        let template = format!(
            "- Feature Name: N/A\n- Start Date: {date}\n- RFC PR: [rust-lang/rfcs#3764](https://github.com/rust-lang/rfcs/pull/3764)\n\
             - Rust Issue: N/A\n\n# RFC\n\n## Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n"
        );
        let place = Place::with(&[("src/2025h1/README.md", template.as_str()), ("src/2025h1/a.md", GOAL)]);
        let findings = lines(&place);
        let is_told = findings.iter().any(|line| line.ends_with(&format!("invalid date `{date}`")));
        assert_eq!(is_told, !is_one, "{findings:?}");
    }
}

#[test]
fn asterisks_that_are_text_are_not_unmatched() {
    for text in ["\\**args", "a ***b", "x ** y", "2**8**2"] {
        assert_eq!(found(&GOAL.replace("Words.", text)), [""; 0], "{text}");
    }
    for text in ["**words", "words**"] {
        let findings = found(&GOAL.replace("Words.", text));
        assert!(findings[0].ends_with("unmatched `**` is shown as text"), "{findings:?}");
    }
}

#[test]
fn a_number_of_two_words_is_one() {
    let said = |number: &str| {
        let template = format!(
            "- Feature Name: lantern\n- Start Date: 2025-01-14\n- RFC PR: [rust-lang/rfcs#1](https://github.com/rust-lang/rfcs/pull/1)\n\
             - Rust Issue: N/A\n\n## Summary\n\nThe slate has {number} project goals.\n\n<!-- GOALS -->\n\n<!-- TEAM ASKS -->\n"
        );
        let place = Place::with(&[("goals.toml", "site = \"https://x.org\"\n"), ("src/2025h1/README.md", &template)]);
        for number in 1..=21 {
            let goal = GOAL.replacen("# ", &format!("# {number} "), 1);
            place.write(&format!("src/2025h1/{number}.md"), goal.as_bytes());
        }
        lines(&place).into_iter().filter(|line| line.contains("wrong-count")).count()
    };
    assert_eq!(["twenty-one", "twenty one", "21", "twenty-two", "two"].map(said), [0, 0, 0, 1, 1]);
}
