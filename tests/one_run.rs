//! One mistake is one finding, and one run tells of all: what is wrong below a mistake that hides it is found beside it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeSet;
use std::path::PathBuf;

use common::{Dice, fixtures};
use goals::{Diagnostic, Levels, OsTree, OverlayTree, Project};

/// A change of a goal: what it is called, what is replaced, and by what.
type Mistake = (&'static str, &'static str, &'static str);

/// Mistakes that hide others or make something seem to be missing, in `fixtures/2026/errors-that-teach.md`.
const HIDING: &[Mistake] = &[
    ("required row", "| Contact ", "| Contct "),
    ("required row", "| Point of contact ", "| Point of contct "),
    ("theme row", "| Roadmap ", "| Roadmp "),
    ("optional row", "| Tracking issue ", "| Trackin issue "),
    ("champion row", "| [compiler] champion ", "| compiler champion "),
    ("champion user", "| @jlindqvist ", "| the user @jlindqvist "),
    ("contact", "| @mara-okafor ", "| somebody, or @mara-okafor "),
    ("section", "## Team asks", "## Team ask"),
    ("heading", "## Team asks", "##Team asks"),
    ("fence", "## Motivation\n", "```text\nnever closed\n\n## Motivation\n"),
    ("comment", "## Motivation\n", "<!-- never closed\n\n## Motivation\n"),
];

/// Mistakes of other kinds that lie below or beside those.
const HIDDEN: &[Mistake] = &[
    ("status", "| Proposed ", "| Propsed "),
    ("status", "| Discontinued ", "| Discontinud "),
    ("theme", "| First language ", "| Furst language "),
    ("level", "| Medium ", "| Medum "),
    ("level", "| Small ", "| Smal "),
    ("team", "| [libs] ", "| [lbs] "),
    ("link", "## Motivation\n", "## Motivation\n\nAs [said](./nowhere.md).\n"),
    ("label", "## Motivation\n", "## Motivation\n\nAs [said][nowhere].\n"),
];

/// What is found in a text in place of a goal of the fixtures: rules and messages.
struct Fixture {
    project: Project,
    path: PathBuf,
    text: String,
}

impl Fixture {
    fn new(slate: &str, file: &str) -> Fixture {
        let project = Project::open(&fixtures(), goals::ConfigFiles::default(), None).unwrap();
        let path = fixtures().join(slate).join(file);
        let text = std::fs::read_to_string(&path).unwrap();
        Fixture { project, path, text }
    }

    fn findings(&self, text: &str) -> Vec<Diagnostic> {
        let mut tree = OverlayTree::new(OsTree);
        tree.insert(&self.path, text.as_bytes().to_vec());
        let reading = self.project.read_slate(&tree, self.path.parent().unwrap(), None).unwrap();
        goals::lint(&reading.slate, reading.outside.as_ref(), &Levels::built_in().unwrap())
    }

    fn rules(&self, text: &str) -> BTreeSet<&'static str> {
        self.findings(text).iter().map(|one| one.rule).collect()
    }

    fn with(&self, text: &str, (_, old, new): Mistake) -> Option<String> {
        text.contains(old).then(|| text.replacen(old, new, 1))
    }
}

