//! What the benchmarks share: the program under test, the floor below it, and what they print.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The program under test, as cargo built it for this benchmark.
pub(crate) const GOALS: &str = env!("CARGO_BIN_EXE_goals");

/// The word by which a benchmark is told to be the floor.
pub(crate) const FLOOR: &str = "--floor";

/// What can go wrong in a benchmark.
pub(crate) type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// Reads every Markdown file of a directory and parses it once; nothing that checks goals can do less.
pub(crate) fn floor(directory: &Path) -> Outcome<()> {
    for entry in std::fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension() == Some(OsStr::new("md")) {
            parse_file(&path)?;
        }
    }
    Ok(())
}

/// Reads a file and parses it once.
pub(crate) fn parse_file(path: &Path) -> std::io::Result<()> {
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    let text = std::fs::read_to_string(path)?;
    let arena = comrak::Arena::new();
    std::hint::black_box(comrak::parse_document(&arena, &text, &options));
    Ok(())
}

/// A command once more; what it prints goes nowhere.
pub(crate) fn again(command: &Command) -> Command {
    let mut fresh = Command::new(command.get_program());
    fresh.args(command.get_args()).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if let Some(directory) = command.get_current_dir() {
        fresh.current_dir(directory);
    }
    fresh
}

/// What a command cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    pub(crate) seconds: f64,
    pub(crate) mebibytes: f64,
}

/// What the processes cost that this one has started, of which the last has just ended.
#[cfg(unix)]
pub(crate) fn cost_of_children(_: Instant) -> Outcome<Cost> {
    use nix::sys::resource::{UsageWho, getrusage};
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let [user, system] = [usage.user_time(), usage.system_time()].map(|time| {
        Duration::new(time.tv_sec().unsigned_abs(), 0) + Duration::from_micros(time.tv_usec().unsigned_abs())
    });
    #[allow(clippy::cast_precision_loss)] // no process has so much memory
    let mebibytes = usage.max_rss() as f64 / 1024.0;
    Ok(Cost { seconds: (user + system).as_secs_f64(), mebibytes })
}

/// The same where no such accounts are kept: the time that has passed.
#[cfg(not(unix))]
pub(crate) fn cost_of_children(begin: Instant) -> Outcome<Cost> {
    Ok(Cost { seconds: begin.elapsed().as_secs_f64(), mebibytes: 0.0 })
}

#[allow(clippy::print_stdout)] // a benchmark is there to print
pub(crate) fn say(line: &str) {
    println!("{line}");
}
