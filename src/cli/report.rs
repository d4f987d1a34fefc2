//! Which formats findings are written in, and where each goes.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

use goals::output::findings::{self, Checked, FORMATS, FindingsFormat, Hidden, Run};
use goals::{CheckedSlate, Error, current_directory, did_you_mean};

use super::output::Output;

/// What formats are given of a slate.
pub(crate) fn checked(slate: &CheckedSlate) -> Checked<'_> {
    let (root, suppressed) = (&slate.loaded.project.root, slate.suppressed);
    Checked { slate: slate.slate(), root, findings: &slate.findings, suppressed, counts: slate.counts }
}

/// The variable that names the file of the summary page of a GitHub Actions job. Nothing else depends on the environment.
const SUMMARY_FILE: &str = "GITHUB_STEP_SUMMARY";

/// The largest summary that GitHub takes from a step, in bytes.
const SUMMARY_ROOM: usize = 1 << 20;

/// The names of all formats in words: `human, short, or json`.
pub(crate) fn format_names() -> String {
    let names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
    names.split_last().map_or_else(String::new, |(last, others)| format!("{}, or {last}", others.join(", ")))
}

/// A format and where it goes: to a file, else to standard output.
#[derive(Debug)]
pub(crate) struct Target {
    format: &'static FindingsFormat,
    file: Option<PathBuf>,
}

impl Target {
    /// The file that it goes to, if to one.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }
}

/// What `--format` asks for.
pub(crate) fn targets(formats: &[String], diff: bool) -> Result<Vec<Target>, Error> {
    let mut targets = formats.iter().map(|text| target(text)).collect::<Result<Vec<_>, Error>>()?;
    if targets.is_empty() && !diff {
        targets.push(Target { format: &FORMATS[0], file: None });
    }
    let printed: Vec<&FindingsFormat> =
        targets.iter().filter(|target| target.file.is_none()).map(|one| one.format).collect();
    let to_a_file = "write one of them to a file: `--format json=FILE`";
    if printed.len() > 1 && printed.iter().any(|format| format.is_document) {
        return Err(Error::new("JSON and SARIF cannot share standard output with another format").help(to_a_file));
    }
    for (index, target) in targets.iter().enumerate() {
        let earlier = &targets[..index];
        if target.file.is_some() && earlier.iter().any(|other| other.file == target.file) {
            return Err(Error::new("two formats are written to the same file").help("use a different file for each"));
        }
        if earlier
            .iter()
            .any(|other| other.file.is_none() && target.file.is_none() && other.format.name == target.format.name)
        {
            return Err(Error::new("two formats are written to standard output").help("specify it once"));
        }
    }
    if diff && !printed.is_empty() {
        return Err(Error::new("`--diff` writes the diff to standard output, so findings cannot be written there")
            .help(to_a_file));
    }
    Ok(targets)
}

fn target(text: &str) -> Result<Target, Error> {
    let (name, file) = match text.split_once('=') {
        Some((name, file)) => (name, Some(file)),
        None => (text, None),
    };
    let Some(format) = FindingsFormat::named(name) else {
        let names = FORMATS.iter().map(|format| format.name);
        let help = match did_you_mean(name, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of `{}`", names.collect::<Vec<_>>().join("`, `")),
        };
        return Err(Error::new(format!("unknown format `{name}`")).help(help));
    };
    if file == Some("") {
        return Err(
            Error::new(format!("missing file name in `--format {name}=`")).help("add a file name after the `=`")
        );
    }
    Ok(Target { format, file: file.map(PathBuf::from) })
}

/// How findings are written, whatever the format.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Manner {
    /// Counted by rule.
    pub(crate) statistics: bool,
    /// Errors alone; warnings are counted.
    pub(crate) errors: bool,
    /// To standard error what would go to standard output, where a text goes.
    pub(crate) beside: bool,
}

