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
        "Accepted     |\n| Tracking issue   | [rust-lang/goals#1] |\n| Needs            | Contributor  |\n| Flagship         | Yes          |",
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
    // What is to be replaced in the template is no mistake of it.
    let run = place.run(&["lint", "2026/TEMPLATE.md"]);
    assert!(run.contains("0 errors, 0 warnings"), "{run}");
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
        (
            "src/2026/README.md",
            "- Feature Name: x\n\n# All\n\n(((ROADMAPS)))\n\n# Some\n\n(((ROADMAPS: Servers)))\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n",
        ),
    ]);
    snapshot("formats-roadmaps", &place.run(&["rfc", "-q"]));
}

/// A slate of 2026 with a template that has a table of goals.
fn of_2026(goals: &[(&str, &str)]) -> Place {
    let place = Place::with(&[
        ("goals.toml", "site = \"https://example.org\"\n"),
        ("src/2026/README.md", "# Plans\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n"),
    ]);
    for (name, text) in goals {
        place.write(&format!("src/2026/{name}"), text.as_bytes());
    }
    place
}

/// The text of the RFC alone.
fn rfc_of(place: &Place) -> String {
    String::from_utf8(place.output(&["rfc", "--allow-errors"], b"").stdout).unwrap()
}

/// A goal of 2026 with these metadata rows.
fn goal_of_2026(title: &str, rows: &str) -> String {
    format!(
        "# {title}\n\n| Metadata | |\n|---|---|\n{rows}\n## Summary\n\nA.\n\n## Motivation\n\nB.\n\n\
         ## Work items over the next year\n\n| Task | Owner(s) | Notes |\n|---|---|---|\n| Do it | @ada | |\n\n\
         ## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [lang] | Small | |\n\n\
         ## Frequently asked questions\n"
    )
}

#[test]
fn a_slate_has_one_of_the_names_of_a_row() {
    let old = goal_of_2026("Old", "| Point of contact | @ada |\n| Status | Proposed |\n");
    let new = |title: &str| goal_of_2026(title, "| Contact | @ada |\n| Status | Proposed |\n");
    let road = "# Road\n\n| Metadata | |\n|---|---|\n| Contact | @ada |\n| What and why | C |\n";
    let only_old = rfc_of(&of_2026(&[("a.md", &old)]));
    assert!(only_old.contains("| Point of contact |"), "{only_old}");
    let place = of_2026(&[("a.md", &old), ("b.md", &new("B")), ("roadmap-r.md", road)]);
    let rfc = rfc_of(&place);
    assert!(rfc.contains("| Contact ") && !rfc.contains("Point of contact"), "{rfc}");
    let lint = place.run(&["lint"]);
    assert!(lint.contains("row `Point of contact` is called `Contact` in other files of this slate"), "{lint}");
    assert!(!lint.contains("missing-row"), "{lint}");
    // What is missing is asked for by the name that the slate uses.
    place.write("src/2026/c.md", goal_of_2026("C", "| Status | Proposed |\n").as_bytes());
    let lint = place.run(&["lint"]);
    assert!(lint.contains("add the row `| Contact | @name |`"), "{lint}");
    place.run(&["lint", "--fix"]);
    assert!(std::fs::read_to_string(place.path().join("src/2026/a.md")).unwrap().contains("| Contact | @ada |"));
}

#[test]
fn names_of_rows_are_read_in_any_case() {
    let goal = goal_of_2026("Low", "| point of contact | @ada |\n| STATUS | Proposed |\n| short Title | Lo |\n");
    let place = of_2026(&[("a.md", &goal)]);
    let rfc = rfc_of(&place);
    assert!(rfc.contains("| @ada") && rfc.contains("[Lo]("), "{rfc}");
    let lint = place.output(&["lint"], b"");
    assert_eq!(lint.status.code(), Some(0));
    let lint = String::from_utf8_lossy(&lint.stdout).into_owned();
    assert_eq!(lint.matches("is spelled in different case").count(), 3, "{lint}");
}

