//! A file's plain text in place: everything that Markdown took for something (links, code, HTML, emphasis) is masked, so
//! that what only looks like a link can be searched for without finding what is one.

use crate::markdown::BlockKind;
use crate::slate::File;
use crate::source::Span;

/// What stands for each byte that is not plain text.
pub(crate) const MASK: char = '\u{1}';

/// The plain text of a file.
#[derive(Debug)]
pub(crate) struct Masked {
    text: String,
    /// Paragraphs, headings and table cells, in document order: what looks like a link does not run over their ends.
    parts: Vec<Span>,
}

impl Masked {
    /// Masks what is not plain text; line ends stay.
    pub(crate) fn of(file: &File) -> Masked {
        let source = file.source.text();
        let mut bytes = vec![MASK as u8; source.len()];
        for text in &file.document.texts {
            bytes[text.range()].copy_from_slice(&source.as_bytes()[text.range()]);
        }
        for directive in &file.directives {
            bytes[directive.span.range()].fill(MASK as u8);
        }
        for (at, byte) in source.bytes().enumerate() {
            // A backslash before a mark is not part of what comrak calls text.
            if matches!(byte, b'\n' | b'\r' | b'\\') && bytes[at] == MASK as u8 {
                bytes[at] = byte;
            }
        }
        let cells = file.document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.cells.iter().copied());
        let headings = file.document.headings.iter().map(|heading| heading.content);
        let paragraphs = file.document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        let mut parts: Vec<Span> = cells.chain(headings).chain(paragraphs.map(|block| block.span)).collect();
        parts.sort_unstable();
        Masked { text: String::from_utf8(bytes).unwrap_or_default(), parts }
    }

    /// The parts with their masked text.
    pub(crate) fn parts(&self) -> impl Iterator<Item = (Span, &str)> {
        self.parts.iter().filter_map(|part| Some((*part, self.text.get(part.range())?)))
    }
}
