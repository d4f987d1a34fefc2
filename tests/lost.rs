//! Nothing is lost: whatever happens while the program writes, the old file is there or the new one, whole.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use common::{GOAL, Place, has, show, skipped};

/// A command that writes files which are there already.
struct Case {
    args: &'static [&'static str],
    /// The directory of the files.
    directory: &'static str,
    /// The files.
    writes: &'static [&'static str],
}

const CASES: [Case; 4] = [
    Case { args: &["lint", "--fix"], directory: "src/2025h1", writes: &["a.md"] },
    Case { args: &["rfc", "--allow-errors", "-o", "out/rfc.md"], directory: "out", writes: &["rfc.md"] },
    Case { args: &["lint", "--format", "json=out/log.json"], directory: "out", writes: &["log.json"] },
    Case {
        args: &["roster", "update", "--from", "down", "--date", "2026-04-09"],
        directory: "team",
        writes: &["people.json", "roster.toml", "teams.json"],
    },
];

/// A project in which every case has something to write, and none of it is small.
fn project() -> Place {
    let place = Place::with(&[
        ("goals.toml", "site = \"https://x.org\"\n[roster]\npath = \"team\"\n"),
        ("team/teams.json", "{\"compiler\": {\"members\": []}}"),
        ("team/people.json", "{\"people\": {\"Manishearth\": {\"name\": \"M\"}}}"),
        ("team/roster.toml", "date = \"2025-01-01\"\n"),
        ("out/rfc.md", "old\n"),
        ("out/log.json", "{}\n"),
    ]);
    let words = "Words of one line, which are many.\n".repeat(1000);
    let goal = GOAL.replace("| Proposed     |", "| proposed     |").replace("Words.\n", &words);
    place.write("src/2025h1/a.md", goal.as_bytes());
    place.write("src/2025h1/README.md", format!("# RFC\n\n{words}\n## Goals\n\n(((GOALS)))\n").as_bytes());
    let teams: Vec<String> = (0..3000).map(|number| format!("\"t{number}\": {{\"members\": []}}")).collect();
    place.write("down/teams.json", format!("{{\"compiler\": {{\"members\": []}}, {}}}", teams.join(",")).as_bytes());
    let people: Vec<String> = (0..3000).map(|number| format!("\"p{number}\": {{\"name\": \"P\"}}")).collect();
    place.write("down/people.json", format!("{{\"people\": {{{}}}}}", people.join(",")).as_bytes());
    place
}

/// Files by name, each with its text.
type Files = BTreeMap<String, Vec<u8>>;

/// The files of a directory.
fn files(directory: &Path) -> Files {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap());
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap())).collect()
}

/// What tells that something has changed in a directory, without reading it.
fn signs(directory: &Path) -> Vec<(String, u64, u64)> {
    let entries = fs::read_dir(directory).unwrap().filter_map(|entry| {
        let entry = entry.unwrap();
        let metadata = entry.metadata().ok()?;
        Some((entry.file_name().into_string().unwrap(), metadata.ino(), metadata.len()))
    });
    entries.collect()
}

fn command(place: &Place, case: &Case) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_goals"));
    command.args(case.args).current_dir(place.path()).env_clear();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The files before and after an undisturbed run, and how long that takes.
fn undisturbed(case: &Case) -> (Files, Files, Duration) {
    let place = project();
    let directory = place.path().join(case.directory);
    let old = files(&directory);
    let start = Instant::now();
    assert!(command(&place, case).status().unwrap().code().unwrap() < 2);
    let time = start.elapsed();
    let new = files(&directory);
    let changed: Vec<&str> = new.iter().filter(|file| old.get(file.0) != Some(file.1)).map(|file| &**file.0).collect();
    assert_eq!(changed, case.writes, "{:?}", case.args);
    (old, new, time)
}

#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    const MOMENTS: u32 = 16;
    for case in &CASES {
        let (old, new, time) = undisturbed(case);
        let (mut killed, mut in_the_act) = (0, 0);
        for moment in 0..MOMENTS {
            let place = project();
            let directory = place.path().join(case.directory);
            let before = signs(&directory);
            let start = Instant::now();
            let mut child = command(&place, case).spawn().unwrap();
            // Half of them as soon as anything changes, a little later each time; the others at any moment.
            let by_sight = moment % 2 == 0;
            while child.try_wait().unwrap().is_none() {
                if if by_sight { signs(&directory) != before } else { start.elapsed() > time * moment / MOMENTS } {
                    break;
                }
            }
            if by_sight {
                std::thread::sleep(Duration::from_micros(u64::from(moment) * 40));
            }
            child.kill().unwrap();
            killed += u32::from(child.wait().unwrap().signal() == Some(9));
            let left = files(&directory);
            in_the_act += u32::from(left.len() > old.len() || (left != old && left != new));
            for (name, text) in left.iter().filter(|(name, _)| !name.starts_with(".goals-")) {
                let whole = old.get(name) == Some(text) || new.get(name) == Some(text);
                assert!(whole, "{:?}, {moment}: {name} has {} bytes", case.args, text.len());
            }
            assert!(old.keys().all(|name| left.contains_key(name)), "{:?}, {moment}: a file is gone", case.args);
            // What a killed run leaves is in no one's way, and the next run that writes there takes it away.
            assert!(command(&place, case).status().unwrap().code().unwrap() < 2);
            assert!(files(&directory) == new, "{:?}, {moment}", case.args);
        }
        assert!(
            killed > MOMENTS / 4,
            "{:?}: {killed} of {MOMENTS} runs were killed, {in_the_act} in the act",
            case.args
        );
    }
}

