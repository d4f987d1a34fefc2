//! Two accepted goals with one tracking issue.

use crate::diagnostics::finding::Finding;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::rules::shared::tracking_issues;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut issues = Places::default();
    // Goals that are still proposed may continue one old goal, and get issues of their own once they are accepted.
    for goal in cx.slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted) {
        let Some(row) = goal.field(Field::TrackingIssue) else { continue };
        // However it is written.
        let value = row.value.value.as_str();
        let issue = tracking_issues::repair(value).unwrap_or_else(|| value.to_owned());
        if issue.contains('#') {
            issues.add(issue.to_lowercase(), (goal.file, row.value.span));
        }
    }
    let help = "use an issue that tracks only this goal, or create one";
    issues.findings("duplicate tracking issue", help, "also used here")
}
