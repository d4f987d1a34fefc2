//! `--since`: what a branch is told, in repositories made here.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;
use std::process::Output;

use common::{GOAL, Place, commit, git, has, output, path_variable, show, snapshot};

fn run_in(directory: &Path, args: &[&str], stdin: &[u8]) -> Output {
    output(directory, args, stdin, &[("PATH", &path_variable())])
}

fn run(place: &Place, args: &[&str]) -> String {
    show(args, &run_in(place.path(), args, b""))
}

/// What was found, a line each.
fn found(output: &Output) -> Vec<String> {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(|line| line.split(' ').take(2).collect::<Vec<_>>().join(" ")).collect()
}

/// A goal of this title with this status.
fn goal(title: &str, status: &str) -> String {
    GOAL.replace("# A goal", &format!("# {title}")).replace("Proposed     |", &format!("{status} |"))
}

#[test]
fn the_past_is_that_of_the_checkout() {
    if !has("git", "the_past_is_that_of_the_checkout") {
        return;
    }
    let place = Place::with(&[("docs/goals.toml", ""), ("docs/src/2025h1/a.md", &goal("First", "Proposed"))]);
    let at = place.path();
    git(at, &["init", "--quiet"]);
    commit(at, "begin");
    git(at, &["checkout", "--quiet", "-b", "branch"]);
    place.write("docs/src/2025h1/a.md", goal("First", "Proposd").as_bytes());
    commit(at, "the branch");
    // A repository whose main has the same fault already, brought along as plain files beside the project and in its slate.
    let other = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", &goal("First", "Proposd"))]);
    git(other.path(), &["init", "--quiet"]);
    commit(other.path(), "old");
    let other = other.path().to_str().unwrap();
    for bare in ["docs", "docs/src", "docs/src/2025h1"] {
        git(at, &["clone", "--quiet", "--bare", other, "bare"]);
        for entry in std::fs::read_dir(at.join("bare")).unwrap() {
            let from = entry.unwrap().path();
            let to = at.join(bare).join(from.file_name().unwrap());
            std::fs::rename(from, to).unwrap();
        }
        std::fs::remove_dir(at.join("bare")).unwrap();
        let fault = |directory: &Path, environment: &[(&str, &str)]| {
            let path = path_variable();
            let environment = [&[("PATH", path.as_str())], environment].concat();
            let run = output(directory, &["lint", "--since", "main", "--format", "short"], b"", &environment);
            assert_eq!(run.status.code(), Some(1), "{bare}: {}", String::from_utf8_lossy(&run.stderr));
            assert!(String::from_utf8_lossy(&run.stdout).contains("src/2025h1/a.md:6:"), "{bare}");
        };
        fault(&at.join("docs"), &[]);
        let bare_path = at.join(bare);
        let bare_path = bare_path.to_str().unwrap();
        fault(&at.join("docs"), &[("GIT_DIR", bare_path), ("GIT_WORK_TREE", bare_path)]);
        let all =
            [("GIT_CONFIG_COUNT", "1"), ("GIT_CONFIG_KEY_0", "safe.bareRepository"), ("GIT_CONFIG_VALUE_0", "all")];
        fault(&at.join("docs"), &all);
        // Another checkout of the same repository, whose `.git` is a file.
        git(at, &["worktree", "add", "--quiet", "--force", "linked-tree", "branch~0", "--detach"]);
        let linked = at.join("linked-tree");
        fault(&linked.join("docs"), &[]);
        git(at, &["worktree", "remove", "--force", linked.to_str().unwrap()]);
        for name in ["HEAD", "config", "description", "packed-refs"] {
            std::fs::remove_file(at.join(bare).join(name)).unwrap();
        }
        for name in ["objects", "refs", "hooks", "info", "branches"] {
            std::fs::remove_dir_all(at.join(bare).join(name)).ok();
        }
    }
    // Alone, such files are no repository.
    let lone = Place::with(&[("goals.toml", ""), ("src/2025h1/a.md", GOAL)]);
    git(lone.path(), &["clone", "--quiet", "--bare", other, "bare"]);
    for entry in std::fs::read_dir(lone.path().join("bare")).unwrap() {
        let from = entry.unwrap().path();
        std::fs::rename(&from, lone.path().join(from.file_name().unwrap())).unwrap();
    }
    let alone = run(&lone, &["lint", "--since", "HEAD"]);
    assert!(alone.contains("not in a git repository") && alone.ends_with("exit code 2\n"), "{alone}");
}

