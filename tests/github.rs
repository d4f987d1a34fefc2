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
    for (name, output) in action["outputs"].as_object().unwrap() {
        assert_eq!(output["value"], format!("${{{{ steps.check.outputs.{name} }}}}"));
        assert!(output["description"].is_string(), "{name}");
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
    // Everything that a release consists of is attested before anyone may have it.
    let release = yaml(&read(".github/workflows/release.yml"));
    let permissions = |job: &str| release["jobs"][job]["permissions"].clone();
    assert_eq!(
        (&release["jobs"]["attest"]["needs"], &release["jobs"]["publish"]["needs"]),
        (&"build".into(), &"attest".into())
    );
    let attest = serde_json::json!({"contents": "read", "id-token": "write", "attestations": "write"});
    assert_eq!((permissions("build"), permissions("attest")), (Value::Null, attest));
    assert_eq!(permissions("publish"), serde_json::json!({"contents": "write"}));
    // What the action installs is what a release has.
    let manifest: toml::Value = toml::from_str(&read("Cargo.toml")).unwrap();
    let manifest = &manifest["package"]["metadata"]["binstall"];
    for (libc, of_gnu) in manifest["overrides"].as_table().unwrap() {
        let archive = format!("/goals-{}.tar.gz", libc.replace("-gnu", "-musl"));
        assert!(of_gnu["pkg-url"].as_str().unwrap().ends_with(&archive), "{libc}");
    }
    let targets = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    assert_eq!(targets.len(), 5);
    for target in targets {
        let target = target["target"].as_str().unwrap();
        assert!(read("action.yml").contains(&format!("target={target} ;;")));
        assert!(manifest["pkg-url"].as_str().unwrap().ends_with("/v{ version }/goals-{ target }.tar.gz"));
        assert!(read("deny.toml").contains(&format!("\n  \"{target}\",\n")));
    }
}

#[test]
fn the_problem_matcher_reads_short_lines() {
    let matcher: Value = serde_json::from_str(&read(".github/goals-matcher.json")).unwrap();
    let matcher = &matcher["problemMatcher"][0];
    assert_eq!(matcher["owner"], "goals");
    let pattern = &matcher["pattern"][0];
    let regex = regex_lite::Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
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
    std::fs::create_dir_all(place.path().join("checkout")).unwrap();
    Command::new("bash")
        .args(["--noprofile", "--norc", "-eo", "pipefail", &at("script")])
        .current_dir(place.path().join("checkout"))
        .env_clear()
        .env("PATH", format!("{}:{}", at("fake"), path_variable()))
        .env("RUNNER_TEMP", at("temp"))
        .env("GITHUB_ACTION_PATH", at("the action"))
        .env("GITHUB_WORKSPACE", at("checkout"))
        .env("GITHUB_OUTPUT", at("outputs"))
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

/// A program that writes down how it was called, an argument a line, and an empty report.
const WRITES_ARGUMENTS: &str =
    "printf '%s\\n' \"$@\" > \"$RUNNER_TEMP/../arguments\"; echo > \"$RUNNER_TEMP/goals/report.json\"";

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
    let report = format!("json={}", place.path().join("temp/goals/report.json").display());
    let always = ["lint", "--format", "human", "--format", "github", "--format", &report];
    assert_eq!(call("", "", "false", ""), [&always[..], &["--"]].concat());
    let hostile = "$(touch harmed); `touch harmed`\n-x\n\nsrc/2025h1/a b.md\n";
    let more = ["--format", "sarif=a b.sarif", "--since=$(touch harmed)", "--deny-warnings", "--"];
    let paths = ["$(touch harmed); `touch harmed`", "-x", "src/2025h1/a b.md"];
    assert_eq!(call(hostile, "$(touch harmed)", "true", "a b.sarif"), [&always[..], &more, &paths].concat());
    assert!(!place.path().join("checkout/harmed").exists() && !place.path().join("harmed").exists());

    let failing = run(
        &place,
        &check,
        &[("goals", "exit 2")],
        &[("PATHS", ""), ("SINCE", ""), ("DENY_WARNINGS", ""), ("SARIF", "")],
    );
    assert_eq!(failing.status.code(), Some(2), "the step fails as the program does");
}

