//! Tables that a list item, a quotation or HTML on the next line ends, and their rows below it: Markdown takes these for the rest
//! of what ended the table.

use crate::markdown::document::{Block, BlockKind, Document};
use crate::markdown::table::{Table, split_cells};
use crate::text::source::{Source, Span};

/// A table that ends in its midst.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interruption {
    /// What ended the table.
    pub(crate) kind: BlockKind,
    /// The lines of that, up to the first row.
    pub(crate) lines: Span,
    /// The rows below it, whole lines without the last line end.
    pub(crate) rows: Span,
}

/// The interrupted tables of a document, in its order.
pub(crate) fn interruptions(source: &Source, document: &Document) -> Vec<Interruption> {
    document.tables.iter().filter_map(|table| interruption(source, document, table)).collect()
}

fn interruption(source: &Source, document: &Document, table: &Table) -> Option<Interruption> {
    let head = source.slice(table.head());
    let last = table.rows.last().map_or(table.delimiter, |row| row.span);
    let next = source.line_index(last.end.max(table.delimiter.end) as usize) + 1;
    let block = block_on_line(source, document, next)?;
    let end = source.line_index(block.span.end.saturating_sub(1).max(block.span.start) as usize);
    let inside = |line: Span| source.slice(line).trim_start_matches(['>', ' ', '\t']).trim_end();
    let is_row = |line: &Span| {
        let text = inside(*line);
        // Where the header has no pipe at its start, other rows need none.
        let is_bare = || !head.starts_with('|') && text.contains('|');
        let columns = || split_cells(text, Span::new(0..text.len())).len();
        text.starts_with('|') && text.len() > 1 || is_bare() && columns() == table.header().len()
    };
    let lines = (next + 1..=end).map(|line| source.line_span(line)).take_while(|line| !inside(*line).is_empty());
    let mut rows = lines.skip_while(|line| !is_row(line) || is_elsewhere(document, *line));
    let first = rows.next()?;
    let last = rows.take_while(is_row).last().unwrap_or(first);
    let lines = Span { start: source.line_span(next).start, end: first.start };
    Some(Interruption { kind: block.kind, lines, rows: Span { start: first.start, end: last.end } })
}

/// Whether a line is in a table of its own, or begins in code or a comment.
fn is_elsewhere(document: &Document, line: Span) -> bool {
    let holds = |part: Option<Span>| part.is_some_and(|part| line.start < part.end);
    let codes = document.codes.partition_point(|code| code.start <= line.start);
    let comments = document.comments.partition_point(|comment| comment.span.start <= line.start);
    let tables = &document.tables.raw;
    let above = tables.partition_point(|table| table.span.start < line.end);
    holds(codes.checked_sub(1).map(|at| document.codes[at]))
        || holds(comments.checked_sub(1).map(|at| document.comments[at].span))
        || holds(above.checked_sub(1).map(|at| tables[at].span))
}

/// The outermost block that begins on a line and ends a table above it, other than a rule, a heading or code: those leave what is
/// below them alone.
fn block_on_line<'d>(source: &Source, document: &'d Document, line: usize) -> Option<&'d Block> {
    let begins = |block: &&Block| source.line_index(block.span.start as usize) == line;
    let at = document.blocks.partition_point(|block| source.line_index(block.span.start as usize) < line);
    let mut blocks = document.blocks[at..].iter().take_while(begins);
    blocks.find(|block| matches!(block.kind, BlockKind::List | BlockKind::Quote | BlockKind::Html))
}
