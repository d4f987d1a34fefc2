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

#[test]
fn a_configured_directory_lies_in_the_project() {
    let files = [
        ("down/teams.json", r#"{"lang": {"members": []}}"#),
        ("down/people.json", r#"{"people": {"ada": {"name": "Ada"}}}"#),
    ];
    let outside = Place::new();
    let absolute = outside.path().to_str().unwrap().to_owned();
    for (config, line) in [
        ("[roster]\npath = \"../outside\"\n".to_owned(), 2),
        ("[roster]\n\npath = \"team/../../outside\"\n".to_owned(), 3),
        (format!("[roster]\npath = {absolute:?}\n"), 2),
        ("[periods.2025h1]\nroster = \"../outside\"\n".to_owned(), 2),
        ("src = \"../outside\"\n".to_owned(), 1),
    ] {
        let place = Place::with(&files);
        let project = place.path().join("project");
        place.write("project/goals.toml", config.as_bytes());
        place.write("project/src/2025h1/a.md", GOAL.as_bytes());
        let from = ["roster", "update", "--from", "../down"];
        for args in [&["lint", "-q"][..], &from, &["roster"], &["config"]] {
            let run = show(args, &output(&project, args, b"", &[]));
            if args == from && !config.starts_with("[roster]") {
                continue;
            }
            let is_told = run.contains(&format!("[goals.toml:{line}:")) || args == from;
            assert!(
                run.ends_with("exit code 2\n") && is_told && run.contains("outside the project"),
                "{config}\n{run}"
            );
            assert!(!run.contains("symbolic link"), "{run}");
        }
        assert!(!place.path().join("outside").exists() && std::fs::read_dir(outside.path()).unwrap().next().is_none());
    }
    let place = Place::with(&files);
    place.write("project/goals.toml", b"");
    std::fs::create_dir(place.path().join("project/docs")).unwrap();
    for (to, code) in
        [("../outside", 2), (absolute.as_str(), 2), ("docs/../../outside", 2), ("team", 0), ("new/./team", 0)]
    {
        let args = ["roster", "update", "--from", "../down", "--to", to];
        let run = output(&place.path().join("project"), &args, b"", &[]);
        assert_eq!(run.status.code(), Some(code), "{to}");
    }
    assert!(!place.path().join("outside").exists() && place.path().join("project/new/team/teams.json").exists());
    // From a directory of the project, its root is the bound.
    let args = ["roster", "update", "--from", "../../down", "--to", "../other"];
    assert!(output(&place.path().join("project/docs"), &args, b"", &[]).status.success());
    assert!(place.path().join("project/other/teams.json").exists());
}

#[test]
#[cfg(unix)]
fn a_link_is_named_where_it_is_one() {
    let outside = Place::new();
    let place = Place::with(&[
        (".git/HEAD", ""),
        ("goals.toml", "[roster]\npath = \"linked/team\"\n"),
        ("down/teams.json", r#"{"lang": {"members": []}}"#),
        ("down/people.json", r#"{"people": {"ada": {"name": "Ada"}}}"#),
        ("src/2025h1/a.md", GOAL),
    ]);
    std::os::unix::fs::symlink(outside.path(), place.path().join("linked")).unwrap();
    for args in [
        &["lint"][..],
        &["roster", "update", "--from", "down"],
        &["roster", "update", "--from", "down", "--to", "linked"],
    ] {
        let run = place.run(args);
        assert!(run.contains("symbolic link not followed") && run.ends_with("exit code 2\n"), "{run}");
    }
    assert!(std::fs::read_dir(outside.path()).unwrap().next().is_none());
}

#[test]
fn exclude_takes_patterns_and_names_those_that_match_nothing() {
    let place = Place::with(&[
        ("src/2025h1/a.md", GOAL),
        ("src/2025h1/notes.md", "| Task |\n"),
        ("src/2025h1/deep/draft-1.md", "| Task |\n"),
    ]);
    let run = |config: &str, args: &[&str]| {
        place.write("goals.toml", config.as_bytes());
        place.run(args)
    };
    let all = "exclude = [\"**/notes.md\", \"src/*/deep/draft-?.md\"]\n";
    let json = run(all, &["lint", "--format", "json", "-q", "--deny-warnings"]);
    assert!(json.contains("\"files\": 1,") && json.ends_with("exit code 0\n"), "{json}");
    // A file that is named is bound as well.
    let named = run(all, &["lint", "src/2025h1/notes.md"]);
    assert!(named.contains("excluded by goals.toml") && named.ends_with("exit code 0\n"), "{named}");
    for odd in ["notes.md", "src/2025h1/note.md", "src/2025h1/*.txt", "**/nothing*", "src/2024h2/**"] {
        let config = format!("src = \"src\"\nexclude = [\n    \"src/2025h1/notes.md\",\n    {odd:?},\n]\n");
        let said = run(&config, &["lint", "--format", "short"]);
        assert!(said.contains("goals.toml:4:5: warning[unmatched-pattern] "), "{said}");
        assert!(said.contains(&format!("`{odd}` matches no file or directory")), "{said}");
        assert!(run(&config, &["config"]).contains("[goals.toml:4:5]"));
    }
}