/// Writes what was found in every format, answers whether one of them could not be written.
pub(crate) fn write(targets: &[Target], done: &[CheckedSlate], manner: Manner, output: &mut Output) -> bool {
    let checked: Vec<Checked<'_>> = done.iter().map(checked).collect();
    let (failures, mut warnings, notes) = (output.failures.clone(), output.warnings.clone(), output.remarks.clone());
    let current = current_directory();
    let mut hidden = Hidden {
        warnings: done.iter().map(|slate| slate.hidden.len()).sum(),
        fixable: goals::fixable(done.iter().flat_map(|slate| &slate.hidden)),
    };
    if manner.errors {
        hidden.warnings += std::mem::take(&mut warnings).len();
    }
    let run = Run {
        slates: &checked,
        failures: &failures,
        warnings: &warnings,
        notes: &notes,
        current: &current,
        statistics: manner.statistics,
        hidden,
    };
    let found = run.number();
    for target in targets {
        if let Some(max) = target.format.max_findings.filter(|max| found > *max) {
            output.note(&format!(
                "note: the SARIF log contains {max} of {found} findings, the maximum that GitHub accepts"
            ));
        }
    }
    if run.checked_nothing() {
        return write_failures(targets, &run, manner.beside, output);
    }
    let mut failed = false;
    let for_runner = targets.iter().any(|target| target.file.is_none() && target.format.is_for_runner);
    for target in targets {
        let folds = for_runner && !target.format.is_for_runner;
        if let Err(failure) = write_one(target, &run, manner.beside, folds, output) {
            failed = true;
            output.fail(&failure);
        }
    }
    failed
}

/// Lists the files with errors where people read findings, whose first ones have scrolled away.
pub(crate) fn list_error_files(targets: &[Target], done: &[CheckedSlate], output: &mut Output) {
    if targets.iter().any(|target| target.file.is_none() && target.format.is_for_people) {
        let checked: Vec<Checked<'_>> = done.iter().map(checked).collect();
        output.diagnostics(&findings::error_files(&checked, &current_directory(), output.run_look));
    }
}

/// Writes what could not be done, where nothing was checked, in the formats that carry it. In the others an empty result would
/// look like a clean one.
fn write_failures(targets: &[Target], run: &Run<'_>, beside: bool, output: &mut Output) -> bool {
    let mut failed = false;
    for target in targets.iter().filter(|target| target.format.carries_errors) {
        if let Err(failure) = write_one(target, run, beside, false, output) {
            failed = true;
            output.fail(&failure);
        }
    }
    failed
}

fn write_one(target: &Target, run: &Run<'_>, beside: bool, folds: bool, output: &mut Output) -> Result<(), Error> {
    let look = match (&target.file, beside) {
        (Some(_), _) => output.file_look,
        (None, true) => output.run_look,
        (None, false) => output.result_look,
    };
    let written = match &target.file {
        Some(file) => {
            let mut text = String::new();
            target.format.render(run, look, &mut |part| text.push_str(part))?;
            goals::write_file(file, text.as_bytes()).map(|_| ())
        }
        None if beside => target.format.render(run, look, &mut |part| output.important(part)),
        None if folds => {
            // A group without anything in it would be a line to no purpose.
            let mut is_open = false;
            let written = target.format.render(run, look, &mut |part| {
                if !is_open && !part.is_empty() {
                    is_open = true;
                    output.result(findings::GROUP);
                }
                output.result(part);
            });
            if is_open {
                output.result(findings::GROUP_END);
            }
            written
        }
        None => target.format.render(run, look, &mut |part| output.result(part)),
    };
    let page = std::env::var_os(SUMMARY_FILE).filter(|file| !file.is_empty());
    let appended = match (page, target.format.job_summary) {
        (Some(file), Some(summary)) => append_summary(Path::new(&file), run, summary),
        _ => Ok(()),
    };
    written.and(appended)
}

/// Appends to the file of the summary page, which other steps of the job may have begun.
fn append_summary(path: &Path, run: &Run<'_>, summary: fn(&Run<'_>, usize) -> String) -> Result<(), Error> {
    let cannot = |error: std::io::Error| Error::at(path, "failed to write the job summary", &error);
    let mut file = OpenOptions::new().append(true).create(true).open(path).map_err(cannot)?;
    let length = file.metadata().map_err(cannot)?.len();
    let room = SUMMARY_ROOM.saturating_sub(usize::try_from(length).unwrap_or(usize::MAX));
    file.write_all(summary(run, room).as_bytes()).map_err(cannot)
}
