//! `goals lint`: checks what is named, shows what is found, applies safe fixes.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use goals::output::findings;
use goals::{CheckedSlate, Compared, Counts, Error, LevelOverrides, MAX_FILE_SIZE, Selection, Session};

use crate::cli::args::Global;
use crate::cli::output::{CLEAN, FAILED, FOUND, Output, count};
use crate::cli::report::{self, Manner, Target};
use crate::cli::result_files;
use crate::cli::slates::{about_configuration, about_roster, about_slates};

// The arguments of `goals lint`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Files, slates, periods, or directories of slates; `-` for standard input [default: all slates of the project]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Path of the text on standard input
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Period of slates whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, alias = "output-format", help = format!("Output format: {}; with `=FILE`, written to a file. Can be repeated [default: human]", report::format_names()))]
    pub(crate) format: Vec<String>,

    /// Only report findings introduced since the merge base with COMMIT
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["fix", "diff"], allow_hyphen_values = true)]
    pub(crate) since: Option<String>,

    /// Show the number of findings per rule instead of each finding
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Apply safe fixes
    #[arg(long)]
    pub(crate) fix: bool,

    /// Show the changes of `--fix` as a unified diff without applying them, also beside `--fix`
    #[arg(long)]
    pub(crate) diff: bool,

    #[command(flatten)]
    pub(crate) levels: LevelFlags,

    /// Show errors only; warnings are counted
    #[arg(long)]
    pub(crate) errors: bool,

    /// Show the warnings of past slates, too
    #[arg(long)]
    pub(crate) all: bool,

    /// Exit with 1 if there are warnings
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

// Levels above those of the configuration; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct LevelFlags {
    /// Turn off rules, or `all`
    #[arg(long, value_name = "RULE[,RULE]", action = ArgAction::Append, value_delimiter = ',')]
    pub(crate) allow: Vec<String>,

    /// Report rules, or `all`, as warnings
    #[arg(long, value_name = "RULE[,RULE]", action = ArgAction::Append, value_delimiter = ',')]
    pub(crate) warn: Vec<String>,

    /// Report rules, or `all`, as errors
    #[arg(long, value_name = "RULE[,RULE]", action = ArgAction::Append, value_delimiter = ',')]
    pub(crate) deny: Vec<String>,
}

impl LevelFlags {
    fn overrides(&self) -> LevelOverrides {
        // What is between two commas may have spaces around it, and the last comma nothing behind it.
        let names = |rules: &[String]| -> Vec<String> {
            rules.iter().map(|rule| rule.trim().to_owned()).filter(|rule| !rule.is_empty()).collect()
        };
        LevelOverrides { allow: names(&self.allow), warn: names(&self.warn), deny: names(&self.deny) }
    }
}

impl Lint {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let targets = report::targets(&self.format, self.diff)?;
        Ok(lint(global, self, &targets, output).unwrap_or_else(|failure| {
            output.fail(&failure);
            report::write(&targets, &[], Manner::default(), output);
            FAILED
        }))
    }
}

