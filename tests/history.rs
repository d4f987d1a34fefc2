//! A slate that is over is history: it is quiet unless it is named.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot, titled};
use serde_json::Value;

/// A goal with an error, which only its author can fix, and a warning that is fixable.
fn bad(title: &str) -> String {
    titled(GOAL, title)
        .replace("[compiler] |", "[compilr] |")
        .replace("Words.", "Words, as [said].\n\n[said]: https://example.org\n\n[said]: https://example.org")
}

/// A project with a slate that is over and one that is not.
fn place() -> Place {
    Place::with(&[
        ("goals.toml", ""),
        ("src/2024h2/a.md", &bad("The first")),
        ("src/2025h1/b.md", &bad("The second")),
        ("src/2025h2/README.md", "# A slate to come\n\n(((GOALS)))\n"),
        ("src/2025h2/TEMPLATE.md", GOAL),
    ])
}

fn summary(place: &Place, args: &[&str]) -> Value {
    let run = place.output(&[&["lint", "--format", "json"], args].concat(), b"");
    serde_json::from_slice::<Value>(&run.stdout).unwrap()["summary"].clone()
}

#[test]
fn a_past_slate_shows_its_errors_and_counts_its_warnings() {
    let place = place();
    let page = |args: &[&str]| place.run(&[&["lint", "--format", "short"], args].concat());
    snapshot(
        "history",
        &[page(&[]), page(&["src"]), page(&["--all"]), page(&["src/2024h2"]), page(&["2024h2"]), page(&["2023h1"])]
            .join("\n"),
    );
    let numbers = |args: &[&str]| {
        let summary = summary(&place, args);
        (summary["warnings"].as_u64().unwrap(), summary["suppressed"].as_u64().unwrap())
    };
    // One of them is of the slate without goals.
    assert_eq!(numbers(&[]), (2, 1));
    assert_eq!(numbers(&["."]), (2, 1));
    assert_eq!(numbers(&["--all"]), (3, 0));
    assert_eq!(numbers(&["2024h2"]), (1, 0));
    assert_eq!(numbers(&["src/2024h2/a.md"]), (1, 0));
    assert_eq!(numbers(&["src/2024h2/a.md", "src"]), (3, 0));
    // The slate that has no goal yet makes no other one past.
    assert_eq!(numbers(&["src/2025h1"]), (1, 0));
}

#[test]
fn suppressed_warnings_do_not_count() {
    let place = Place::with(&[
        ("goals.toml", ""),
        ("src/2024h2/a.md", &bad("The first").replace("[compilr]", "[compiler]")),
        ("src/2025h1/b.md", &GOAL.replace("A goal", "The second")),
    ]);
    assert_eq!(place.output(&["lint", "--deny-warnings"], b"").status.code(), Some(0));
    assert_eq!(place.output(&["lint", "--deny-warnings", "--all"], b"").status.code(), Some(1));
    assert_eq!(place.output(&["lint", "--deny-warnings", "2024h2"], b"").status.code(), Some(1));
}

#[test]
fn what_is_not_shown_is_not_fixed() {
    let place = place();
    let old = bad("The first");
    place.output(&["lint", "--fix"], b"");
    let text = |file: &str| std::fs::read_to_string(place.path().join(file)).unwrap();
    assert_eq!(text("src/2024h2/a.md"), old);
    let fixed = |file: &str| text(file).matches("[said]:").count() == 1;
    assert!(fixed("src/2025h1/b.md"), "the slate that is not over is fixed");
    place.output(&["lint", "--fix", "2024h2"], b"");
    assert!(fixed("src/2024h2/a.md"), "a slate that is named is fixed");
}

#[test]
fn the_newest_slate_is_the_newest_that_holds_a_goal() {
    let place = place();
    let list = place.run(&["list"]);
    assert!(list.contains("The second"), "{list}");
}

#[test]
fn what_no_rfc_shows_is_never_an_error() {
    // An unknown team, a dead link in the text, and a damaged directive on a page of the site.
    let rejected = bad("The first")
        .replace("Proposed     |", "Not accepted |")
        .replace("## Motivation", "[gone](./gone.md)\n\n| Task | Owner(s) or team(s) | Notes |\n\n## Motivation");
    let place = Place::with(&[
        ("src/2025h1/a.md", &rejected),
        ("src/2025h1/b.md", GOAL),
        ("src/2025h1/all.md", "# All\n\n<!-- GAOLS -->\n"),
    ]);
    assert_eq!(summary(&place, &[])["errors"], 0, "{}", place.run(&["lint", "--format", "short"]));
    // What somebody asks for is done.
    assert_ne!(summary(&place, &["--deny", "unknown-team"])["errors"], 0);
}
