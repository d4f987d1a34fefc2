//! `goals changes`: what changed in the goals and asks of a slate, by team.

use std::path::PathBuf;

use clap::{ArgAction, Args};
use goals::queries::Filter;
use goals::{Error, LoadedBefore, Session, queries};

use crate::cli::answer::shown;
use crate::cli::args::{Global, SlateArgs};
use crate::cli::output::{CLEAN, FAILED, Output, count};
use crate::cli::slates::{about_errors, about_slates, find_slate};

// The arguments of `goals changes`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Changes {
    #[command(flatten)]
    pub(crate) of: SlateArgs,

    #[command(flatten)]
    pub(crate) before: Before,

    /// Filter by team. Can be repeated
    #[arg(long, value_name = "TEAM", action = ArgAction::Append)]
    pub(crate) team: Vec<String>,
}

// With which state a slate is compared; a doc comment would be the text of the help.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct Before {
    /// Compare with the merge base of COMMIT and HEAD, read with git
    #[arg(long, value_name = "COMMIT", allow_hyphen_values = true)]
    pub(crate) since: Option<String>,

    /// Compare with the slate in this directory, such as another checkout
    #[arg(long, value_name = "DIR")]
    pub(crate) old: Option<PathBuf>,
}

impl Changes {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let mut session = Session::new(global.options(self.of.period.as_deref())?)?;
        let request = find_slate(&mut session, self.of.slate.as_deref(), output)?;
        let now = session.load(&request)?;
        let filter = Filter::new(&now.reading.slate, &self.team, &[], &[])?;
        let failed = about_slates(&[&now], true, output);
        if failed && now.reading.slate.goals.is_empty() {
            return Ok(FAILED);
        }
        let (before, since) = match (&self.before.since, &self.before.old) {
            (Some(revision), _) => (session.load_since(&request, revision)?, format!("`{revision}`")),
            (None, Some(directory)) => {
                (session.load_old(&request, directory)?, format!("`{}`", goals::shown(directory)))
            }
            (None, None) => {
                return Err(Error::new("no state to compare with").help("use `--since COMMIT` or `--old DIR`"));
            }
        };
        about_before(&before, &since, output);
        let old_failed = !before.reading.failures.is_empty();
        before.reading.failures.iter().for_each(|failure| {
            output.fail(failure);
        });
        let name = since.trim_matches('`');
        let mut changes = queries::changes(&before.reading.slate, &now.reading.slate, name, &filter.teams);
        for change in &mut changes.changes {
            change.path = shown(&now, &change.path);
        }
        output.result(&changes.show(self.of.format.view(output.table())));
        for path in &changes.unreadable {
            output.note(&format!(
                "warning: {}: changes of this goal are unknown, because its metadata is invalid in one of the two states",
                shown(&now, path)
            ));
        }
        about_errors(&now, output);
        let of_teams =
            if filter.teams.is_empty() { String::new() } else { format!(" for {}", filter.teams.join(", ")) };
        let slate = &changes.slate;
        output.note(&match changes.changes.len() {
            0 => format!("no changes in {slate}{of_teams} since {since}"),
            number => format!("{} in {slate}{of_teams} since {since}", count(number, "change")),
        });
        goals::forget((before, now, session));
        Ok(if failed || old_failed { FAILED } else { CLEAN })
    }
}

/// Says what the reader of a comparison has to know of the earlier state.
fn about_before(before: &LoadedBefore, since: &str, output: &mut Output) {
    if !before.existed {
        output.remark(format!("the slate did not exist at {since}: all of its goals are new"));
    }
    if !before.settings.is_empty() {
        let files: Vec<String> = before.settings.iter().map(|file| format!("`{file}`")).collect();
        let verb = if files.len() == 1 { "differs" } else { "differ" };
        output.remark(format!(
            "{} {verb} from {since}; both states are read with the current configuration, teams, and people",
            files.join(", ")
        ));
    }
}
