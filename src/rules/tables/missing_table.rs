//! A section that must have a table and has none.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::text::ids::each;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let document = &file.document;
    let mut findings = Vec::new();
    // A missing section is reported by `missing-section`.
    for (section, table) in goal::sections_with_tables(document, &cx.slate.format) {
        let below = goal::headings_below(document, section);
        let mut headings = std::iter::once(section).chain(each(below.clone()));
        let has_table = headings.any(|heading| goal::tables_under(document, heading).next().is_some());
        // A table that is none is `broken-table`'s.
        let heading = &document.headings[section];
        let end = document.headings.get(below.end).map_or(u32::MAX, |next| next.span.start);
        let has_loose_rows = || !goal::loose_rows(&file.source, document, heading.span.end..end).is_empty();
        if has_table || !Slate::requires(table.required, goal, || false) || has_loose_rows() {
            continue;
        }
        let header = table.header.join(" | ");
        findings.push(
            Finding::new(heading.content, format!("missing table in section `{}`", heading.text))
                .help(format!("add a table with the header `| {header} |`")),
        );
    }
    findings
}
