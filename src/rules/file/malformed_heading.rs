//! A line that was meant as a heading and is none.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::{LostHeading, lost_headings};
use crate::model::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    // The heading of a required section is reported by `missing-section`.
    let is_missed = |lost: &LostHeading| {
        let meant = slate.format.meant_section(&lost.text);
        meant.is_some_and(|name| crate::rules::sections::missing_section::is_missing(slate, goal, name))
    };
    let lost = lost_headings(&file.source, &file.document, &slate.format).into_iter();
    lost.filter(|lost| !is_missed(lost)).map(|lost| finding(&lost)).collect()
}

/// What is wrong with such a line, and how to fix it.
pub(crate) fn finding(lost: &LostHeading) -> Finding {
    Finding::new(lost.span, format!("this line is not a heading; expected `{}`", lost.text))
        .help(format!("use `{}`, with a blank line before and after it", lost.proper))
        .fix(lost.span, lost.proper.clone())
}
