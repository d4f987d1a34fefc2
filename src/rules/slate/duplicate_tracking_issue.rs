//! Two accepted goals with one tracking issue.

use crate::diagnostics::finding::Finding;
use crate::policy::format::{Fact, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(usize, Finding)> {
    let mut issues = Places::default();
    // Goals that are still proposed may continue one old goal, and get issues of their own once they are accepted.
    for goal in cx.slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted) {
        if let Some(row) = goal.fact(Fact::TrackingIssue).filter(|row| row.value.value.contains('#')) {
            issues.add(row.value.value.to_lowercase(), (goal.file, row.value.span));
        }
    }
    let help = "write the issue that tracks this goal alone, or open one";
    issues.findings("another goal has this tracking issue", help, "the other goal")
}
