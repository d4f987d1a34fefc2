//! Whole processes against a floor, in turn, in one run: `cargo bench --bench processes`.
//!
//! The floor is a process that reads the files of a slate and parses each once with the same parser, on one thread; nothing that
//! checks goals can do less. A second floor (`benches/floor.rs`) does so on two, with the allocator of the program. Measured are
//! the real slates of the corpus beside the repository, and one of 4,103 files that are copies of its goals; without the corpus,
//! the same with the goals of `fixtures/`. Figures are ratios of the shortest times within this run, because no two machines
//! agree on milliseconds, and what else a machine does only ever adds to a time.

mod common;

use std::ffi::OsStr;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{Cost, FLOOR, GOALS, Outcome, again, cost_of_children, floor, say};
use serde_json::{Value, json};

/// The files of the large slate.
const MANY: usize = 4103;
/// How often each command is run, on a slate as people have them and on the large one.
const ROUNDS: usize = 25;
const FEW_ROUNDS: usize = 5;

/// A goal of the fixtures.
const FIXTURE: &str = "actionable-errors.md";

/// A project that is measured.
struct Project {
    root: PathBuf,
    /// Its slate, from the root.
    slate: String,
    /// A goal of it, from the slate.
    goal: &'static str,
}

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
    let corpus = root.join("../shared/corpus");
    let place = tempfile::tempdir()?;
    let (small, year) = match corpus.is_dir() {
        true => {
            let real = |period: &str, goal| Project { root: corpus.join(period), slate: format!("src/{period}"), goal };
            (real("2025h1", "GPU-Offload.md"), Some(real("2026", "README.md")))
        }
        false => {
            let fixtures = Project { root: root.join("fixtures"), slate: "2025h1".to_owned(), goal: FIXTURE };
            (make_slate(&fixtures, &place.path().join("44"), 44)?, None)
        }
    };
    let many = make_slate(&small, &place.path().join("many"), MANY)?;
    say(&format!("{:44}{:>9}{:>9}{:>7}", "", "measured", "at most", "aim"));
    let files = small_slate(&small)?;
    if let Some(year) = &year {
        let [floor, lint, rfc] = in_turn(&[year.floor()?, year.goals(&["lint"]), year.rfc()], ROUNDS)?;
        row("lint of the slate of a year / floor", ratio(lint, floor), 1.8, 1.6);
        row("rfc of the slate of a year / floor", ratio(rfc, floor), 2.5, 2.2);
    }
    large_slate(&many, files)?;
    let book = root.join("../shared/corpus/site/input");
    if book.is_dir() {
        measure_book(&book.canonicalize()?, &place.path().join("book"))?;
    }
    start(place.path())?;
    let size = std::fs::metadata(GOALS)?.len();
    #[allow(clippy::cast_precision_loss)] // a program has fewer bytes than that
    row("size of the program, MiB", size as f64 / f64::from(1 << 20), 9.0, 9.0);
    Ok(())
}

/// Measures a slate of some forty files; answers the time of `lint`.
fn small_slate(project: &Project) -> Outcome<Duration> {
    let commands = [
        project.floor()?,
        project.goals(&["lint"]),
        project.rfc(),
        project.one_file(),
        project.goals(&["lint", "--diff"]),
        project.goals(&["lint", "--format", "json"]),
        project.goals(&["lint", "--format", "sarif"]),
        project.goals(&["list"]),
    ];
    let [floor, lint, rfc, one, diff, json, sarif, list] = in_turn(&commands, ROUNDS)?;
    row("lint of 44 files / floor", ratio(lint, floor), 1.7, 1.55);
    row("rfc of 44 files / floor", ratio(rfc, floor), 2.0, 1.8);
    row("lint of one of 44 files / lint of all", ratio(one, lint), 0.8, 0.6);
    row("lint --diff of 44 files / lint", ratio(diff, lint), 2.2, 1.8);
    row("sarif minus json of 44 files / floor", ratio(sarif.saturating_sub(json), floor), 0.3, 0.15);
    row("list of 44 files / lint", ratio(list, lint), 0.85, 0.8);
    Ok(lint)
}

