//! A row of team asks without a support level: it is not yet an ask.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal, Task};
use crate::model::slate::Slate;
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // Where no row has a level, `missing-ask` speaks.
    if !Slate::may_be_accepted(goal) || goal.asks().next().is_none() {
        return vec![];
    }
    let levels: Vec<&String> = cx.slate.format.levels.keys().collect();
    let rows = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks).flat_map(|plan| &plan.tasks);
    let blank = rows.filter(|task| {
        task.name.value.is_empty() && !task.owners.value.is_empty() && !goal::is_placeholder_text(&task.owners.value)
    });
    let finding = |task: &Task| {
        let help = format!("add one of {}, or remove the row", crate::policy::config::messages::quoted(&levels));
        Finding::new(task.owners.span, "missing support level: this row is not an ask").help(help)
    };
    blank.map(finding).collect()
}
