//! A row that names nothing but teams and has no badge: most likely an ask.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::model::goal::{Goal, Task};
use crate::model::slate::Slate;
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::rules::shared::badges::is_ask;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let Some(badge) = &cx.slate.format.badge else { return vec![] };
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let tasks = goal.plans.iter().filter(|plan| plan.holds == TableKind::TasksAndAsks).flat_map(|plan| &plan.tasks);
    // What is called like an ask is one for certain: `missing-badge`.
    let tasks = tasks.filter(|task| task.ask.is_none() && !is_ask(cx.slate, task));
    let finding = |task: &Task| {
        let owners = &task.owners.value;
        Finding::new(
            task.owners.span,
            format!("missing `![{badge}][]`: this row is read as the team's own work, not as an ask"),
        )
        .help(format!("use `![{badge}][] {owners}` to ask the team, or name the people who do the work"))
    };
    tasks.filter(|task| has_only_teams(cx.slate, &task.owners.value)).map(finding).collect()
}

fn has_only_teams(slate: &Slate, owners: &str) -> bool {
    let found = brackets(owners);
    let mut rest = 0..0;
    let mut between = String::new();
    for bracket in &found {
        between.push_str(&owners[rest.end..bracket.whole.start]);
        rest = bracket.whole.clone();
    }
    between.push_str(&owners[rest.end..]);
    let is_team = |at: std::ops::Range<usize>| slate.roster.team(&owners[at]).is_some();
    let all_teams = found.iter().all(|bracket| !bracket.image && is_team(bracket.text.clone()));
    !found.is_empty() && all_teams && between.chars().all(|c| c.is_whitespace() || matches!(c, ',' | '&' | ';' | '/'))
}
