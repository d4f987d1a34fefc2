//! Lines that were meant as a metadata table.

use crate::model::goal;
use crate::model::slate::File;
use crate::text::source::Span;

/// The paragraph between the title and the next heading that was meant as the metadata table.
pub(crate) fn lines_meant_as_table(file: &File) -> Option<Span> {
    let mut headings = file.document.headings.iter().filter(|heading| !heading.nested);
    let start = headings.next().map_or(0, |title| title.span.end);
    let end = headings.next().map_or(u32::MAX, |next| next.span.start);
    goal::loose_rows(&file.source, &file.document, start..end).first().copied()
}
