//! Table rows, split by ourselves: comrak drops surplus cells and invents missing ones.

use memchr::memchr2;

use crate::text::source::Span;

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// From the header's first byte to the end of the last row.
    pub span: Span,
    /// The delimiter row.
    pub delimiter: Span,
    /// The header and the rows below it; the delimiter row is none of them.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The row, with its outer pipes.
    pub span: Span,
    /// Its cells, each without the whitespace around it; an empty cell is an empty span inside it.
    pub cells: Vec<Span>,
}

impl Table {
    /// The header row; the whole table where there is none, which comrak never makes.
    pub fn head(&self) -> Span {
        self.rows.first().map_or(self.span, |row| row.span)
    }

    /// The header's cells.
    pub fn header(&self) -> &[Span] {
        self.rows.first().map_or(&[], |row| &row.cells)
    }

    /// The rows below the header.
    pub fn body(&self) -> &[Row] {
        self.rows.get(1..).unwrap_or_default()
    }
}

/// Characters that look like a pipe and are none; the first is that of Chinese and Japanese keyboards.
pub(crate) const LIKE_PIPES: [char; 5] = ['\u{ff5c}', '\u{2502}', '\u{2223}', '\u{2758}', '\u{ffe8}'];

/// Splits a row at its pipes. `\|` is a character, and so is a pipe after any other escape (GFM 4.10).
pub(crate) fn split_cells(row: &str, span: Span) -> Vec<Span> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut start = usize::from(bytes.first() == Some(&b'|'));
    let mut at = start;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr2(b'\\', b'|', rest)) {
        at += next;
        if bytes[at] == b'|' {
            cells.push(cell(row, start..at, span));
            start = at + 1;
            at += 1;
        } else {
            at += 2;
        }
    }
    if start < bytes.len() {
        cells.push(cell(row, start..bytes.len(), span));
    }
    cells
}

fn cell(row: &str, range: std::ops::Range<usize>, span: Span) -> Span {
    let text = row.get(range.clone()).unwrap_or_default();
    // Nearly all that is around a cell is blanks, which cost less to see as bytes.
    let begun = text.trim_ascii_start().trim_start();
    let trimmed = begun.trim_ascii_end().trim_end();
    if trimmed.is_empty() {
        // In the middle, so that a mark under it is inside the cell.
        let middle = range.start + text.len() / 2;
        return span.part(middle..middle);
    }
    let start = range.start + (text.len() - begun.len());
    span.part(start..start + trimmed.len())
}

/// Whether a line has the shape of a table's delimiter row.
pub(crate) fn is_delimiter_row(line: &str) -> bool {
    let line = line.trim();
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    // Nearly every other line begins otherwise.
    inner.trim_start().starts_with([':', '-'])
        && line.contains('|')
        && line.contains('-')
        && inner.split('|').all(|cell| {
            let cell = cell.trim();
            let cell = cell.strip_prefix(':').unwrap_or(cell);
            let cell = cell.strip_suffix(':').unwrap_or(cell);
            !cell.is_empty() && cell.bytes().all(|byte| byte == b'-')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &str) -> Vec<&str> {
        split_cells(row, Span::new(0..row.len())).into_iter().map(|span| &row[span.range()]).collect()
    }

    #[test]
    fn pipes_divide_unless_escaped() {
        assert_eq!(cells("| a | `b\\|c` || d |"), ["a", "`b\\|c`", "", "d"]);
        assert_eq!(cells("a | b"), ["a", "b"]);
        assert_eq!(cells("| a | b"), ["a", "b"]);
        assert_eq!(cells("| a \\"), ["a \\"]);
        assert_eq!(cells("|"), [""; 0]);
    }

    #[test]
    fn delimiter_rows_have_dashes_in_each_cell() {
        assert!(is_delimiter_row("|:--|---|"));
        assert!(is_delimiter_row("--- | :-:"));
        assert!(!is_delimiter_row("| a | --- |"));
        assert!(!is_delimiter_row("---"));
        assert!(!is_delimiter_row("|   |---|"));
    }
}
