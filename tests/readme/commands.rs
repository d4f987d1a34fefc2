//! Every command in the documents runs.

use std::path::Path;
use std::process::Command;

use crate::common::{self, Place, commit, fixtures, git, has, repository};
use crate::documents::{names, parts, read};

/// A goals repository in which the commands can run: the fixtures, laid out as such a repository is, with a branch on which a
/// pull request is based.
fn goals_repository() -> Place {
    let place = Place::new();
    let directories =
        [("2025h1", "src/2025h1"), ("2026", "src/2026"), ("2026", "src/drafts"), ("team", "team"), ("team", "api")];
    for (from, to) in directories {
        for entry in std::fs::read_dir(fixtures().join(from)).unwrap() {
            let path = entry.unwrap().path();
            place.write(
                &format!("{to}/{}", path.file_name().unwrap().to_string_lossy()),
                &std::fs::read(&path).unwrap(),
            );
        }
    }
    let config = read("fixtures/goals.toml");
    place.write("goals.toml", config.replace("src = \".\"", "src = \"src\"").as_bytes());
    std::fs::create_dir_all(place.path().join("rfcs/text")).unwrap();
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "goals");
    git(place.path(), &["update-ref", "refs/remotes/origin/main", "HEAD"]);
    place
}

/// Placeholders for something that is different for everyone, and what it is here.
const PLACEHOLDERS: [(&str, &str); 9] = [
    ("my-goal.md", "quiet-test-runs.md"),
    ("@somebody", "@hanae"),
    ("../rfcs/", "rfcs/"),
    // The network is no part of a test: the downloads lie beside it.
    ("curl -fsS ", "cat "),
    ("https://team-api.infra.rust-lang.org/v1/", "api/"),
    (" RULE", " unknown-team"),
    (" COMMAND ", " lint "),
    // The text on standard input is that of the path.
    (" PATH", " src/2025h1/quiet-test-runs.md < src/2025h1/quiet-test-runs.md"),
    (" -o FILE", " -o rfc.md"),
];

/// Commands that do not run here, each with the reason.
const ELSEWHERE: [(&str, &str); 6] = [
    ("goals server", "an editor starts it and speaks with it, as tests/server does"),
    ("cargo run --release -- rfc fixtures/2025h1", "`.ci/run` takes it from README.md and runs it"),
    ("cargo test", "this is it"),
    ("goals new", "it needs a title or a period, which the commands of `docs/new.md` have"),
    (
        "cargo install --locked --path .",
        "it would install the program; `.ci/run` does that, and `the_demo_and_the_installation_are_sound` checks what it needs",
    ),
    ("goals mdbook", "mdBook hands it a book; tests/mdbook.rs does so too, and `.ci/run` runs mdBook itself"),
];

/// Files that the commands of a document make.
const MADE: [(&str, &[&str]); 4] = [
    ("README.md", &["rfcs/text/3764-project-goals.md"]),
    (
        "docs/lead.md",
        &["rfcs/text/3764-project-goals.md", "agenda.md", "goals.csv", "champions.csv", "comment.md", "voters.json"],
    ),
    ("docs/configuration.md", &["team/roster.toml"]),
    ("docs/ci.md", &["goals.sarif"]),
];

/// The commands of a document: the lines of its `sh` blocks in order, then those within sentences.
fn commands(name: &str) -> Vec<String> {
    let (blocks, sentences) = parts(name);
    let lines = blocks.iter().filter(|block| block.language == "sh").flat_map(|block| block.text.lines());
    let lines = lines.map(|line| line.split(" # ").next().unwrap().trim().to_owned()).filter(|line| !line.is_empty());
    let codes = sentences.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " "));
    lines.chain(codes.filter(|code| code.starts_with("goals "))).collect()
}

#[test]
#[cfg(unix)]
fn every_command_runs() {
    if !has("git", "every_command_runs") {
        return;
    }
    let program = Path::new(env!("CARGO_BIN_EXE_goals")).parent().unwrap();
    let path = format!("{}:{}", program.display(), common::path_variable());
    let mut failures = Vec::new();
    for name in names() {
        let place = goals_repository();
        for command in commands(&name).iter().filter(|command| !ELSEWHERE.iter().any(|(name, _)| name == command)) {
            let here = PLACEHOLDERS.iter().fold(command.clone(), |text, (from, to)| text.replace(from, to));
            let run =
                Command::new("sh").args(["-c", &here]).current_dir(place.path()).env("PATH", &path).output().unwrap();
            if !run.status.success() {
                let said = String::from_utf8_lossy(&[run.stdout, run.stderr].concat()).into_owned();
                failures.push(format!("{name}: {command}\n{said}"));
            }
        }
        for (_, files) in MADE.iter().filter(|(document, _)| *document == name) {
            for file in *files {
                let is_made = std::fs::metadata(place.path().join(file)).is_ok_and(|file| file.len() > 0);
                assert!(is_made, "the commands of {name} do not make {file}");
            }
        }
    }
    assert!(failures.is_empty(), "commands that do not run:\n\n{}", failures.join("\n"));
}

#[test]
fn what_is_said_of_commands_is_of_use() {
    let all: Vec<String> = names().iter().flat_map(|name| commands(name)).collect();
    for (command, _) in ELSEWHERE {
        assert!(all.iter().any(|known| known == command), "no document has `{command}` any more");
    }
    for (placeholder, _) in PLACEHOLDERS {
        assert!(
            all.iter().any(|command| command.contains(placeholder)),
            "no command has the placeholder `{placeholder}`"
        );
    }
    for (name, files) in MADE {
        assert!(!commands(name).is_empty(), "{name} is to make {files:?} with a command");
    }
    assert!(all.len() > 30, "only {} commands are read", all.len());
}

#[test]
fn the_demo_and_the_installation_are_sound() {
    let run = common::output(&repository(), &["rfc", "fixtures/2025h1"], b"", &[]);
    assert!(run.status.success() && !run.stdout.is_empty());
    let manifest: toml::Table = read("Cargo.toml").parse().unwrap();
    assert_eq!(manifest["bin"][0]["name"].as_str(), Some("goals"), "`cargo install` installs `goals`");
}

#[test]
fn every_command_is_named() {
    let all: String = names().iter().map(|name| read(name)).collect();
    for command in common::commands() {
        let call = format!("goals {}", command.join(" "));
        assert!(all.contains(&call), "no document says what `{call}` is for; add it to a block of commands");
    }
}