#[test]
fn a_status_may_put_a_mark_after_titles() {
    let rows = "| Point of contact | @ada |\n| Status | Completed |\n| Short title | Sh |\n";
    let issue = "| Tracking issue | [org/goals#7] |\n";
    let done = goal_of_2026("Done", &format!("{rows}{issue}"));
    let ended =
        goal_of_2026("Ended", &format!("{rows}{issue}").replace("Completed", "Discontinued").replace("#7", "#8"));
    let rfc = rfc_of(&of_2026(&[("a.md", &done), ("b.md", &ended)]));
    for marked in ["[Done ✅](", "[Sh ✅](", "[Ended ❌](", "[Sh ❌]("] {
        assert!(rfc.contains(marked), "{marked}: {rfc}");
    }
    let lint = of_2026(&[("a.md", &goal_of_2026("Done", rows))]).run(&["lint"]);
    assert!(lint.contains("missing row `Tracking issue`"), "{lint}");
}

/// The header of a table of help wanted, and its rows.
fn help_wanted(rows: &str) -> String {
    format!("\n## Help wanted\n\n| Task | Experience level | Time investment |\n|---|---|---|\n{rows}")
}

#[test]
fn a_task_for_which_help_is_wanted_makes_an_invitation() {
    let goal = goal_of_2026("Goal", "| Point of contact | @ada |\n| Status | Proposed |\n");
    let template = format!("{goal}{}", help_wanted("| *e.g., Write it* | *e.g., Some* | *e.g., A week* |\n"));
    let is_invited = |rows: &str| {
        let place = of_2026(&[("a.md", &format!("{goal}{}", help_wanted(rows))), ("TEMPLATE.md", &template)]);
        let list = place.run(&["list", "--format", "json"]);
        let rfc = rfc_of(&place);
        assert!(!rfc.contains("Beginner"), "{rfc}");
        let invited = list.contains("\"invited\": true");
        assert_eq!(invited, rfc.contains("![Help Wanted]"), "{rfc}");
        invited
    };
    assert!(is_invited("| Port the tests | Beginner | A week |\n"));
    assert!(is_invited("| ... | ... | ... |\n| Port the tests | TBD | |\n"));
    for none in ["", "| ... | ... | ... |\n", "| *Task* | *level* | *time* |\n", "| | | |\n", "| TBD | TBD | TBD |\n"] {
        assert!(!is_invited(none), "{none}");
    }
    assert!(!is_invited("| e.g., Write it | Some | A week |\n"));
}

#[test]
fn what_is_asked_for_in_funding_tables_owns_no_task() {
    let goal = goal_of_2026("Goal", "| Point of contact | @ada |\n| Status | Proposed |\n");
    let funding =
        "\n## Funding\n\n| Purpose | Cost | Funded | Sponsor(s) |\n|---|---|---|---|\n| Work | Ask @bob | 50% | |\n";
    let place = of_2026(&[("a.md", &format!("{goal}{funding}"))]);
    let rfc = rfc_of(&place);
    assert!(!rfc.contains("bob"), "{rfc}");
    let lint = place.run(&["lint"]);
    assert!(!lint.contains("malformed-funding"), "{lint}");
}

#[test]
fn subgoals_are_one_level_below_and_state_what_differs() {
    let goal = goal_of_2026(
        "Goal",
        "| Point of contact | @ada |\n| Status | Proposed |\n| Highlight | Speed |\n| What and why | Whole |\n| Roadmap | One |\n",
    );
    let subgoals = "\
### First

| Metadata | |
|---|---|
| what and why | Its own words |
| Roadmap | Two |

| Task | Owner(s) | Notes |
|---|---|---|
| Try | @bob | |

### Second

Said in a sentence. And more.

| Task | Owner(s) | Notes |
|---|---|---|
| Go on | @eve | |

#### Deeper

| Task | Owner(s) | Notes |
|---|---|---|
| Dig | @dan | |

## Team asks";
    let road = |title: &str| {
        format!("# {title}\n\n| Metadata | |\n|---|---|\n| Point of contact | @ada |\n| What and why | C |\n")
    };
    let place = of_2026(&[
        ("a.md", &goal.replace("## Team asks", subgoals)),
        ("roadmap-one.md", &road("One")),
        ("roadmap-two.md", &road("Two")),
    ]);
    let page =
        "# Plans\n\n(((GOALS)))\n\n(((HIGHLIGHT TABLE: Speed)))\n\n(((ROADMAP GOALS: Two)))\n\n(((TEAM ASKS)))\n";
    place.write("src/2026/README.md", page.as_bytes());
    let rfc = rfc_of(&place).split_whitespace().collect::<Vec<_>>().join(" ");
    for part in ["#first) | Its own words ", "#second) | Said in a sentence. ", "@dan"] {
        assert!(rfc.contains(part), "{part}: {rfc}");
    }
    assert!(!rfc.contains("#deeper") && !rfc.contains("Whole"), "{rfc}");
    // The goal is in the table of the roadmap that only a subgoal names.
    assert_eq!(rfc.matches("[Goal](").count(), 3, "{rfc}");
}

