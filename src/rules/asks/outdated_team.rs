//! A team that has another name today, or is no more. In a period that is over it was right at its time.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TeamName};
use crate::model::slate::Slate;
use crate::policy::roster::Known;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if cx.slate.is_closed {
        return vec![];
    }
    let asks = goal.asks().map(|(_, ask)| ask);
    asks.flat_map(|ask| &ask.teams).filter_map(|team| judge(cx.slate, team)).collect()
}

fn judge(slate: &Slate, team: &TeamName) -> Option<Finding> {
    let name = &team.name.value;
    match slate.roster.team(name)? {
        Known::Team(_) => None,
        Known::Archived(_) => Some(
            Finding::new(team.name.span, format!("team `{name}` has been archived"))
                .help("ask the team that does its work now"),
        ),
        Known::Renamed { today } => Some(
            Finding::new(team.name.span, format!("team `{name}` has been renamed to `{today}`"))
                .help(format!("use `[{today}]`"))
                .fix(team.name.span, today),
        ),
        // The author may ask that team already, and for something else.
        Known::Merged { into, .. } => Some(
            Finding::new(team.name.span, format!("team `{name}` has been merged into `{into}`"))
                .help(format!("ask `[{into}]` instead")),
        ),
    }
}
