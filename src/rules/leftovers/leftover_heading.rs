//! Headings of the template that are placeholders for the author's own.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::goal_template::is_leftover_heading;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let headings = cx.slate.file_of(goal).document.headings.iter().filter(|heading| !heading.nested);
    let left = headings.filter(|heading| is_leftover_heading(cx.slate.goal_template.as_deref(), heading));
    left.map(|heading| {
        Finding::new(heading.content, "leftover template heading")
            .help("replace it with your own heading, or remove it along with its content")
    })
    .collect()
}
