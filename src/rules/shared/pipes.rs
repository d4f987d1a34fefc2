//! Pipes at the ends of a row.

use crate::markdown::table::{LIKE_PIPES, Row, Table};
use crate::text::source::Source;

pub(crate) fn starts(row: &str) -> bool {
    row.starts_with('|')
}

/// Whether a row ends with a pipe that is no character of its last cell.
pub(crate) fn ends(row: &str) -> bool {
    let before = row.as_bytes().strip_suffix(b"|");
    before.is_some_and(|before| before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 0)
}

/// Whether a row has a pipe at all.
pub(crate) fn has_pipe(source: &Source, row: &Row) -> bool {
    row.cells.len() > 1 || starts(source.slice(row.span)) || ends(source.slice(row.span))
}

/// Whether a row below the header is the rest of the one above it, which a line end broke in two: no pipe ends the one and none
/// begins the other, or one of the two pipes is there and neither has all cells.
pub(crate) fn is_rest_of_row(source: &Source, table: &Table, at: usize) -> bool {
    let rows = table.body();
    let Some((above, below)) = at.checked_sub(1).and_then(|above| rows.get(above)).zip(rows.get(at)) else {
        return false;
    };
    let (has_end, has_start) = (ends(source.slice(above.span)), starts(source.slice(below.span)));
    let columns = table.header().len();
    let are_short = || above.cells.len() < columns && below.cells.len() < columns;
    let is_torn = !has_end && !has_start || has_end != has_start && are_short();
    let head = source.slice(table.head());
    is_torn && starts(head) && ends(head) && has_pipe(source, above) && has_pipe(source, below)
}

/// The places of characters like pipes in a row, where they were meant to separate its cells: it has too few, and is framed by them or
/// would have enough with them.
pub(crate) fn like_pipes(source: &Source, table: &Table, row: &Row) -> Vec<(usize, char)> {
    let text = source.slice(row.span);
    let columns = table.header().len();
    if row.cells.len() >= columns || text.is_ascii() {
        return vec![];
    }
    let found: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| LIKE_PIPES.contains(c)).collect();
    let is_framed = text.starts_with(LIKE_PIPES) && text.ends_with(LIKE_PIPES);
    let is_row = is_framed || columns > 2 && row.cells.len() + found.len() >= columns;
    if is_row { found } else { vec![] }
}
