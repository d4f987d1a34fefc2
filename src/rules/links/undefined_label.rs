//! A reference to a label that nobody defines: the reader sees the brackets.

use crate::diagnostics::finding::Finding;
use crate::model::slate::{File, Slate};
use crate::rules::shared::instructions;
use crate::rules::shared::undefined_labels::judged;

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    let findings = judged(slate, file).iter().map(|(finding, _)| finding.clone()).collect();
    instructions::outside(slate, file, findings)
}
