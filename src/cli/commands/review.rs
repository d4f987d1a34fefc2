//! `goals review`: all that a team needs to decide about its asks, as one document.

use clap::{Args, ValueEnum};
use goals::{Error, queries};

use crate::cli::answer::{answer, shown};
use crate::cli::args::{AnswerFormat, FilterArgs, Global, SlateArgs};
use crate::cli::output::{Output, count};
use crate::cli::slates::about_errors;

// The arguments of `goals review`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Review {
    /// Team that decides
    #[arg(value_name = "TEAM")]
    pub(crate) team: String,

    /// Directory or period of the slate [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Output format: markdown or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ReviewFormat::Markdown, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: ReviewFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReviewFormat {
    Markdown,
    Json,
}

impl Review {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let of = SlateArgs { slate: self.slate.clone(), period: self.period.clone(), format: AnswerFormat::Markdown };
        let choice = FilterArgs { team: vec![self.team.clone()], ..FilterArgs::default() };
        answer(global, &of, &choice, output, |slate, filter, _, output| {
            let team = filter.teams.first().map(String::as_str).unwrap_or_default();
            let mut review = queries::review(&slate.reading.slate, team);
            review.rename_paths(|path| shown(slate, path));
            output.result(&match self.format {
                ReviewFormat::Markdown => review.markdown(),
                ReviewFormat::Json => review.json(),
            });
            about_errors(slate, output);
            let (asks, goals) = (count(review.asks.len(), "ask"), count(review.goals.len(), "goal"));
            match review.asks.len() {
                0 => format!("no asks for {team} in {}", review.slate),
                _ => format!("{asks} for {team} in {goals} of {}", review.slate),
            }
        })
    }
}
