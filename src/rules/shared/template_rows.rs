//! Rows that are still the template's.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Row;
use crate::model::goal;
use crate::model::slate::Slate;
use crate::text::source::Source;

/// Whoever goes through the rows of the template goes through all of them.
const LEFT: &str = "";

/// Whether a row is still the template's, so that no cell of it is a mistake of its own.
pub(crate) fn is_leftover(slate: &Slate, source: &Source, row: &Row) -> bool {
    leftover_row(slate, source, row).is_some()
}

pub(crate) fn leftover_row(slate: &Slate, source: &Source, row: &Row) -> Option<Finding> {
    if goal::is_placeholder_row(row.cells.iter().map(|cell| source.slice(*cell))) {
        return Some(Finding::new(row.span, "row of dots").help("fill it in, or remove it").group(LEFT));
    }
    let first = *row.cells.first()?;
    let is_example = slate.goal_template.as_ref()?.placeholders.contains(source.slice(first));
    let finding =
        || Finding::new(first, "leftover template row").help("replace it with your own row, or remove it").group(LEFT);
    is_example.then(finding)
}
