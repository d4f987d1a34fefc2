//! A directive whose table the RFC has already.

use crate::diagnostics::finding::Finding;
use crate::rules::context::LintContext;
use crate::rules::shared::repeated_tables::findings;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    findings(cx, |repeated| !repeated.is_left_out(), "repeated table", "remove one of the two")
}
