//! Spans of a text as the ranges of the protocol, and back.

use lsp_types::{Position, PositionEncodingKind, Range};

use crate::text::columns::{ColumnUnit, EditorPlace};
use crate::text::source::{Source, Span};

/// How places of a text are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub(super) unit: ColumnUnit,
    /// Whether a byte-order mark is a character: in the texts that the client has sent, not in files.
    pub(super) has_mark: bool,
}

impl Places {
    /// Those of open texts, in the first unit of the client's that is known; UTF-16 where it names none.
    pub(super) fn negotiated(encodings: Option<&[PositionEncodingKind]>) -> Places {
        let known = encodings.unwrap_or_default().iter().find_map(|encoding| match encoding.as_str() {
            "utf-8" => Some(ColumnUnit::Utf8),
            "utf-16" => Some(ColumnUnit::Utf16),
            "utf-32" => Some(ColumnUnit::Utf32),
            _ => None,
        });
        Places { unit: known.unwrap_or_default(), has_mark: true }
    }

    /// The unit as the protocol calls it.
    pub(super) fn encoding(self) -> PositionEncodingKind {
        match self.unit {
            ColumnUnit::Utf8 => PositionEncodingKind::UTF8,
            ColumnUnit::Utf16 => PositionEncodingKind::UTF16,
            ColumnUnit::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    /// Those of a file that is not open.
    pub(super) fn on_disk(self) -> Places {
        Places { has_mark: false, ..self }
    }

    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        let place = |offset: u32| {
            let EditorPlace { line, column } = source.editor_place(offset as usize, self.unit, self.has_mark);
            Position { line, character: column }
        };
        Range { start: place(span.start), end: place(span.end) }
    }

    pub(super) fn offset(self, source: &Source, position: Position) -> usize {
        let place = EditorPlace { line: position.line, column: position.character };
        source.offset_of(place, self.unit, self.has_mark)
    }

    /// The bytes of a range; one that ends before it begins is empty.
    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        let (start, end) = (self.offset(source, range.start), self.offset(source, range.end));
        Span::new(start..end.max(start))
    }
}