fn lint(global: &Global, args: &Lint, targets: &[Target], output: &mut Output) -> Result<u8, Error> {
    let mut options = global.options(args.period.as_deref())?;
    options.levels = args.levels.overrides();
    output.errors_only = args.errors;
    let period = options.period;
    let mut session = Session::new(options)?;
    let stdin = stdin_path(args)?;
    if stdin.is_some() && (args.fix || args.diff) && args.paths.len() > 1 {
        return Err(Error::new("cannot fix standard input together with other paths")
            .help("pass `-` alone, or fix the files in a separate run"));
    }
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| !is_dash(path)).cloned().collect();

    let mut pages_of = |root: &Path| Ok(session.project(root)?.pages());
    let mut selection = match (&stdin, paths.is_empty()) {
        (Some(_), true) => Selection::default(),
        _ => Selection::of(&paths, period, &mut pages_of),
    };
    if let Some(path) = &stdin {
        selection.add_file(path, period, &mut pages_of);
    }
    selection.requests.iter_mut().for_each(|request| request.in_full |= args.all);
    about_configuration(&mut session, output);
    let text = match &stdin {
        Some(_) => Some(read_stdin()?),
        None => None,
    };
    if args.since.is_some() {
        // Most files are the same in the other revision.
        session.keep_parsed();
    }
    if let (Some(path), Some(text)) = (&stdin, &text) {
        session.overlay(path, text.clone());
    }

    let mut failed = false;
    for failure in &selection.failures {
        failed = true;
        output.fail(failure);
    }
    let mut done = Vec::new();
    for request in &selection.requests {
        let project = session.project(&request.root);
        about_configuration(&mut session, output);
        let project = match project {
            Ok(project) => project,
            Err(failure) => {
                failed = true;
                output.fail(&failure);
                continue;
            }
        };
        for file in targets.iter().filter_map(Target::file) {
            result_files::check(file, &project, &request.directory, global.config.as_deref())?;
        }
        match session.check(request, args.fix || args.diff) {
            // A project need not have pages beside its slates.
            Ok(slate) if request.beside_slates && slate.is_empty() => {}
            Ok(slate) => done.push(slate),
            Err(failure) => {
                failed = true;
                output.fail(&failure);
            }
        }
    }
    if let Some(revision) = &args.since {
        let compared = session.keep_new(revision, &mut done)?;
        about_comparison(revision, &compared, output);
    }
    done.iter_mut().for_each(CheckedSlate::suppress_history);
    if args.errors {
        done.iter_mut().for_each(CheckedSlate::hide_warnings);
    }
    failed |= about_slates(&done.iter().map(|slate| &slate.loaded).collect::<Vec<_>>(), !failed, output);
    let mut differs = false;
    if args.diff {
        for file in done.iter().flat_map(|slate| &slate.fixes().files) {
            differs = true;
            let path = goals::shown(&file.path);
            match goals::output::diff(&path, &file.before, &file.after) {
                Some(diff) => output.result(&goals::output::painted_diff(&diff, output.result_look)),
                None => output.note(&format!(
                    "note: {path}: fixable with `--fix`, but not shown as a diff, because its lines contain hidden \
                     characters, start like a CI command, such as `::`, or end in CR"
                )),
            }
        }
    } else if args.fix {
        let unwritten = write_fixed(&done, stdin.as_deref(), text.as_deref(), output);
        failed |= !unwritten.is_empty();
        // What could not be written is as it was, and so are its findings.
        for index in unwritten {
            done[index] = session.check(&done[index].loaded.request.clone(), false)?;
            done[index].suppress_history();
            if args.errors {
                done[index].hide_warnings();
            }
        }
    }
    let all = done.iter().flat_map(|slate| slate.findings.iter().chain(&slate.hidden));
    let withheld = all.filter(|found| found.finding.fix_withheld).count();
    if withheld > 0 && (args.fix || args.diff) {
        let (noun, verb) = if withheld == 1 { ("fix", "is") } else { ("fixes", "are") };
        output.note(&format!(
            "note: {withheld} {noun} {verb} left out, because what is asked of whom would change, or an error would appear"
        ));
    }
    // With a text on standard output, findings go where they do not get mixed up with it.
    let beside = args.fix && !args.diff && stdin.is_some();
    let of_roster = about_roster(&done, None);
    output.remarks.extend(of_roster.iter().cloned());
    let manner = Manner { statistics: args.statistics, errors: args.errors, beside };
    failed |= report::write(targets, &done, manner, output);
    of_roster.iter().for_each(|note| output.note(&format!("note: {note}")));
    report::list_error_files(targets, &done, output);
    let found = || done.iter().flat_map(|slate| slate.findings.iter().chain(&slate.hidden));
    let (errors, warnings) = goals::totals(found());
    let warnings = warnings + output.warnings.len();
    summary(&done, errors, warnings, args.errors, output);
    let shown = if args.errors { errors } else { errors + warnings };
    if let Some(next) = findings::next_steps(goals::fixable(found()), shown) {
        output.note(&next);
    }
    goals::forget((done, session));
    Ok(if failed {
        FAILED
    } else if differs || errors > 0 || (args.deny_warnings && warnings > 0) {
        FOUND
    } else {
        CLEAN
    })
}

