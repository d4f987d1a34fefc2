//! What people type from habit, mistype, or copy from elsewhere, and what they are told.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use common::{GOAL, Place, snapshot, titled};

/// Two slates and a goal that is wrong.
fn place() -> Place {
    let bad = titled(GOAL, "Another goal").replace("Proposed ", "Proposd  ").replace("[compiler]", "[complier]");
    Place::with(&[("src/2024h2/old.md", GOAL), ("src/2025h1/async-drop.md", &bad), ("goals.toml", "")])
}

#[test]
fn habits_are_answered() {
    let commands: [&[&str]; 22] = [
        &["rules"],
        &["version"],
        &["fmt"],
        &["build"],
        &["teams"],
        &["diff"],
        &["votes"],
        &["champions"],
        &["issues"],
        &["src/2025h1"],
        &["src/2025h1/gone.md"],
        &["lint", "--select", "unknown-team"],
        &["lint", "--ignore=unknown-team"],
        &["lint", "-D", "warnings"],
        &["lint", "--check"],
        &["lint", "--exclude", "x"],
        &["lint", "--unsafe-fixes"],
        &["list", "--json"],
        &["rfc", "--force"],
        &["lint", "--no-color"],
        // Not a habit that is known: what clap says of it.
        &["lint", "--selct", "x"],
        &["lnt"],
    ];
    let place = place();
    snapshot("habits", &commands.map(|args| place.run(args)).join("\n"));
}

#[test]
fn the_nearest_path_is_named() {
    let commands: [&[&str]; 9] = [
        &["lint", "src/2025h1/asinc-drop.md"],
        &["lint", "srv/2025h1/async-drop.md"],
        &["lint", "async-drop.md"],
        &["lint", "src/2025h1/drafts/async.md"],
        &["lint", "elsewhere"],
        &["lint", "2027"],
        &["list", "srv/2025h1"],
        &["list", "elsewhere"],
        &["rfc", "2026"],
    ];
    let place = place();
    snapshot("habits-paths", &commands.map(|args| place.run(args)).join("\n"));
}

#[test]
fn a_path_may_say_a_place() {
    let place = place();
    let whole = place.run(&["lint", "src/2025h1/async-drop.md"]);
    let result = |run: &str| run.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    for args in ["src/2025h1/async-drop.md:6", "src/2025h1/async-drop.md:6:22", "src/2025h1/async-drop.md:6:22:"] {
        assert_eq!(result(&place.run(&["lint", args])), result(&whole), "{args}");
    }
    for args in
        ["src/2025h1/async-drop.md:x", "src/2025h1/async-drop.md::", "src/2025h1:6", "src/2025h1/async-drop.md:1:2:3"]
    {
        assert!(place.run(&["lint", args]).ends_with("exit code 2\n"), "{args}");
    }
    // A file that is called so is that file.
    place.write("src/2025h1/async-drop.md:6", titled(GOAL, "A file with a colon").as_bytes());
    assert!(place.run(&["lint", "src/2025h1/async-drop.md:6"]).contains("not a Markdown file"));
}

#[test]
fn levels_are_set_for_several_rules_at_once() {
    let place = place();
    let found = |args: &[&str]| {
        let run = place.output(&[&["lint", "2025h1", "--format", "short"], args].concat(), b"");
        let text = String::from_utf8(run.stdout).unwrap();
        let labels = text.lines().filter_map(|line| line.split(' ').nth(1)).map(str::to_owned);
        labels.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(found(&[]), "error[unknown-status] error[unknown-team]");
    for list in ["unknown-status,unknown-team", "unknown-status, unknown-team", "unknown-team,unknown-status,", "all"] {
        assert_eq!(found(&["--allow", list]), "", "{list}");
        assert_eq!(found(&["--warn", list]), "warning[unknown-status] warning[unknown-team]", "{list}");
    }
    assert_eq!(found(&["--allow", "all,unknown-team", "--warn", "unknown-status"]), "warning[unknown-status]");
    let refused: [&[&str]; 3] = [
        &["lint", "--allow", "unknown-team,unknown-sttus"],
        &["lint", "--deny", "empty-slate"],
        &["explain", "empty-slate"],
    ];
    let mut text = refused.map(|args| place.run(args)).to_vec();
    place.write("goals.toml", b"[lint]\nignored-goal = \"off\"\n");
    text.push(place.run(&["lint"]));
    snapshot("habits-levels", &text.join("\n"));
}

#[test]
fn a_diff_wins_over_fixes() {
    let goal = GOAL.replace("@Manishearth", "@manishearth");
    let place = Place::with(&[("src/2025h1/a.md", &goal)]);
    let diff = place.run(&["lint", "--diff"]);
    let both = place.run(&["lint", "--fix", "--diff"]);
    assert!(diff.contains("+| Point of contact | @Manishearth |") && diff.ends_with("exit code 1\n"), "{diff}");
    assert_eq!(both.lines().skip(1).collect::<Vec<_>>(), diff.lines().skip(1).collect::<Vec<_>>());
    assert_eq!(std::fs::read_to_string(place.path().join("src/2025h1/a.md")).unwrap(), goal, "nothing is written");
    let args = ["lint", "-", "--stdin-filename", "src/2025h1/a.md", "--fix", "--diff"];
    let stdin = place.run_with(&args, goal.as_bytes());
    assert!(stdin.contains("+| Point of contact | @Manishearth |") && !stdin.contains("# A goal\n\n|"), "{stdin}");
}

#[test]
fn check_is_lint() {
    let place = place();
    let result = |command| place.run(&[command, "2025h1"]).lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(result("check"), result("lint"));
}
