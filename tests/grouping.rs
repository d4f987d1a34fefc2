//! The same mistake in several places of a file is one finding, in every format, and each place is still known by itself.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, commit, git, has, output, path_variable, snapshot};
use serde_json::Value;

const TASKS: &str = "\
| Implement        | mara-ru               |       |
| Test             | mara-ru, [cargo]      |       |
| Tell             | @mara-ru              |       |

### More

| Task             | Owner(s) or team(s)  | Notes |
|------------------|----------------------|-------|
| Document         | *mara-ru*             |       |
| Bless            | mara-ru               |       |
";

/// A goal in which one user has no `@` in four places.
fn goal() -> String {
    let asks = "| Standard reviews | ![Team][] [compiler] |       |\n";
    GOAL.replace(asks, &format!("{asks}{TASKS}")).replace("@Manishearth", "@mara-ru")
}

/// The project of [`goal`], with it in two files.
fn place() -> Place {
    Place::with(&[
        ("goals.toml", "[users]\n\"@mara-ru\" = \"Mara\"\n"),
        ("src/2025h1/a.md", &goal()),
        ("src/2025h1/b.md", &common::titled(&goal(), "Another goal")),
    ])
}

fn json(place: &Place, args: &[&str]) -> Value {
    let all = [&["lint", "--format", "json"], args].concat();
    serde_json::from_slice(&output(place.path(), &all, b"", &[("PATH", &path_variable())]).stdout).unwrap()
}

#[test]
fn every_format_shows_the_places_of_a_finding() {
    let place = place();
    let page = place.path().join("page.md");
    let annotations =
        output(place.path(), &["lint", "--format", "github"], b"", &[("GITHUB_STEP_SUMMARY", page.to_str().unwrap())]);
    let sarif = output(place.path(), &["lint", "--format", "sarif"], b"", &[]);
    let sarif: Value = serde_json::from_slice(&sarif.stdout).unwrap();
    snapshot(
        "grouping",
        &[
            place.run(&["lint"]),
            place.run(&["lint", "--format", "short"]),
            place.run(&["lint", "--statistics"]),
            String::from_utf8(annotations.stdout).unwrap(),
            std::fs::read_to_string(page).unwrap(),
            format!("{:#}", json(&place, &["src/2025h1/a.md"])),
            format!("{:#}", sarif["runs"][0]["results"][0]),
        ]
        .join("\n"),
    );
}

#[test]
fn a_long_list_of_places_is_counted() {
    let rows = "| Work             | mara-ru               |       |\n".repeat(30);
    let goal = goal().replace("| Tell ", &format!("{rows}| Tell "));
    let place = Place::with(&[("goals.toml", "[users]\n\"@mara-ru\" = \"Mara\"\n"), ("src/2025h1/a.md", &goal)]);
    snapshot(
        "grouping-many",
        &[place.run(&["lint"]), place.run(&["lint", "--format", "github"]), place.run(&["lint", "--format", "short"])]
            .join("\n"),
    );
}

#[test]
fn the_fix_of_a_finding_fixes_all_its_places() {
    let place = place();
    let found = json(&place, &["src/2025h1/a.md"]);
    let fix = &found["findings"][0]["fix"]["edits"];
    assert_eq!(fix.as_array().unwrap().len(), 4, "{found:#}");
    // Whoever applies them from the last to the first has the same text as `--fix`.
    let mut text = goal();
    for edit in fix.as_array().unwrap().iter().rev() {
        let at = |name: &str| usize::try_from(edit[name].as_u64().unwrap()).unwrap();
        text.replace_range(at("start")..at("end"), edit["text"].as_str().unwrap());
    }
    let run = place.run(&["lint", "--fix"]);
    assert!(run.contains("fixed 2 findings in 2 files"), "{run}");
    assert_eq!(std::fs::read_to_string(place.path().join("src/2025h1/a.md")).unwrap(), text);
}

#[test]
fn what_is_fixable_is_not_mixed_with_what_is_not() {
    // The second table has no row of its own line: it is a mistake that nobody but the author can fix.
    let goal = GOAL.replace(
        "| Status           | Proposed     |",
        "| Status           | Proposed     |\n| Status           | Proposed     |\n| Status           | Accepted     |",
    );
    let place = Place::with(&[("src/2025h1/a.md", &goal)]);
    let found = json(&place, &[]);
    let fixable: Vec<bool> = found["findings"].as_array().unwrap().iter().map(|one| !one["fix"].is_null()).collect();
    assert_eq!(fixable, [true, false], "{found:#}");
}

#[test]
fn a_suppression_covers_each_place_by_itself() {
    let one = "| Test             | mara-ru, [cargo]      |       |";
    let why = "| Test             | mara-ru, [cargo]      | <!-- goals: allow(unmarked-user) a band --> |";
    let place = Place::with(&[
        ("goals.toml", "[users]\n\"@mara-ru\" = \"Mara\"\n"),
        ("src/2025h1/a.md", &goal().replace(one, why)),
    ]);
    let found = json(&place, &[]);
    assert_eq!(found["summary"]["warnings"], 1, "{found:#}");
    assert_eq!(found["findings"][0]["related"].as_array().unwrap().len(), 2, "{found:#}");
}

#[test]
fn a_new_place_is_not_hidden_in_an_old_finding() {
    if !has("git", "a_new_place_is_not_hidden_in_an_old_finding") {
        return;
    }
    let place = place();
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "begin");
    place.write("src/2025h1/a.md", goal().replace("| Tell ", "| Sing | mara-ru |  |\n| Tell ").as_bytes());
    commit(place.path(), "one more");
    let found = json(&place, &["--since", "HEAD~1"]);
    assert_eq!(found["summary"]["warnings"], 1, "{found:#}");
    let found = &found["findings"][0];
    assert_eq!(found["start"]["line"], 23, "{found:#}");
    assert_eq!(found["related"].as_array().unwrap().len(), 0, "{found:#}");
}
