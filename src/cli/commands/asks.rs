//! `goals asks`: what is asked of whom, with totals.

use clap::{Args, ValueEnum};
use goals::output::answers::TotalsKind;
use goals::{Error, queries};

use crate::cli::answer::{answer, shown};
use crate::cli::args::{FilterArgs, Global, SlateArgs};
use crate::cli::output::{Output, count};

// The arguments of `goals asks`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Asks {
    #[command(flatten)]
    pub(crate) of: SlateArgs,

    #[command(flatten)]
    pub(crate) choice: FilterArgs,

    /// Show only the totals: per team, champion, or person (teams, champions, people)
    #[arg(long, value_name = "OF", value_enum, hide_possible_values = true)]
    pub(crate) totals: Option<TotalsOf>,

    /// Show goals by teams: the champion, `!` where a team has none, `-` where it is not asked
    #[arg(long, conflicts_with = "totals")]
    pub(crate) matrix: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TotalsOf {
    Teams,
    Champions,
    People,
}

impl Asks {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let part = self.totals.map(|of| match of {
            TotalsOf::Teams => TotalsKind::Teams,
            TotalsOf::Champions => TotalsKind::Champions,
            TotalsOf::People => TotalsKind::People,
        });
        answer(global, &self.of, &self.choice, output, |slate, filter, view, output| {
            let mut asks = queries::asks(&slate.reading.slate, filter);
            if self.matrix {
                let mut matrix = queries::matrix(&slate.reading.slate, filter);
                matrix.goals.iter_mut().for_each(|goal| goal.path = shown(slate, &goal.path));
                output.result(&matrix.show(view));
            } else {
                asks.asks.iter_mut().for_each(|ask| ask.path = shown(slate, &ask.path));
                asks.unanswered.iter_mut().for_each(|one| one.path = shown(slate, &one.path));
                output.result(&asks.show(view, part));
            }
            let goals = &slate.reading.slate.goals;
            let left_out = match goals.iter().filter(|goal| goal.is_not_accepted()).count() {
                number if number > 0 && filter.statuses.is_empty() => {
                    format!("; {} omitted (not accepted)", count(number, "goal"))
                }
                _ => String::new(),
            };
            if asks.asks.is_empty() {
                return format!("no matching asks in {}{left_out}", asks.slate);
            }
            let (number, teams) = (count(asks.asks.len(), "ask"), count(asks.totals.teams.len(), "team"));
            format!("{number} of {teams} in {}{left_out}", asks.slate)
        })
    }
}
