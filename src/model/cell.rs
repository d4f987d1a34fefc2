//! Cells of tables, read as they are shown: what is struck out, in a comment or in code is no value.

use std::borrow::Cow;

use crate::markdown::document::Document;
use crate::markdown::suppression::is_suppression;
use crate::markdown::table::Row;
use crate::text::source;
use crate::text::source::{Source, Span, Spanned};

/// What of a text counts for nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hidden {
    /// Comments: in a text that may strike words out, or show code.
    Comments,
    /// Comments, and what is struck out.
    CommentsAndStruck,
    /// The same and code: in a value.
    AllButValues,
}

/// A cell's text, with `\|` unescaped and without suppressions. A cell that is not there is empty, at the end of its row.
pub(crate) fn text(source: &Source, row: &Row, index: usize) -> Spanned<String> {
    match row.cells.get(index) {
        Some(&span) => {
            let span = without_suppression(source, span);
            Spanned::new(with_pipes(source.slice(span)), span)
        }
        None => Spanned::new(String::new(), Span::at(row.span.end as usize)),
    }
}

/// The same of a cell from which something is read. One of which nothing counts is empty, where its text is.
pub(crate) fn value(source: &Source, document: &Document, row: &Row, index: usize, hidden: Hidden) -> Spanned<String> {
    let Some(&cell) = row.cells.get(index) else { return text(source, row, index) };
    let (value, span) = shown_part(source, document, cell, hidden);
    Spanned::new(with_pipes(&value), span)
}

/// A text of a cell with `\|` unescaped, which few have.
fn with_pipes(text: &str) -> String {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() { text.to_owned() } else { text.replace("\\|", "|") }
}

/// What counts of a cell, and where that is: spaces in the place of all that does not, none of them at its ends.
pub(crate) fn shown_part<'s>(
    source: &'s Source,
    document: &Document,
    cell: Span,
    hidden: Hidden,
) -> (Cow<'s, str>, Span) {
    match shown(source, document, cell, hidden) {
        Cow::Borrowed(text) => (Cow::Borrowed(text), cell),
        Cow::Owned(text) => {
            let start = text.len() - text.trim_start().len();
            let value = text.trim();
            let span = if value.is_empty() { cell } else { cell.part(start..start + value.len()) };
            (Cow::Owned(value.to_owned()), span)
        }
    }
}

/// A part of a file with spaces in the place of what counts for nothing, byte for byte.
pub(crate) fn shown<'s>(source: &'s Source, document: &Document, part: Span, hidden: Hidden) -> Cow<'s, str> {
    let text = source.slice(part);
    // Asked for every cell, of which few hold such a thing.
    if memchr::memchr3(b'<', b'~', b'`', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let comments = inside(&document.comments, part, |comment| comment.span);
    let struck = match hidden {
        Hidden::Comments => &[][..],
        Hidden::CommentsAndStruck | Hidden::AllButValues => &document.struck,
    };
    let codes = if hidden == Hidden::AllButValues { document.codes.as_slice() } else { &[] };
    let spans = comments.chain(inside(struck, part, |span| *span)).chain(inside(codes, part, |span| *span));
    let mut masked: Option<Vec<u8>> = None;
    for span in spans {
        let from = (span.start.max(part.start) - part.start) as usize;
        let to = (span.end.min(part.end) - part.start) as usize;
        masked.get_or_insert_with(|| text.as_bytes().to_vec())[from..to].fill(b' ');
    }
    match masked.map(String::from_utf8) {
        Some(Ok(masked)) => Cow::Owned(masked),
        _ => Cow::Borrowed(text),
    }
}

/// Those of a sorted list that share a byte with a part.
pub(crate) fn inside<T>(sorted: &[T], part: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = Span> {
    let first = sorted.partition_point(|one| span(one).end <= part.start);
    sorted[first..].iter().map(span).take_while(move |span| span.start < part.end)
}

/// The words of a cell that lists names, but for those that only join or describe them.
pub(crate) fn words<'t>(text: &'t str, fillers: &'t [&str]) -> impl Iterator<Item = &'t str> {
    let is_separator = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&' | '/' | '+' | '*' | '_' | '<' | '>');
    let words = text.split(is_separator).filter(|word| !word.is_empty());
    words.filter(|word| !fillers.iter().any(|filler| filler.eq_ignore_ascii_case(word)))
}

/// A cell as written, without a suppression in it.
pub(crate) fn cell_text(source: &Source, cell: Span) -> &str {
    source.slice(without_suppression(source, cell))
}

/// The part of a cell before the first suppression in it; where that is nothing, the part behind it.
fn without_suppression(source: &Source, cell: Span) -> Span {
    let text = source.slice(cell);
    // Asked for every cell, of which few hold a comment.
    let mut opens = memchr::memchr_iter(b'<', text.as_bytes()).filter(|at| text[*at..].starts_with("<!--"));
    let Some(open) = opens.find(|at| is_suppression(&text[*at..])) else { return cell };
    let close = text[open..].find("-->").map_or(text.len(), |length| open + length + 3);
    let before = source::trim(source, cell.part(0..open));
    if before.is_empty() { source::trim(source, cell.part(close..text.len())) } else { before }
}