#[test]
fn two_mistakes_in_a_file_are_found_at_once() {
    let fixture = Fixture::new("2026", "errors-that-teach.md");
    assert_eq!(fixture.rules(&fixture.text), BTreeSet::new(), "the fixture is clean");
    let (mut pairs, mut complaints) = (0, Vec::new());
    for &hiding in HIDING {
        let Some(first) = fixture.with(&fixture.text, hiding) else { continue };
        let alone = fixture.rules(&first);
        assert!(!alone.is_empty(), "{} is not found", hiding.0);
        for &hidden in HIDDEN {
            let (Some(second), Some(both)) = (fixture.with(&fixture.text, hidden), fixture.with(&first, hidden)) else {
                continue;
            };
            let wanted: BTreeSet<&str> = alone.union(&fixture.rules(&second)).copied().collect();
            let found = fixture.rules(&both);
            pairs += 1;
            if found != wanted {
                complaints.push(format!("{} and {}: {found:?}, not {wanted:?}", hiding.0, hidden.0));
            }
        }
    }
    assert!(pairs >= 40, "only {pairs} pairs");
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

#[test]
fn a_mistake_that_hides_others_is_one_finding() {
    for (slate, file) in [("2026", "errors-that-teach.md"), ("2025h1", "offline-cargo.md")] {
        let fixture = Fixture::new(slate, file);
        let clean = fixture.findings(&fixture.text).len();
        for &mistake in HIDING {
            let Some(text) = fixture.with(&fixture.text, mistake) else { continue };
            let found = fixture.findings(&text);
            let said: Vec<String> = found.iter().map(|one| format!("{}: {}", one.rule, one.finding.message)).collect();
            assert_eq!(found.len(), 1 + clean, "{slate}/{file}, {}: {said:?}", mistake.0);
        }
    }
}

#[test]
fn the_places_of_what_is_hidden_are_those_of_the_file() {
    // A table above its title, with a mistake in it and others below it.
    let fixture = Fixture::new("2026", "errors-that-teach.md");
    let (title, rest) = fixture.text.split_once("\n\n").unwrap();
    let (table, rest) = rest.split_once("\n\n").unwrap();
    let mut dice = Dice(26);
    for _ in 0..20 {
        let table = table.replace("@", ["@", "the user @"][dice.below(2)]);
        let text =
            format!("{table}\n\n{title}\n\n{rest}").replace("| Medium ", ["| Medium ", "| Medum "][dice.below(2)]);
        for one in fixture.findings(&text) {
            let at = one.finding.span.range();
            assert!(text.get(at.clone()).is_some(), "{one:?}");
            if one.rule == "unknown-level" {
                assert_eq!(&text[at], "Medum");
            }
        }
    }
}

#[test]
fn what_hides_an_error_is_an_error() {
    // Each is a warning where nothing is lost by it.
    let fixture = Fixture::new("2026", "errors-that-teach.md");
    for mistake in [
        ("a row that the goal has to have", "| Tracking issue ", "| Trackin issue "),
        ("a block that swallows the asks", "## Motivation\n", "```text\nnever closed\n\n## Motivation\n"),
    ] {
        let found = fixture.findings(&fixture.with(&fixture.text, mistake).unwrap());
        let levels: Vec<goals::Level> = found.iter().map(|one| one.level).collect();
        assert_eq!(levels, [goals::Level::Error], "{}", mistake.0);
    }
}

#[test]
fn a_theme_misspelled_in_the_template_is_one_finding() {
    let goal = |title: &str| {
        common::titled(common::GOAL, title)
            .replace("Proposed     |\n", "Proposed     |\n| Flagship         | Warm machines |\n")
    };
    let place = common::Place::with(&[
        ("src/2025h2/README.md", "- Start Date: 2025-07-01\n\n## Summary\n\n(((FLAGSHIP GOALS: Warm machins)))\n"),
        ("src/2025h2/a.md", &goal("The first")),
        ("src/2025h2/b.md", &goal("The second")),
        ("src/2025h2/c.md", &goal("The third")),
    ]);
    let run = place.output(&["lint", "--format", "json"], b"");
    let found: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let of_themes: Vec<_> = found["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|one| {
            let rule = one["rule"].as_str().unwrap();
            ["unknown-theme", "empty-directive", "wrong-count"].contains(&rule)
        })
        .collect();
    assert_eq!(of_themes.len(), 1, "{found:#}");
    assert_eq!(of_themes[0]["level"], "error");
    assert_eq!(of_themes[0]["file"], "src/2025h2/README.md");
    assert_eq!(of_themes[0]["related"].as_array().unwrap().len(), 3);
}

#[test]
fn what_is_hidden_twice_is_found_too() {
    let fixture = Fixture::new("2026", "errors-that-teach.md");
    let row = fixture.text.replace("| [compiler] champion ", "| compiler champion ");
    let text = row.replace("| @jlindqvist ", "| the user @jlindqvst ");
    let found: Vec<&str> = fixture.findings(&text).iter().map(|one| one.rule).collect();
    assert_eq!(found, ["malformed-champion", "malformed-champion", "unknown-person"]);
}
