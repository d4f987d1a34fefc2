//! What is checked of a project beside the goals of its slates: the pages around them, the table of contents, the template for
//! goals, and goals that are in no slate.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot};

const TEMPLATE: &str = "# TEMPLATE (replace it with your title)\n\n| Metadata | |\n|---|---|\n| Point of contact | *one user, as @name* |\n\
| Status | Proposed |\n| Zulip chanel | *a link* |\n\n## Summary\n\n*In a sentence.*\n\n## Ownership and team asks\n\n\
| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n| *piece of work* | ![Heap wanted][] | |\n\
| Standard review | ![Team][] [compilr] | *what for* |\n| ... | ... | |\n\nSee [the guide](./gone.md), and [us](../about/us.md).\n";

fn place() -> Place {
    Place::with(&[
        ("goals.toml", ""),
        (
            "src/SUMMARY.md",
            "# Summary\n\n- [Plans](./README.md)\n- [Goals](./2025h1/a.md)\n- [Goals](./2025h1/a.md)\n- [More](./2025h1/b.md)\n- [Later]()\n",
        ),
        (
            "src/README.md",
            "# Plans\n\nThe [goals](./2025h1/a.md), [all](2025h1/all.md), [us](./about.md) and [nothing](./gone.md).\n",
        ),
        ("src/about/us.md", "# Us\n\nOf [last year](../2024h2/README.md#x).\n"),
        ("src/2025h1/a.md", GOAL),
    ])
}

#[test]
fn pages_beside_the_slates_are_checked_for_links_into_them() {
    let place = place();
    let runs = [
        &["lint", "--format", "short"][..],
        // A slate by its name is checked alone, a page by its own.
        &["lint", "2025h1", "--format", "short"],
        &["lint", "src/about/us.md", "--format", "short"],
        &["lint", "src", "--format", "short", "--deny-warnings", "-q"],
        &["lint", "--fix", "--format", "short"],
        &["lint", "src/gone.md"],
    ];
    let runs: Vec<String> = runs.iter().map(|args| place.run(args)).collect();
    let unsaved = place
        .run_with(&["lint", "-", "--stdin-filename", "src/new.md", "--format", "short"], b"[here](./2025h1/none.md)\n");
    snapshot("pages-beside", &(runs.join("\n") + "\n" + &unsaved));
    // Outside of a project it may be anything.
    let lone = Place::with(&[("2025h1/a.md", GOAL), ("README.md", "[gone](./2025h1/gone.md)\n")]);
    assert!(lone.run(&["lint"]).contains("checked 1 goal in 1 file of 2025h1: 0 errors, 0 warnings"));
}

#[test]
fn the_template_for_goals_is_checked_for_what_everybody_copies() {
    let place = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", GOAL), ("src/2025h1/TEMPLATE.md", TEMPLATE)]);
    place.write("src/about/us.md", b"# Us\n");
    let own = place.run(&["lint", "--format", "short"]);
    let named = place.run(&["lint", "src/2025h1/TEMPLATE.md", "--format", "short"]);
    // The template of all periods is judged by the newest one.
    let place = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", GOAL), ("src/TEMPLATE.md", TEMPLATE)]);
    place.write("src/about/us.md", b"# Us\n");
    let shared = place.run(&["lint", "--format", "short"]);
    snapshot("pages-template", &[own, named, shared].join("\n"));
}

#[test]
fn a_goal_in_no_slate_is_named() {
    let place = place();
    place.write("src/2026-draft/idea.md", GOAL.as_bytes());
    place.write("src/2026-draft/more/idea.md", GOAL.as_bytes());
    place.write("src/stray.md", GOAL.as_bytes());
    place.write("src/MY_TEMPLATE.md", GOAL.as_bytes());
    let plain = place.run(&["lint"]);
    let json = place.run(&["lint", "--format", "json", "-q"]);
    assert_eq!(json.matches("ignored-goal").count(), 3, "{json}");
    place.write("goals.toml", b"exclude = [\"src/2026-draft\", \"src/stray.md\"]\n");
    let excluded = place.run(&["lint", "-q"]);
    assert!(!excluded.contains("ignored-goal"), "{excluded}");
    snapshot("pages-stray", &plain);
}
