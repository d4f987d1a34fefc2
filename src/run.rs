//! What each command does; answers the exit code.

mod rfc;

pub(crate) use rfc::rfc;

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use goals::report::{self, Checked, Counts};
use goals::{
    ConfigFiles, Failure, FileKind, Level, Levels, PeriodName, Project, Reading, Reported, Request, Selection,
};

use crate::cli::{Format, Global, LevelFlags, Lint};
use crate::{Output, write};

/// No errors.
const CLEAN: u8 = 0;
/// Errors were found.
const FOUND: u8 = 1;
/// Something could not be done.
const FAILED: u8 = 2;

/// A slate that has been read and checked.
struct Done {
    root: PathBuf,
    request: Request,
    reading: Reading,
    findings: Vec<Reported>,
    counts: Counts,
    mended: Mended,
    /// Files that were asked for and that the configuration excludes.
    excluded: Vec<PathBuf>,
}

/// What fixes came to.
#[derive(Default)]
struct Mended {
    files: Vec<MendedFile>,
    /// How many findings were mended.
    count: usize,
}

/// A file that fixes change.
struct MendedFile {
    path: PathBuf,
    before: String,
    after: String,
}

/// `goals lint`
pub(crate) fn lint(global: &Global, args: &Lint, output: &mut Output) -> u8 {
    match try_lint(global, args, output) {
        Ok(code) => code,
        Err(failure) => fail(&failure, output),
    }
}

fn try_lint(global: &Global, args: &Lint, output: &mut Output) -> Result<u8, Failure> {
    let period = args.period.as_deref().map(parse_period).transpose()?;
    let base = Levels::built_in()?;
    check_flags(&base, &args.levels)?;
    let mut projects = Projects { global, open: HashMap::new(), base: base.clone() };
    let stdin = stdin_path(args)?;
    if stdin.is_some() && (args.fix || args.diff) && args.paths.len() > 1 {
        return Err(Failure::new("a text from standard input is mended alone")
            .help("name no other path beside `-`, or mend the files in a run of their own"));
    }
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| !is_dash(path)).cloned().collect();

    let mut slates_of = |root: &Path| Ok(projects.open(root)?.slate_directories());
    let mut selection = match (&stdin, paths.is_empty()) {
        (Some(_), true) => Selection::default(),
        _ => Selection::of(&paths, period, &mut slates_of),
    };
    if let Some(path) = &stdin {
        selection.add_file(path, period);
    }
    let text = match &stdin {
        Some(_) => Some(read_stdin()?),
        None => None,
    };

    let mut failed = false;
    for failure in &selection.failures {
        failed = true;
        fail(failure, output);
    }
    for note in &selection.notes {
        output.note(&format!("note: {note}"));
    }
    let mut done = Vec::new();
    for request in &selection.requests {
        let project = match projects.open(&request.root) {
            Ok(project) => project,
            Err(failure) => {
                failed = true;
                fail(&failure, output);
                continue;
            }
        };
        let replaced = stdin.as_deref().zip(text.clone()).filter(|(path, _)| path.starts_with(&request.directory));
        let mends = args.fix || args.diff;
        match check(&project, request, period, replaced, &base, &args.levels, mends) {
            Ok(slate) => done.push(slate),
            Err(failure) => {
                failed = true;
                fail(&failure, output);
            }
        }
    }
    let (slates_failed, empty_slates) = about_slates(&done, !failed, output);
    failed |= slates_failed;
    let mut differs = false;
    if args.diff {
        for file in done.iter().flat_map(|slate| &slate.mended.files) {
            differs = true;
            let path = goals::shown(&file.path);
            match report::diff(&path, &file.before, &file.after) {
                Some(diff) => output.result(&diff),
                None => output.note(&format!(
                    "note: {path}: `--fix` mends it; its lines hold characters that cannot be shown, or end in CR alone"
                )),
            }
        }
    } else if args.fix {
        let unwritten = write_mended(&done, stdin.as_deref(), text.as_deref(), output);
        failed |= !unwritten.is_empty();
        // What could not be written is as it was, and so are its findings.
        for index in unwritten {
            let project = projects.open(&done[index].root)?;
            done[index] = check(&project, &done[index].request.clone(), period, None, &base, &args.levels, false)?;
        }
    }
    // With a text on standard output, findings go where they do not get mixed up with it.
    let result_is_text = args.diff || (args.fix && stdin.is_some());
    if !args.diff {
        show(&done, args.format, result_is_text, output);
    }
    let (errors, warnings) = report::totals(done.iter().flat_map(|slate| &slate.findings));
    let warnings = warnings + empty_slates;
    summary(&done, errors, warnings, output);
    Ok(if failed {
        FAILED
    } else if differs || errors > 0 || (args.deny_warnings && warnings > 0) {
        FOUND
    } else {
        CLEAN
    })
}

