//! A line that was meant as a heading and is none.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::{MisformattedHeading, misformatted_headings};
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_missing, misformatted};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    // The heading of a required section is reported by `missing-section`.
    let is_missed = |lost: &MisformattedHeading| {
        let meant = cx.slate.format.meant_section(&lost.text);
        meant.is_some_and(|name| is_missing(cx.slate, goal, name))
    };
    let lost = misformatted_headings(&file.source, &file.document, &cx.slate.format).into_iter();
    lost.filter(|lost| !is_missed(lost)).map(|lost| misformatted(&lost)).collect()
}
