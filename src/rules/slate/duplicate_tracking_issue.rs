//! Two accepted goals with one tracking issue.

use crate::diagnostics::finding::Finding;
use crate::model::tracking_issue::Issue;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut issues = Places::default();
    // Goals that are still proposed may continue one old goal, and get issues of their own once they are accepted.
    for goal in cx.slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted) {
        let Some(row) = goal.field(Field::TrackingIssue) else { continue };
        // However it is written, and whatever its repository was called then.
        let value = row.value.value.as_str();
        if let Some(issue) = Issue::of(cx.slate, value) {
            issues.add(issue.key(), (goal.file, row.value.span));
        } else if value.contains('#') {
            issues.add(value.to_lowercase(), (goal.file, row.value.span));
        }
    }
    let help = "use an issue that tracks only this goal, or create one";
    issues.findings("duplicate tracking issue", help, "also used here")
}
