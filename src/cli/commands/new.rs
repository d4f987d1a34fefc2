//! `goals new`: a goal to fill in, or a slate to begin with. What is drafted is written where nothing is yet.

use std::path::{Path, PathBuf};

use clap::{ArgAction, Args};
use goals::{Draft, DraftFile, Error, GoalWishes, Session};

use crate::cli::args::Global;
use crate::cli::output::{CLEAN, Output, count};
use crate::cli::slates::about_configuration;

// The arguments of `goals new`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct New {
    /// Title of the goal
    #[arg(value_name = "TITLE")]
    title: Option<String>,

    /// Directory or period of the slate [default: the newest slate]. Without a title, the period of a slate to begin
    #[arg(long, value_name = "SLATE")]
    slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    period: Option<String>,

    /// GitHub user who answers for the goal
    #[arg(long, value_name = "USER")]
    contact: Option<String>,

    /// Team that the goal asks, with the support level or ask: `lang=medium`. Can be repeated
    #[arg(long, value_name = "TEAM[=ASK]", action = ArgAction::Append)]
    team: Vec<String>,

    /// Goal of an older slate that this one continues
    #[arg(long, value_name = "FILE")]
    from: Option<PathBuf>,

    /// Print what would be written, without writing anything
    #[arg(long)]
    dry_run: bool,
}

impl New {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let mut session = Session::new(global.options(self.period.as_deref())?)?;
        let is_goal = self.title.is_some() || self.from.is_some();
        let draft = if is_goal { self.goal(&mut session) } else { self.slate(&mut session) };
        about_configuration(&mut session, output);
        let draft = draft?;
        draft.notes.iter().for_each(|note| output.note(&format!("note: {note}")));
        if self.dry_run {
            show(&draft, is_goal, output);
        } else {
            write(&draft, output)?;
        }
        if is_goal {
            about_answers(&mut session, &draft, self.dry_run, output)?;
        }
        Ok(CLEAN)
    }

    fn goal(&self, session: &mut Session<'_>) -> Result<Draft, Error> {
        let wishes = GoalWishes {
            title: self.title.as_deref(),
            contact: self.contact.as_deref(),
            teams: &self.team,
            from: self.from.as_deref(),
        };
        session.draft_goal(self.slate.as_deref(), &wishes)
    }

    fn slate(&self, session: &mut Session<'_>) -> Result<Draft, Error> {
        let Some(slate) = &self.slate else {
            return Err(Error::new("missing title of the goal, or period of the slate")
                .help("use `goals new TITLE` for a goal, or `goals new --slate PERIOD` for a slate"));
        };
        if self.contact.is_some() || !self.team.is_empty() {
            return Err(Error::new("missing title: `--contact` and `--team` are about a goal")
                .help("add the title of the goal, or remove these options to begin a slate"));
        }
        if self.period.is_some() {
            return Err(Error::new("`--period` is about an existing slate").help("remove it"));
        }
        session.draft_slate(slate)
    }
}

/// Prints what would be written: a goal as it is, a slate as a diff of its files.
fn show(draft: &Draft, is_goal: bool, output: &mut Output) {
    for DraftFile { path, before, text, .. } in &draft.files {
        let shown = goals::shown(path);
        if is_goal {
            output.result(text);
            output.note(&format!("would write {shown}"));
        } else if let Some(diff) = goals::output::diff(&shown, before.as_deref().unwrap_or_default(), text) {
            let diff = match before {
                Some(_) => diff,
                None => diff.replacen(&format!("--- a/{}\n", goals::sanitize(&shown)), "--- /dev/null\n", 1),
            };
            output.result(&goals::output::painted_diff(&diff, output.result_look));
        }
    }
}

/// Writes the files and lists them. What exists is changed last, and nothing is written where that would fail.
fn write(draft: &Draft, output: &mut Output) -> Result<(), Error> {
    let (mut changes, mut unwritable) = (Vec::new(), Vec::new());
    for file in draft.files.iter().filter(|file| file.before.is_some()) {
        match goals::prepare_file(&file.path, file.text.as_bytes()) {
            // It is there for a moment, to see whether it can be.
            Ok(_) => changes.push(file),
            Err(failure) if file.needed => return Err(failure),
            Err(failure) => unwritable.push((file, failure)),
        }
    }
    let new = draft.files.iter().filter(|file| file.before.is_none());
    let new: Vec<&DraftFile> = new.collect();
    let texts: Vec<(&Path, &[u8])> = new.iter().map(|file| (file.path.as_path(), file.text.as_bytes())).collect();
    goals::create_files(&texts)?;
    for (file, failure) in unwritable {
        output.note(&format!("warning: {}", failure.message()));
        output.note("  help: add these lines to it:");
        added(file).for_each(|line| output.note(&format!("    {line}")));
    }
    new.iter().for_each(|file| list(file, output));
    for file in changes {
        goals::replace_file(&file.path, file.before.as_deref().unwrap_or_default().as_bytes(), file.text.as_bytes())?;
        list(file, output);
    }
    Ok(())
}

/// The lines that a change adds.
fn added(file: &DraftFile) -> impl Iterator<Item = &str> {
    let before = file.before.as_deref().unwrap_or_default();
    file.text.lines().filter(move |line| !line.is_empty() && !before.lines().any(|known| known == *line))
}

fn list(file: &DraftFile, output: &mut Output) {
    let path = goals::sanitize(&goals::shown(&file.path)).into_owned();
    output.result(&format!("{path}\n"));
    // What was written has to be known.
    if output.is_lost() {
        output.important(&format!("wrote {path}\n"));
    }
}

/// Says what is left to answer in a new goal.
fn about_answers(session: &mut Session<'_>, draft: &Draft, dry_run: bool, output: &mut Output) -> Result<(), Error> {
    let (Some(request), Some(file)) = (&draft.request, draft.files.first()) else { return Ok(()) };
    if dry_run {
        return Ok(());
    }
    let mut request = request.clone();
    request.files = Some([file.path.clone()].into());
    let checked = session.check(&request, false)?;
    let (errors, warnings) = goals::totals(&checked.findings);
    if errors + warnings > 0 {
        let found = match (errors, warnings) {
            (0, warnings) => count(warnings, "warning"),
            (errors, 0) => count(errors, "error"),
            (errors, warnings) => format!("{} and {}", count(errors, "error"), count(warnings, "warning")),
        };
        output.note(&format!("to fill in: {found}; run `goals lint {}`", goals::shown(&file.path)));
    }
    Ok(())
}
