//! Pipes at the ends of a row.

use crate::markdown::table::Row;
use crate::text::source::Source;

pub(crate) fn starts(row: &str) -> bool {
    row.starts_with('|')
}

/// Whether a row ends with a pipe that is no character of its last cell.
pub(crate) fn ends(row: &str) -> bool {
    let escapes = row.strip_suffix('|').map(|rest| rest.len() - rest.trim_end_matches('\\').len());
    escapes.is_some_and(|escapes| escapes % 2 == 0)
}

/// Whether a row has a pipe at all.
pub(crate) fn has_pipe(source: &Source, row: &Row) -> bool {
    row.cells.len() > 1 || starts(source.slice(row.span)) || ends(source.slice(row.span))
}
