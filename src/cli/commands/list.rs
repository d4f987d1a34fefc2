//! `goals list`: the goals of a slate.

use clap::{ArgAction, Args, ValueEnum};
use goals::queries::{Filter, Missing};
use goals::{Error, queries};

use crate::cli::answer::{answer, shown};
use crate::cli::args::{FilterArgs, Global, SlateArgs};
use crate::cli::output::{Output, count};

// The arguments of `goals list`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) of: SlateArgs,

    #[command(flatten)]
    pub(crate) choice: FilterArgs,

    /// Only goals that lack something of a team: a champion, or an answer to what it is asked for. Can be repeated
    #[arg(long, value_name = "WHAT", value_enum, action = ArgAction::Append, hide_possible_values = true)]
    pub(crate) missing: Vec<Lacking>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Lacking {
    Champion,
    Answer,
}

impl List {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        answer(global, &self.of, &self.choice, output, |slate, filter, view, output| {
            let missing = self.missing.iter().map(|missing| match missing {
                Lacking::Champion => Missing::Champion,
                Lacking::Answer => Missing::Answer,
            });
            let filter = Filter { missing: missing.collect(), ..filter.clone() };
            let mut list = queries::goals(&slate.reading.slate, &filter);
            for goal in &mut list.goals {
                goal.path = shown(slate, &goal.path);
            }
            output.result(&if self.missing.is_empty() { list.show(view) } else { list.show_lacking(view) });
            let number = count(list.goals.len(), "goal");
            match slate.counts().goals {
                _ if list.goals.is_empty() => format!("no matching goals in {}", list.slate),
                all if all == list.goals.len() => format!("{number} of {}", list.slate),
                all => format!("{} of {} of {}", list.goals.len(), count(all, "goal"), list.slate),
            }
        })
    }
}
