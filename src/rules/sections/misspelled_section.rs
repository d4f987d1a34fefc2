//! The heading of a section under a name that is not quite its own.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::policy::format::SectionFormat;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_absent, is_missing, meant_as, misspelt};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let absent = cx.slate.format.sections.iter().filter(|(name, _)| is_absent(file, name));
    // Where tables are read, it is reported by `missing-section`.
    let absent = absent.filter(|(name, section)| section.table.is_none() && !is_missing(cx.slate, goal, name));
    let found = absent.filter_map(|(name, section)| Some((meant_as(cx, file, name)?, name, section)));
    let found = found.filter(|(heading, name, section)| !is_as_good(&heading.text, name, section));
    found.map(|(heading, name, _)| misspelt(file, heading, name)).collect()
}

/// Whether readers know a section by another name as well as by its own: in other letter case, or by a short form. Where something
/// is read from it, only its own counts.
fn is_as_good(written: &str, name: &str, section: &SectionFormat) -> bool {
    let written = written.split(" (").next().unwrap_or(written).trim_end_matches([':', '.']);
    let is_it = |other: &str| other.eq_ignore_ascii_case(written);
    section.field.is_none() && (is_it(name) || section.not.iter().any(|other| is_it(other)))
}
