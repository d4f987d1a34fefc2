//! Two accepted goals with one tracking issue.

use crate::diagnostics::finding::Finding;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::rules::shared::tracking_issues::Issue;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(usize, Finding)> {
    let mut issues = Places::default();
    // Goals that are still proposed may continue one old goal, and get issues of their own once they are accepted.
    for goal in cx.slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted) {
        if let Some(row) = goal.field(Field::TrackingIssue).filter(|row| row.value.value.contains('#')) {
            let value = &row.value.value;
            let name = Issue::of(cx.slate, value).map_or_else(|| value.to_lowercase(), |issue| issue.key());
            issues.add(name, (goal.file, row.value.span));
        }
    }
    let help = "use an issue that tracks only this goal, or create one";
    issues.findings("duplicate tracking issue", help, "also used here")
}
