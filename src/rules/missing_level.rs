//! A row of team asks without a support level: it is not yet an ask.

use crate::finding::Finding;
use crate::goal::Goal;
use crate::period::Holds;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let levels: Vec<&String> = slate.format.levels.keys().collect();
    let rows = goal.plans.iter().filter(|plan| plan.holds == Holds::Asks).flat_map(|plan| &plan.tasks);
    let blank = rows.filter(|task| task.name.value.is_empty() && !task.owners.value.is_empty());
    let finding = |task: &crate::goal::Task| {
        Finding::new(task.owners.span, "no support level is said, so this is not yet an ask")
            .help(format!("write one of {}", crate::config::quoted(&levels)))
    };
    blank.map(finding).collect()
}