/// Runs a case where writing fails, and looks at what is left and what is said.
fn fails(place: &Place, case: &Case, output: &Output) {
    let text = show(case.args, output);
    assert_eq!(output.status.code(), Some(2), "{text}");
    let named = case.writes.iter().any(|name| text.contains(&format!("{}/{name}: failed to write: ", case.directory)));
    assert!(named, "the file is named: {text}");
    let old = files(&project().path().join(case.directory));
    assert!(files(&place.path().join(case.directory)) == old, "everything is as it was: {text}");
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_old_files() {
    for case in &CASES {
        let place = project();
        // A limit of a kilobyte for every file, without the signal that goes with it.
        let output = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_goals")])
            .args(case.args)
            .current_dir(place.path())
            .output()
            .unwrap();
        fails(&place, case, &output);
    }
}

#[test]
fn a_full_disk_leaves_the_old_files() {
    let test = "a_full_disk_leaves_the_old_files";
    if !has("mount", test) {
        return;
    }
    for case in &CASES {
        let place = project();
        let directory = place.path().join(case.directory);
        let old = files(&directory);
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=256k", "tmpfs"])
            .arg(&directory)
            .stderr(Stdio::null())
            .status()
            .unwrap();
        if !mounted.success() {
            skipped(test, "leave to mount a file system");
            return;
        }
        for (name, text) in &old {
            fs::write(directory.join(name), text).unwrap();
        }
        let filled = fs::write(directory.join("filler"), vec![0; 1 << 20]);
        let output = common::output(place.path(), case.args, b"", &[]);
        let _ = fs::remove_file(directory.join("filler"));
        let looked = std::panic::catch_unwind(|| fails(&place, case, &output));
        assert!(Command::new("umount").arg(&directory).status().unwrap().success());
        assert!(filled.is_err(), "the disk is full");
        assert!(String::from_utf8_lossy(&output.stderr).contains("No space left"), "{output:?}");
        looked.unwrap();
    }
}

/// A directory in which nothing can be made, until this is dropped.
struct Locked<'p>(&'p Path);

impl Locked<'_> {
    /// Nobody may write into it; where that does not bind the user, because it is the superuser, it is made immutable.
    fn new(directory: &Path) -> Option<Locked<'_>> {
        fs::set_permissions(directory, PermissionsExt::from_mode(0o555)).unwrap();
        let locked = Locked(directory);
        let probe = directory.join("probe");
        let takes_files = || fs::write(&probe, "").is_ok() && fs::remove_file(&probe).is_ok();
        let set = || Command::new("chattr").arg("+i").arg(directory).stderr(Stdio::null()).status();
        (!takes_files() || set().is_ok_and(|set| set.success()) && !takes_files()).then_some(locked)
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let _ = Command::new("chattr").arg("-i").arg(self.0).stderr(Stdio::null()).status();
        let _ = fs::set_permissions(self.0, PermissionsExt::from_mode(0o755));
    }
}

#[test]
fn a_read_only_directory_leaves_the_old_files() {
    for case in &CASES {
        let place = project();
        let directory = place.path().join(case.directory);
        let Some(locked) = Locked::new(&directory) else {
            skipped("a_read_only_directory_leaves_the_old_files", "a directory that is read-only for this user");
            return;
        };
        let output = common::output(place.path(), case.args, b"", &[]);
        drop(locked);
        fails(&place, case, &output);
    }
}

#[test]
fn links_are_written_through_by_no_command() {
    for case in &CASES {
        let place = project();
        let path = place.path().join(case.directory).join(case.writes[0]);
        let target = place.path().join("target");
        fs::rename(&path, &target).unwrap();
        symlink(&target, &path).unwrap();
        let old = fs::read(&target).unwrap();
        let output = common::output(place.path(), case.args, b"", &[]);
        fails(&place, case, &output);
        assert!(String::from_utf8_lossy(&output.stderr).contains("is a symbolic link"), "{output:?}");
        assert!(path.is_symlink() && fs::read(&target).unwrap() == old, "{:?}", case.args);
    }
}

