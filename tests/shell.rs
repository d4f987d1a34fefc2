//! Completion scripts and manual pages, tried in the programs that read them.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::io::Write;
use std::process::{Command, Stdio};

use common::{Place, snapshot};

/// Whether a program is there. Where it is not, says on standard error that the test is skipped.
fn is_there(program: &str, test: &str) -> bool {
    let found = std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|directory| directory.join(program).is_file()));
    if !found {
        let _ = std::io::stderr().write_all(format!("\nskipped: {test}: needs {program}\n").as_bytes());
    }
    found
}

/// Runs a program with a text on standard input; answers whether it succeeded, and all that it printed.
fn run(program: &str, args: &[&str], input: &[u8]) -> (bool, String) {
    let mut child = Command::new(program)
        .args(args)
        .env("LC_ALL", "C.UTF-8")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&text).into_owned())
}

fn script(shell: &str) -> Vec<u8> {
    let run = Place::new().output(&["completions", shell], b"");
    assert!(run.status.success() && !run.stdout.is_empty(), "{shell}");
    run.stdout
}

#[test]
fn completion_scripts_are_sound() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let text = String::from_utf8(script(shell)).unwrap();
        // elvish and PowerShell complete options alone.
        let names: &[&str] = match shell {
            "bash" | "zsh" | "fish" => &["unknown-team", "leadership-council", "2025h1"],
            _ => &[],
        };
        for name in [&["deny-warnings", "stdin-filename"], names].concat() {
            assert!(text.contains(name), "the script for {shell} does not know {name}");
        }
    }
    for shell in ["bash", "zsh", "fish"] {
        if is_there(shell, &format!("completion_scripts_are_sound ({shell})")) {
            assert_eq!(run(shell, &["-n"], &script(shell)), (true, String::new()), "{shell}");
        }
    }
}

#[test]
fn bash_completes_names() {
    if !is_there("bash", "bash_completes_names") {
        return;
    }
    let completes = |words: &[&str]| -> Vec<String> {
        let current = words.last().unwrap();
        let before = words[words.len() - 2];
        let mut text = script("bash");
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        text.extend_from_slice(
            format!(
                "COMP_WORDS=({})\nCOMP_CWORD={}\n_goals goals '{current}' '{before}'\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
                quoted.join(" "),
                words.len() - 1
            )
            .as_bytes(),
        );
        let (_, text) = run("bash", &["--norc"], &text);
        text.lines().map(str::to_owned).collect()
    };
    assert_eq!(completes(&["goals", "explain", "unknown-te"]), ["unknown-team"]);
    assert_eq!(completes(&["goals", "lint", "--deny", "unknown-te"]), ["unknown-team"]);
    assert_eq!(completes(&["goals", "asks", "--team", "leader"]), ["leadership-council"]);
    assert_eq!(completes(&["goals", "rfc", "2025h1"]), ["2025h1"]);
    assert_eq!(completes(&["goals", "list", "--period", "2025"]), ["2025h1", "2025h2"]);
    assert_eq!(completes(&["goals", "comp"]), ["completions"]);
    assert_eq!(completes(&["goals", "asks", "--tot"]), ["--totals"]);
}

#[test]
fn manual_pages_are_sound() {
    let pages: &[&[&str]] = &[
        &[],
        &["lint"],
        &["rfc"],
        &["list"],
        &["asks"],
        &["roster"],
        &["roster", "update"],
        &["explain"],
        &["completions"],
        &["man"],
    ];
    let groff = is_there("groff", "manual_pages_are_sound");
    for names in pages {
        let place = Place::new();
        let page = place.output(&[&["man"], *names].concat(), b"");
        assert!(page.status.success(), "{names:?}");
        if groff {
            let (sound, text) = run("groff", &["-man", "-Tutf8", "-ww", "-P-cbou"], &page.stdout);
            assert!(sound && !text.contains(": warning") && !text.contains(": error"), "{names:?}\n{text}");
            assert!(text.contains("EXAMPLES") && text.contains(&format!("goals {}", names.join(" "))), "{text}");
        }
    }
}

#[test]
fn messages() {
    let all: &[&[&str]] = &[
        &["completions", "--help"],
        &["man", "--help"],
        &["completions"],
        &["completions", "bsh"],
        &["man", "lnt"],
        &["man", "roster", "updte"],
        &["man", "lint", "x"],
        &["man", "roster", "update"],
        &["lint", "--stdin-filname", "x"],
        &["explan"],
    ];
    let place = Place::new();
    snapshot("shell", &all.iter().map(|args| place.run(args)).collect::<Vec<_>>().join("\n"));
}
