//! A team without brackets.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TeamName};
use crate::rules::context::LintContext;

pub(crate) fn check(_: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let asks = goal.asks().map(|(_, ask)| ask);
    let bare = asks.flat_map(|ask| &ask.teams).filter(|team| !team.bracketed);
    let finding = |team: &TeamName| {
        let name = &team.name.value;
        Finding::new(team.name.span, format!("missing brackets around team `{name}`"))
            .help(format!("use `[{name}]`"))
            .fix(team.name.span, format!("[{name}]"))
    };
    bare.map(finding).collect()
}
