//! A row that asks a team and lacks the badge: it would be taken for work by people.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::rules::shared::badges::missing_badges;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    missing_badges(slate, goal)
}