#[test]
#[cfg(unix)]
fn the_action_checks_a_goal_for_real() {
    if !has("bash", "the_action_checks_a_goal_for_real") {
        return;
    }
    let bad = GOAL.replace("Proposed ", "Proposd  ").replace("Words.", "\n    \"errors\": 7,\n\nTODO: words.");
    let place = Place::with(&[("checkout/.git/HEAD", ""), ("checkout/src/2025h1/a.md", &bad)]);
    let program = format!("exec {:?} \"$@\"", env!("CARGO_BIN_EXE_goals"));
    let page = place.path().join("page.md").display().to_string();
    let inputs =
        [("PATHS", "src"), ("SINCE", ""), ("DENY_WARNINGS", "false"), ("SARIF", ""), ("GITHUB_STEP_SUMMARY", &page)];
    let run = run(&place, &script("Check goals"), &[("goals", &program)], &inputs);
    let stdout = String::from_utf8(run.stdout).unwrap();
    assert!(stdout.contains("\n::error file=src/2025h1/a.md,line=6,"), "{stdout}");
    assert!(std::fs::read_to_string(page).unwrap().contains("| 6 | error | `unknown-status` |"));
    assert_eq!(run.status.code(), Some(1));
    let outputs = std::fs::read_to_string(place.path().join("outputs")).unwrap();
    assert_eq!(outputs, "errors=1\nwarnings=1\n", "{stdout}");
}

/// A place with the action, as a runner has it, whose program is a small one.
fn with_action() -> Place {
    let manifest = "[package]\nname = \"goals\"\nversion = \"1.2.3\"\nedition = \"2024\"\n";
    Place::with(&[
        ("the action/Cargo.toml", manifest),
        ("the action/Cargo.lock", "version = 4\n\n[[package]]\nname = \"goals\"\nversion = \"1.2.3\"\n"),
        ("the action/src/main.rs", "fn main() { println!(\"goals from source\") }"),
    ])
}

/// What the inputs and the revision of the action are to a step.
fn inputs<'a>(version: &'a str, sha256: &'a str, revision: &'a str) -> [(&'a str, &'a str); 5] {
    [
        ("VERSION", version),
        ("SHA256", sha256),
        ("REPOSITORY", "o/goals"),
        ("REVISION", revision),
        ("SERVER", "https://github.com"),
    ]
}

/// What the installed program says; without one, nothing.
fn installed(place: &Place) -> String {
    let run = Command::new(place.path().join("temp/goals/bin/goals")).output();
    run.map(|run| String::from_utf8(run.stdout).unwrap()).unwrap_or_default()
}

/// The commit of which there is a release, and another one.
const COMMITS: [&str; 2] = ["1111111111111111111111111111111111111111", "2222222222222222222222222222222222222222"];

/// A program in place of `curl` that has the files of the release 1.2.3 and no other address.
const CURL: &str = "while [ $# -gt 1 ]; do [ \"$1\" = --output ] && out=$2; shift; done\n\
     case \"$1\" in https://github.com/o/goals/releases/download/v1.2.3/*) ;; *) exit 22 ;; esac\n\
     file=$(dirname \"$0\")/../dist/${1##*/}; [ -f \"$file\" ] || exit 22; cp \"$file\" \"$out\"";

/// A program in place of `cargo` that says what it was asked for and installs something.
const CARGO: &str = "printf '%s\\n' \"$@\" > \"$RUNNER_TEMP/../arguments\"; mkdir -p \"$RUNNER_TEMP/goals/bin\"\n\
     printf '#!/bin/sh\\necho goals from source\\n' > \"$RUNNER_TEMP/goals/bin/goals\"; chmod +x \"$RUNNER_TEMP/goals/bin/goals\"";

