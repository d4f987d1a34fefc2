//! Two teams in a row whose level and champion are those of one.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // Among tasks one ask may be made of several teams.
    if cx.slate.format.badge.is_some() {
        return vec![];
    }
    let several = goal.asks().filter(|(_, ask)| ask.teams.len() > 1);
    let finding = |(_, ask): (&crate::model::goal::Task, &crate::model::goal::TeamAsk)| {
        let second = &ask.teams[1].name;
        if ask.teams[0].name.value == second.value {
            return Finding::new(second.span, format!("repeated team `{}`", second.value)).help("remove it");
        }
        Finding::new(second.span, format!("second team `{}` in this row", second.value))
            .help("add a separate row for each team")
    };
    several.map(finding).collect()
}
