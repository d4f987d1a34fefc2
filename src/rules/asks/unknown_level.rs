//! A support level that is none.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::without_format;
use crate::rules::shared::proposal::propose;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if cx.slate.format.badge.is_some() {
        return vec![];
    }
    // A row without a team is reported by `missing-team`, and a level that is right but for the markup by `formatted-value`.
    let asks = goal.asks().filter(|(_, ask)| !ask.teams.is_empty()).map(|(task, _)| task);
    let unknown = asks.filter(|task| cx.slate.format.level(without_format(&task.name.value)).is_none());
    let finding = |task: &crate::model::goal::Task| {
        let name = task.name.value.as_str();
        let known = cx.slate.format.levels.keys().map(String::as_str);
        Finding::new(task.name.span, format!("unknown support level `{name}`"))
            .help(propose(name.trim_matches(['*', '_', '`']), known))
    };
    let mut findings: Vec<Finding> = unknown.map(finding).collect();
    findings.extend(levels_in_code(cx, goal));
    findings
}

/// A level in code is shown, but is no value: the row would be no ask.
fn levels_in_code(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let source = &cx.slate.file_of(goal).source;
    let plans = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks);
    let without = plans.flat_map(|plan| &plan.tasks).filter(|task| task.name.value.is_empty());
    let level = |task: &crate::model::goal::Task| source.slice(task.name.span).trim_matches(['`', ' ']);
    // One that is right but for the code is reported by `formatted-value`.
    let in_code = without.filter(|task| source.slice(task.name.span).starts_with('`'));
    let in_code = in_code.filter(|task| cx.slate.format.level(level(task)).is_none());
    let finding = |task: &crate::model::goal::Task| {
        Finding::new(task.name.span, "support level in code is not read: this row is not an ask")
            .help("remove the backticks")
    };
    in_code.map(finding).collect()
}
