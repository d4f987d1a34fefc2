//! Damaged files: whatever becomes of a goal's text, the engine answers, every place lies in the text, and fixes settle.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;
mod properties;

use std::path::Path;

use common::Dice;
use properties::{Workbench, damage};

#[test]
fn damaged_goals_are_answered() {
    let workbench = Workbench::new(&common::fixtures());
    let mut dice = Dice(42);
    // All of it for each of them takes as long as all other tests together; fuzzing has the time for that.
    let properties = [Workbench::fix, Workbench::lint, Workbench::fix, Workbench::assemble];
    for (number, (_, mut bytes)) in workbench.seeds().into_iter().enumerate() {
        for round in 0..2 {
            bytes = damage(&bytes, &mut |bound| dice.below(bound));
            workbench.read(&bytes);
            properties[(number + round) % properties.len()](&workbench, &bytes);
        }
    }
}

/// How many damaged goals are fixed, of the fixtures or of real slates. `GOALS_DAMAGED=100000` asks for more than one run of all
/// tests has time for, and `GOALS_SEED` for others.
fn damaged(default: usize) -> (usize, u64) {
    let number = |name: &str| std::env::var(name).ok().map(|value| value.parse::<u64>().unwrap());
    let count = number("GOALS_DAMAGED").map_or(default, |count| usize::try_from(count).unwrap());
    (count, number("GOALS_SEED").unwrap_or(1))
}

/// Damages files of a project, once or several times each, and fixes them.
fn fix_damaged(workbench: &Workbench, seeds: &[(String, Vec<u8>)], default: usize) {
    let (count, first) = damaged(default);
    let mut failed = Vec::new();
    for number in 0..count {
        let seed = first.wrapping_mul(1_000_003).wrapping_add(number as u64);
        let mut dice = Dice(seed);
        dice.below(2);
        let (name, bytes) = &seeds[number % seeds.len()];
        let mut bytes = bytes.clone();
        for _ in 0..1 + dice.below(3) {
            bytes = damage(&bytes, &mut |bound| dice.below(bound));
        }
        if std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| workbench.fix(&bytes))).is_err() {
            // What fails is kept, to be looked at.
            let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("damaged-{seed}.txt"));
            std::fs::write(&path, &bytes).unwrap();
            failed.push(format!("{name}: {}", path.display()));
        }
    }
    assert!(failed.is_empty(), "{} of {count}, seed {first}: {failed:?}", failed.len());
}

#[test]
fn a_damaged_goal_says_the_same_once_it_is_fixed() {
    let workbench = Workbench::new(&common::fixtures());
    fix_damaged(&workbench, &workbench.files(), 60);
}

#[test]
fn a_damaged_real_goal_says_the_same_once_it_is_fixed() {
    for slate in ["2025h1", "2025h2", "2026"] {
        let Some(root) = common::corpus(slate, "a_damaged_real_goal_says_the_same_once_it_is_fixed") else { return };
        let workbench = Workbench::new(&root);
        fix_damaged(&workbench, &workbench.files(), 40);
    }
}

/// What a fuzzer found, each with what went wrong, in texts of our own. Those that have a better place are there: places below
/// what is no definition and parts deep in each other in src/markdown/tests.rs, words to the linter between blocks in
/// tests/rfc.rs.
const FOUND: [&str; 13] = [
    // A parenthesis was closed within code, again and again.
    "# A\n\n[a](./b.`c -\n) [d](./e.`f\n",
    // More parentheses were open than passes could close.
    "# A\n\n[a](https://x.org/((((((((((((((((((((((((b\n",
    // A link began before a line that was taken for a definition.
    "# A\n\n[b]: c[)\n`]()\n``\n",
    // A champion's row without a champion came to light when its name was fixed.
    "# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n| compiler champio\u{1}@ |\n",
    // An empty contact came to light when its row was understood.
    "# A\n\n| Metadata         |  |\n|---|---|\n| POINT OF CONTACT\n| Status | Proposed |\n",
    // Two rows were given one name, of which the second does not count: misspelled ones, and those of a champion.
    "# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| Short titel | words that say what |\n| Short tittle | others |\n",
    "# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| champion of compiler | @hanae |\n\
     | champion for compiler | @wen-zhao |\n",
    // A link in the name of a champion's row was lost, and the row understood.
    "# A\n\n| Metadata |  |\n|---|---|\n| Status | Proposed |\n| [compiler] champi[x](https://x.org)on | |\n",
    // The end of the line above a row after a block quote was taken for a blank line, and put in its own place for ever.
    "# A\n\n> | a | b |\n> |---|---|\n| c | d |\n",
    // A backtick that was taken out of an address left a fence at the begin of the paragraph, which swallowed a comment.
    "-- 2026/page.md --\n# A\n\n```[x y.](`./goal.md)\n\n<!-- words -->\n",
    // A blank line above a line of text in a table made text of the row below it.
    "# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n\n## Team asks\n\n\
     | Team | Support level | Notes |\n|---|---|---|\n| [lang] | Small | |\nwords\n| more | | |\n",
    // A code for a color was taken out of the mark of a comment, which then hid what was text.
    "-- 2025h1/page.md --\n# A\n\n<!\u{1b}[31m-- GOALS NOT ACCEPTED -->\n | `x` |\n",
    // Another one was taken out of the name of an ask, which was known then.
    "-- 2025h1/goal.md --\n# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n\n\
     ## Ownership and team asks\n\n| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n\
     | Discussion and moral s\u{1b}[31mupport | ![Team][] [compiler] |  |\n",
];

