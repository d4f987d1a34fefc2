//! The heading of a section under a name that is not quite its own.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_absent, is_missing, meant_as, misspelt};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let absent = cx.slate.format.sections.iter().filter(|(name, _)| is_absent(file, name));
    // Where tables are read, it is reported by `missing-section`.
    let absent = absent.filter(|(name, section)| section.table.is_none() && !is_missing(cx.slate, goal, name));
    let found = absent.filter_map(|(name, _)| Some((meant_as(cx, file, name)?, name)));
    found.map(|(heading, name)| misspelt(file, heading, name)).collect()
}