/// A repository in which a branch and main have gone different ways; the branch is checked out.
///
/// Both began with errors in `a.md` and `both.md`. Main has fixed the one and broken `c.md`; the branch has left both alone,
/// has broken `b.md`, and begun a slate of its own.
fn parted() -> Place {
    let place = Place::with(&[
        ("docs/goals.toml", ""),
        ("docs/src/2025h1/a.md", &goal("First", "Proposd")),
        ("docs/src/2025h1/b.md", &goal("Second", "Proposed")),
        ("docs/src/2025h1/c.md", &goal("Third", "Proposed")),
        ("docs/src/2025h1/both.md", &goal("Fourth", "Proposd").replace("Words.", "Words.\n\nMore.")),
    ]);
    let at = place.path();
    git(at, &["init", "--quiet"]);
    commit(at, "begin");
    git(at, &["checkout", "--quiet", "-b", "branch"]);
    place.write("docs/src/2025h1/b.md", goal("Second", "Propsed").as_bytes());
    // Lines above the old error come and go.
    place.write("docs/src/2025h1/both.md", goal("Fourth", "Proposd").replace("# Fourth\n", "# Fourth\n\n").as_bytes());
    place.write("docs/src/2025h2/new-goal-é.md", goal("Fifth", "Proposed for mentorshp").as_bytes());
    commit(at, "the branch");
    git(at, &["checkout", "--quiet", "main"]);
    place.write("docs/src/2025h1/a.md", goal("First", "Proposed").as_bytes());
    place.write("docs/src/2025h1/c.md", goal("Third", "Inwited").as_bytes());
    commit(at, "main goes on");
    git(at, &["checkout", "--quiet", "branch"]);
    place
}

#[test]
fn what_main_fixed_or_broke_is_not_blamed_on_the_branch() {
    if !has("git", "what_main_fixed_or_broke_is_not_blamed_on_the_branch") {
        return;
    }
    let place = parted();
    snapshot(
        "since",
        &[
            run(&place, &["lint", "docs", "--since", "main"]),
            run(&place, &["lint", "docs", "--since", "main", "--format", "json"]),
        ]
        .join("\n"),
    );
    let new = [
        "docs/src/2025h1/b.md:6:22: error[unknown-status]",
        "docs/src/2025h2/new-goal-é.md:6:22: error[unknown-status]",
    ];
    assert_eq!(found(&run_in(place.path(), &["lint", "docs", "--since", "main", "--format", "short"], b"")), new);
    // From a directory below, of one file, of one slate, of what is not committed yet, of standard input.
    let below = place.path().join("docs/src");
    let below = |args: &[&str], stdin: &[u8]| {
        let all = [&["lint", "--since", "main", "--format", "short"], args].concat();
        found(&run_in(&below, &all, stdin))
    };
    assert_eq!(below(&["2025h1/b.md", "2025h1/both.md"], b""), ["2025h1/b.md:6:22: error[unknown-status]"]);
    assert_eq!(below(&["2025h1/both.md"], b""), [""; 0]);
    assert_eq!(below(&["2025h2"], b"").len(), 1);
    place.write("docs/src/2025h1/c.md", goal("Third", "Propsed").as_bytes());
    assert_eq!(below(&["2025h1/c.md"], b""), ["2025h1/c.md:6:22: error[unknown-status]"]);
}

#[test]
fn a_finding_that_the_change_caused_elsewhere_is_shown() {
    if !has("git", "a_finding_that_the_change_caused_elsewhere_is_shown") {
        return;
    }
    let place = Place::with(&[
        ("src/2025h1/README.md", "# A slate\n\nSee [the notes](./notes.md).\n\n<!-- GOALS -->\n"),
        ("src/2025h1/notes.md", "# Notes\n"),
        ("src/2025h1/a.md", GOAL),
    ]);
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "begin");
    let args = ["lint", "--since", "HEAD", "--format", "short"];
    assert_eq!(found(&run_in(place.path(), &args, b"")), [""; 0]);
    std::fs::remove_file(place.path().join("src/2025h1/notes.md")).unwrap();
    assert_eq!(found(&run_in(place.path(), &args, b"")), ["src/2025h1/README.md:3:19: error[dead-link]"]);
    // A text from standard input is part of the change.
    let args = ["lint", "--since", "HEAD", "--format", "short", "-", "--stdin-filename", "src/2025h1/a.md"];
    assert_eq!(found(&run_in(place.path(), &args, GOAL.as_bytes())), [""; 0]);
    let bad = goal("A goal", "Proposd");
    assert_eq!(found(&run_in(place.path(), &args, bad.as_bytes())), ["src/2025h1/a.md:6:22: error[unknown-status]"]);
}

#[test]
#[cfg(unix)]
fn links_and_odd_names_are_read_from_git() {
    if !has("git", "links_and_odd_names_are_read_from_git") {
        return;
    }
    let bad = goal("First", "Proposd");
    let place = Place::with(&[("src/2025h1/\"a\"\tb\n.md", &bad), ("elsewhere/x.md", &bad.replace("First", "Second"))]);
    std::os::unix::fs::symlink("../../elsewhere/x.md", place.path().join("src/2025h1/link.md")).unwrap();
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "begin");
    let run = run_in(place.path(), &["lint", "src", "--since", "HEAD", "--format", "short"], b"");
    assert_eq!((found(&run), run.status.code()), (vec![], Some(0)), "{}", show(&[], &run));
}

