//! Formats are data: periods that are not built in, old slates in newer layouts, teams that change, the template of goals.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot};

/// A made-up period with renamed rows and sections, other statuses and its own asks.
const MADE_UP: &str = r##"
site = "https://example.org"

[periods.2031]
like = "2025h1"
badge = "Crew"
asks = { "Bring tea" = { short = "Tea", about = "bring tea" }, "Bring cake" = { short = "Cake", about = "bring cake" } }

[periods.2031.metadata]
header = ["Facts", "Here"]
rows.Status = false
rows."Point of contact" = false
rows.Teams = false
rows."Task owners" = false
rows.Mood = { field = "status", required = "always" }
rows.Captain = { field = "contact", required = "always" }

[periods.2031.statuses]
Flagship = false
Accepted = false
Invited = false
Proposed = false
"Proposed for flagship" = false
"Proposed for mentorship" = false
"Not accepted" = false
Hopeful = { stage = "proposed" }
Beaming = { stage = "proposed", flagship = true }
Grumpy = { stage = "not-accepted" }

[periods.2031.sections]
"Ownership and team asks" = false
Wishes = { field = "asks", required = "always", table = { holds = "tasks-and-asks", header = ["Wish", "Who", "Remarks"] } }

[periods.2031.rfc]
last-column = { head = "Crews", holds = "teams" }
team-heading-level = 2
ask-label = false

[periods.2031.directives]
"HOPES" = { is = "goal-table", of = "all" }
"#HOPES" = { is = "goal-count", of = "all" }
"WISHES" = { is = "team-asks" }
"##;

const WISH: &str = "\
# Fly a kite

| Facts   | Here         |
|---------|--------------|
| Captain | @Manishearth |
| Mood    | Hopeful      |

## Wishes

| Wish      | Who                    | Remarks |
|-----------|------------------------|---------|
| Bring tea | ![Crew][] [lang]       | hot     |
| Run       | @Manishearth           |         |
";

#[test]
fn a_made_up_period_needs_no_code() {
    let unhappy = WISH.replace("Hopeful", "Hopefull").replace("Bring tea", "Bring te").replace("Fly a kite", "Sing");
    let other =
        WISH.replace("Fly a kite", "Build a boat").replace("Hopeful", "Beaming").replace("Bring tea", "Bring cake");
    let not = WISH.replace("Fly a kite", "Sleep").replace("Hopeful", "Grumpy");
    let template = "# Plans\n\n(((#HOPES))) plans.\n\n(((HOPES)))\n\n# Crews\n\n(((WISHES)))\n";
    let clean = Place::with(&[
        ("goals.toml", MADE_UP),
        ("src/2031/kite.md", WISH),
        ("src/2031/boat.md", &other),
        ("src/2031/sleep.md", &not),
        ("src/2031/README.md", template),
    ]);
    let text = [clean.run(&["lint"]), clean.run(&["rfc"])].join("\n");
    clean.write("src/2031/sing.md", unhappy.as_bytes());
    snapshot("formats-made-up-period", &[text, clean.run(&["lint"])].join("\n"));
}

#[test]
fn a_period_nobody_knows_is_read_as_the_newest_with_a_note() {
    let goal = "# A goal\n\n| Metadata | |\n|---|---|\n| Point of contact | @x |\n| Status | Proposed |\n\n\
                ## Summary\n\nA.\n\n## Motivation\n\nB.\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [lang] | Small | |\n\n## Frequently asked questions\n";
    let place = Place::with(&[
        ("src/2044H1/a.md", goal),
        ("src/2044H1/b.md", &goal.replace("Small", "Smal").replace("A goal", "B")),
    ]);
    snapshot("formats-unknown-period", &place.run(&["lint"]));
}

