//! `goals config`, as its users meet it.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, fixtures, output, show, snapshot};

/// A project whose configuration comes from three files.
fn project() -> Place {
    let place = Place::with(&[
        (
            "goals.toml",
            "exclude = [\"src/2025h1/notes.md\"]\n[users]\n\"@a\" = \"A\"\n[links]\n\"help wanted\" = \"https://x.org/h\"\n\
             [linkifiers]\n'RFC #([0-9]+)' = \"https://x.org/$1\"\n[lint]\nall = \"warn\"\nunknown-team = \"off\"\n\
             [periods.2031]\nlike = \"2026\"\nlint.missing-section = \"off\"\nmetadata.rows.\"Point of contact\" = false\n\
             [rfc.2025h1]\nfeature-name = \"N/A\"\npr = 3764\n",
        ),
        (
            "book.toml",
            "[book]\nsrc = \"src\"\n[preprocessor.goals]\nignore_users = [\"@bot\"]\n[preprocessor.goals.links]\n\"Help wanted\" = \"y\"\n\
             Team = \"https://x.org/t\"\n[preprocessor.goals.linkifiers]\n'RFC #([0-9]+)' = \"z\"\n'#([0-9]+)' = \"https://x.org/i/$1\"\n\
             [preprocessor.goals.users]\n\"@a\" = \"B\"\n\"@c\" = \"C \\u001b[31m\"\n[output.html]\n\
             git-repository-url = \"https://github.com/Example/goals\"\nsite-url = \"/goals/\"\n",
        ),
        (
            "rust-project-goals.toml",
            "[team_asks]\n\"RFC decision\" = { short = \"RFC\", about = \"read it\", teams = [\"lang\"] }\n",
        ),
        ("src/2025h1/a.md", GOAL),
    ]);
    std::fs::create_dir(place.path().join("team")).unwrap();
    for name in ["teams.json", "people.json"] {
        std::fs::copy(fixtures().join("team").join(name), place.path().join("team").join(name)).unwrap();
    }
    place
}

#[test]
fn every_value_says_where_it_comes_from() {
    let place = project();
    let runs = [
        place.run(&["config", "--help"]),
        few_rules(&place.run(&["config"])),
        json(&place),
        place.run(&["config", "--config", "nowhere.toml"]),
        place.run(&["config", "--format", "yaml"]),
        Place::with(&[("goals.toml", "exlude = []\n")]).run(&["config"]),
        Place::with(&[("goals.toml", "[lint]\nunknown-teem = \"off\"\n")]).run(&["config"]),
    ];
    snapshot("config", &runs.join("\n"));
}

/// The text with two rules: a snapshot of all of them would change with each new one.
fn few_rules(text: &str) -> String {
    let (before, rest) = text.split_once("[lint]\n").unwrap();
    let (rules, after) = rest.split_once("\n\n").unwrap();
    let shown = |line: &&str| line.starts_with("unknown-team ") || line.starts_with("unknown-ask ");
    let rules: Vec<&str> = rules.lines().filter(shown).collect();
    format!("{before}[lint]\n{}\n\n{after}", rules.join("\n"))
}

/// The settings as JSON, but for the levels of rules; one a line.
fn json(place: &Place) -> String {
    let run = place.output(&["config", "--roster", "team", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let settings = json["settings"].as_array().unwrap().iter().filter(|one| one["key"][0] != "lint");
    let lines: Vec<String> = settings.map(ToString::to_string).collect();
    format!("version {}, root {}\n{}\n", json["version"], json["root"], lines.join("\n"))
}

/// The settings as JSON without their origins.
fn values(place: &Place) -> Vec<(serde_json::Value, serde_json::Value)> {
    let run = place.output(&["config", "--format", "json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let settings = json["settings"].as_array().unwrap().iter().filter(|one| one["note"].is_null());
    settings.map(|one| (one["key"].clone(), one["value"].clone())).collect()
}

#[test]
fn the_text_is_a_configuration_that_says_the_same() {
    let first = project();
    // A control character is shown, not written, so it is no part of this.
    let book = std::fs::read_to_string(first.path().join("book.toml")).unwrap();
    first.write("book.toml", book.replace("\\u001b", "").as_bytes());
    let text = first.output(&["config"], b"").stdout;
    let second = Place::with(&[("src/2025h1/a.md", GOAL)]);
    second.write("goals.toml", &text);
    assert_eq!(values(&second), values(&first));
}

#[test]
fn what_is_built_in_is_shown_without_any_file() {
    let place = Place::new();
    let args = ["config", "--isolated"];
    let text = show(&args, &output(place.path(), &args, b"", &[]));
    for rule in goals::RULES {
        assert!(text.contains(&format!("{} = ", rule.id)), "{}", rule.id);
    }
    assert!(text.contains("built in") && !text.contains("goals.toml:"));
}
