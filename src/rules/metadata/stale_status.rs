//! A goal that is still proposed when its slate has been decided.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(usize, Finding)> {
    let stages = || cx.slate.goals.iter().map(Goal::stage);
    let accepted = stages().filter(|stage| *stage == Stage::Accepted).count();
    let open = stages().filter(|stage| *stage == Stage::Proposed).count();
    // A slate is decided as a whole. A few goals may have been decided before that; most are updated later.
    if accepted <= open {
        return vec![];
    }
    cx.slate.goals.iter().filter_map(|goal| Some((goal.file, judge(cx.slate, goal, accepted)?))).collect()
}

fn judge(slate: &Slate, goal: &Goal, accepted: usize) -> Option<Finding> {
    // A status that cannot be read is reported by `unknown-status`.
    let status = goal.status.as_ref().filter(|status| status.stage == Stage::Proposed)?;
    let row = goal.field(Field::Status)?;
    let of_stage = |stage| slate.format.statuses.iter().filter(move |(_, other)| other.stage == stage && !other.later);
    let is_alike = |flagship: bool, needs_owner: bool| (flagship, needs_owner) == (status.flagship, status.needs_owner);
    let like_it = of_stage(Stage::Accepted).find(|(_, other)| is_alike(other.flagship, other.needs_owner));
    let yes = like_it.or_else(|| of_stage(Stage::Accepted).next()).map(|(name, _)| name);
    let no = of_stage(Stage::NotAccepted).next().map(|(name, _)| name);
    let choice: Vec<String> = yes.into_iter().chain(no).map(|name| format!("`{name}`")).collect();
    let message = format!("{accepted} goals of this slate are accepted, but this one is still `{}`", row.value.value);
    let finding = Finding::new(row.value.span, message).help(format!("use {}", choice.join(" or ")));
    let issue = goal.field(Field::TrackingIssue).filter(|row| !row.value.value.is_empty());
    Some(match issue {
        Some(issue) => finding.related(goal.file, issue.value.span, "has a tracking issue"),
        None => finding,
    })
}
