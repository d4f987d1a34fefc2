//! What GitHub reads: the action, the problem matcher, the workflows. YAML is parsed, and the shell in it is run.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{GOAL, Place, has, path_variable, repository};
use serde_json::Value;

fn read(path: &str) -> String {
    std::fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(text: &str) -> Value {
    serde_saphyr::from_str(text).unwrap_or_else(|error| panic!("{error}\nin\n{text}"))
}

/// Every step of the action and of the workflows, with the name of its file.
fn steps() -> Vec<(String, Value)> {
    let action = yaml(&read("action.yml"));
    let mut steps: Vec<_> = action["runs"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| ("action.yml".to_owned(), step.clone()))
        .collect();
    for name in ["ci.yml", "release.yml"] {
        let path = format!(".github/workflows/{name}");
        let workflow = yaml(&read(&path));
        for job in workflow["jobs"].as_object().unwrap().values() {
            steps.extend(job["steps"].as_array().unwrap().iter().map(|step| (path.clone(), step.clone())));
        }
    }
    steps
}

#[test]
fn no_shell_holds_an_expression() {
    let mut scripts = 0;
    for (file, step) in steps() {
        if let Some(script) = step["run"].as_str() {
            scripts += 1;
            assert!(
                !script.contains("${{"),
                "{file}: what others can write goes through `env`, never into shell:\n{script}"
            );
        }
        if let Some(uses) = step["uses"].as_str() {
            let (_, version) = uses.split_once('@').unwrap();
            assert!(
                version.len() == 40 && version.chars().all(|c| c.is_ascii_hexdigit()),
                "{file}: {uses} can change its mind"
            );
            if uses.starts_with("actions/checkout@") {
                assert_eq!(step["with"]["persist-credentials"], false, "{file}: later steps have no use for a token");
            }
        }
    }
    assert!(scripts >= 7);
}

#[test]
fn the_action_is_whole() {
    let action = yaml(&read("action.yml"));
    assert_eq!(action["runs"]["using"], "composite");
    for key in ["name", "description"] {
        assert!(action[key].is_string(), "{key}");
    }
    for (name, input) in action["inputs"].as_object().unwrap() {
        assert!(input["description"].is_string() && input["default"].is_string(), "{name}");
    }
    let mut used = std::collections::BTreeSet::new();
    for step in action["runs"]["steps"].as_array().unwrap() {
        assert_eq!(step["shell"], "bash", "a composite action states the shell of each step");
        let text = serde_json::to_string(step).unwrap();
        used.extend(text.split("${{ inputs.").skip(1).map(|rest| rest.split(' ').next().unwrap().to_owned()));
    }
    let known: std::collections::BTreeSet<String> = action["inputs"].as_object().unwrap().keys().cloned().collect();
    assert_eq!(used, known, "each input is used, and each that is used is one");
}

#[test]
fn the_workflows_are_whole() {
    for name in ["ci.yml", "release.yml"] {
        let workflow = yaml(&read(&format!(".github/workflows/{name}")));
        assert_eq!(workflow["permissions"], serde_json::json!({"contents": "read"}), "{name}");
        assert!(workflow["on"].is_object() && workflow["name"].is_string(), "{name}");
        for (job, fields) in workflow["jobs"].as_object().unwrap() {
            assert!(fields["timeout-minutes"].is_u64() && fields["runs-on"].is_string(), "{job} of {name}");
        }
    }
    assert!(read(".github/workflows/ci.yml").contains("run: .ci/run"));
    // What the action installs is what a release has.
    let release = yaml(&read(".github/workflows/release.yml"));
    let targets = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    assert_eq!(targets.len(), 4);
    for target in targets {
        assert!(read("action.yml").contains(&format!("target={} ;;", target["target"].as_str().unwrap())));
    }
}

#[test]
fn the_problem_matcher_reads_short_lines() {
    let matcher: Value = serde_json::from_str(&read(".github/goals-matcher.json")).unwrap();
    let matcher = &matcher["problemMatcher"][0];
    assert_eq!(matcher["owner"], "goals");
    let pattern = &matcher["pattern"][0];
    let regex = regex::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let place = Place::with(&[("src/2025h1/a b:1:2: x.md", &GOAL.replace("Proposed ", "Proposd  "))]);
    for color in ["never", "always"] {
        let run = place.output(&["lint", "--format", "short", "--color", color], b"");
        let text = String::from_utf8(run.stdout).unwrap();
        // The other finding is about the name of the file.
        let text = text.lines().last().unwrap();
        let found = regex.captures(text).unwrap_or_else(|| panic!("{text}"));
        let part = |name: &str| found[usize::try_from(pattern[name].as_u64().unwrap()).unwrap()].to_owned();
        let all = ["file", "line", "column", "severity", "code", "message"].map(part);
        assert_eq!(all, ["src/2025h1/a b:1:2: x.md", "6", "22", "error", "unknown-status", "unknown status `Proposd`"]);
    }
    assert!(!regex.is_match("checked 1 goal in 1 file of 2025h1: 1 error, 0 warnings"));
}

/// The script of a step by its name.
fn script(name: &str) -> String {
    let (_, step) =
        steps().into_iter().find(|(_, step)| step["name"] == name).unwrap_or_else(|| panic!("no step {name}"));
    step["run"].as_str().unwrap().to_owned()
}

/// Runs a script as a runner does, with these programs in front of all others.
fn run(place: &Place, script: &str, programs: &[(&str, &str)], environment: &[(&str, &str)]) -> Output {
    for (name, text) in programs {
        // The action runs the one that it has installed.
        let name = if *name == "goals" { "temp/goals/bin/goals".to_owned() } else { format!("fake/{name}") };
        place.write(&name, format!("#!/bin/bash\n{text}\n").as_bytes());
        executable(&place.path().join(name));
    }
    place.write("script", script.as_bytes());
    std::fs::create_dir_all(place.path().join("temp")).unwrap();
    let at = |name: &str| place.path().join(name).display().to_string();
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", &at("script")])
        .current_dir(place.path())
        .env_clear()
        .env("PATH", format!("{}:{}", at("fake"), path_variable()))
        .env("RUNNER_TEMP", at("temp"))
        .env("GITHUB_ACTION_PATH", at("the action"))
        .env("RUNNER_OS", "Linux")
        .env("RUNNER_ARCH", "X64")
        .envs(environment.iter().copied())
        .output()
        .unwrap()
}

#[cfg(unix)]
fn executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn executable(_: &Path) {}

/// A program that writes down how it was called, an argument a line.
const WRITES_ARGUMENTS: &str = "printf '%s\\n' \"$@\" > \"$RUNNER_TEMP/../arguments\"";

fn arguments(place: &Place) -> Vec<String> {
    let text = std::fs::read_to_string(place.path().join("arguments")).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
#[cfg(unix)]
fn the_action_passes_its_inputs_on() {
    if !has("bash", "the_action_passes_its_inputs_on") {
        return;
    }
    let place = Place::new();
    let check = script("Check goals");
    let call = |paths: &str, since: &str, deny: &str, sarif: &str| {
        let inputs = [("PATHS", paths), ("SINCE", since), ("DENY_WARNINGS", deny), ("SARIF", sarif)];
        let run = run(&place, &check, &[("goals", WRITES_ARGUMENTS)], &inputs);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        arguments(&place)
    };
    let always = ["lint", "--format", "human", "--format", "github"];
    assert_eq!(call("", "", "false", ""), [&always[..], &["--"]].concat());
    let hostile = "$(touch harmed); `touch harmed`\n-x\n\nsrc/2025h1/a b.md\n";
    let more = ["--format", "sarif=a b.sarif", "--since=$(touch harmed)", "--deny-warnings", "--"];
    let paths = ["$(touch harmed); `touch harmed`", "-x", "src/2025h1/a b.md"];
    assert_eq!(call(hostile, "$(touch harmed)", "true", "a b.sarif"), [&always[..], &more, &paths].concat());
    assert!(!place.path().join("harmed").exists());

    let failing = run(
        &place,
        &check,
        &[("goals", "exit 1")],
        &[("PATHS", ""), ("SINCE", ""), ("DENY_WARNINGS", ""), ("SARIF", "")],
    );
    assert_eq!(failing.status.code(), Some(1), "the step fails as the program does");
}

#[test]
#[cfg(unix)]
fn the_action_checks_a_goal_for_real() {
    if !has("bash", "the_action_checks_a_goal_for_real") {
        return;
    }
    let place = Place::with(&[(".git/HEAD", ""), ("src/2025h1/a.md", &GOAL.replace("Proposed ", "Proposd  "))]);
    let program = format!("exec {:?} \"$@\"", env!("CARGO_BIN_EXE_goals"));
    let page = place.path().join("page.md").display().to_string();
    let inputs =
        [("PATHS", "src"), ("SINCE", ""), ("DENY_WARNINGS", "false"), ("SARIF", ""), ("GITHUB_STEP_SUMMARY", &page)];
    let run = run(&place, &script("Check goals"), &[("goals", &program)], &inputs);
    let stdout = String::from_utf8(run.stdout).unwrap();
    assert!(stdout.contains("\n::error file=src/2025h1/a.md,line=6,"), "{stdout}");
    assert!(std::fs::read_to_string(page).unwrap().contains("| 6 | error | `unknown-status` |"));
    assert_eq!(run.status.code(), Some(1));
}

#[test]
#[cfg(unix)]
fn the_action_installs_from_source_or_a_release() {
    if !has("bash", "the_action_installs_from_source_or_a_release") {
        return;
    }
    let install = script("Install goals");
    let place = Place::new();
    let inputs = |version, sha256| {
        [("VERSION", version), ("SHA256", sha256), ("REPOSITORY", "o/goals"), ("SERVER", "https://github.com")]
    };
    let from_source = run(&place, &install, &[("cargo", WRITES_ARGUMENTS)], &inputs("", ""));
    assert!(from_source.status.success(), "{}", String::from_utf8_lossy(&from_source.stderr));
    let root = place.path().join("temp/goals").display().to_string();
    let action = place.path().join("the action").display().to_string();
    assert_eq!(arguments(&place), ["install", "--locked", "--quiet", "--root", &root, "--path", &action]);

    // A release, packed by the script that packs releases, and a curl that knows no other address.
    place.write("target/x86_64-unknown-linux-gnu/release/goals", b"#!/bin/bash\necho goals 1.2.3\n");
    executable(&place.path().join("target/x86_64-unknown-linux-gnu/release/goals"));
    ["README.md", "docs/rules.md", "LICENSE-APACHE", "LICENSE-MIT"].iter().for_each(|name| place.write(name, b"text"));
    let packed = run(&place, &script("Pack, with a checksum"), &[], &[("TARGET", "x86_64-unknown-linux-gnu")]);
    assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    let curl = "while [ $# -gt 1 ]; do [ \"$1\" = --output ] && out=$2; shift; done\n\
                case \"$1\" in https://github.com/o/goals/releases/download/v1.2.3/*) ;; *) exit 22 ;; esac\n\
                cp \"$(dirname \"$0\")/../dist/${1##*/}\" \"$out\"";
    let release = |version, sha256| run(&place, &install, &[("curl", curl)], &inputs(version, sha256));
    let sum = std::fs::read_to_string(place.path().join("dist/goals-x86_64-unknown-linux-gnu.tar.gz.sha256")).unwrap();
    let sum = sum.split(' ').next().unwrap();
    for (version, sha256) in [("1.2.3", ""), ("v1.2.3", sum)] {
        let _ = std::fs::remove_dir_all(place.path().join("temp"));
        let run = release(version, sha256);
        assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
        let said = Command::new(place.path().join("temp/goals/bin/goals")).output().unwrap();
        assert_eq!(said.stdout, b"goals 1.2.3\n");
    }
    let _ = std::fs::remove_dir_all(place.path().join("temp"));
    for (version, sha256) in [("1.2.3", "0000"), ("9.9.9", ""), ("1.2.3/../x", "")] {
        assert!(!release(version, sha256).status.success(), "{version} {sha256}");
    }
    place.write("dist/goals-x86_64-unknown-linux-gnu.tar.gz", b"something else");
    let harmed = release("1.2.3", "");
    assert_eq!(harmed.status.code(), Some(2), "{}", String::from_utf8_lossy(&harmed.stderr));
    assert!(!place.path().join("temp/goals/bin/goals").exists(), "nothing of it is unpacked");
}