#[test]
fn nothing_is_written_through_a_directory_that_leads_out() {
    let outside = Place::new();
    let place = project();
    symlink(outside.path(), place.path().join("docs")).unwrap();
    symlink("src/2025h1", place.path().join("slate")).unwrap();
    let old = fs::read(place.path().join("src/2025h1/README.md")).unwrap();
    for (args, why) in [
        (["rfc", "--allow-errors", "-o", "docs/rfc.md"], "symbolic link points outside the project"),
        (["lint", "-q", "--format", "json=docs/log.json"], "symbolic link points outside the project"),
        (["rfc", "--allow-errors", "-o", "slate/README.md"], "file would become a page of a slate"),
        (["lint", "-q", "--format", "json=slate/README.md"], "file would become a page of a slate"),
    ] {
        let output = place.output(&args, b"");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.code() == Some(2) && said.contains(why), "{args:?}: {said}");
    }
    assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
    assert_eq!(fs::read(place.path().join("src/2025h1/README.md")).unwrap(), old);
}

#[test]
fn permissions_and_owners_stay() {
    let mut owners_are_free = true;
    for case in &CASES {
        let place = project();
        let path = place.path().join(case.directory).join(case.writes[0]);
        fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).unwrap();
        let (user, group) = (4711, 4712);
        owners_are_free &= chown(&path, Some(user), Some(group)).is_ok();
        let old = fs::metadata(&path).unwrap();
        assert!(common::output(place.path(), case.args, b"", &[]).status.code().unwrap() < 2);
        let new = fs::metadata(&path).unwrap();
        assert_ne!(new.ino(), old.ino(), "{:?} writes it", case.args);
        assert_eq!(new.mode(), old.mode(), "{:?}", case.args);
        assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()), "{:?}", case.args);
    }
    if !owners_are_free {
        skipped("permissions_and_owners_stay (owners)", "the superuser");
    }
}

#[test]
fn only_leftovers_are_taken_away() {
    let place = project();
    let ours = "out/.goals-Ab3xY9.tmp";
    let held = "out/.goals-h3lD00.tmp";
    let others = ["out/.goals-config", "out/.goals-notes.tmp", "out/goals-Ab3xY9.tmp", "out/.goals-Ab3xY9.tmp.md"];
    for name in others.iter().chain([&ours, &held]) {
        place.write(name, b"text");
    }
    symlink("log.json", place.path().join("out/.goals-L1nked.tmp")).unwrap();
    let lock = fs::File::open(place.path().join(held)).unwrap();
    lock.lock().unwrap();
    assert!(place.output(&["rfc", "-q", "--allow-errors", "-o", "out/rfc.md"], b"").status.code().unwrap() < 2);
    assert!(!place.path().join(ours).exists(), "it is not written any more");
    for name in others.iter().chain([&held, &"out/.goals-L1nked.tmp"]) {
        assert!(place.path().join(name).exists(), "{name}");
    }
}

#[test]
fn what_a_user_may_not_write_stays() {
    use std::os::unix::process::CommandExt;
    const SOMEBODY: u32 = 4711;
    const NAME: &str = "what_a_user_may_not_write_stays";
    for case in &CASES {
        let place = project();
        let directory = place.path().join(case.directory);
        let path = directory.join(case.writes[0]);
        if chown(&directory, Some(SOMEBODY), None).and_then(|()| chown(&path, Some(0), Some(0))).is_err() {
            return skipped(NAME, "the superuser");
        }
        fs::set_permissions(place.path(), PermissionsExt::from_mode(0o755)).unwrap();
        let mut command = command(&place, case);
        let Ok(output) = command.uid(SOMEBODY).gid(SOMEBODY).stderr(Stdio::piped()).output() else {
            return skipped(NAME, "a program that others may run");
        };
        fails(&place, case, &output);
        assert_eq!(fs::metadata(&path).unwrap().uid(), 0, "{:?}", case.args);
    }
}

#[test]
fn results_that_cannot_be_written_are_failures() {
    let Ok(full) = fs::OpenOptions::new().write(true).open("/dev/full") else {
        skipped("results_that_cannot_be_written_are_failures", "/dev/full");
        return;
    };
    let place = project();
    let commands: [&[&str]; 14] = [
        &["lint"],
        &["lint", "--format", "json"],
        &["lint", "--format", "sarif"],
        &["lint", "--format", "github"],
        &["lint", "--diff"],
        &["rfc", "--allow-errors"],
        &["rfc", "--allow-errors", "--check", "out/rfc.md"],
        &["list"],
        &["asks"],
        &["roster"],
        &["config"],
        &["explain"],
        &["completions", "bash"],
        &["man"],
    ];
    let usage: [&[&str]; 3] = [&["--help"], &["lint", "--help"], &["--version"]];
    for args in commands.into_iter().chain(usage) {
        let output = Command::new(env!("CARGO_BIN_EXE_goals"))
            .args(args)
            .current_dir(place.path())
            .env_clear()
            .stdout(full.try_clone().unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(said.contains("failed to write to standard output: No space left"), "{args:?}: {said}");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
    }
}