#[test]
fn an_old_slate_may_have_the_rows_and_statuses_of_later_periods() {
    let moved = GOAL.replace(
        "Proposed     |",
        "Accepted     |\n| Needs            | Contributor  |\n| Flagship         | Yes          |",
    );
    let place =
        Place::with(&[("src/2025h1/a.md", &moved), ("src/2025h1/goals.md", "# Goals\n\n(((GOAL CHAPTERS)))\n")]);
    let run = place.output(&["lint", "--deny-warnings"], b"");
    assert_eq!(run.status.code(), Some(0), "{}", String::from_utf8_lossy(&run.stdout));
    // The other way round a row means nothing, and a status is not known.
    let place = Place::with(&[("src/2026/a.md", &moved.replace("Accepted    ", "Invited     "))]);
    let run = place.run(&["lint", "src/2026"]);
    assert!(run.contains("unknown status `Invited`"), "{run}");
}

#[test]
fn teams_may_change_once_a_period_is_over() {
    let asks = |name: &str| GOAL.replace("[compiler]", &format!("[{name}]"));
    let roster: &[(&str, &str)] = &[
        ("team/teams.json", r#"{"compiler": {"website_data": null}, "new-name": {"website_data": null}}"#),
        ("team/archived-teams.json", r#"{"gone": {"website_data": null}}"#),
        ("team/people.json", r#"{"people": {}}"#),
        ("goals.toml", "[roster]\npath = \"team\"\nrenamed = { old-name = \"new-name\" }\n"),
    ];
    let place = Place::with(roster);
    place.write("src/2025h1/gone.md", asks("gone").as_bytes());
    place.write("src/2025h1/old.md", asks("old-name").replace("A goal", "Another").as_bytes());
    let newest = place.run(&["lint", "src/2025h1"]);
    place.write("src/2025h2/next.md", GOAL.as_bytes());
    let over = place.run(&["lint", "src/2025h1"]);
    snapshot("formats-teams-change", &[newest, over].join("\n"));
}

#[test]
fn a_copy_of_the_template_says_what_to_fill_in() {
    let template = std::fs::read_to_string(common::fixtures().join("2026/TEMPLATE.md")).unwrap();
    let place = Place::with(&[("2026/TEMPLATE.md", &template), ("2026/my-goal.md", &template)]);
    let run = place.run(&["lint", "2026/my-goal.md"]);
    let places: Vec<&str> = run.lines().filter(|line| line.contains("╭─[")).collect();
    let mut once = places.clone();
    once.dedup();
    assert_eq!(places, once, "a place is named twice");
    snapshot("formats-template-copy", &run);
    // The template itself is never checked, wherever it is named.
    let run = place.run(&["lint", "2026/TEMPLATE.md"]);
    assert!(run.contains("goal templates are not checked") && run.contains("exit code 0"), "{run}");
}

#[test]
fn roadmaps_can_be_chosen_by_their_area() {
    let roadmap = |name: &str, area: &str| {
        format!(
            "# {name}\n\n| Metadata | |\n|---|---|\n| Short title | {name} |\n| What and why | words |\n\
             | Point of contact | @nobody-known |\n| Application area | {area} |\n"
        )
    };
    let goal = "# A goal\n\n| Metadata | |\n|---|---|\n| Point of contact | @nobody-known |\n| Status | Proposed |\n\n\
                ## Summary\n\nA.\n\n## Motivation\n\nB.\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [lang] | Small | |\n\n## Frequently asked questions\n";
    let place = Place::with(&[
        ("goals.toml", "site = \"https://example.org\"\n"),
        ("src/2026/a.md", goal),
        ("src/2026/roadmap-boards.md", &roadmap("Boards", "Embedded")),
        ("src/2026/roadmap-web.md", &roadmap("Web", "Servers")),
        ("src/2026/README.md", "- Feature Name: x\n\n# All\n\n(((ROADMAPS)))\n\n# Some\n\n(((ROADMAPS: Servers)))\n"),
    ]);
    snapshot("formats-roadmaps", &place.run(&["rfc", "-q"]));
}
