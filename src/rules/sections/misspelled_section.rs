//! The heading of a section under a name that is not quite its own.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let absent = slate.format.sections.iter().filter(|(name, _)| super::missing_section::is_absent(file, name));
    // Where tables are read, it is reported by `missing-section`.
    let absent = absent
        .filter(|(name, section)| section.table.is_none() && !super::missing_section::is_missing(slate, goal, name));
    let found = absent.filter_map(|(name, _)| Some((super::missing_section::meant_as(slate, file, name)?, name)));
    found.map(|(heading, name)| super::missing_section::misspelt(file, heading, name)).collect()
}
