//! What the guard refuses, with fixes that no rule of today proposes.

use super::*;
use crate::ConfigFiles;
use crate::text::source::Source;
use crate::workspace::project::Project;

const GOAL: &str = "# Warm starts\n\n| Metadata | |\n|---|---|\n| Point of contact | @hanae |\n| Status | Proposed |\n\n## Summary\n\n\
     Words and `some code`, ~~struck out~~ <!-- said aside --> here.\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n\
     | [cargo] | Small | |\n\n| [lang] | Small | |\n";

/// Whether a fix is refused that puts a text in the place of another one, by a rule that declares these changes.
fn is_refused(from: &str, to: &str, declared: &[Change]) -> bool {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let project = Project::open(&fixtures, ConfigFiles::default(), None).unwrap();
    let source = Source::from_bytes("2026/warm-starts.md", GOAL.as_bytes().to_vec());
    let slate = project.slate("2026", None, false, vec![source]).unwrap().slate;
    let file = slate.files.iter_enumerated().find(|(_, file)| file.source.text() == GOAL).unwrap().0;
    let span = Span::new(GOAL.find(from).unwrap()..GOAL.find(from).unwrap() + from.len());
    let fix = Fix { message: "write it so".to_owned(), edits: vec![(span, to.to_owned())] };
    let changes = Changes(declared.iter().fold(0, |all, change| all | 1 << *change as u32));
    unsafe_fixes(&slate, file, &[Candidate { index: 7, fix: &fix, changes }]) == [7]
}

#[test]
fn nothing_comes_up_that_a_rule_does_not_declare() {
    // Without the blank line, the row below it is one of the table.
    let (cut_off, row) = ("| [cargo] | Small | |\n\n|", "| [cargo] | Small | |\n|");
    for declared in [&[][..], &[Change::Contact], &[Change::Names, Change::People]] {
        assert!(is_refused(cut_off, row, declared), "{declared:?}");
    }
    assert!(!is_refused(cut_off, row, &[Change::Asks, Change::Rows]));
}

#[test]
fn code_comments_and_what_is_struck_out_stay() {
    for (from, to) in [("some code", "Some code"), ("said aside", "Said aside"), ("struck out", "Struck out")] {
        assert!(is_refused(from, to, &[]), "{from}");
    }
    assert!(!is_refused("Words", "words", &[]));
}
