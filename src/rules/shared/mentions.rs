//! Where the goals of a slate name people, as rules ask for it.

use crate::model::goal::Goal;
use crate::model::mentions::{Mention, mentions_of};
use crate::rules::context::LintContext;

/// Every place in the metadata and the tables of goals where a user is named.
pub(crate) fn mentions<'s>(cx: &LintContext<'s>) -> Vec<Mention<'s>> {
    cx.slate.goals.iter().flat_map(|goal| of_goal(cx, goal)).collect()
}

/// The same for one goal.
pub(crate) fn of_goal<'s>(cx: &LintContext<'s>, goal: &'s Goal) -> Vec<Mention<'s>> {
    mentions_of(cx.slate, goal, cx.owner_cells(goal))
}
