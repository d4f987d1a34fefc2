//! What the tests share: running the program, places to run it in, snapshots.

#![allow(dead_code)] // each test binary uses its own part of this module

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A directory to run the program in, removed afterwards.
pub(crate) struct Place(tempfile::TempDir);

impl Place {
    pub(crate) fn new() -> Place {
        Place(tempfile::tempdir().unwrap())
    }

    /// A place that holds these files, each with its text.
    pub(crate) fn with(files: &[(&str, &str)]) -> Place {
        let place = Place::new();
        for (name, text) in files {
            place.write(name, text.as_bytes());
        }
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// Runs the program here and shows all of what came of it.
    pub(crate) fn run(&self, args: &[&str]) -> String {
        self.run_with(args, b"")
    }

    /// The same with a text on standard input.
    pub(crate) fn run_with(&self, args: &[&str], stdin: &[u8]) -> String {
        show(args, &self.output(args, stdin))
    }

    pub(crate) fn output(&self, args: &[&str], stdin: &[u8]) -> Output {
        output(self.path(), args, stdin, &[])
    }
}

/// Copies a directory with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let there = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &there);
        } else {
            std::fs::write(there, std::fs::read(&path).unwrap()).unwrap();
        }
    }
}

/// Runs the program in a directory, with nothing of the environment but what is given.
pub(crate) fn output(directory: &Path, args: &[&str], stdin: &[u8], environment: &[(&str, &str)]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_goals"))
        .args(args)
        .current_dir(directory)
        .env_clear()
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The program need not read it.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}

/// Runs the program on a terminal of so many columns: all that is to be read there, in its order.
#[cfg(unix)]
pub(crate) fn on_terminal(directory: &Path, args: &[&str], columns: u16) -> String {
    use std::io::Read;
    let size = nix::pty::Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
    let pair = nix::pty::openpty(Some(&size), None).unwrap();
    let mut child = {
        let other = pair.slave.try_clone().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_goals"));
        command.args(args).current_dir(directory).env_clear().stdin(Stdio::null());
        // The ends that the command holds are closed with it, else reading would never end.
        command.stdout(pair.slave).stderr(other).spawn().unwrap()
    };
    let mut bytes = Vec::new();
    // A terminal whose last program has gone is an error on Linux, and the end elsewhere.
    let _ = std::fs::File::from(pair.master).read_to_end(&mut bytes);
    let code = child.wait().unwrap().code().unwrap();
    let text = String::from_utf8(bytes).unwrap().replace("\r\n", "\n");
    format!("$ goals {}\n{text}exit code {code}\n", args.join(" "))
}

/// A run as text: arguments, both streams, exit code.
pub(crate) fn show(args: &[&str], output: &Output) -> String {
    let mut text = format!("$ goals {}\n", args.join(" "));
    text.push_str(&String::from_utf8_lossy(&output.stdout));
    for line in String::from_utf8_lossy(&output.stderr).lines() {
        text.push_str(format!("stderr: {line}").trim_end());
        text.push('\n');
    }
    text.push_str(&format!("exit code {}\n", output.status.code().unwrap()));
    text
}

/// Compares with `snapshots/NAME.snap`.
pub(crate) fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn fixtures() -> PathBuf {
    repository().join("fixtures")
}

/// A directory of the corpus of real slates. Where that is missing, says on standard error that the test is skipped; it
/// writes to the stream itself, since the test runner swallows what tests print.
pub(crate) fn corpus(name: &str, test: &str) -> Option<PathBuf> {
    let directory = repository().join("../shared/corpus").join(name);
    if directory.is_dir() {
        return Some(directory);
    }
    skipped(test, &format!("../shared/corpus/{name}"));
    None
}

/// Says that a test is skipped.
pub(crate) fn skipped(test: &str, needs: &str) {
    // One write, on a line of its own: other tests write at the same time.
    let _ = std::io::stderr().write_all(format!("\nskipped: {test}: needs {needs}\n").as_bytes());
}

/// Whether a program is installed; where it is not, says that the test is skipped.
pub(crate) fn has(program: &str, test: &str) -> bool {
    let found = Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        skipped(test, program);
    }
    found
}

/// The variable by which programs are found, for runs that start other programs.
pub(crate) fn path_variable() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// Runs git in a directory, as no one in particular; it has to succeed.
pub(crate) fn git(directory: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(["-c", "protocol.file.allow=always", "-c", "init.defaultBranch=main"])
        .args(args)
        .current_dir(directory)
        .env_clear()
        .env("PATH", path_variable())
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Commits all that is there.
pub(crate) fn commit(directory: &Path, message: &str) {
    git(directory, &["add", "--all"]);
    git(directory, &["commit", "--quiet", "--message", message]);
}

/// A goal under another title: two goals of one slate may not share one.
pub(crate) fn titled(goal: &str, title: &str) -> String {
    goal.replace("# A goal", &format!("# {title}"))
}

/// A goal without faults, in the format of 2025h1.
pub(crate) const GOAL: &str = "\
# A goal

| Metadata         |              |
|------------------|--------------|
| Point of contact | @Manishearth |
| Status           | Proposed     |

## Summary

Words.

## Motivation

Reasons.

## Ownership and team asks

| Task             | Owner(s) or team(s)  | Notes |
|------------------|----------------------|-------|
| Standard reviews | ![Team][] [compiler] |       |

## Frequently asked questions
";

/// A sequence that is the same in every run (Knuth's constants for a linear congruence).
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound.max(1)
    }
}

/// Every command of the program, as `--help` lists them, with those below a command: `["roster", "update"]`.
#[allow(dead_code)] // not every test file asks
pub(crate) fn commands() -> Vec<Vec<String>> {
    fn below(place: &Place, above: &[String], found: &mut Vec<Vec<String>>) {
        let args: Vec<&str> = above.iter().map(String::as_str).chain(["--help"]).collect();
        let help = String::from_utf8(place.output(&args, b"").stdout).unwrap();
        let Some((_, list)) = help.split_once("\nCommands:\n") else { return };
        let names = list.lines().take_while(|line| !line.is_empty());
        let names = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
        for name in names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help") {
            let command = [above, &[name.to_owned()]].concat();
            found.push(command.clone());
            below(place, &command, found);
        }
    }
    let mut found = Vec::new();
    below(&Place::new(), &[], &mut found);
    assert!(found.len() > 5, "{found:?}");
    found
}