/// Says what could not be read and what holds no goals; answers whether that is a failure. `complete` tells whether these are
/// all the slates that were asked for.
fn about_slates(done: &[Done], complete: bool, output: &mut Output) -> (bool, usize) {
    let mut failed = false;
    let mut warnings = 0;
    for slate in done {
        for failure in &slate.reading.failures {
            failed = true;
            fail(failure, output);
        }
        for note in &slate.reading.notes {
            output.note(&format!("note: {note}"));
        }
        for path in slate.request.files.iter().flatten().filter(|path| !slate.holds(path)) {
            if slate.excludes(path) {
                output.note(&format!("note: {}: goals.toml excludes this file", goals::shown(path)));
            } else {
                failed = true;
                let failure = Failure::new(format!("{}: this file is no page of its slate", goals::shown(path)));
                fail(&failure.help("files and directories whose names begin with a dot are left alone"), output);
            }
        }
    }
    let whole: Vec<&Done> = done.iter().filter(|slate| slate.request.files.is_none()).collect();
    let any_goal = whole.iter().any(|slate| has_goals(&slate.reading));
    for slate in whole.iter().filter(|slate| !has_goals(&slate.reading)) {
        let path = goals::shown(&slate.request.directory);
        if slate.request.named {
            failed = true;
            let failure = Failure::new(format!("{path}: no goal is here"));
            fail(&failure.help("a goal is a Markdown file with a metadata table below its title"), output);
        } else if any_goal {
            warnings += 1;
            output.note(&format!("warning: {path}: no goal is here"));
        }
    }
    if complete && !failed && !any_goal && !whole.is_empty() {
        failed = true;
        fail(&Failure::new("no slate of this project holds a goal"), output);
    }
    (failed, warnings)
}

fn has_goals(reading: &Reading) -> bool {
    let files = &reading.slate.files;
    files.iter().any(|file| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. }))
}

/// Writes the mended texts: to standard output where the text came from standard input, else to their files. Answers which
/// slates have a file that could not be written.
fn write_mended(done: &[Done], stdin: Option<&Path>, text: Option<&[u8]>, output: &mut Output) -> Vec<usize> {
    let mut unwritten = Vec::new();
    let (mut files, mut findings) = (0, 0);
    for (index, slate) in done.iter().enumerate() {
        if stdin.is_some() {
            // Untouched bytes stay what they are, whether they are text or not.
            match slate.mended.files.first() {
                Some(file) => output.result(&file.after),
                None => output.result_bytes(text.unwrap_or_default()),
            }
            continue;
        }
        findings += slate.mended.count;
        for file in &slate.mended.files {
            match write::replace(&file.path, file.after.as_bytes()) {
                Ok(()) => files += 1,
                Err(failure) => {
                    unwritten.push(index);
                    fail(&failure, output);
                }
            }
        }
    }
    unwritten.dedup();
    if files > 0 && unwritten.is_empty() {
        output.note(&format!("mended {} in {}", count(findings, "finding"), count(files, "file")));
    } else if files > 0 {
        output.note(&format!("mended {}", count(files, "file")));
    }
    unwritten
}

fn show(done: &[Done], format: Format, beside: bool, output: &mut Output) {
    let current = current_directory();
    let checked: Vec<Checked<'_>> = done.iter().map(Done::checked).collect();
    let look = if beside { output.run_look } else { output.result_look };
    let mut write = |text: &str| if beside { output.important(text) } else { output.result(text) };
    match format {
        Format::Json => write(&report::json(&checked, &current)),
        Format::Human => {
            for slate in &checked {
                for reported in slate.findings {
                    write(&(report::finding(slate, reported, &current, look) + "\n"));
                }
            }
        }
    }
}

fn summary(done: &[Done], errors: usize, warnings: usize, output: &mut Output) {
    let slates: Vec<String> = done
        .iter()
        .map(|slate| {
            let Counts { files, goals } = slate.counts;
            format!("{} in {} of {}", count(goals, "goal"), count(files, "file"), slate.reading.slate.name)
        })
        .collect();
    if !slates.is_empty() {
        let fixable = match report::fixable(done.iter().flat_map(|slate| &slate.findings)) {
            0 => String::new(),
            number => format!("; `--fix` mends {number} of them"),
        };
        output.note(&format!(
            "checked {}: {}, {}{fixable}",
            slates.join(", "),
            count(errors, "error"),
            count(warnings, "warning")
        ));
    }
    for slate in done {
        output.detail(&format!("  {} has {} bytes of text", slate.reading.slate.name, slate.reading.slate.text_len()));
    }
}

/// `goals explain`
pub(crate) fn explain(rule: Option<&str>, output: &mut Output) -> u8 {
    let text = match rule {
        None => goals::explain::list(goals::RULES),
        Some(name) => match goals::find_rule(name) {
            Some(rule) => goals::explain::rule(rule),
            None => Err(Failure::new(format!("no rule is called `{name}`")).help(match goals::nearest_rule(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`goals explain` lists the rules".to_owned(),
            })),
        },
    };
    match text {
        Ok(text) => {
            output.result(&text);
            CLEAN
        }
        Err(failure) => fail(&failure, output),
    }
}

/// Projects by root, each opened once.
struct Projects<'a> {
    global: &'a Global,
    open: HashMap<PathBuf, Rc<Project>>,
    base: Levels,
}

