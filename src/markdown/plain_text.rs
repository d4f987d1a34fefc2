//! A file's plain text in place: everything that Markdown took for something (links, code, HTML, emphasis) is masked, so
//! that what only looks like a link can be searched for without finding what is one.

use std::ops::Range;

use super::brackets::{Bracket, brackets};
use super::directive::Directive;
use super::document::{BlockKind, Document};
use crate::text::source::{Source, Span};

/// What replaces each byte that is not plain text.
pub(crate) const MASK: char = '\u{1}';

/// The plain text of a file, where brackets or parentheses are in it.
#[derive(Clone, Debug)]
pub(crate) struct PlainText {
    /// The texts of all parts, one after the other.
    text: String,
    parts: Vec<MaskedPart>,
}

/// A paragraph, heading or table cell: what looks like a link does not run over its ends.
#[derive(Clone, Debug)]
struct MaskedPart {
    span: Span,
    /// Where its text begins.
    start: usize,
    brackets: Vec<Bracket>,
}

/// Such a part with its masked text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlainTextPart<'m> {
    /// Where it is in the file.
    pub span: Span,
    /// Its text.
    pub text: &'m str,
    /// The bracketed pieces of this text.
    pub brackets: &'m [Bracket],
}

impl PlainText {
    /// Masks what is not plain text; line ends stay.
    pub(crate) fn of(source: &Source, document: &Document, directives: &[Directive]) -> PlainText {
        let cells = document.tables.iter().flat_map(|table| &table.rows).flat_map(|row| row.cells.iter().copied());
        let headings = document.headings.iter().map(|heading| heading.content);
        let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
        let spans = cells.chain(headings).chain(paragraphs.map(|block| block.span));
        // What could be part of a link; most parts have no such mark.
        let mut most = NextMark::new(source.text(), |text| memchr::memchr3(b'[', b'(', b')', text));
        let mut others = NextMark::new(source.text(), |text| memchr::memchr(b']', text));
        let mut spans: Vec<Span> = spans.filter(|span| most.is_in(*span) || others.is_in(*span)).collect();
        spans.sort_unstable();
        let mut bytes = Vec::new();
        let starts: Vec<usize> =
            spans.iter().map(|span| mask(source, document, directives, *span, &mut bytes)).collect();
        let text = String::from_utf8(bytes).unwrap_or_default();
        let part = |(span, start): (Span, usize)| {
            let brackets = brackets(text.get(start..start + span.range().len())?);
            Some(MaskedPart { span, start, brackets })
        };
        let parts = spans.into_iter().zip(starts).filter_map(part).collect();
        PlainText { text, parts }
    }

    /// The parts in the order of the file.
    pub(crate) fn parts(&self) -> impl Iterator<Item = PlainTextPart<'_>> {
        self.parts.iter().filter_map(|part| {
            let text = self.text.get(part.start..part.start + part.span.range().len())?;
            Some(PlainTextPart { span: part.span, text, brackets: &part.brackets })
        })
    }
}

/// The next one of some marks in a text, found once for all parts before it.
struct NextMark<'t> {
    text: &'t [u8],
    find: fn(&[u8]) -> Option<usize>,
    /// Where none was found: what follows is one, or the end of the text.
    searched: Range<usize>,
}

impl<'t> NextMark<'t> {
    fn new(text: &'t str, find: fn(&[u8]) -> Option<usize>) -> NextMark<'t> {
        let length = find(text.as_bytes()).unwrap_or(text.len());
        NextMark { text: text.as_bytes(), find, searched: 0..length }
    }

    /// Whether a span has such a mark.
    fn is_in(&mut self, span: Span) -> bool {
        let span = span.range();
        if span.start < self.searched.start || span.start > self.searched.end {
            let rest = self.text.get(span.start..).unwrap_or_default();
            let length = (self.find)(rest).unwrap_or(rest.len());
            self.searched = span.start..span.start + length;
        }
        self.searched.end < span.end
    }
}

/// Adds the masked text of a part; answers where it begins.
fn mask(source: &Source, document: &Document, directives: &[Directive], part: Span, bytes: &mut Vec<u8>) -> usize {
    let source = source.text().as_bytes();
    let start = bytes.len();
    let place = |at: u32| start + (at.clamp(part.start, part.end) - part.start) as usize;
    bytes.resize(start + part.range().len(), MASK as u8);
    let texts = &document.texts;
    let first = texts.partition_point(|text| text.end <= part.start);
    for text in texts[first..].iter().take_while(|text| text.start < part.end) {
        let inside = text.start.max(part.start)..text.end.min(part.end);
        bytes[place(inside.start)..place(inside.end)]
            .copy_from_slice(&source[inside.start as usize..inside.end as usize]);
    }
    let first = directives.partition_point(|directive| directive.span.end <= part.start);
    for directive in directives[first..].iter().take_while(|directive| directive.span.start < part.end) {
        bytes[place(directive.span.start)..place(directive.span.end)].fill(MASK as u8);
    }
    // A backslash before a mark is not part of what comrak calls text.
    for at in memchr::memchr3_iter(b'\n', b'\r', b'\\', &source[part.range()]) {
        bytes[start + at] = source[part.start as usize + at];
    }
    start
}
