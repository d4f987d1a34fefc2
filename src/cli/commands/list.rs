//! `goals list`: the goals of a slate.

use clap::Args;
use goals::{Error, queries};

use crate::cli::answer::{answer, shown};
use crate::cli::args::{FilterArgs, Global, SlateArgs};
use crate::cli::output::{Output, count};

/// The arguments of `goals list`.
#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) of: SlateArgs,

    #[command(flatten)]
    pub(crate) choice: FilterArgs,
}

impl List {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        answer(global, &self.of, &self.choice, output, |slate, filter, view, output| {
            let mut list = queries::goals(&slate.reading.slate, filter);
            for goal in &mut list.goals {
                goal.path = shown(slate, &goal.path);
            }
            output.result(&list.show(view));
            let number = count(list.goals.len(), "goal");
            match slate.counts().goals {
                _ if list.goals.is_empty() => format!("no matching goals in {}", list.slate),
                all if all == list.goals.len() => format!("{number} of {}", list.slate),
                all => format!("{} of {} of {}", list.goals.len(), count(all, "goal"), list.slate),
            }
        })
    }
}
