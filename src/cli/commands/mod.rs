//! What each command does; answers the exit code.
//!
//! A module a command; what they share is here. All judging and rendering is the library's.

pub(crate) mod ask;
pub(crate) mod config;
pub(crate) mod formats;
pub(crate) mod guard;
pub(crate) mod lint;
pub(crate) mod rfc;
pub(crate) mod roster;
pub(crate) mod shell;
pub(crate) mod since;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use goals::output::findings::{self, Checked, Counts};
use goals::{
    ConfigFiles, Failure, File, FileKind, Level, Levels, PeriodName, Project, Reading, Reported, Request, Tree,
};

pub(crate) use ask::{asks, list};
pub(crate) use config::config;
pub(crate) use lint::lint;
pub(crate) use rfc::rfc;
pub(crate) use roster::roster;
pub(crate) use shell::{completions, man};

use super::args::{Global, LevelFlags};
use crate::Output;

/// No errors.
const CLEAN: u8 = 0;
/// Errors were found.
const FOUND: u8 = 1;
/// Something could not be done.
const FAILED: u8 = 2;

/// A slate that has been read and checked.
pub(crate) struct Done {
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
pub(crate) struct Mended {
    files: Vec<MendedFile>,
    /// How many findings were mended.
    count: usize,
}

/// A file that fixes change.
pub(crate) struct MendedFile {
    path: PathBuf,
    before: String,
    after: String,
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
                output.note(&format!("note: {}: excluded by goals.toml", goals::shown(path)));
            } else {
                failed = true;
                let failure = Failure::new(format!("{}: not a page of its slate", goals::shown(path)));
                fail(&failure.help("files and directories whose names start with a dot are ignored"), output);
            }
        }
    }
    let whole: Vec<&Done> = done.iter().filter(|slate| slate.request.files.is_none()).collect();
    let any_goal = whole.iter().any(|slate| has_goals(&slate.reading));
    for slate in whole.iter().filter(|slate| !has_goals(&slate.reading)) {
        let path = goals::shown(&slate.request.directory);
        if slate.request.named {
            failed = true;
            let failure = Failure::new(format!("{path}: no goals found"));
            fail(&failure.help("a goal is a Markdown file with a metadata table below its title"), output);
        } else if any_goal {
            warnings += 1;
            output.note(&format!("warning: {path}: no goals found"));
        }
    }
    if complete && !failed && !any_goal && !whole.is_empty() {
        failed = true;
        fail(&Failure::new("no goals found in any slate of this project"), output);
    }
    (failed, warnings)
}

fn has_goals(reading: &Reading) -> bool {
    let files = &reading.slate.files;
    files.iter().any(|file| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. }))
}

/// `goals explain`
pub(crate) fn explain(rule: Option<&str>, output: &mut Output) -> u8 {
    let text = match rule {
        None => goals::output::explain::list(goals::RULES),
        Some(name) => match goals::find_rule(name) {
            Some(rule) => goals::output::explain::rule(rule),
            None => Err(Failure::new(format!("unknown rule `{name}`")).help(match goals::nearest_rule(name) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "run `goals explain` for a list of rules".to_owned(),
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
pub(crate) struct Projects<'a> {
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
    tree: &dyn Tree,
    request: &Request,
    period: Option<PeriodName>,
    base: &Levels,
    flags: &LevelFlags,
    mends: bool,
) -> Result<Done, Failure> {
    let mut draft = read(project, tree, request, period, base, flags)?;
    if mends {
        draft.mend(project);
    }
    let findings = goals::lint(&draft.reading.slate, draft.reading.outside.as_ref(), &draft.levels);
    Ok(draft.done(project, findings))
}

/// A slate that has been read, and what is to be checked in it.
struct Draft {
    request: Request,
    reading: Reading,
    levels: Levels,
    mended: Mended,
}

fn read(
    project: &Project,
    tree: &dyn Tree,
    request: &Request,
    period: Option<PeriodName>,
    base: &Levels,
    flags: &LevelFlags,
) -> Result<Draft, Failure> {
    let reading = project.read_slate(tree, &request.directory, period)?;
    let mut levels = base.for_slate(&project.config, &reading.slate)?;
    apply_flags(&mut levels, flags)?;
    Ok(Draft { request: request.clone(), reading, levels, mended: Mended::default() })
}

impl Draft {
    /// Whether a file, by its path from the root, was asked for.
    fn wants(&self, project: &Project, path: &str) -> bool {
        self.request.files.as_ref().is_none_or(|files| files.contains(&project.root.join(path)))
    }

    /// Puts the mended texts in the place of those that were read.
    fn mend(&mut self, project: &Project) {
        let fixed = goals::fix(&self.reading.slate, self.reading.outside.as_ref(), &self.levels, |path: &str| {
            self.wants(project, path)
        });
        let before: HashMap<&str, &str> =
            self.reading.slate.files.iter().map(|file| (file.source.path(), file.source.text())).collect();
        let files = fixed.texts.into_iter().map(|(path, after)| MendedFile {
            before: before.get(path.as_str()).map_or_else(String::new, |text| (*text).to_owned()),
            path: project.root.join(path),
            after,
        });
        self.mended = Mended { files: files.collect(), count: fixed.count };
        self.reading.slate = fixed.slate;
    }

    /// The same with what was found in the files that were asked for.
    fn done(self, project: &Project, mut findings: Vec<Reported>) -> Done {
        let files = &self.reading.slate.files;
        let asked: Vec<bool> = files.iter().map(|file| self.wants(project, file.source.path())).collect();
        findings.retain(|reported| asked.get(reported.file).copied().unwrap_or(false));
        let files = files.iter().zip(&asked).filter(|(_, asked)| **asked).map(|(file, _)| file);
        let is_goal = |file: &&File| matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. });
        let counts = Counts { goals: files.clone().filter(is_goal).count(), files: files.count() };
        let excluded = self.request.files.iter().flatten().filter(|path| project.is_excluded(path)).cloned().collect();
        let Draft { request, reading, mended, .. } = self;
        Done { root: project.root.clone(), request, reading, findings, counts, mended, excluded }
    }
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
                levels.set(rule, level).map_err(|help| Failure::new(format!("unknown rule `{rule}`")).help(help))?;
            }
        }
    }
    Ok(())
}

fn parse_period(name: &str) -> Result<PeriodName, Failure> {
    PeriodName::parse(name).ok_or_else(|| {
        Failure::new(format!("invalid period `{name}`"))
            .help("use a year, optionally followed by `h1` or `h2`: `2025h1`, `2026`")
    })
}

fn current_directory() -> PathBuf {
    std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."))
}

/// Leaves what nobody needs any more to the end of the process, which takes less time than giving each piece back.
fn leave<T>(rest: T) {
    std::mem::forget(rest);
}

/// Says what could not be done; what stopped several slates alike, such as a roster that cannot be read, is said once.
fn fail(failure: &Failure, output: &mut Output) -> u8 {
    if output.failures.iter().any(|said| said.says_the_same(failure)) {
        return FAILED;
    }
    let text = findings::failure(failure, output.run_look);
    output.important(&text);
    output.failures.push(failure.clone());
    FAILED
}

/// `1 goal`, `2 goals`
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
