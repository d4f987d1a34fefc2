//! Damaged files: whatever becomes of a goal's text, the engine answers, every place lies in the text, and fixes settle.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;
mod properties;

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

/// What a fuzzer found, each with what went wrong, in texts of our own. Those that have a better place are there: places below
/// what is no definition and parts deep in each other in src/markdown/tests.rs, words to the linter between blocks in
/// tests/rfc.rs.
const FOUND: [&str; 5] = [
    // A parenthesis was closed within code, again and again.
    "# A\n\n[a](./b.`c -\n) [d](./e.`f\n",
    // More parentheses were open than passes could close.
    "# A\n\n[a](https://x.org/((((((((((((((((((((((((b\n",
    // A link began before a line that was taken for a definition.
    "# A\n\n[b]: c[)\n`]()\n``\n",
    // A champion's row without a champion came to light when its name was mended.
    "# A\n\n| Metadata |  |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n| compiler champio\u{1}@ |\n",
    // An empty contact came to light when its row was understood.
    "# A\n\n| Metadata         |  |\n|---|---|\n| POINT OF CONTACT\n| Status | Proposed |\n",
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
