//! `goals roster` and `goals roster update`, as their users meet them.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{Place, fixtures, output, show, snapshot};

#[test]
fn teams_and_people_are_shown() {
    let all: &[&[&str]] = &[
        &["roster"],
        &["roster", "--team", "[LANG]", "--team", "docs-tools", "--person", "@Hanae"],
        &["roster", "--team", "cargo", "--format", "json"],
        &["roster", "--team", "cargo", "--format", "csv"],
        &["roster", "--person", "hanae", "--format", "csv"],
        &["roster", "--format", "markdown"],
        &["roster", "--team", "complier"],
        &["roster", "--person", "hanea"],
        &["roster", "--roster", "nowhere"],
        &["roster", "--team", "lang", "update", "--from", "x"],
        &["roster", "updte"],
    ];
    let run = |args: &&[&str]| show(args, &output(&fixtures(), args, b"", &[]));
    snapshot("roster-show", &all.iter().map(run).collect::<Vec<_>>().join("\n").replace('\r', "␍"));

    let built_in = Place::new().output(&["roster", "--team", "lang"], b"");
    assert!(built_in.status.success() && String::from_utf8(built_in.stdout).unwrap().contains("@nikomatsakis"));
    let first = Place::new().run(&["roster"]);
    let about = first.lines().find_map(|line| line.strip_prefix("stderr: ")).unwrap();
    assert!(about.contains(" teams, ") && about.ends_with("(built in)"), "{about}");
}

/// What the API states, in small: more than is kept, in no order.
const TEAMS: &str = r#"{
 "rustdoc": {"name": "rustdoc", "kind": "team", "subteam_of": "devtools",
  "members": [{"name": "Wen", "github": "wen-zhao", "github_id": 3, "is_lead": false},
              {"name": "Hana", "github": "Hanae", "github_id": 4, "is_lead": true}],
  "alumni": [], "github": null, "website_data": {"name": "R", "page": "r", "repo": "https://example.org/r", "weight": 0}},
 "cargo": {"name": "cargo", "kind": "team", "members": [], "website_data": null}
}"#;
const PEOPLE: &str = r#"{"people": {"wen-zhao": {"name": "Wen Zhao 趙文", "email": "w@example.org", "github_id": 3},
 "Hanae": {"name": "Hana \"E\"", "email": null}}}"#;

fn downloads() -> Place {
    Place::with(&[
        ("goals.toml", "[roster]\npath = \"team\"\n"),
        ("down/teams.json", TEAMS),
        ("down/people.json", PEOPLE),
        ("src/2025h1/a.md", common::GOAL),
    ])
}