#[test]
#[cfg(unix)]
fn the_action_installs_from_source_or_a_release() {
    if !has("bash", "the_action_installs_from_source_or_a_release") {
        return;
    }
    let script_text = script("Install goals");
    let place = with_action();
    let install = |given: &[(&str, &str)]| {
        let _ = std::fs::remove_dir_all(place.path().join("temp"));
        let run = run(&place, &script_text, &[("cargo", CARGO), ("curl", CURL)], given);
        let said = String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
        (run.status.code().unwrap(), installed(&place), said)
    };
    let source = "goals from source\n".to_owned();
    // Before there is a release, whatever it is pinned to, and always where it is asked for.
    for (version, revision) in [("", "v1.2.3"), ("", COMMITS[0]), ("", "main"), ("", ""), ("source", "v1.2.3")] {
        let (code, program, said) = install(&inputs(version, "", revision));
        assert_eq!((code, program), (0, source.clone()), "{revision}: {said}");
        assert!(said.starts_with("goals: built from source, since "), "{said}");
    }
    let root = place.path().join("temp/goals").display().to_string();
    let action = place.path().join("the action").display().to_string();
    assert_eq!(arguments(&place), ["install", "--locked", "--quiet", "--root", &root, "--path", &action]);

    // A release, packed by the script that packs releases.
    for target in ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl"] {
        let built = format!("checkout/target/{target}/release/goals");
        place.write(&built, b"#!/bin/sh\necho goals 1.2.3\n");
        executable(&place.path().join(&built));
        let texts = ["README.md", "docs/rules.md", "LICENSE-APACHE", "LICENSE-MIT"];
        texts.iter().for_each(|name| place.write(&format!("checkout/{name}"), b"text"));
        let packed = run(&place, &script("Pack, with a checksum"), &[], &[("TARGET", target)]);
        assert!(packed.status.success(), "{}", String::from_utf8_lossy(&packed.stderr));
    }
    std::fs::rename(place.path().join("checkout/dist"), place.path().join("dist")).unwrap();
    place.write("dist/goals-commit.txt", format!("{}\n", COMMITS[0]).as_bytes());
    let sum = std::fs::read_to_string(place.path().join("dist/goals-x86_64-unknown-linux-musl.tar.gz.sha256")).unwrap();
    let sum = sum.split(' ').next().unwrap();
    let release = "goals 1.2.3\n".to_owned();
    for (version, sha256, revision, expected) in [
        ("1.2.3", "", "main", &release),
        ("v1.2.3", sum, COMMITS[1], &release),
        // It is the default where it is what the action is pinned to, and nothing else.
        ("", "", "v1.2.3", &release),
        ("", sum, "v1", &release),
        ("", "", COMMITS[0], &release),
        ("", "", COMMITS[1], &source),
        ("", "", "main", &source),
        ("source", "", COMMITS[0], &source),
    ] {
        let (code, program, said) = install(&inputs(version, sha256, revision));
        assert_eq!((code, &program), (0, expected), "{version} of {revision}: {said}");
    }
    // On Arm; and where there is none, from source.
    let on = |os, arch| [&inputs("", "", "v1.2.3")[..], &[("RUNNER_OS", os), ("RUNNER_ARCH", arch)]].concat();
    assert!(install(&on("Linux", "ARM64")).2.contains("release 1.2.3 for aarch64-unknown-linux-musl"));
    assert_eq!(install(&on("Linux", "ARM")).1, source);
    for (version, sha256, revision) in [
        ("1.2.3", "0000", "main"),
        ("9.9.9", "", "main"),
        ("1.2.3/../x", "", "main"),
        ("", "0000", "v1.2.3"),
        // Who states a checksum gets nothing that it was not held against.
        ("", sum, COMMITS[1]),
        ("source", sum, "main"),
    ] {
        let (code, program, said) = install(&inputs(version, sha256, revision));
        assert!(code != 0 && program.is_empty(), "{version} {sha256} {revision}: {said}");
    }
    // A server that does not answer is no reason to build something else.
    let unreachable = run(&place, &script_text, &[("cargo", CARGO), ("curl", "exit 7")], &inputs("", "", "v1.2.3"));
    assert_eq!(unreachable.status.code(), Some(2));
    place.write("dist/goals-x86_64-unknown-linux-musl.tar.gz", b"something else");
    for (version, revision) in [("1.2.3", "main"), ("", "v1.2.3")] {
        let (code, program, said) = install(&inputs(version, "", revision));
        assert_eq!((code, program.as_str()), (2, ""), "nothing of it is unpacked: {said}");
        assert!(said.contains("goals: SHA-256 mismatch for goals-x86_64-unknown-linux-musl.tar.gz"), "{said}");
    }
}

#[test]
#[cfg(unix)]
fn a_runner_that_stays_builds_a_commit_once() {
    if !has("bash", "a_runner_that_stays_builds_a_commit_once") {
        return;
    }
    let place = with_action();
    let cache = place.path().join("tool cache").display().to_string();
    let install = |revision, cargo| {
        let _ = std::fs::remove_dir_all(place.path().join("temp"));
        let given = [&inputs("source", "", revision)[..], &[("RUNNER_TOOL_CACHE", &cache)]].concat();
        run(&place, &script("Install goals"), &[("cargo", cargo)], &given).status.success()
    };
    // A build that fails is not kept, and a branch may be something else the next time.
    assert!(!install(COMMITS[0], "exit 1"));
    assert!(install("main", CARGO) && !install("main", "exit 1"));
    assert!(install(COMMITS[0], CARGO));
    assert!(install(COMMITS[0], "exit 1") && installed(&place) == "goals from source\n");
    assert!(!install(COMMITS[1], "exit 1"));
}

