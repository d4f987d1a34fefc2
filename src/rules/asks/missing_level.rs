//! A row of team asks without a support level: it is not yet an ask.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::TableId;
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
    let plans = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks);
    let rows = plans.flat_map(|plan| plan.tasks.iter().map(|task| (plan.table, task)));
    let blank = rows.filter(|(_, task)| {
        task.name.value.is_empty() && !task.owners.value.is_empty() && !goal::is_placeholder_text(&task.owners.value)
    });
    let finding = |(table, task): (TableId, &Task)| {
        let help = format!("add one of {}, or remove the row", crate::policy::config::messages::quoted(&levels));
        Finding::new(task.owners.span, "missing support level: this row is not an ask")
            .help(help)
            .group(format!("{table:?}"))
    };
    blank.map(finding).collect()
}
