//! How time grows with a document: `cargo bench --bench shapes`, with words of the names of shapes to measure only those.
//!
//! Each shape is a project made of `fixtures/2025h1` and much of one thing, once large and once a tenth of it. A command that
//! reads each byte a fixed number of times takes ten times as long for the large one. The floor reads and parses the same
//! files with the same Markdown parser and does nothing else: where it grows faster, so does everything above it.
//!
//! What is measured is the time that a process spends on the processors, of which other programs take away little, and the
//! most memory that it ever has.

#[path = "../common/mod.rs"]
mod common;
mod documents;

use std::fmt::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Cost, FLOOR, GOALS, Outcome, again, cost_of_children, floor, say};
use documents::{SHAPES, Shape};

/// The word by which this program is told to run a command and to say what it cost.
const COST: &str = "--cost";

/// What takes longer than this is stopped.
const LIMIT: Duration = Duration::from_secs(60);

/// Growth beyond this is shown with a mark; ten times would be in proportion.
const MAX_GROWTH: f64 = 15.0;

/// Less than this is over before it can be measured.
const LEAST: f64 = 0.05;

/// The commands, by the name of their column.
const COMMANDS: [(&str, &[&str]); 6] = [
    ("floor", &[FLOOR, "2025h1"]),
    ("lint", &["lint", "2025h1"]),
    ("json", &["lint", "2025h1", "--format", "json", "--format", "sarif=../sarif", "--format", "github=../github"]),
    ("diff", &["lint", "2025h1", "--diff"]),
    ("fix", &["lint", "2025h1", "--fix"]),
    ("rfc", &["rfc", "2025h1", "--allow-errors"]),
];

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [word, directory] if word == FLOOR => return floor(Path::new(directory)),
        [word, program, rest @ ..] if word == COST => return cost(program, rest),
        _ => {}
    }
    // `cargo test --benches` runs this too, and cargo adds options of its own.
    if arguments.iter().any(|argument| argument == "--test") {
        return Ok(());
    }
    let words: Vec<&String> = arguments.iter().filter(|argument| !argument.starts_with("--")).collect();
    say("seconds for the large document, in brackets how many times those for a tenth of it; memory of `lint`");
    let mut header = format!("{:<55}", "shape");
    for (name, _) in COMMANDS {
        write!(header, "{name:>16}")?;
    }
    say(&format!("{header}{:>10}", "MiB"));
    let mut marked = 0;
    for shape in SHAPES.iter().filter(|shape| words.is_empty() || words.iter().any(|word| shape.name.contains(*word))) {
        marked += measure(shape)?;
    }
    say(&format!("{marked} grow by more than {MAX_GROWTH} (marked `!`)"));
    Ok(())
}

/// Measures all commands on one shape, prints a line and answers how many grow too fast.
fn measure(shape: &Shape) -> Outcome<usize> {
    let place = tempfile::tempdir()?;
    let mut line = format!("{:<55}", format!("{} {}", shape.size, shape.name));
    let mut marked = 0;
    let mut memory = 0.0;
    for (name, arguments) in COMMANDS {
        let small = least_cost(shape, shape.size / 10, arguments, place.path())?;
        let large = match small {
            Ok(_) => least_cost(shape, shape.size, arguments, place.path())?,
            Err(_) => small.clone(),
        };
        let said = match (small, large) {
            (Ok(small), Ok(large)) => {
                if name == "lint" {
                    memory = large.mebibytes;
                }
                let growth = large.seconds / small.seconds;
                let is_marked = large.seconds > LEAST && growth > MAX_GROWTH;
                format!("{:.2} ({growth:.1}){}", large.seconds, if is_marked { "!" } else { " " })
            }
            (_, Err(why)) | (Err(why), _) => format!("{why}!"),
        };
        marked += usize::from(said.ends_with('!'));
        write!(line, "{said:>16}")?;
    }
    say(&format!("{line}{memory:>10.0}"));
    Ok(marked)
}

/// The least that a command costs in a few runs, each in a new project, or why it does not get to its end.
fn least_cost(shape: &Shape, size: usize, arguments: &[&str], place: &Path) -> Outcome<Result<Cost, String>> {
    let this = std::env::current_exe()?;
    let program = if arguments[0] == FLOOR { this.as_os_str() } else { GOALS.as_ref() };
    let mut least: Option<Cost> = None;
    let project = place.join(size.to_string());
    for _ in 0..3 {
        make(shape, size, &project)?;
        let mut command = Command::new(&this);
        command.arg(COST).arg(program).args(arguments).current_dir(&project);
        let output = command.stdin(Stdio::null()).output()?;
        let said = String::from_utf8(output.stdout)?;
        if !output.status.success() {
            return Err(format!("{}: {arguments:?}: {}", shape.name, String::from_utf8_lossy(&output.stderr)).into());
        }
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|number| number.parse().ok()).collect();
        let &[seconds, mebibytes] = numbers.as_slice() else { return Ok(Err(said.trim().to_owned())) };
        let cost = Cost { seconds, mebibytes };
        if least.is_none_or(|least| cost.seconds < least.seconds) {
            least = Some(cost);
        }
        // A long run needs no second opinion.
        if cost.seconds > 1.0 {
            break;
        }
    }
    least.map(Ok).ok_or_else(|| "nothing was measured".into())
}

/// Makes the project of a shape: the slate of the fixtures, and the files of the shape beside its own.
fn make(shape: &Shape, size: usize, project: &Path) -> Outcome<()> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    if project.is_dir() {
        std::fs::remove_dir_all(project)?;
    }
    for directory in ["2025h1", "team"] {
        std::fs::create_dir_all(project.join(directory))?;
        for entry in std::fs::read_dir(fixtures.join(directory))? {
            let path = entry?.path();
            std::fs::copy(&path, project.join(directory).join(path.file_name().unwrap_or_default()))?;
        }
    }
    std::fs::copy(fixtures.join("goals.toml"), project.join("goals.toml"))?;
    for (name, text) in (shape.files)(size) {
        std::fs::write(project.join("2025h1").join(name), text)?;
    }
    Ok(())
}

/// Runs a command and prints what it cost, or why it did not get to its end.
fn cost(program: &str, arguments: &[String]) -> Outcome<()> {
    let mut command = Command::new(program);
    command.args(arguments);
    let begin = Instant::now();
    let mut child = again(&command).spawn()?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if begin.elapsed() > LIMIT {
            child.kill()?;
            child.wait()?;
            say(&format!("over {} s", LIMIT.as_secs()));
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    // Findings are no failure; what could not be done is.
    if status.code().is_none_or(|code| code > 1) {
        say(&status.to_string());
        return Ok(());
    }
    let Cost { seconds, mebibytes } = cost_of_children(begin)?;
    say(&format!("{seconds} {mebibytes}"));
    Ok(())
}