#[test]
fn only_a_slate_that_calls_itself_accepted_has_no_proposals_left() {
    let goal = |title: &str, status: &str, number: usize| {
        let rows =
            format!("| Point of contact | @ada |\n| Status | {status} |\n| Tracking issue | [org/goals#{number}] |\n");
        goal_of_2026(title, &rows)
    };
    let place = of_2026(&[
        ("a.md", &goal("A", "Accepted", 1)),
        ("b.md", &goal("B", "Completed", 2)),
        ("c.md", &goal("C", "Proposed", 3)),
    ]);
    assert!(!place.run(&["lint"]).contains("stale-status"));
    let note = "> ![Status: Accepted](https://example.org/accepted.svg) It has been accepted.\n\n# Plans\n\n(((GOALS)))\n\n(((TEAM ASKS)))\n";
    place.write("src/2026/README.md", note.as_bytes());
    let lint = place.run(&["lint"]);
    assert!(lint.contains("2 goals of this slate are accepted, but this one is still `Proposed`"), "{lint}");
    place.write("src/2026/d.md", goal("D", "Proposed", 4).as_bytes());
    let lint = place.run(&["lint"]);
    assert!(lint.contains("marked as accepted, but 2 goals are still proposed"), "{lint}");
    assert_eq!(lint.matches("stale-status").count(), 1, "{lint}");
}

#[test]
fn accepted_goals_have_tracking_issues_of_their_own() {
    let goal = |title: &str, issue: &str| {
        goal_of_2026(title, &format!("| Point of contact | @ada |\n| Status | Accepted |\n{issue}"))
    };
    let place = of_2026(&[
        ("a.md", &goal("A", "| Tracking issue | [org/goals#7] |\n")),
        ("b.md", &goal("B", "| tracking issue | https://github.com/org/goals/issues/7 |\n")),
        ("c.md", &goal("C", "")),
    ]);
    let lint = place.run(&["lint"]);
    assert_eq!(lint.matches("[duplicate-tracking-issue]").count(), 2, "{lint}");
    assert_eq!(lint.matches("[missing-tracking-issue]").count(), 1, "{lint}");
}

#[test]
fn next_year_is_a_change_of_data() {
    let period = r##"
site = "https://example.org"
[periods.2031]
like = "2026"
[periods.2031.metadata.rows]
"Point of contact" = false
"Captain" = { field = "contact", required = "always", also = ["Skipper"] }
[periods.2031.statuses]
"Landed" = { stage = "accepted", mark = "(landed)" }
[periods.2031.sections]
"Hands needed" = { table = { holds = "help-wanted", needs-owner = true, header = ["Job", "Skill", "Hours"] } }
[periods.2031.funding.states]
words = ["Afloat", "Sunk"]
synonyms = { "Drowned" = "Sunk" }
[periods.2031.rfc.heads]
goals = ["Voyage", "{contact} on deck"]
[periods.2031.directives]
"VOYAGES" = { is = "goal-table", of = "all" }
"##;
    let rows = "| Skipper | @ada |\n| Status | Landed |\n| Tracking issue | [org/goals#1] |\n";
    let funding =
        "\n## Funding\n\n| Purpose | Cost | Funded | Sponsor(s) |\n|---|---|---|---|\n| Sails | $5 | Drowned | |\n";
    let hands = "\n## Hands needed\n\n| Job | Skill | Hours |\n|---|---|---|\n| Row | None | 2 |\n";
    let place = Place::with(&[
        ("goals.toml", period),
        ("src/2031/README.md", "## Plans\n\n(((VOYAGES)))\n\n(((TEAM ASKS)))\n"),
        ("src/2031/a.md", &format!("{}{funding}", goal_of_2026("Sail", rows))),
        ("src/2031/b.md", &format!("{}{hands}", goal_of_2026("Row", &rows.replace("#1", "#2")))),
    ]);
    snapshot("formats-next-year", &[place.run(&["lint"]), place.run(&["rfc"])].join("\n"));
    // A header that asks for a field which does not exist is no header.
    place.write("goals.toml", period.replace("{contact}", "{contakt}").as_bytes());
    let lint = place.run(&["lint"]);
    assert!(lint.contains("unknown field in the table header") && lint.contains("`{contakt} on deck`"), "{lint}");
}
