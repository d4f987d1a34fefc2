//! A tracking issue of another repository than the goals', in a goal that is not accepted.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::policy::format::Stage;
use crate::rules::context::LintContext;
use crate::rules::shared::tracking_issues::foreign;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // The tables show the issue of an accepted goal, so a wrong one is an error there: `malformed-tracking-issue`.
    if goal.stage() == Stage::Accepted { vec![] } else { foreign(cx.slate, goal).into_iter().collect() }
}
