//! The README shows what the program really prints.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;
use std::process::Command;

use common::{Place, fixtures, repository};

#[test]
fn the_example_is_a_real_one() {
    let name = "2025h1/batched-doctests.md";
    let text = std::fs::read_to_string(fixtures().join(name)).unwrap().replacen("[rustdoc]", "[rusdoc]", 1);
    let place = Place::with(&[(name, &text)]);
    let roster = fixtures().join("team");
    let asks = std::fs::read_to_string(fixtures().join("goals.toml")).unwrap();
    place.write("goals.toml", asks.as_bytes());
    // It leads to another goal.
    let other = "2025h1/quiet-test-runs.md";
    place.write(other, &std::fs::read(fixtures().join(other)).unwrap());
    let run = place.output(&["lint", name, "--roster", roster.to_str().unwrap()], b"");
    let printed = String::from_utf8(run.stdout).unwrap();

    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let shown = readme.split("```text\n").nth(1).unwrap().split("```").next().unwrap();
    assert_eq!(shown.trim_end(), printed.trim_end(), "the example in README.md is not what the program prints");
}

/// What is between these two lines of README.md is made from the rules' own data.
const BEGIN: &str = "<!-- rules: made by `UPDATE_README=1 cargo test --test readme` -->\n";
const END: &str = "<!-- end of rules -->";

#[test]
fn the_list_of_rules_is_current() {
    let mut table = String::from("\n| rule | level | `--fix` | checks that |\n|---|---|---|---|\n");
    for rule in goals::RULES {
        let data = rule.read().unwrap();
        let fixable = if data.fixable { "yes" } else { "" };
        let summary = data.summary.replace('|', "\\|");
        let level = goals::RuleLevel::built_in(data.level, data.outside_rfc);
        let outside_rfc = match level.outside_rfc {
            other if other == level.in_rfc => String::new(),
            other => format!(", else {}", other.word()),
        };
        table.push_str(&format!("| `{}` | {}{outside_rfc} | {fixable} | {summary} |\n", rule.id, data.level.word()));
    }
    table.push('\n');
    let path = repository().join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let current = format!("{before}{BEGIN}{table}{END}{after}");
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write(path, current).unwrap();
    } else {
        assert!(
            readme == current,
            "the list of rules in README.md is out of date: UPDATE_README=1 cargo test --test readme"
        );
    }
}

/// The blocks of YAML in README.md.
fn yaml_blocks() -> Vec<serde_json::Value> {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let blocks = readme.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(|block| serde_saphyr::from_str(block).unwrap()).collect()
}

fn yaml(path: &str) -> serde_json::Value {
    serde_saphyr::from_str(&std::fs::read_to_string(repository().join(path)).unwrap()).unwrap()
}

#[test]
fn what_is_to_be_copied_fits_the_hooks_and_the_action() {
    let blocks = yaml_blocks();
    let hooks = yaml(".pre-commit-hooks.yaml");
    let ids: Vec<&serde_json::Value> = hooks.as_array().unwrap().iter().map(|hook| &hook["id"]).collect();
    for hook in blocks[0]["repos"][0]["hooks"].as_array().unwrap() {
        assert!(ids.contains(&&hook["id"]), "{hook}");
    }
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for id in ids {
        assert!(readme.contains(&format!("`{}`", id.as_str().unwrap())), "README.md does not tell of the hook {id}");
    }

    let inputs = yaml("action.yml")["inputs"].clone();
    let steps = blocks[1]["jobs"]["lint"]["steps"].as_array().unwrap();
    let step =
        steps.iter().find(|step| step["uses"].as_str().is_some_and(|uses| uses.starts_with("OWNER/goals@"))).unwrap();
    for input in step["with"].as_object().unwrap().keys() {
        assert!(inputs[input].is_object(), "the action has no input {input}");
    }
    assert_eq!(steps[0]["with"]["fetch-depth"], 0, "`--since` needs the whole history");
}

/// A goals repository in which the commands of README.md can run: the fixtures, laid out as such a repository is.
fn goals_repository() -> Place {
    let place = Place::new();
    for (from, to) in [("2025h1", "src/2025h1"), ("2026", "src/2026"), ("team", "team"), ("team", "api")] {
        for entry in std::fs::read_dir(fixtures().join(from)).unwrap() {
            let path = entry.unwrap().path();
            place.write(
                &format!("{to}/{}", path.file_name().unwrap().to_string_lossy()),
                &std::fs::read(&path).unwrap(),
            );
        }
    }
    let config = std::fs::read_to_string(fixtures().join("goals.toml")).unwrap();
    place.write("goals.toml", config.replace("src = \".\"", "src = \"src\"").as_bytes());
    std::fs::create_dir_all(place.path().join("rfcs/text")).unwrap();
    place
}