#[test]
fn what_git_cannot_tell_is_said() {
    if !has("git", "what_git_cannot_tell_is_said") {
        return;
    }
    let place = parted();
    let bare = Place::with(&[("src/2025h1/a.md", &goal("First", "Proposd"))]);
    let mut text = vec![
        ("no repository", run(&bare, &["lint", "--since", "main"])),
        ("no such commit", run(&place, &["lint", "docs", "--since", "develop"])),
        ("an option", run(&place, &["lint", "docs", "--since", "--output=x"])),
        ("nothing", run(&place, &["lint", "docs", "--since", ""])),
        ("with --fix", run(&place, &["lint", "docs", "--since", "main", "--fix"])),
    ];
    let args = ["lint", "docs", "--since", "main"];
    let nothing = Place::new();
    let no_git = output(place.path(), &args, b"", &[("PATH", nothing.path().to_str().unwrap())]);
    text.push(("no git", show(&args, &no_git)));
    git(bare.path(), &["init", "--quiet"]);
    text.push(("no commit", run(&bare, &["lint", "--since", "main"])));
    commit(bare.path(), "begin");
    git(bare.path(), &["checkout", "--quiet", "--orphan", "other"]);
    commit(bare.path(), "begin again");
    text.push(("nothing in common", run(&bare, &["lint", "--since", "main"])));

    let clones = Place::new();
    let from = format!("file://{}", place.path().display());
    git(clones.path(), &["clone", "--quiet", "--depth", "1", "--no-single-branch", &from, "shallow"]);
    let shallow = clones.path().join("shallow");
    let args = ["lint", "docs", "--since", "origin/main"];
    text.push(("too shallow", show(&args, &run_in(&shallow, &args, b""))));
    let args = ["lint", "docs", "--since", "main"];
    text.push(("a branch of the remote", show(&args, &run_in(&shallow, &args, b""))));
    git(clones.path(), &["clone", "--quiet", "--depth", "1", &from, "single"]);
    text.push(("one branch alone", show(&args, &run_in(&clones.path().join("single"), &args, b""))));
    let text: Vec<String> = text.into_iter().map(|(title, run)| format!("# {title}\n\n{run}")).collect();
    snapshot("since-failures", &text.join("\n"));
}

#[test]
fn what_configuration_or_teams_change_is_said() {
    if !has("git", "what_configuration_or_teams_change_is_said") {
        return;
    }
    let teams = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/team/teams.json")).unwrap();
    let people = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/team/people.json")).unwrap();
    let config = "[roster]\npath = \"team\"\n";
    let place = Place::with(&[
        ("docs/goals.toml", config),
        ("docs/team/teams.json", &teams),
        ("docs/team/people.json", &people),
        ("docs/src/2025h1/a.md", &goal("First", "Proposed")),
    ]);
    let at = place.path();
    git(at, &["init", "--quiet"]);
    commit(at, "begin");
    let notes = || {
        let run = run_in(at, &["lint", "docs", "--since", "main"], b"");
        let said = String::from_utf8(run.stderr).unwrap();
        said.lines().filter(|line| line.starts_with("note: ")).map(str::to_owned).collect::<Vec<_>>()
    };
    let differs = |files: &str| {
        notes().first().is_some_and(|note| {
            note.starts_with(&format!("note: {files} from the merge base with `main`: "))
                && note.contains("omit `--since`")
        })
    };
    assert_eq!(notes(), [""; 0]);
    // Other ends of lines are no other configuration.
    place.write("docs/goals.toml", config.replace('\n', "\r\n").as_bytes());
    assert_eq!(notes(), [""; 0]);
    let stricter = format!("{config}[periods.2025h1]\nmetadata.rows.\"Mentor\" = {{ required = \"always\" }}\n");
    for changed in [config.replace("path", "# The teams.\npath"), stricter] {
        place.write("docs/goals.toml", changed.as_bytes());
        assert!(differs("`docs/goals.toml` differs"), "{:?}", notes());
    }
    // What the stricter configuration finds is in both, and no other claim is made.
    let omitted = "note: 1 finding that the merge base with `main` also has under the current configuration is omitted";
    assert_eq!(notes()[1..], [omitted]);
    // What is not there at the merge base counts, too.
    place.write("docs/rust-project-goals.toml", b"[team_asks]\n\"Good vibes\" = \"vibes\"\n");
    place.write("docs/team/people.json", people.replacen('{', "{ ", 1).as_bytes());
    assert!(
        differs("`docs/goals.toml`, `docs/rust-project-goals.toml`, `docs/team/people.json` differ"),
        "{:?}",
        notes()
    );
    // And once all is as it was, nothing is said.
    place.write("docs/goals.toml", config.as_bytes());
    std::fs::remove_file(at.join("docs/rust-project-goals.toml")).unwrap();
    place.write("docs/team/people.json", people.as_bytes());
    assert_eq!(notes(), [""; 0]);
}
