//! Rows that ask a team and lack the badge.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::{Bracket, brackets};
use crate::model::goal::{Goal, Task};
use crate::model::slate::Slate;
use crate::policy::format::TableKind;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

/// The rows of a goal that ask a team and lack the badge.
pub(crate) fn missing_badges(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let Some(badge) = &slate.format.badge else { return vec![] };
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let tasks = goal.plans.iter().filter(|plan| plan.holds == TableKind::TasksAndAsks).flat_map(|plan| &plan.tasks);
    tasks.filter(|task| task.ask.is_none()).filter_map(|task| missing_badge(slate, badge, task)).collect()
}

fn missing_badge(slate: &Slate, badge: &str, task: &Task) -> Option<Finding> {
    // The cells are swapped, or a pipe between them is missing: then nobody is asked.
    let in_name = brackets(&task.name.value);
    let badge_in_name =
        in_name.iter().find(|one| one.image && task.name.value[one.text.clone()].eq_ignore_ascii_case(badge));
    if badge_in_name.is_some() {
        let finding = Finding::new(task.name.span, "the badge is in the first column: this ask is not read");
        return Some(
            finding.help(format!("put the ask into the first column, and `![{badge}][] [team]` into the second")),
        );
    }
    let owners = &task.owners.value;
    let found = brackets(owners);
    let text = |bracket: &Bracket| &owners[bracket.text.clone()];
    let is_team = |bracket: &&Bracket| !bracket.image && slate.roster.team(text(bracket)).is_some();
    let has_team = found.iter().any(|bracket| is_team(&bracket));
    let is_ask = is_ask(slate, task);
    // Something like the badge, or an ask and a team in one row, can have been meant as nothing else.
    let near = found.iter().find(|bracket| {
        let text = text(bracket).trim();
        !is_team(bracket) && (did_you_mean(text, [badge]).is_some() || text.strip_suffix('s') == Some(badge))
    });
    if !(near.is_some() && (has_team || is_ask)) && !(has_team && is_ask) {
        return None;
    }
    let finding = match near {
        Some(bracket) if task.owners.span.range().len() == owners.len() => {
            let span = task.owners.span.part(bracket.whole.clone());
            let finding = Finding::new(span, format!("malformed badge: without `![{badge}][]` this row is not an ask"));
            // That the goal asks nobody is said for no other reason.
            finding.meant(span, format!("![{badge}][]"))
        }
        _ => Finding::new(task.owners.span, format!("missing `![{badge}][]`: this ask is read as the team's own work")),
    };
    let teams: Vec<String> = found.iter().filter(is_team).map(|bracket| format!("[{}]", text(bracket))).collect();
    let teams = if teams.is_empty() { "[team]".to_owned() } else { teams.join(", ") };
    Some(finding.help(format!("use `![{badge}][] {teams}`")))
}

/// Whether a row is called like an ask.
pub(crate) fn is_ask(slate: &Slate, task: &Task) -> bool {
    find_ignoring_case(&task.name.value, slate.format.asks.keys().map(String::as_str)).is_some()
}
