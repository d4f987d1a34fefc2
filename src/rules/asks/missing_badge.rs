//! A row that asks a team and lacks the badge: it would be taken for work by people.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::rules::shared::badges::missing_badges;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    missing_badges(cx.slate, goal)
}