/// Says what `--since` leaves out, and what it cannot tell.
fn about_comparison(revision: &str, compared: &Compared, output: &mut Output) {
    let base = format!("the merge base with `{revision}`");
    if let [first, rest @ ..] = compared.settings.as_slice() {
        let (files, verb) = match rest {
            [] => (format!("`{first}`"), "differs"),
            [..] => (compared.settings.iter().map(|file| format!("`{file}`")).collect::<Vec<_>>().join(", "), "differ"),
        };
        output.remark(format!(
            "{files} {verb} from {base}: findings caused by changed configuration, teams, or people are not counted as new; \
             to see all findings, omit `--since`"
        ));
    }
    if compared.omitted > 0 {
        let verb = if compared.omitted == 1 { "is" } else { "are" };
        let number = count(compared.omitted, "finding");
        output.remark(format!("{number} that {base} also has under the current configuration {verb} omitted"));
    }
}

/// Writes the fixed texts: to standard output where the text came from standard input, else to their files. Answers which
/// slates have a file that could not be written.
fn write_fixed(done: &[CheckedSlate], stdin: Option<&Path>, text: Option<&[u8]>, output: &mut Output) -> Vec<usize> {
    let mut unwritten = Vec::new();
    let (mut files, mut findings) = (0, 0);
    for (index, slate) in done.iter().enumerate() {
        if stdin.is_some() {
            // Untouched bytes stay what they are, whether they are text or not.
            match slate.fixes().files.first() {
                Some(file) => output.result(&file.after),
                None => output.result_bytes(text.unwrap_or_default()),
            }
            continue;
        }
        findings += slate.fixes().count;
        for file in &slate.fixes().files {
            match goals::replace_file(&file.path, file.before.as_bytes(), file.after.as_bytes()) {
                Ok(()) => files += 1,
                Err(failure) => {
                    unwritten.push(index);
                    output.fail(&failure);
                }
            }
        }
    }
    unwritten.dedup();
    if files > 0 && unwritten.is_empty() {
        output.note(&format!("fixed {} in {}", count(findings, "finding"), count(files, "file")));
    } else if files > 0 {
        output.note(&format!("fixed {}", count(files, "file")));
    }
    unwritten
}

fn summary(done: &[CheckedSlate], errors: usize, warnings: usize, errors_only: bool, output: &mut Output) {
    let slates: Vec<String> = done
        .iter()
        .map(|slate| {
            let Counts { files, goals } = slate.counts;
            if slate.slate().beside_slates {
                return format!("{} outside the slates", count(files, "page"));
            }
            format!("{} in {} of {}", count(goals, "goal"), count(files, "file"), slate.slate().name)
        })
        .collect();
    if !slates.is_empty() {
        let not_shown = if errors_only && warnings > 0 { " not shown" } else { "" };
        output.note(&format!(
            "checked {}: {}, {}{not_shown}",
            slates.join(", "),
            count(errors, "error"),
            count(warnings, "warning")
        ));
    }
    let past: Vec<&CheckedSlate> = done.iter().filter(|slate| slate.suppressed > 0).collect();
    let suppressed: usize = past.iter().map(|slate| slate.suppressed).sum();
    if suppressed > 0 {
        let names: Vec<&str> = past.iter().map(|slate| slate.slate().name.as_str()).collect();
        let (noun, verb) = if suppressed == 1 { ("warning", "is") } else { ("warnings", "are") };
        output.note(&format!(
            "note: {suppressed} {noun} of past slates ({}) {verb} not shown; use `--all`, or name a slate",
            names.join(", ")
        ));
    }
    for slate in done {
        output.detail(&format!("  {} contains {} bytes of text", slate.slate().name, slate.slate().text_len()));
    }
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn stdin_path(args: &Lint) -> Result<Option<PathBuf>, Error> {
    match (args.paths.iter().any(|path| is_dash(path)), &args.stdin_filename) {
        (true, Some(path)) => Ok(Some(std::path::absolute(path).unwrap_or_else(|_| path.clone()))),
        (false, None) => Ok(None),
        (true, None) => Err(Error::new("missing path for the text on standard input")
            .help("add `--stdin-filename PATH`: it determines the period, the slate, and relative links")),
        (false, Some(_)) => {
            Err(Error::new("`--stdin-filename` requires `-`").help("add `-` to read the text from standard input"))
        }
    }
}

fn read_stdin() -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let cannot = |error: &dyn std::fmt::Display| Error::new(format!("failed to read standard input: {error}"));
    let limited = std::io::stdin().lock().take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes);
    if limited.map_err(|error| cannot(&error))? as u64 > MAX_FILE_SIZE {
        return Err(cannot(&format!("larger than {} MiB", MAX_FILE_SIZE >> 20)));
    }
    Ok(bytes)
}