impl Projects<'_> {
    fn open(&mut self, root: &Path) -> Result<Rc<Project>, Failure> {
        if let Some(project) = self.open.get(root) {
            return Ok(Rc::clone(project));
        }
        let files = ConfigFiles { file: self.global.config.as_deref(), isolated: self.global.isolated };
        let project = Rc::new(Project::open(root, files, self.global.roster.as_deref())?);
        self.base.check(&project.config)?;
        self.open.insert(root.to_path_buf(), Rc::clone(&project));
        Ok(project)
    }
}

fn check(
    project: &Project,
    request: &Request,
    period: Option<PeriodName>,
    replaced: Option<(&Path, Vec<u8>)>,
    base: &Levels,
    flags: &LevelFlags,
    mends: bool,
) -> Result<Done, Failure> {
    let mut reading = project.read_slate(&request.directory, period, replaced)?;
    let mut levels = base.for_slate(&project.config, &reading.slate)?;
    apply_flags(&mut levels, flags)?;
    let mut mended = Mended::default();
    if mends {
        let is_wanted =
            |path: &str| request.files.as_ref().is_none_or(|files| files.contains(&project.root.join(path)));
        let fixed = goals::fix(&reading.slate, &levels, is_wanted);
        let before: HashMap<&str, &str> =
            reading.slate.files.iter().map(|file| (file.source.path(), file.source.text())).collect();
        let files = fixed.texts.into_iter().map(|(path, after)| MendedFile {
            before: before.get(path.as_str()).map_or_else(String::new, |text| (*text).to_owned()),
            path: project.root.join(path),
            after,
        });
        mended = Mended { files: files.collect(), count: fixed.count };
        reading.slate = fixed.slate;
    }
    let mut findings = goals::lint(&reading.slate, &levels);
    let asked: Vec<bool> = reading
        .slate
        .files
        .iter()
        .map(|file| {
            let path = project.root.join(file.source.path());
            request.files.as_ref().is_none_or(|files| files.contains(&path))
        })
        .collect();
    findings.retain(|reported| asked.get(reported.file).copied().unwrap_or(false));
    let files = reading.slate.files.iter().zip(&asked).filter(|(_, asked)| **asked).map(|(file, _)| file);
    let goals = files.clone().filter(|file| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. })).count();
    let counts = Counts { files: files.count(), goals };
    let excluded = request.files.iter().flatten().filter(|path| project.is_excluded(path)).cloned().collect();
    Ok(Done { root: project.root.clone(), request: request.clone(), reading, findings, counts, mended, excluded })
}

impl Done {
    /// Whether the slate has a file at this path, or could not read it.
    fn holds(&self, path: &Path) -> bool {
        let is_there = self.reading.slate.files.iter().any(|file| self.root.join(file.source.path()) == path);
        is_there || !self.reading.failures.is_empty()
    }

    fn excludes(&self, path: &Path) -> bool {
        self.excluded.iter().any(|excluded| excluded == path)
    }

    fn checked(&self) -> Checked<'_> {
        Checked { slate: &self.reading.slate, root: &self.root, findings: &self.findings, counts: self.counts }
    }
}

fn check_flags(base: &Levels, flags: &LevelFlags) -> Result<(), Failure> {
    apply_flags(&mut base.clone(), flags)
}

/// `all` first, so that a rule that is named as well has its own level, in whatever order they stand.
fn apply_flags(levels: &mut Levels, flags: &LevelFlags) -> Result<(), Failure> {
    let all = [(&flags.allow, Level::Off), (&flags.warn, Level::Warn), (&flags.deny, Level::Error)];
    for named in [false, true] {
        for (rules, level) in all {
            for rule in rules.iter().filter(|rule| (*rule != "all") == named) {
                levels
                    .set(rule, level)
                    .map_err(|help| Failure::new(format!("no rule is called `{rule}`")).help(help))?;
            }
        }
    }
    Ok(())
}

fn parse_period(name: &str) -> Result<PeriodName, Failure> {
    PeriodName::parse(name).ok_or_else(|| {
        Failure::new(format!("`{name}` is no period"))
            .help("write the year, and `h1` or `h2` behind it where the period is half a year: `2025h1`, `2026`")
    })
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn stdin_path(args: &Lint) -> Result<Option<PathBuf>, Failure> {
    match (args.paths.iter().any(|path| is_dash(path)), &args.stdin_filename) {
        (true, Some(path)) => Ok(Some(std::path::absolute(path).unwrap_or_else(|_| path.clone()))),
        (false, None) => Ok(None),
        (true, None) => Err(Failure::new("`-` does not say which file its text is of")
            .help("add `--stdin-filename PATH`: the path tells the period, the slate and the links")),
        (false, Some(_)) => Err(Failure::new("`--stdin-filename` without `-` names a text that is not read")
            .help("add `-` to read the text from standard input")),
    }
}

fn read_stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::new(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}

fn current_directory() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

fn fail(failure: &Failure, output: &mut Output) -> u8 {
    let text = report::failure(failure, output.run_look);
    output.important(&text);
    FAILED
}

/// `1 goal`, `2 goals`
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
