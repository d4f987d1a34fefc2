//! How long an editor waits: `cargo bench --bench typing`.
//!
//! It starts the program as an editor does, opens a goal of a slate, and types into it: a thousand edits, one after the other, each
//! of which waits until what is found in it has come over the pipe. Figures are ratios to the floor of the same run, the time in
//! which a process reads the files of the slate and parses each once, because no two machines agree on milliseconds; the contract
//! names milliseconds, so those are printed beside them.

// What goes wrong ends a benchmark.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../tests/server/client.rs"]
mod client;
#[allow(dead_code)] // each benchmark uses its own part
mod common;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use client::{Client, uri};
use common::{FLOOR, GOALS, Outcome, floor, say};
use serde_json::json;

/// How many edits are made.
const EDITS: usize = 1000;

/// What is typed: a sentence with a link, a user, and a mistake, again and again.
const TYPED: &str = "We ask [compiler] and @somebody for \u{1f600} a review, see [the plan](./plan.md). TODO ";

fn main() -> Outcome<()> {
    let arguments: Vec<_> = std::env::args_os().collect();
    if let [_, word, directory] = arguments.as_slice()
        && word == FLOOR
    {
        return floor(Path::new(directory));
    }
    // `cargo test --benches` runs this too, and cargo adds options of its own.
    if arguments.iter().any(|argument| argument == "--test") {
        return Ok(());
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    type_into("the slate of 2026 in fixtures/", &root.join("fixtures/2026"), "## Summary")?;
    for (what, slate) in [
        ("the real slate of 2026", "../shared/corpus/2026/src/2026"),
        ("the same in a book with its older slates", "../shared/corpus/site/input/src/2026"),
    ] {
        let slate = root.join(slate);
        if slate.is_dir() {
            type_into(what, &slate.canonicalize()?, "## Summary")?;
        }
    }
    Ok(())
}

/// Types below a heading of the longest goal of a slate, and prints how long each edit took.
fn type_into(what: &str, slate: &Path, heading: &str) -> Outcome<()> {
    let (file, text) = longest(slate, heading)?;
    let floor = floor_of(slate)?;
    let address = uri(&file);
    let line = text.lines().position(|line| line == heading).unwrap_or_default() + 2;
    let mut client = Client::new(GOALS, slate, &["utf-16"]);
    let begin = Instant::now();
    client.open(&address, 0, &text);
    client.diagnostics(&address, 0);
    let opened = begin.elapsed();
    let mut times = Vec::with_capacity(EDITS);
    let (mut column, mut early) = (0, 0);
    for (number, typed) in TYPED.chars().cycle().take(EDITS).enumerate() {
        let place = json!({ "line": line, "character": column });
        column += typed.len_utf16();
        let version = i32::try_from(number)? + 1;
        let begin = Instant::now();
        client.change(
            &address,
            version,
            json!([{ "range": { "start": place, "end": place }, "text": typed.to_string() }]),
        );
        client.diagnostics(&address, version);
        times.push(begin.elapsed());
        client.inbox.clear();
        if number + 1 == EDITS / 10 {
            early = memory(&client);
        }
    }
    let late = memory(&client);
    client.end();
    times.sort_unstable();
    let percentile = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
    let shown: Vec<String> = [50, 95, 99, 100]
        .map(|percent| {
            let time = percentile(percent);
            format!(
                "{percent} %: {:.1} ms = {:.2} floors",
                milliseconds(time),
                time.as_secs_f64() / floor.as_secs_f64()
            )
        })
        .to_vec();
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    say(&format!("{what}, {name}: floor {:.1} ms, opened in {:.1} ms", milliseconds(floor), milliseconds(opened)));
    say(&format!("  {EDITS} edits: {}", shown.join(", ")));
    if late > 0 {
        say(&format!("  memory after {} edits {early} KiB, after {EDITS} {late} KiB", EDITS / 10));
    }
    Ok(())
}

/// The longest file of a slate that has a heading.
fn longest(slate: &Path, heading: &str) -> Outcome<(PathBuf, String)> {
    let mut found: Option<(PathBuf, String)> = None;
    for entry in std::fs::read_dir(slate)? {
        let path = entry?.path();
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let is_longer = found.as_ref().is_none_or(|(_, longest)| longest.len() < text.len());
        if is_longer && text.lines().any(|line| line == heading) {
            found = Some((path, text));
        }
    }
    found.ok_or_else(|| format!("no file of {} has the heading {heading}", slate.display()).into())
}

/// The median time of a process that only reads and parses.
fn floor_of(slate: &Path) -> Outcome<Duration> {
    let this = std::env::current_exe()?;
    let mut times = Vec::new();
    for _ in 0..21 {
        let begin = Instant::now();
        Command::new(&this).arg(FLOOR).arg(slate).stdout(Stdio::null()).status()?;
        times.push(begin.elapsed());
    }
    times.sort_unstable();
    Ok(times[times.len() / 2])
}

/// How much memory the server has now, in KiB; 0 where the system does not say.
fn memory(client: &Client) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", client.process())).unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmRSS"));
    line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok()).unwrap_or_default()
}
