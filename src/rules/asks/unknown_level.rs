//! A support level that is none.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::rules::shared::proposal::propose;
use crate::text::similarity::find_ignoring_case;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if cx.slate.format.badge.is_some() {
        return vec![];
    }
    // A row without a team is reported by `missing-team`.
    let asks = goal.asks().filter(|(_, ask)| !ask.teams.is_empty()).map(|(task, _)| task);
    let unknown = asks.filter(|task| cx.slate.format.level(&task.name.value).is_none());
    let finding = |task: &crate::model::goal::Task| {
        let name = task.name.value.as_str();
        let known = cx.slate.format.levels.keys().map(String::as_str);
        let fix = find_ignoring_case(name, known.clone()).map(|level| (task.name.span, level.to_owned()));
        Finding::new(task.name.span, format!("unknown support level `{name}`"))
            .help(propose(name.trim_matches(['*', '_', '`']), known))
            .maybe_fix(fix)
    };
    unknown.map(finding).collect()
}
