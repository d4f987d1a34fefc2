//! Hooks for pre-commit: the manifest, and the real pre-commit on a repository made here.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;
use std::process::Command;

use common::{GOAL, Place, commit, git, has, path_variable, repository, snapshot};
use serde_json::Value;

const MANIFEST: &str = ".pre-commit-hooks.yaml";

fn hooks() -> Vec<Value> {
    let text = std::fs::read_to_string(repository().join(MANIFEST)).unwrap();
    serde_saphyr::from_str(&text).unwrap()
}

#[test]
fn each_hook_is_there_from_source_and_installed() {
    let hooks = hooks();
    let hook = |id: &str| hooks.iter().find(|hook| hook["id"] == id).unwrap_or_else(|| panic!("no hook {id}"));
    for id in ["goals", "goals-fix", "goals-all"] {
        let (source, installed) = (hook(id), hook(&format!("{id}-system")));
        assert_eq!((&source["language"], &installed["language"]), (&Value::from("rust"), &Value::from("system")));
        for key in ["name", "entry", "files", "require_serial", "pass_filenames", "always_run"] {
            assert_eq!(source[key], installed[key], "{key} of {id}");
        }
        assert_eq!(source["require_serial"], true, "{id} must see all files in one run");
        let entry = source["entry"].as_str().unwrap();
        assert_eq!(entry.split(' ').next().unwrap(), env!("CARGO_PKG_NAME"), "the program that is installed");
    }
    assert_eq!(hooks.len(), 6);
    let pattern = regex_lite::Regex::new(hook("goals")["files"].as_str().unwrap()).unwrap();
    for path in ["src/2025h1/a.md", "2026/a.md", "docs/2025H2/inner/a.md"] {
        assert!(pattern.is_match(path), "{path}");
    }
    for path in ["src/a.md", "src/2025h1/a.txt", "src/2025h1.md", "src/2025h3/a.md", "src/x2025h1/a.md"] {
        assert!(!pattern.is_match(path), "{path}");
    }
}

/// A repository of hooks as a user would name it, with the manifest of this one.
fn hook_repository(at: &Path) -> String {
    std::fs::create_dir(at).unwrap();
    std::fs::copy(repository().join(MANIFEST), at.join(MANIFEST)).unwrap();
    git(at, &["init", "--quiet"]);
    commit(at, "hooks");
    git(at, &["rev-parse", "HEAD"])
}

/// Where the toolchains are that pre-commit builds with.
fn rust_homes() -> Vec<(&'static str, String)> {
    let home = std::env::var("HOME").unwrap_or_default();
    let of = |name: &str, below: &str| std::env::var(name).unwrap_or_else(|_| format!("{home}/{below}"));
    vec![("RUSTUP_HOME", of("RUSTUP_HOME", ".rustup")), ("CARGO_HOME", of("CARGO_HOME", ".cargo"))]
}

/// Runs pre-commit in a place, with the program under test installed; what changes from run to run is taken out.
fn pre_commit(place: &Place, directory: &Path, args: &[&str]) -> String {
    let built = Path::new(env!("CARGO_BIN_EXE_goals")).parent().unwrap().display().to_string();
    let output = Command::new("pre-commit")
        .args(args)
        .args(["--color", "never"])
        .current_dir(directory)
        .env_clear()
        .env("PATH", format!("{built}:{}", path_variable()))
        .env("PRE_COMMIT_HOME", place.path().join("cache"))
        .env("HOME", place.path())
        .envs(rust_homes())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    let lines = text.lines().filter(|line| !line.starts_with("[INFO]")).map(str::trim_end);
    format!(
        "$ pre-commit {}\n{}\nexit code {}\n",
        args.join(" "),
        lines.collect::<Vec<_>>().join("\n"),
        output.status.code().unwrap()
    )
}

