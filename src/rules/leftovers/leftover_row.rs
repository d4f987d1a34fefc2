//! Rows of tables that are still the template's: those of dots, which say that more may follow, and those of its examples.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::{Row, Table};
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::text::source::Source;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    // What is left in the metadata is reported by `unfilled-placeholder`.
    let tables = file.document.tables.iter().enumerate().filter(|(index, _)| *index != goal.metadata.table);
    let rows = tables.flat_map(|(_, table)| Table::body(table));
    rows.filter_map(|row| judge(slate, &file.source, row)).collect()
}

/// Whether a row is still the template's, so that no cell of it is a mistake of its own.
pub(crate) fn is_leftover(slate: &Slate, source: &Source, row: &Row) -> bool {
    judge(slate, source, row).is_some()
}

fn judge(slate: &Slate, source: &Source, row: &Row) -> Option<Finding> {
    if goal::is_filler_row(row.cells.iter().map(|cell| source.slice(*cell))) {
        return Some(Finding::new(row.span, "row of dots").help("fill it in, or remove it"));
    }
    let first = *row.cells.first()?;
    let is_example = slate.goal_template.as_ref()?.placeholders.contains(source.slice(first));
    is_example.then(|| Finding::new(first, "leftover template row").help("replace it with your own row, or remove it"))
}