/// Placeholders in README.md for something that is different for everyone, and what it is here.
const PLACEHOLDERS: [(&str, &str); 8] = [
    ("my-goal.md", "quiet-test-runs.md"),
    ("@somebody", "@hanae"),
    ("../rfcs/", "rfcs/"),
    // The network is no part of a test: the downloads lie beside it.
    ("curl -fsS ", "cat "),
    ("https://team-api.infra.rust-lang.org/v1/", "api/"),
    (" RULE", " unknown-team"),
    (" COMMAND ", " lint "),
    (" PATH", " src/2025h1/quiet-test-runs.md < src/2025h1/quiet-test-runs.md"),
];

/// Commands that do not run here, each with the reason.
const ELSEWHERE: [(&str, &str); 3] = [
    ("cargo run --release -- rfc fixtures/2025h1", "`.ci/run` takes it from README.md and runs it"),
    ("cargo test", "this is it"),
    (
        "cargo install --path .",
        "it would install the program; `the_demo_and_the_installation_are_sound` checks what it needs",
    ),
];

/// Commands in the text that are no commands without what the sentence says beside them.
const NAMES: [&str; 1] = ["goals lint --format"];

/// The commands of README.md: the lines of its `sh` blocks in order, then those within sentences.
fn commands() -> Vec<String> {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    let (mut commands, mut language) = (Vec::new(), None);
    let mut sentences = String::new();
    for line in readme.lines() {
        match (line.strip_prefix("```"), &language) {
            (Some(_), Some(_)) => language = None,
            (Some(name), None) => language = Some(name.to_owned()),
            (None, Some(name)) if name == "sh" => {
                let command = line.split(" # ").next().unwrap().trim();
                commands.extend((!command.is_empty()).then(|| command.to_owned()));
            }
            (None, Some(_)) => {}
            (None, None) => sentences.push_str(&format!("{line}\n")),
        }
    }
    assert_eq!(language, None, "a block of README.md does not end");
    let codes = sentences.split('`').skip(1).step_by(2).map(|code| code.replace('\n', " "));
    commands.extend(codes.filter(|code| code.starts_with("goals ") && !NAMES.contains(&code.as_str())));
    commands
}

#[test]
#[cfg(unix)]
fn every_command_runs() {
    let place = goals_repository();
    let program = Path::new(env!("CARGO_BIN_EXE_goals")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap_or_default());
    let commands = commands();
    let mut failures = Vec::new();
    for command in commands.iter().filter(|command| !ELSEWHERE.iter().any(|(name, _)| name == command)) {
        let here = PLACEHOLDERS.iter().fold(command.clone(), |text, (from, to)| text.replace(from, to));
        let run = Command::new("sh").args(["-c", &here]).current_dir(place.path()).env("PATH", &path).output().unwrap();
        if !run.status.success() {
            failures.push(format!("{command}\n{}", String::from_utf8_lossy(&[run.stdout, run.stderr].concat())));
        }
    }
    assert!(failures.is_empty(), "commands of README.md that do not run:\n\n{}", failures.join("\n"));
    for (command, _) in ELSEWHERE {
        assert!(commands.iter().any(|known| known == command), "README.md has no `{command}` any more");
    }
    // What they were to make is there.
    for file in ["rfcs/text/3764-project-goals.md", "agenda.md", "goals.csv", "team/roster.toml"] {
        assert!(std::fs::metadata(place.path().join(file)).is_ok_and(|file| file.len() > 0), "{file}");
    }
    for subcommand in ["lint", "rfc", "list", "asks", "roster", "config", "explain", "completions", "man"] {
        let shown = commands.iter().any(|command| command.split(' ').nth(1) == Some(subcommand));
        assert!(shown, "README.md shows no `goals {subcommand}`");
    }
}

#[test]
fn the_demo_and_the_installation_are_sound() {
    let run = common::output(&repository(), &["rfc", "fixtures/2025h1"], b"", &[]);
    assert!(run.status.success() && !run.stdout.is_empty());
    let manifest: toml::Table = std::fs::read_to_string(repository().join("Cargo.toml")).unwrap().parse().unwrap();
    assert_eq!(manifest["bin"][0]["name"].as_str(), Some("goals"), "`cargo install` installs `goals`");
}

#[test]
fn every_command_is_named() {
    let readme = std::fs::read_to_string(repository().join("README.md")).unwrap();
    for command in common::commands() {
        let call = format!("goals {}", command.join(" "));
        assert!(readme.contains(&call), "README.md does not say what `{call}` is for; add it to a block of commands");
    }
}
