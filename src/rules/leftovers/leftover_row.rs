//! Rows of tables that are still the template's: those of dots, which say that more may follow, and those of its examples.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Table;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::rules::shared::template_rows::leftover_row;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    // What is left in the metadata is reported by `unfilled-placeholder`.
    let tables = file.document.tables.iter_enumerated().filter(|(table, _)| *table != goal.metadata.table);
    let rows = tables.flat_map(|(_, table)| Table::body(table));
    rows.filter_map(|row| leftover_row(cx.slate, &file.source, row)).collect()
}
