//! A table that the RFC has so often that it is left out.

use crate::diagnostics::finding::Finding;
use crate::model::repeated_tables::{MOST, Repeated};
use crate::rules::context::LintContext;
use crate::rules::shared::repeated_tables::findings;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let help = format!("remove it: a table is in an RFC at most {MOST} times");
    let mut found = findings(cx, Repeated::is_left_out, "too many tables", &help);
    // One says it all.
    found.truncate(1);
    found
}
