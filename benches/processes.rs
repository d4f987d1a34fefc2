//! Whole processes against a floor, in turn, in one run: `cargo bench --bench processes`.
//!
//! The floor is this program itself, told to read the files of a slate and to parse each once with the same parser, on one
//! thread; nothing that checks goals can do less. Slates of three sizes are made from `fixtures/2025h1`, and where the corpus
//! of real slates lies beside the repository, those are measured too. Figures are ratios of medians within this run, because
//! no two machines agree on milliseconds.

mod common;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Cost, FLOOR, GOALS, Outcome, again, cost_of_children, floor, say};

/// The files of the slates that are made, the smallest first.
const SIZES: [usize; 3] = [44, 440, 4400];

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
    let begin = Instant::now();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let place = tempfile::tempdir()?;
    let mut lint_times = Vec::new();
    for size in SIZES {
        let project = place.path().join(size.to_string());
        make_slate(&root.join("fixtures"), &project, size)?;
        let rounds = if size > 1000 { 5 } else { 41 };
        lint_times.push(measure(&format!("{size} files made of fixtures"), &project, "2025h1", rounds)?);
    }
    for period in ["2025h1", "2025h2", "2026"] {
        let project = root.join("../shared/corpus").join(period);
        if project.is_dir() {
            measure(&format!("the real slate of {period}"), &project, &format!("src/{period}"), 41)?;
        }
    }
    for (size, time) in SIZES.iter().zip(&lint_times).skip(1) {
        say(&format!("lint of {size} files / lint of {}: {:.1}", SIZES[0], ratio(*time, lint_times[0])));
    }
    let Cost { seconds, mebibytes } = cost_of_children(begin)?;
    say(&format!("all of these took {seconds:.0} s of the processor, and the largest had {mebibytes:.0} MiB"));
    start(place.path())?;
    let size = std::fs::metadata(GOALS)?.len();
    #[allow(clippy::cast_precision_loss)] // a program has fewer bytes than that
    say(&format!("the program has {:.1} MiB", size as f64 / f64::from(1 << 20)));
    Ok(())
}

/// Measures the floor, `lint` and `rfc` of a slate and prints their ratios; answers the time of `lint`.
fn measure(what: &str, project: &Path, slate: &str, rounds: usize) -> Outcome<Duration> {
    let this = std::env::current_exe()?;
    let commands = [
        (this.as_os_str(), vec![OsStr::new(FLOOR), OsStr::new(slate)]),
        (OsStr::new(GOALS), ["lint", "-q", slate].map(OsStr::new).to_vec()),
        (OsStr::new(GOALS), ["rfc", "-q", "--allow-errors", slate].map(OsStr::new).to_vec()),
    ];
    let times = in_turn(
        &commands.map(|(program, arguments)| {
            let mut command = Command::new(program);
            command.args(arguments).current_dir(project);
            command
        }),
        rounds,
    )?;
    say(&format!(
        "{what}: floor {:.2} ms, lint {:.2} times that, rfc {:.2} times",
        times[0].as_secs_f64() * 1000.0,
        ratio(times[1], times[0]),
        ratio(times[2], times[0])
    ));
    Ok(times[1])
}

/// How much longer than the command `true` the program takes to say its version.
fn start(directory: &Path) -> Outcome<()> {
    let commands = [("true", vec![]), (GOALS, vec!["--version"])].map(|(program, arguments)| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(directory);
        command
    });
    let times = in_turn(&commands, 101)?;
    let more = times[1].saturating_sub(times[0]);
    say(&format!("start: {:.2} ms more than `true`", more.as_secs_f64() * 1000.0));
    Ok(())
}

/// The median time of each command, all run in turn so that what else the machine does hits all alike.
fn in_turn(commands: &[Command], rounds: usize) -> Outcome<Vec<Duration>> {
    let mut times = vec![Vec::with_capacity(rounds); commands.len()];
    // The first round fills caches and does not count.
    for round in 0..=rounds {
        for (command, times) in commands.iter().zip(&mut times) {
            let mut command = again(command);
            let begin = Instant::now();
            let status = command.status()?;
            let time = begin.elapsed();
            // Findings are no failure; what could not be done is.
            if status.code().is_none_or(|code| code > 1) {
                return Err(format!("{command:?} ended with {status}").into());
            }
            if round > 0 {
                times.push(time);
            }
        }
    }
    for times in &mut times {
        times.sort_unstable();
    }
    Ok(times.iter().map(|times| times[times.len() / 2]).collect())
}

fn ratio(time: Duration, floor: Duration) -> f64 {
    time.as_secs_f64() / floor.as_secs_f64()
}

/// A project like `fixtures` whose slate of 2025h1 has so many files: copies of its goals with names and titles of their own.
fn make_slate(fixtures: &Path, project: &Path, files: usize) -> Outcome<()> {
    let slate = project.join("2025h1");
    std::fs::create_dir_all(&slate)?;
    std::fs::create_dir_all(project.join("team"))?;
    std::fs::copy(fixtures.join("goals.toml"), project.join("goals.toml"))?;
    for entry in std::fs::read_dir(fixtures.join("team"))? {
        let path = entry?.path();
        std::fs::copy(&path, project.join("team").join(path.file_name().unwrap_or_default()))?;
    }
    let mut goals: Vec<PathBuf> = Vec::new();
    let mut written = 0;
    for entry in std::fs::read_dir(fixtures.join("2025h1"))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if std::fs::read_to_string(&path)?.contains("| Point of contact") && name != "TEMPLATE.md" {
            goals.push(path);
        } else {
            std::fs::copy(&path, slate.join(name))?;
            written += 1;
        }
    }
    goals.sort();
    let texts = goals.iter().map(std::fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
    for number in 0..files.saturating_sub(written) {
        let (path, text) = (&goals[number % goals.len()], &texts[number % goals.len()]);
        let round = number / goals.len();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let (name, text) = match round {
            0 => (format!("{stem}.md"), text.clone()),
            _ => (format!("{stem}-{round}.md"), numbered(text, round)),
        };
        std::fs::write(slate.join(name), text)?;
    }
    Ok(())
}

/// A goal's text with a number in its title, short title and tracking issue.
fn numbered(text: &str, number: usize) -> String {
    let mut titled = false;
    let line = |line: &str| {
        let is_title = !titled && line.starts_with("# ");
        titled |= is_title;
        if is_title {
            format!("{line}, {number}")
        } else if line.starts_with("| Short title") {
            format!("{} {number} |", line.trim_end_matches(['|', ' ']))
        } else if line.starts_with("| Tracking issue") {
            line.replace('#', &format!("#{number}"))
        } else {
            line.to_owned()
        }
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n") + "\n"
}