#[test]
#[cfg(unix)]
fn pre_commit_runs_each_hook() {
    if !has("pre-commit", "pre_commit_runs_each_hook") || !has("git", "pre_commit_runs_each_hook") {
        return;
    }
    let place = Place::new();
    let hooks = place.path().join("hooks");
    let revision = hook_repository(&hooks);
    let at = place.path().join("slate");
    let write = |name: &str, text: &str| place.write(&format!("slate/{name}"), text.as_bytes());
    write(
        ".pre-commit-config.yaml",
        &format!(
            "repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n      - id: goals-system\n      - id: goals-fix-system\n        \
             stages: [manual]\n      - id: goals-all-system\n        stages: [manual]\n",
            hooks.display()
        ),
    );
    write("goals.toml", "exclude = [\"src/2025h1/excluded.md\"]\n");
    write("src/2025h1/good.md", GOAL);
    write("src/2025h1/old.md", &GOAL.replace("# A goal", "# Old").replace("Proposed ", "Proposd  "));
    git(&at, &["init", "--quiet"]);
    commit(&at, "begin");

    let mut text = Vec::new();
    let mut run = |title: &str, args: &[&str]| text.push(format!("# {title}\n\n{}", pre_commit(&place, &at, args)));
    write("notes.md", "# Notes\n");
    git(&at, &["add", "--all"]);
    run("no goal is in the commit", &["run"]);
    write("src/2025h1/new.md", &GOAL.replace("# A goal", "# New").replace("Proposed ", "proposed "));
    git(&at, &["add", "--all"]);
    run("a broken goal is, and another beside it is not", &["run"]);
    run("the hook that fixes", &["run", "--hook-stage", "manual", "goals-fix-system"]);
    git(&at, &["add", "--all"]);
    run("fixed", &["run"]);
    run("every slate", &["run", "--hook-stage", "manual", "goals-all-system"]);
    commit(&at, "fixed");
    write("src/2025h1/excluded.md", &GOAL.replace("Proposed ", "Proposd  "));
    git(&at, &["add", "--all"]);
    run("only a file that the configuration excludes", &["run", "--verbose"]);
    let text = text.join("\n");
    // A time it took is no fact about the hook.
    let text: Vec<&str> = text.lines().filter(|line| !line.starts_with("- duration:")).collect();
    snapshot("hooks-pre-commit", &text.join("\n"));
}

#[test]
#[cfg(unix)]
fn a_commit_of_many_files_is_one_run() {
    if !has("pre-commit", "a_commit_of_many_files_is_one_run") || !has("git", "a_commit_of_many_files_is_one_run") {
        return;
    }
    let place = Place::new();
    let hooks = place.path().join("hooks");
    let revision = hook_repository(&hooks);
    let at = place.path().join("slate");
    let config =
        format!("repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n      - id: goals-system\n", hooks.display());
    place.write("slate/.pre-commit-config.yaml", config.as_bytes());
    for number in 0..120 {
        place.write(
            &format!("slate/src/2025h1/a{number}.md"),
            GOAL.replace("# A goal", &format!("# A goal {number}")).as_bytes(),
        );
    }
    git(&at, &["init", "--quiet"]);
    git(&at, &["add", "--all"]);
    let run = pre_commit(&place, &at, &["run", "--verbose"]);
    assert_eq!(run.matches("checked 120 goals in 120 files").count(), 1, "{run}");
}

#[test]
#[cfg(unix)]
fn a_commit_chooses_no_toolchain() {
    let test = "a_commit_chooses_no_toolchain";
    if !has("pre-commit", test) || !has("git", test) || !has("rustup", test) {
        return;
    }
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    let harmed = place.path().join("harmed");
    // A hook that pre-commit builds, of a small program.
    let hooks = place.path().join("hooks");
    let manifest = "[package]\nname = \"goals\"\nversion = \"1.2.3\"\nedition = \"2024\"\n";
    hook_repository(&hooks);
    place.write("hooks/Cargo.toml", manifest.as_bytes());
    place.write("hooks/src/main.rs", b"fn main() { println!(\"built elsewhere\") }");
    commit(&hooks, "program");
    let revision = git(&hooks, &["rev-parse", "HEAD"]);
    let at = place.path().join("slate");
    let config =
        format!("repos:\n  - repo: {}\n    rev: {revision}\n    hooks:\n      - id: goals-all\n", hooks.display());
    place.write("slate/.pre-commit-config.yaml", config.as_bytes());
    let toolchain = at.join("toolchain");
    for name in ["toolchain/bin/cargo", "toolchain/bin/rustc", "wrapper"] {
        place.write(&format!("slate/{name}"), format!("#!/bin/sh\ntouch {}\nexit 1\n", harmed.display()).as_bytes());
        std::fs::set_permissions(at.join(name), std::fs::Permissions::from_mode(0o755)).unwrap();
    }
    let file = format!("[toolchain]\npath = \"{}\"\n", toolchain.display());
    place.write("slate/rust-toolchain.toml", file.as_bytes());
    let file = format!("[build]\nrustc-wrapper = \"{}\"\n", at.join("wrapper").display());
    place.write("slate/.cargo/config.toml", file.as_bytes());
    git(&at, &["init", "--quiet"]);
    git(&at, &["add", "--all"]);
    let run = pre_commit(&place, &at, &["run", "--verbose"]);
    assert!(run.contains("built elsewhere") && run.ends_with("exit code 0\n"), "{run}");
    assert!(!harmed.exists(), "{run}");
}