/// Measures the large slate. `files` is how long `lint` takes for the small one.
fn large_slate(project: &Project, files: Duration) -> Outcome<()> {
    let begin = Instant::now();
    let commands = [
        project.floor()?,
        project.floor_of_two()?,
        project.goals(&["lint"]),
        project.one_file(),
        project.goals(&["lint", "--diff"]),
    ];
    let [floor, two, lint, one, diff] = in_turn(&commands, FEW_ROUNDS)?;
    row("lint of one of 4,103 files / lint of all", ratio(one, lint), 0.7, 0.4);
    row("lint --diff of 4,103 files / lint", ratio(diff, lint), 3.5, 2.5);
    row("lint of 4,103 files / floor", ratio(lint, floor), 1.4, 1.25);
    row("lint of 4,103 files / floor on two cores", ratio(lint, two), 3.2, 2.9);
    row("lint of 4,103 files / lint of 44", ratio(lint, files), 110.0, 110.0);
    let _ = in_turn(&[project.rfc()], 1)?;
    let Cost { seconds, mebibytes } = cost_of_children(begin)?;
    say(&format!("all of these have taken {seconds:.0} s of the processor"));
    row("largest process, MiB", mebibytes, 300.0, 300.0);
    Ok(())
}

impl Project {
    fn floor(&self) -> Outcome<Command> {
        Ok(self.command(std::env::current_exe()?.as_os_str(), &[FLOOR, &self.slate]))
    }

    /// The floor that is another program, since a program has one allocator; cargo knows where it is.
    fn floor_of_two(&self) -> Outcome<Command> {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let arguments = ["bench", "--bench", "floor", "--no-run", "--message-format", "json"];
        let mut cargo = Command::new(cargo);
        cargo.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).stderr(Stdio::null());
        let built = cargo.output()?.stdout;
        let built = String::from_utf8(built)?;
        let messages = built.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let is_floor = |message: &Value| message["target"]["name"] == "floor";
        let mut programs =
            messages.filter(is_floor).filter_map(|message| Some(message["executable"].as_str()?.to_owned()));
        let program = programs.next().ok_or("cargo has built no benchmark `floor`")?;
        Ok(self.command(OsStr::new(&program), &[FLOOR, &self.slate]))
    }

    fn goals(&self, arguments: &[&str]) -> Command {
        self.command(OsStr::new(GOALS), &[arguments, &["-q", &self.slate]].concat())
    }

    fn rfc(&self) -> Command {
        self.goals(&["rfc", "--allow-errors"])
    }

    fn one_file(&self) -> Command {
        self.command(OsStr::new(GOALS), &["lint", "-q", &format!("{}/{}", self.slate, self.goal)])
    }

    fn command(&self, program: &OsStr, arguments: &[&str]) -> Command {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        command
    }
}

fn row(what: &str, measured: f64, most: f64, aim: f64) {
    let mark = if measured > most { "  too much" } else { "" };
    say(&format!("{what:44}{measured:>9.2}{most:>9.2}{aim:>7.2}{mark}"));
}

/// Measures the floor of all pages of a book, and how long it takes to render them.
fn measure_book(root: &Path, place: &Path) -> Outcome<()> {
    std::fs::create_dir_all(place)?;
    let input = place.join("in.json");
    std::fs::write(&input, serde_json::to_vec(&book_of(root)?)?)?;
    let render = |output: Stdio| -> Outcome<std::process::Output> {
        let team = root.join("team");
        let arguments = [OsStr::new("mdbook"), OsStr::new("-q"), OsStr::new("--roster"), team.as_os_str()];
        let child = Command::new(GOALS).args(arguments).stdin(File::open(&input)?).stdout(output).spawn()?;
        Ok(child.wait_with_output()?)
    };
    let rendered: Value = serde_json::from_slice(&render(Stdio::piped())?.stdout)?;
    // The floor parses the files of one directory.
    let pages = place.join("pages");
    std::fs::create_dir_all(&pages)?;
    let mut paths = Vec::new();
    add_paths(&rendered["items"], &mut paths);
    for (number, path) in paths.iter().enumerate() {
        std::fs::copy(root.join("src").join(path), pages.join(format!("{number}.md")))?;
    }
    let this = std::env::current_exe()?;
    let mut times = [Duration::MAX; 2];
    for round in 0..=ROUNDS {
        let begin = Instant::now();
        Command::new(&this).arg(FLOOR).arg(&pages).status()?;
        let floor = begin.elapsed();
        let begin = Instant::now();
        render(Stdio::null())?;
        let book = begin.elapsed();
        if round > 0 {
            times = [times[0].min(floor), times[1].min(book)];
        }
    }
    let [floor, book] = times;
    row(&format!("mdbook of {} pages / floor", paths.len()), ratio(book, floor), 2.5, 2.5);
    Ok(())
}