#[test]
#[cfg(unix)]
fn a_checkout_chooses_no_toolchain() {
    if !has("bash", "a_checkout_chooses_no_toolchain") || !has("rustup", "a_checkout_chooses_no_toolchain") {
        return;
    }
    let place = with_action();
    let at = |name: &str| place.path().join(name).display().to_string();
    let harmed = place.path().join("harmed");
    // Everything that a pull request may hold for cargo, rustup and the shell to find.
    let programs = ["cargo", "rustc", "rustup", "mkdir", "curl", "git", "cc", "ld", "wrapper", "env", "sed"];
    for directory in ["", "bin/", "toolchain/bin/", "node_modules/.bin/", ".cargo/bin/"] {
        for program in programs {
            let name = format!("checkout/{directory}{program}");
            place.write(&name, format!("#!/bin/sh\ntouch {}\nexit 1\n", harmed.display()).as_bytes());
            executable(&place.path().join(&name));
        }
    }
    let toolchain = at("checkout/toolchain");
    // Where a runner checks out is known to everyone.
    let toolchain_file = &*format!("[toolchain]\npath = \"{toolchain}\"\n");
    let wrapper = at("checkout/wrapper");
    let host = Command::new("rustc").arg("-vV").output().unwrap().stdout;
    let host = String::from_utf8(host).unwrap();
    let host = host.lines().find_map(|line| line.strip_prefix("host: ")).unwrap();
    let config = format!(
        "[build]\nrustc = \"{rustc}\"\nrustc-wrapper = \"{wrapper}\"\n[target.{host}]\nlinker = \"{wrapper}\"\n\
         [alias]\ninstall = \"run\"\n[env]\nRUSTC_WRAPPER = \"{wrapper}\"\n",
        rustc = at("checkout/rustc"),
    );
    let empty = ("", "");
    let path = |first: &str| format!("{first}:{}", path_variable());
    let hostile_home = at("checkout/.cargo");
    let (here, bin) = (at("checkout"), at("checkout/node_modules/.bin"));
    let paths = ["", ".", "bin", &here, &bin].map(path);
    let mut attacks = vec![
        (("checkout/rust-toolchain.toml", toolchain_file), empty),
        (("checkout/rust-toolchain", toolchain_file), empty),
        (("checkout/.cargo/config.toml", config.as_str()), empty),
        (("checkout/.cargo/config", config.as_str()), empty),
        // What an earlier step may have taken over from the checkout.
        (empty, ("RUSTUP_TOOLCHAIN", toolchain.as_str())),
        (empty, ("RUSTC", wrapper.as_str())),
        (empty, ("RUSTC_WRAPPER", wrapper.as_str())),
        (empty, ("RUSTC_WORKSPACE_WRAPPER", wrapper.as_str())),
        (empty, ("CARGO_BUILD_RUSTC_WRAPPER", wrapper.as_str())),
        (("checkout/.cargo/config.toml", config.as_str()), ("CARGO_HOME", hostile_home.as_str())),
    ];
    attacks.extend(paths.iter().map(|path| (empty, ("PATH", path.as_str()))));
    let home = std::env::var("HOME").unwrap_or_default();
    let mut harmful = Vec::new();
    for (file, variable) in attacks {
        let _ = std::fs::remove_dir_all(place.path().join("temp"));
        if !file.0.is_empty() {
            place.write(file.0, file.1.as_bytes());
        }
        let mut given = [&inputs("", "", "main")[..], &[("HOME", &home), ("CARGO_NET_OFFLINE", "true")]].concat();
        given.extend(["CARGO_HOME", "RUSTUP_HOME"].iter().filter_map(|name| {
            let value = std::env::var(name).ok()?;
            Some((*name, &*Box::leak(value.into_boxed_str())))
        }));
        given.push(if variable.0.is_empty() { ("LC_ALL", "C") } else { variable });
        let run = run(&place, &script("Install goals"), &[], &given);
        let is_built = run.status.success() && installed(&place) == "goals from source\n";
        if harmed.exists() || !is_built {
            let said = String::from_utf8_lossy(&run.stderr).into_owned();
            harmful.push(format!("{} {variable:?}, run: {}, built: {is_built}, {said}", file.0, harmed.exists()));
        }
        let _ = std::fs::remove_file(&harmed);
        if !file.0.is_empty() {
            std::fs::remove_file(place.path().join(file.0)).unwrap();
        }
    }
    assert_eq!(harmful, [""; 0]);
}
