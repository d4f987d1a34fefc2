//! A reference to an undefined label: the reader sees the brackets.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::rules::shared::undefined_labels::judged;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let findings = judged(cx, file).iter().map(|(finding, _)| finding.clone()).collect();
    instructions::outside(cx.slate, file, findings)
}