/// What mdBook hands over for a book, with all chapters beside each other.
fn book_of(root: &Path) -> Outcome<Value> {
    let mut items = Vec::new();
    for line in std::fs::read_to_string(root.join("src/SUMMARY.md"))?.lines() {
        let target = line.trim_end().rsplit_once("](").and_then(|(_, target)| target.strip_suffix(')'));
        let Some(path) = target.map(|target| target.trim_start_matches("./")).filter(|path| !path.is_empty()) else {
            continue;
        };
        let content = std::fs::read_to_string(root.join("src").join(path))?;
        items.push(json!({"Chapter": {
            "name": path, "content": content, "number": null, "sub_items": [], "path": path, "source_path": path,
            "parent_names": [],
        }}));
    }
    let goals = json!({"issues": "issues"});
    let config = json!({"book": {"src": "src"}, "preprocessor": {"goals": goals}});
    let context = json!({"root": root, "renderer": "html", "mdbook_version": "0.5.4", "config": config});
    Ok(json!([context, {"items": items}]))
}

/// The paths of all chapters.
fn add_paths(items: &Value, paths: &mut Vec<String>) {
    for item in items.as_array().into_iter().flatten() {
        let chapter = &item["Chapter"];
        paths.extend(chapter["path"].as_str().map(str::to_owned));
        add_paths(&chapter["sub_items"], paths);
    }
}

/// How much longer than the command `true` the program takes to say its version, as a part of the floor.
fn start(directory: &Path) -> Outcome<()> {
    let commands = [("true", vec![]), (GOALS, vec!["--version"])].map(|(program, arguments)| {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(directory);
        command
    });
    let [nothing, version] = in_turn(&commands, 101)?;
    let more = version.saturating_sub(nothing);
    say(&format!("start: {:.2} ms more than `true`", more.as_secs_f64() * 1000.0));
    Ok(())
}

/// The shortest time of each command, all run in turn so that what else the machine does hits all alike.
fn in_turn<const N: usize>(commands: &[Command; N], rounds: usize) -> Outcome<[Duration; N]> {
    let mut times = [Duration::MAX; N];
    // The first round fills caches and does not count.
    for round in 0..=rounds {
        for (command, time) in commands.iter().zip(&mut times) {
            let mut command = again(command);
            let begin = Instant::now();
            let status = command.status()?;
            let taken = begin.elapsed();
            // Findings are no failure; what could not be done is.
            if status.code().is_none_or(|code| code > 1) {
                return Err(format!("{command:?} ended with {status}").into());
            }
            if round > 0 {
                *time = taken.min(*time);
            }
        }
    }
    Ok(times)
}

fn ratio(time: Duration, floor: Duration) -> f64 {
    time.as_secs_f64() / floor.as_secs_f64()
}

/// A project like another whose slate has so many files: copies of its goals with names and titles of their own.
fn make_slate(from: &Project, root: &Path, files: usize) -> Outcome<Project> {
    let slate = root.join(&from.slate);
    std::fs::create_dir_all(&slate)?;
    std::fs::create_dir_all(root.join("team"))?;
    for name in ["goals.toml", "book.toml", "rust-project-goals.toml"] {
        if from.root.join(name).is_file() {
            std::fs::copy(from.root.join(name), root.join(name))?;
        }
    }
    for entry in std::fs::read_dir(from.root.join("team"))? {
        let path = entry?.path();
        std::fs::copy(&path, root.join("team").join(path.file_name().unwrap_or_default()))?;
    }
    // What lies beside the slates is what links of its goals lead to.
    if let Some(above) = Path::new(&from.slate).parent().filter(|above| !above.as_os_str().is_empty()) {
        let is_slate = |name: &OsStr| name.to_string_lossy().starts_with(|c: char| c.is_ascii_digit());
        copy_all(&from.root.join(above), &root.join(above), &is_slate)?;
    }
    let mut goals: Vec<PathBuf> = Vec::new();
    let mut written = 0;
    for entry in std::fs::read_dir(from.root.join(&from.slate))? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.extension() != Some(OsStr::new("md")) {
            continue;
        }
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
    Ok(Project { root: root.to_path_buf(), slate: from.slate.clone(), goal: from.goal })
}

/// Copies what is in a directory, but for what is left out.
fn copy_all(from: &Path, to: &Path, is_left_out: &dyn Fn(&OsStr) -> bool) -> Outcome<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        if is_left_out(&entry.file_name()) {
            continue;
        }
        match entry.file_type()?.is_dir() {
            true => copy_all(&entry.path(), &to, is_left_out)?,
            false => std::fs::write(&to, std::fs::read(entry.path())?)?,
        }
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
