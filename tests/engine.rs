//! The door for front ends that keep a project open: unsaved texts of any number of files, of which only what has changed is
//! parsed again.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;
use std::sync::Arc;

use common::{GOAL, Place};
use goals::{CheckedSlate, Diagnostic, Options, Request, Session};

/// What is found in a slate, as places and messages.
fn found(slate: &CheckedSlate) -> Vec<(String, u32, String)> {
    let one = |found: &Diagnostic| {
        let path = slate.slate().files[found.file].source.path().to_owned();
        (path, found.finding.span.start, found.finding.message.clone())
    };
    slate.findings.iter().map(one).collect()
}

fn request(place: &Place) -> Request {
    let directory = place.path().join("src/2025h1");
    Request {
        root: place.path().to_path_buf(),
        directory,
        beside_slates: false,
        files: None,
        named: true,
        in_full: true,
    }
}

fn check(session: &mut Session<'_>, place: &Place) -> CheckedSlate {
    session.check(&request(place), false).unwrap()
}

fn place() -> Place {
    let other = GOAL.replace("# A goal", "# Another goal");
    let template = "# Goals\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n";
    Place::with(&[
        ("goals.toml", "site = \"https://goals.example.org\"\n"),
        ("src/2025h1/README.md", template),
        ("src/2025h1/a.md", GOAL),
        ("src/2025h1/b.md", &other),
    ])
}

#[test]
fn unsaved_texts_are_checked_as_if_they_were_saved() {
    let place = place();
    let mut session = Session::new(Options::default()).unwrap();
    session.keep_parsed();
    assert_eq!(found(&check(&mut session, &place)), []);

    // Two files at once, of which one is not there yet, in a directory that is not there yet.
    let bad = GOAL.replace("Proposed", "Proposd");
    let texts = [("src/2025h1/a.md", bad.as_str()), ("src/2025h1/new/c.md", GOAL)];
    for (path, text) in texts {
        session.overlay(&place.path().join(path), text.into());
    }
    let unsaved = found(&check(&mut session, &place));
    assert!(unsaved.iter().any(|(path, ..)| path == "src/2025h1/a.md"), "{unsaved:?}");
    assert!(unsaved.iter().any(|(path, ..)| path == "src/2025h1/new/c.md"), "{unsaved:?}");

    for (path, text) in texts {
        place.write(path, text.as_bytes());
    }
    let saved = found(&check(&mut Session::new(Options::default()).unwrap(), &place));
    assert_eq!(unsaved, saved);

    // What is taken away shows what is on disk.
    place.write("src/2025h1/a.md", GOAL.as_bytes());
    std::fs::remove_dir_all(place.path().join("src/2025h1/new")).unwrap();
    for (path, _) in texts {
        session.remove_overlay(&place.path().join(path));
    }
    assert_eq!(found(&check(&mut session, &place)), []);
}

#[test]
fn only_what_has_changed_is_parsed_again() {
    let place = place();
    let mut session = Session::new(Options::default()).unwrap();
    session.keep_parsed();
    let before = check(&mut session, &place);
    session.overlay(&place.path().join("src/2025h1/b.md"), GOAL.replace("# A goal", "# Quite another").into());
    let after = check(&mut session, &place);
    let pairs = before.slate().files.iter().zip(&after.slate().files);
    let again: Vec<&str> = pairs
        .filter(|(before, after)| !Arc::ptr_eq(&before.document, &after.document))
        .map(|(_, after)| after.source.path())
        .collect();
    assert_eq!(again, ["src/2025h1/b.md"]);
}

#[test]
fn fixes_parse_only_the_files_that_they_change() {
    let place = place();
    place.write("src/2025h1/a.md", GOAL.replace("| Proposed ", "| proposed ").as_bytes());
    let mut session = Session::new(Options::default()).unwrap();
    session.keep_parsed();
    let before = check(&mut session, &place);
    let after = session.check(&request(&place), true).unwrap();
    let changed: Vec<&Path> = after.fixes().files.iter().map(|file| file.path.as_path()).collect();
    assert_eq!(changed, [place.path().join("src/2025h1/a.md")]);
    for (before, after) in before.slate().files.iter().zip(&after.slate().files) {
        let is_same = Arc::ptr_eq(&before.document, &after.document);
        assert_eq!(is_same, !after.source.path().ends_with("a.md"), "{}", after.source.path());
    }
}
