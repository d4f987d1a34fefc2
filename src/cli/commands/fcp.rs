//! `goals fcp`: the comment that asks the members of each team for their vote, and who has not voted yet.

use std::path::{Path, PathBuf};

use clap::Args;
use goals::queries::{VoteComment, Voter};
use goals::{Error, OsTree, Tree, queries};

use crate::cli::answer::answer;
use crate::cli::args::{AnswerFormat, FilterArgs, Global, SlateArgs};
use crate::cli::output::{Output, count};
use crate::cli::slates::about_errors;

// The arguments of `goals fcp`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Fcp {
    /// Directory or period of the slate [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Read the comment back from FILE and list who has not voted
    #[arg(long, value_name = "FILE")]
    pub(crate) done: Option<PathBuf>,

    /// Output format: table, json, csv, or markdown [default: markdown, with `--done` table]
    #[arg(long, value_name = "FORMAT", value_enum, hide_possible_values = true)]
    pub(crate) format: Option<AnswerFormat>,
}

impl Fcp {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let comment = self.done.as_ref().map(|path| read(path)).transpose()?;
        let default = if comment.is_some() { AnswerFormat::Table } else { AnswerFormat::Markdown };
        let format = self.format.unwrap_or(default);
        let of = SlateArgs { slate: self.slate.clone(), period: self.period.clone(), format };
        answer(global, &of, &FilterArgs::default(), output, |slate, _, view, output| {
            about_errors(slate, output);
            let mut votes = queries::votes(&slate.reading.slate);
            for team in votes.teams.iter().filter(|team| team.members.is_empty()) {
                let why = if team.known { "has no members in the roster" } else { "is unknown" };
                output.note(&format!("warning: the team `{}` {why}: nobody can vote for it", team.team));
            }
            let members: usize = votes.teams.iter().map(|team| team.members.len()).sum();
            let teams = count(votes.teams.len(), "team");
            let Some(comment) = &comment else {
                output.result(&votes.show(view));
                return format!("{} of {teams} vote on {}", count(members, "member"), votes.slate);
            };
            let uncounted = votes.count(comment);
            output.result(&votes.show_open(view));
            let people = [
                (&uncounted.unlisted, "not in the comment, counted as missing"),
                (&uncounted.strangers, "in the comment, but not a member of a team that votes"),
            ];
            for (people, what) in people.into_iter().filter(|(people, _)| !people.is_empty()) {
                output.note(&format!("note: {what}: {}", people.join(", ")));
            }
            let voted = |is_wanted: fn(&Voter) -> bool| {
                let wanted = || votes.teams.iter().flat_map(|team| &team.members).filter(|voter| is_wanted(voter));
                format!("{} of {}", wanted().filter(|voter| voter.voted == Some(true)).count(), wanted().count())
            };
            let (all, required) = (voted(|_| true), voted(|voter| voter.required));
            format!("{all} members have voted on {}, {required} leads", votes.slate)
        })
    }
}

/// Reads the comment.
fn read(path: &Path) -> Result<VoteComment, Error> {
    let bytes = OsTree.read(path)?;
    VoteComment::parse(&String::from_utf8_lossy(&bytes))
}
