//! A status that the goals process does not know.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::nearest::same;
use crate::period::Fact;
use crate::rule::propose;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    // A missing row is `missing-row`'s business.
    let Some(row) = goal.fact(Fact::Status).filter(|_| goal.status.is_none()) else { return vec![] };
    let known = slate.format.statuses.iter().filter(|(_, status)| !status.later).map(|(name, _)| name.as_str());
    let value = row.value.value.as_str();
    // The words of the template are `unfilled-placeholder`'s business.
    if goal::is_placeholder(value) {
        return vec![];
    }
    let (span, message) = match value {
        "" => (row.span, format!("the row `{}` is empty", row.name.value)),
        _ => (row.value.span, format!("no status is called `{value}`")),
    };
    let fix = same(value, known.clone()).map(|name| (row.value.span, name.to_owned()));
    vec![Finding::new(span, message).help(propose(value, known)).maybe_fix(fix)]
}