/// Every file of the pinned roster and its text.
fn pinned(place: &Place) -> Vec<(String, String)> {
    let Ok(entries) = std::fs::read_dir(place.path().join("team")) else { return vec![] };
    let mut files: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn an_update_writes_little_and_in_order() {
    let place = downloads();
    let mut text = vec![place.run(&["roster", "update", "--from", "down", "--date", "2026-04-09"])];
    for (name, content) in pinned(&place) {
        text.push(format!("# {name}\n\n{content}"));
    }
    text.push(place.run(&["roster"]));
    text.push(place.run(&["roster", "update", "--from", "down", "--date", "2026-04-09"]));

    // A note of the user's own next to the date stays; a team that went is named, since old slates may name it.
    place.write("team/roster.toml", b"# Ours.\ndate = \"2026-04-09\"\n\n[renamed]\nold = \"cargo\"\n");
    place.write("down/teams.json", TEAMS.replace("\"cargo\"", "\"wg-cargo\"").as_bytes());
    place.write("down/archived-teams.json", b"{}");
    text.push(place.run(&["roster", "update", "--from", "down", "--date", "2026-05-01", "-v"]));
    text.push(std::fs::read_to_string(place.path().join("team/roster.toml")).unwrap());
    text.push(place.run(&["roster", "update", "--from", "down"]));
    text.push(std::fs::read_to_string(place.path().join("team/roster.toml")).unwrap());
    text.push(place.run(&["roster", "update", "--from", "down", "--to", "else/where", "-q"]));
    assert!(place.path().join("else/where/teams.json").is_file());
    // The pinned files are downloads too.
    let before = pinned(&place);
    text.push(place.run(&["roster", "update", "--from", "team"]));
    assert_eq!(pinned(&place), before);
    snapshot("roster-update", &text.join("\n"));
}

#[test]
fn bad_input_leaves_the_old_files_untouched() {
    let place = downloads();
    place.run(&["roster", "update", "--from", "down", "--date", "2026-04-09"]);
    let before = pinned(&place);
    let update = ["roster", "update", "--from", "down", "--date", "2026-04-10"];
    let new_people = PEOPLE.replace("Wen Zhao", "W. Zhao");
    let mut text = Vec::new();
    let mut try_with = |title: &str, name: &str, content: Option<&str>| {
        place.write("down/teams.json", TEAMS.replace("cargo", "cargo2").as_bytes());
        place.write("down/people.json", new_people.as_bytes());
        let path = place.path().join("down").join(name);
        match content {
            Some(content) => std::fs::write(&path, content).unwrap(),
            None => std::fs::remove_file(&path).unwrap(),
        }
        text.push(format!("# {title}\n\n{}", place.run(&update)));
        assert_eq!(pinned(&place), before, "{title}");
    };
    try_with("no people", "people.json", None);
    try_with("no teams", "teams.json", None);
    try_with("half a download", "people.json", Some(&PEOPLE[..60]));
    try_with("an error page", "people.json", Some("<html><body>502</body></html>"));
    try_with("nothing", "people.json", Some(""));
    try_with("nobody", "people.json", Some("{\"people\": {}}"));
    try_with("no team", "teams.json", Some("{}"));
    try_with("another shape", "teams.json", Some("[{\"name\": \"lang\"}]"));
    try_with("a team without members", "teams.json", Some("{\"lang\": {\"name\": \"lang\"}}"));
    try_with("an odd name", "people.json", Some("{\"people\": {\"a\\u001b[31m\": {\"name\": \"A\"}}}"));
    try_with("bad archived teams", "archived-teams.json", Some("3"));
    std::fs::remove_file(place.path().join("down/archived-teams.json")).unwrap();
    text.push(place.run(&["roster", "update", "--from", "nowhere"]));
    text.push(place.run(&["roster", "update", "--from", "down", "--date", "soon"]));
    text.push(place.run(&["roster", "update"]));
    text.push(Place::new().run(&["roster", "update", "--from", "down"]));
    assert_eq!(pinned(&place), before);
    snapshot("roster-bad-input", &text.join("\n"));
}

#[test]
fn a_damaged_roster_can_be_fixed() {
    let place = downloads();
    place.write("team/teams.json", b"{");
    assert!(!place.output(&["lint"], b"").status.success());
    assert!(place.output(&["roster", "update", "--from", "down"], b"").status.success());
    assert_eq!(pinned(&place).len(), 2);
    assert!(place.run(&["roster", "--team", "rustdoc"]).contains("@Hanae"));
}

#[test]
#[cfg(unix)]
fn what_cannot_be_written_leaves_the_old_files_untouched() {
    use std::os::unix::fs::symlink;
    let place = downloads();
    place.run(&["roster", "update", "--from", "down"]);
    std::fs::remove_file(place.path().join("team/people.json")).unwrap();
    symlink(place.path().join("down/people.json"), place.path().join("team/people.json")).unwrap();
    let before = pinned(&place);
    place.write("down/teams.json", TEAMS.replace("cargo", "cargo2").as_bytes());
    let run = place.output(&["roster", "update", "--from", "down"], b"");
    assert_eq!(run.status.code(), Some(2));
    // The target of the link is the download itself, so it is not looked at.
    assert_eq!(pinned(&place)[1], before[1]);
    assert_eq!(pinned(&place).len(), before.len(), "nothing is left beside the files");
}

/// A goal of 2025h1 that asks these teams, under a title.
fn asking(title: &str, teams: &str) -> String {
    common::titled(common::GOAL, title).replace("[compiler]", teams)
}

#[test]
fn a_team_of_its_time_is_right_in_an_older_slate() {
    let teams = "[libs], [libs-api], [project-stable-mir]";
    let place = Place::with(&[("src/2025h1/a.md", &asking("A goal", teams)), ("goals.toml", "")]);
    let newest = place.run(&["lint"]);
    place.write("src/2025h2/a.md", asking("Another goal", teams).as_bytes());
    let both = place.run(&["lint", "src/2025h1", "--deny-warnings"]);
    assert!(both.contains("0 errors, 0 warnings"), "{both}");
    snapshot("roster-outdated-teams", &newest);
}

#[test]
fn unknown_names_say_of_which_day_the_roster_is() {
    let dated = "date = \"2026-04-09\"\n";
    let goal = asking("A goal", "[crago]");
    let notes = |place: &Place, args: &[&str]| -> Vec<String> {
        let run = place.output(args, b"");
        let lines = String::from_utf8(run.stderr).unwrap();
        lines.lines().filter(|line| line.contains("teams and people as of")).map(str::to_owned).collect()
    };
    let built_in = Place::with(&[("src/2025h1/a.md", &goal), ("src/2025h2/a.md", &common::titled(&goal, "Another"))]);
    let expected = ["note: teams and people as of 2026-08-22; `[roster] path` sets others"];
    assert_eq!(notes(&built_in, &["lint"]), expected, "once for both slates");
    built_in.write("src/2025h2/README.md", b"## Summary\n\n<!-- GOALS -->\n");
    assert_eq!(notes(&built_in, &["rfc"]), expected);
    assert!(notes(&built_in, &["lint", "-q"]).is_empty());
    assert!(notes(&built_in, &["lint", "--allow", "unknown-team"]).is_empty(), "no finding depends on it");

    let own = Place::with(&[
        ("goals.toml", "[roster]\npath = \"team\"\n"),
        ("team/teams.json", TEAMS),
        ("team/people.json", PEOPLE),
        ("src/2025h1/a.md", &goal.replace("@Manishearth", "@hanae")),
    ]);
    assert!(notes(&own, &["lint"]).is_empty(), "nobody knows of which day it is");
    own.write("team/roster.toml", dated.as_bytes());
    assert_eq!(notes(&own, &["lint"]), ["note: teams and people as of 2026-04-09; see `goals roster update`"]);
}

#[test]
fn a_display_name_does_not_change_how_the_roster_spells_a_user() {
    // A slate whose period is over may spell users as it did.
    let place = Place::with(&[
        ("goals.toml", "[users]\n\"@FEE1-DEAD\" = \"Foo\"\n\"@NobodyYet\" = \"Nobody\"\n"),
        ("src/2099h1/a.md", &common::GOAL.replace("@Manishearth", "@fee1-dead")),
    ]);
    let run = || place.run(&["lint", "--format", "short"]);
    assert!(!run().contains("inconsistent-spelling"), "{}", run());
    place.write("src/2099h1/a.md", common::GOAL.replace("@Manishearth", "@FEE1-dead").as_bytes());
    assert!(run().contains("user `@FEE1-dead` is spelled `@fee1-dead` in the roster"), "{}", run());
    // What the roster does not know it does not spell.
    place.write("src/2099h1/a.md", common::GOAL.replace("@Manishearth", "@nobodyyet").as_bytes());
    assert!(run().contains("user `@nobodyyet` is spelled `@NobodyYet` in the configuration"), "{}", run());
}