#[test]
fn what_a_fuzzer_found_is_answered() {
    let workbench = Workbench::new(&common::fixtures());
    for text in FOUND {
        for check in [Workbench::read, Workbench::lint, Workbench::fix, Workbench::assemble] {
            check(&workbench, text.as_bytes());
        }
    }
}

#[test]
fn characters_of_several_bytes_before_a_word_are_answered() {
    let workbench = Workbench::new(&common::fixtures());
    for c in ['\u{a0}', '\u{3000}', 'é', '、', '（', '😀'] {
        let text = format!(
            "# A goal\n\n| Metadata | |\n|---|---|\n| Contact | a{c}@hanae |\n| Status | Proposed |\n\
             | Tracking issue | a{c}#12 |\n| Other tracking issues | a{c}lantern/goals#12, a{c}#13 |\n\n\
             ## Summary\n\nSee{c}https://a.example/@hanae/x and a{c}@hanae, (owner{c}: a{c}@wen-zhao{c}, b).\n\
             [a{c}rust#12 b{c}#13](https://github.com/rust-lang/rust/issues/14), [a{c}rust#12](https://github.com/rust-lang/rust/issues/14), \
             [a{c}#12](https://github.com/rust-lang/rust/issues/14), [a{c}RFC 12](https://github.com/rust-lang/rfcs/pull/14)\n"
        );
        for check in [Workbench::read, Workbench::lint, Workbench::fix, Workbench::assemble] {
            check(&workbench, text.as_bytes());
        }
    }
}

/// Texts of which a fix took out a user, or a row with all that it said, each with what was lost where.
const USERS: [(&str, &str); 11] = [
    ("around a hidden character", "| Point of contact | @hanae |\n| Champion | @mara-\0kafor |\n"),
    ("after the value of a repeated row", "| Status | Proposed |\n| Status | Proposed | @hanae |\n"),
    (
        "in a comment of such a row",
        "| Status | Proposed |\n| Status | Proposed <!-- goals: allow(x) ask @hanae --> |\n",
    ),
    ("after a repeated value", "| [compiler] champion | @hanae |\n| Highlight | x |\n| Highlight | x | @wen-zhao |\n"),
    ("after a short title", "| Short title | A goal @hanae-x | @wen-zhao |\n"),
    ("in a short title that differs by a hyphen", "| Short title | A goal @ha-naex |\n"),
    ("in the name of a row", "| Short title @x- | Goal |\n"),
    ("beside the user of a link", "| Point of contact | [@hanae, @wen-zhao](https://example.org) |\n"),
    ("beside a tracking issue", "| Tracking issue | https://github.com/lantern/goals/issues/7/ for @hanae |\n"),
    ("in the code of a champion's row", "| compiler champion `@hanae` | |\n"),
    ("in a heading's comment", "| Status | Proposed |\n\n## SUMMARY <!-- @hanae -->\n\nWords.\n"),
];

/// The same in the task table of 2025h1.
const OWNERS: [(&str, &str); 2] = [
    ("in the text of a link to a profile", "| Write it | [A friend, @wen-zhao](https://github.com/hanae) | |\n"),
    ("in the place of a badge's brackets", "| Standard reviews | ![Team](ask @hanae) [compiler] | |\n"),
];

#[test]
fn no_fix_loses_a_user() {
    let workbench = Workbench::new(&common::fixtures());
    for (_, rows) in USERS {
        let text = format!("# A goal @hanae-x\n\n| Metadata | |\n|---|---|\n{rows}");
        workbench.fix(text.as_bytes());
    }
    for (_, rows) in OWNERS {
        let header = "| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n";
        let metadata = "| Metadata | |\n|---|---|\n| Point of contact | @priya-raman |\n| Status | Proposed |\n";
        let section = "## Ownership and team asks";
        let text = format!("-- 2025h1/a.md --\n# A goal\n\n{metadata}\n{section}\n\n{header}{rows}");
        workbench.fix(text.as_bytes());
    }
}

#[test]
fn any_bytes_are_answered() {
    let workbench = Workbench::new(&common::fixtures());
    let mut dice = Dice(7);
    for _ in 0..100 {
        // Damage to next to nothing: pieces of text that mean something, next to each other, and single bytes.
        let mut bytes = b"-- 2026/goal.md --\n\n\n".to_vec();
        for _ in 0..1 + dice.below(60) {
            bytes = damage(&bytes, &mut |bound| dice.below(bound));
        }
        for check in [Workbench::read, Workbench::lint, Workbench::fix, Workbench::assemble] {
            check(&workbench, &bytes);
        }
    }
}
