//! Runs that are cut short: by a signal, or by a disk that is full. Each file has its old text or its new one, and nothing is
//! left beside it.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use common::{GOAL, Place, has, path_variable, show, titled};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

/// A project of so many goals, each with a status that `--fix` writes anew.
fn fixable(count: usize) -> Place {
    let place = Place::with(&[("goals.toml", "")]);
    let goal = GOAL.replace("Proposed ", "proposed ").replace("Words.", &"Words. ".repeat(200));
    for number in 0..count {
        place.write(&format!("src/2025h1/a{number}.md"), titled(&goal, &format!("Goal {number}")).as_bytes());
    }
    place
}

/// What lies in a directory and is no goal.
fn beside(directory: &Path) -> Vec<String> {
    let names = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.starts_with('.')).collect()
}

/// Runs `--fix` until a file lies beside one that is written, and stops it there. `None` where the run was faster.
fn stopped_while_it_writes(place: &Place) -> Option<Child> {
    let slate = place.path().join("src/2025h1");
    let mut child = Command::new(env!("CARGO_BIN_EXE_goals"))
        .args(["lint", "--fix", "-q"])
        .current_dir(place.path())
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    while child.try_wait().unwrap().is_none() {
        if beside(&slate).is_empty() {
            continue;
        }
        send(&child, Signal::SIGSTOP);
        // It stops a moment after it was told to.
        std::thread::sleep(std::time::Duration::from_millis(20));
        if !beside(&slate).is_empty() {
            return Some(child);
        }
        send(&child, Signal::SIGCONT);
    }
    None
}

fn send(child: &Child, signal: Signal) {
    kill(Pid::from_raw(i32::try_from(child.id()).unwrap()), signal).unwrap();
}

#[test]
fn nothing_is_left_beside_a_file_by_an_interrupted_run() {
    for signal in [Signal::SIGINT, Signal::SIGTERM] {
        let mut interrupted = 0;
        for _ in 0..5 {
            let place = fixable(60);
            let Some(mut child) = stopped_while_it_writes(&place) else { continue };
            send(&child, signal);
            send(&child, Signal::SIGCONT);
            let status = child.wait().unwrap();
            // Whoever started it is told by what it ended, as though it had not listened.
            assert_eq!(status.signal(), Some(signal as i32), "{status:?}");
            assert_eq!(beside(&place.path().join("src/2025h1")), [""; 0], "after {signal}");
            for number in 0..60 {
                let text = std::fs::read_to_string(place.path().join(format!("src/2025h1/a{number}.md"))).unwrap();
                assert!(text.ends_with("asked questions\n") && text.len() > 1500, "a{number}.md is not whole");
            }
            interrupted += 1;
        }
        assert!(interrupted > 0, "no run was still writing when {signal} came");
    }
}

/// Runs the program where no file may be larger than a KiB, as on a disk that is full.
fn on_a_full_disk(place: &Place, args: &[&str]) -> String {
    let output = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_goals")])
        .args(args)
        .current_dir(place.path())
        .env_clear()
        .env("PATH", path_variable())
        .output()
        .unwrap();
    show(args, &output)
}

#[test]
fn a_full_disk_is_told_of_the_file_that_was_to_be_written() {
    if !has("bash", "a_full_disk_is_told_of_the_file_that_was_to_be_written") {
        return;
    }
    let place = fixable(1);
    let before = std::fs::read(place.path().join("src/2025h1/a0.md")).unwrap();
    for (file, args) in
        [("src/2025h1/a0.md", &["lint", "--fix"][..]), ("report.sarif", &["lint", "--format", "sarif=report.sarif"])]
    {
        let run = on_a_full_disk(&place, args);
        assert!(run.contains(&format!("{file}: failed to write: File too large (os error 27)")), "{run}");
        assert!(!run.contains(".goals-") && run.ends_with("exit code 2\n"), "{run}");
        assert_eq!(beside(&place.path().join("src/2025h1")), [""; 0]);
        assert_eq!(beside(place.path()), [""; 0]);
    }
    assert_eq!(std::fs::read(place.path().join("src/2025h1/a0.md")).unwrap(), before);
    assert!(!place.path().join("report.sarif").exists());
}
