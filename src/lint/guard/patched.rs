//! A document with fixes in it that is known without parsing the text anew: where all that they change is within the cells of
//! tables, or takes definitions away that stand by themselves.
//!
//! Most fixes do just that, and to parse the tables of a goal takes longer than all else that is found out about a fix.

use crate::lint::apply::Applied;
use crate::markdown::document::{Comment, Document, Heading};
use crate::markdown::table::{Row, Table, split_cells};
use crate::model::slate::File;
use crate::text::source::{Source, Span};

/// The text with the fixes and what it is made of, without links, blocks and definitions; nothing where that would have to be
/// parsed.
pub(super) fn patched(file: &File, applied: &Applied) -> Option<(Source, Document)> {
    let is_known = |(edit, new): &(Span, Span)| {
        let text = &applied.text[new.range()];
        is_in_cell(file, *edit, text) || text.is_empty() && are_definitions(&file.source, &file.document, *edit)
    };
    if !applied.replaced.iter().all(is_known) {
        return None;
    }
    let source = Source::from_bytes(file.source.path(), applied.text.clone().into_bytes());
    let moved = |span: Span| applied.moved(span);
    let old = &file.document;
    let heading = |heading: &Heading| {
        let (span, content) = (moved(heading.span), moved(heading.content));
        Heading { span, content, text: heading.text.clone(), ..*heading }
    };
    let row = |row: &Row| {
        let span = moved(row.span);
        Row { span, cells: split_cells(source.slice(span), span) }
    };
    let table = |table: &Table| Table {
        span: moved(table.span),
        delimiter: moved(table.delimiter),
        rows: table.rows.iter().map(row).collect(),
    };
    let comment = |comment: &Comment| Comment { span: moved(comment.span), body: moved(comment.body) };
    let document = Document {
        headings: old.headings.iter().map(heading).collect(),
        tables: old.tables.iter().map(table).collect(),
        comments: old.comments.iter().map(comment).collect(),
        codes: old.codes.iter().copied().map(moved).collect(),
        struck: old.struck.iter().copied().map(moved).collect(),
        ..Document::default()
    };
    Some((source, document))
}

/// Whether an edit stays within a cell between two pipes, and neither takes away nor brings a mark that means something to a table
/// or to more than the cell's links and emphasis.
fn is_in_cell(file: &File, edit: Span, text: &str) -> bool {
    let Some(table) = file.document.table_at(edit) else { return false };
    let at = table.rows.partition_point(|row| row.span.start <= edit.start);
    let Some(row) = at.checked_sub(1).map(|at| &table.rows[at]) else { return false };
    let source = &file.source;
    let is_plain = |text: &str| !text.contains(['\n', '\r', '|', '<', '>', '`', '~', '\\', '&']);
    let has_pipes = source.slice(row.span).starts_with('|') && source.slice(row.span).ends_with('|');
    let is_within = |cell: &Span| !cell.is_empty() && cell.contains(edit);
    has_pipes && row.cells.iter().any(is_within) && is_plain(text) && is_plain(source.slice(edit))
}

/// Whether a part of a text is definitions outside of all else, each of them a line, and no two blocks meet without them.
fn are_definitions(source: &Source, document: &Document, part: Span) -> bool {
    let is_blank = |line: usize| source.slice(source.line_span(line)).trim().is_empty();
    let (first, behind) = (source.line_index(part.start as usize), source.line_index(part.end as usize));
    let is_end = part.end as usize == source.text().len();
    let is_whole = source.whole_line(part.start as usize).start == part.start
        && (is_end || source.whole_line(part.end as usize).start == part.end);
    let is_definition = |line: usize| {
        let span = source.line_span(line);
        let at = document.definitions.partition_point(|definition| definition.span.start < span.start);
        source.slice(span).starts_with('[')
            && document.definitions.get(at).is_some_and(|one| one.span == span && !one.is_footnote())
    };
    let is_apart = || first.checked_sub(1).is_none_or(is_blank) || is_end || is_blank(behind);
    let last = if is_end { source.line_index(part.end.saturating_sub(1) as usize) + 1 } else { behind };
    is_whole && first > 0 && (first..last).all(|line| is_blank(line) || is_definition(line)) && is_apart()
}
