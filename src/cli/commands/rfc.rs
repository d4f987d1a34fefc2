//! `goals rfc`: which slate is meant, whether it may be assembled, and where the text goes.

use std::path::{Path, PathBuf};

use clap::Args;
use goals::output::findings;
use goals::rfc::Assembled;
use goals::{CheckedSlate, Counts, Error, FrontMatter, Level, OsTree, Session, Tree, current_directory};

use crate::cli::args::Global;
use crate::cli::date::is_date;
use crate::cli::output::{CLEAN, FAILED, FOUND, Output, count};
use crate::cli::report::checked;
use crate::cli::result_files;
use crate::cli::slates::{about_roster, about_slates, find_slate};

// The arguments of `goals rfc`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Rfc {
    /// Directory or period of the slate [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Write to FILE, unless it is up to date
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Compare with FILE and show a unified diff, without writing anything
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub(crate) check: Option<PathBuf>,

    /// Number of the pull request, for the front matter (0: none yet)
    #[arg(long, value_name = "N")]
    pub(crate) pr: Option<u64>,

    /// Start date, for the front matter
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) start_date: Option<String>,

    /// Feature name, for the front matter
    #[arg(long, value_name = "NAME")]
    pub(crate) feature_name: Option<String>,

    /// Assemble the RFC even if there are errors
    #[arg(long)]
    pub(crate) allow_errors: bool,
}

impl Rfc {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let options = global.options(self.period.as_deref())?;
        let stated = stated(self)?;
        let mut session = Session::new(options)?;
        let request = find_slate(&mut session, self.slate.as_deref(), output)?;
        if let Some(path) = &self.output {
            let project = session.project(&request.root)?;
            result_files::check(path, &project, &request.directory, global.config.as_deref())?;
        }
        let (slate, assembled) = session.load(&request)?.check_and_assemble(&stated);
        let code = self.hand_over(&slate, assembled, output);
        goals::forget((slate, session));
        code
    }

    /// Says what is found, and hands the text over where there is one; answers the exit code.
    fn hand_over(
        &self,
        slate: &CheckedSlate,
        assembled: Result<Assembled, Error>,
        output: &mut Output,
    ) -> Result<u8, Error> {
        if about_slates(&[&slate.loaded], true, output) {
            return Ok(FAILED);
        }

        goals::rfc::still_has_template(slate.slate())?;
        let (errors, warnings) = goals::totals(&slate.findings);
        let warnings = warnings + output.warnings.len();
        if errors > 0 && !self.allow_errors {
            show(slate, errors, output);
            let name = &slate.slate().name;
            output.important(&format!("the RFC of {name} was not written: {}\n", count(errors, "error")));
            // Where there would be no text with it either, it is no way out.
            output.note(match assembled {
                Ok(_) => "fix them, or use `--allow-errors` to assemble the RFC anyway",
                Err(_) => "fix them first",
            });
            return Ok(FOUND);
        }
        let assembled = match assembled {
            Ok(assembled) => assembled,
            Err(failure) => {
                show(slate, errors, output);
                return Err(failure);
            }
        };
        let text = &assembled.text;
        let (code, what) = match (&self.output, &self.check) {
            (Some(path), _) => {
                let is_new = goals::write_file(path, text.as_bytes())?;
                let what = if is_new { "wrote" } else { "no changes in" };
                (CLEAN, format!("; {what} {}", goals::shown(path)))
            }
            (None, Some(path)) => compare(path, text, output)?,
            (None, None) => {
                output.result(text);
                (CLEAN, String::new())
            }
        };

        show(slate, errors, output);
        let written = self.output.as_deref().and_then(number_of_file);
        if let Some((named, number)) = written.zip(assembled.pr).filter(|(named, number)| named != number) {
            let what = if named == 0 {
                "a pull request that has no number yet".to_owned()
            } else {
                format!("pull request {named}")
            };
            output.note(&format!("note: the file is named after {what}, but the RFC is pull request {number}"));
        }
        for note in &assembled.notes {
            output.note(&format!("note: {note}"));
        }
        let Counts { goals, .. } = slate.counts;
        let in_spite = if errors > 0 { format!(" despite {}", count(errors, "error")) } else { String::new() };
        let name = &slate.slate().name;
        let summary =
            format!("assembled {} of {name}{in_spite}: {}{what}", count(goals, "goal"), count(warnings, "warning"));
        if errors > 0 {
            output.important(&format!("{}\n", goals::sanitize(&summary)));
        } else {
            output.note(&summary);
        }
        Ok(code)
    }
}

/// Shows beside the result what is found, whatever becomes of the text: the errors of a slate, and of one without errors its
/// warnings, since no one else will read them before the RFC is submitted.
fn show(slate: &CheckedSlate, errors: usize, output: &mut Output) {
    let (look, current) = (output.run_look, current_directory());
    let (level, write): (Level, fn(&mut Output, &str)) = match errors {
        0 => (Level::Warn, Output::diagnostics),
        _ => (Level::Error, Output::important),
    };
    let slate_for_formats = checked(slate);
    findings::findings(&slate_for_formats, Some(level), &current, look, &mut |text| write(output, text));
    let notes = about_roster(std::slice::from_ref(slate), Some(level));
    notes.iter().for_each(|note| output.note(&format!("note: {note}")));
    output.diagnostics(&findings::error_files(&[slate_for_formats], &current, look));
}

/// The number with which the name of an RFC's file begins: `3764` of `text/3764-goals.md`.
fn number_of_file(path: &Path) -> Option<u64> {
    let (digits, _) = path.file_name()?.to_str()?.split_once('-')?;
    digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Compares a file with the text; answers the exit code, and what to say about it.
fn compare(path: &Path, text: &str, output: &mut Output) -> Result<(u8, String), Error> {
    let bytes = OsTree.read(path).map_err(|failure| match path.exists() {
        true => failure,
        false => failure.help("run `goals rfc -o FILE` to write it"),
    })?;
    let shown = goals::shown(path);
    if bytes == text.as_bytes() {
        return Ok((CLEAN, format!("; {shown} is up to date")));
    }
    match goals::output::diff(&shown, &String::from_utf8_lossy(&bytes), text) {
        Some(diff) if !diff.is_empty() => output.result(&goals::output::painted_diff(&diff, output.result_look)),
        _ => output.important(&format!("{shown} differs in characters that cannot be displayed\n")),
    }
    Ok((FOUND, format!("; {shown} is out of date")))
}

/// The lines above the text that the arguments state.
fn stated(args: &Rfc) -> Result<FrontMatter, Error> {
    for (option, value) in [("--feature-name", &args.feature_name), ("--start-date", &args.start_date)] {
        let value = value.as_deref().unwrap_or("-");
        if value.trim().is_empty() || value.contains(char::is_control) {
            return Err(Error::new(format!("invalid value `{value}` for {option}"))
                .help("use a single line without control characters"));
        }
    }
    if let Some(date) = args.start_date.as_ref().filter(|date| !is_date(date)) {
        return Err(Error::new(format!("invalid date `{date}` for --start-date"))
            .help("use year, month, and day: `2025-01-14`"));
    }
    let stated = FrontMatter {
        feature_name: args.feature_name.clone(),
        start_date: args.start_date.clone(),
        pr: args.pr,
        issue: None,
    };
    stated.check()?;
    Ok(stated)
}
