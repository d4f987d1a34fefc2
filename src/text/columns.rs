//! Places as editors count them: lines from 0, and columns in units that differ from editor to editor.

use super::source::{Source, boundary_before};

/// What an editor counts as one column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnUnit {
    /// A byte of UTF-8.
    Utf8,
    /// A unit of UTF-16: two for characters beyond the first 65,536, such as most emoji.
    #[default]
    Utf16,
    /// A character.
    Utf32,
}

/// A place in a text as an editor names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditorPlace {
    /// The line, from 0; LF, CRLF, and a lone CR end a line.
    pub line: u32,
    /// The column, from 0, in a [`ColumnUnit`].
    pub column: u32,
}

impl ColumnUnit {
    fn of(self, c: char) -> usize {
        match self {
            ColumnUnit::Utf8 => c.len_utf8(),
            ColumnUnit::Utf16 => c.len_utf16(),
            ColumnUnit::Utf32 => 1,
        }
    }

    /// How many columns a text takes.
    fn count(self, text: &str) -> usize {
        match self {
            ColumnUnit::Utf8 => text.len(),
            _ if text.is_ascii() => text.len(),
            _ => text.chars().map(|c| self.of(c)).sum(),
        }
    }

    /// The offset in bytes at which `columns` columns of a text are over; its end where it has fewer. Amid a character it is that
    /// of the character.
    fn offset(self, text: &str, columns: usize) -> usize {
        if self == ColumnUnit::Utf8 || text.is_ascii() {
            return boundary_before(text, columns);
        }
        let mut left = columns;
        for (at, c) in text.char_indices() {
            match left.checked_sub(self.of(c)) {
                Some(rest) if left > 0 => left = rest,
                _ => return at,
            }
        }
        text.len()
    }
}

impl Source {
    /// The place of an offset in bytes. `has_mark` says whether a byte-order mark is a character of the first line; editors show
    /// none, and those that send one count it.
    pub fn editor_place(&self, offset: usize, unit: ColumnUnit, has_mark: bool) -> EditorPlace {
        let offset = boundary_before(self.text(), offset);
        let line = self.line_index(offset);
        let start = self.start_of_line(line, has_mark);
        let before = self.text().get(start..offset.max(start)).unwrap_or_default();
        EditorPlace { line: saturated(line), column: saturated(unit.count(before)) }
    }

    /// The offset in bytes of a place. Beyond the end of a line it is that end, beyond the last line the end of the text.
    pub fn offset_of(&self, place: EditorPlace, unit: ColumnUnit, has_mark: bool) -> usize {
        let line = place.line as usize;
        if line >= self.line_count() {
            return self.text().len();
        }
        let start = self.start_of_line(line, has_mark);
        let end = (self.line_span(line).end as usize).max(start);
        let text = self.text().get(start..end).unwrap_or_default();
        start + unit.offset(text, place.column as usize)
    }

    fn start_of_line(&self, line: usize, has_mark: bool) -> usize {
        if line == 0 && has_mark { 0 } else { self.line_span(line).start as usize }
    }
}

fn saturated(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(line: u32, column: u32) -> EditorPlace {
        EditorPlace { line, column }
    }

    #[test]
    fn columns_are_counted_in_each_unit() {
        let source = Source::from_bytes("a.md", "x\r\nä\u{1f600}b\rc".into());
        for (unit, columns) in
            [(ColumnUnit::Utf8, [0, 2, 6, 7]), (ColumnUnit::Utf16, [0, 1, 3, 4]), (ColumnUnit::Utf32, [0, 1, 2, 3])]
        {
            for (offset, column) in [3, 5, 9, 10].into_iter().zip(columns) {
                assert_eq!(source.editor_place(offset, unit, true), place(1, column), "{unit:?} {offset}");
                assert_eq!(source.offset_of(place(1, column), unit, true), offset, "{unit:?} {column}");
            }
            assert_eq!(source.offset_of(place(2, 0), unit, true), 11);
        }
    }

    #[test]
    fn places_that_are_not_there_are_the_nearest_that_are() {
        let source = Source::from_bytes("a.md", "a\u{1f600}\r\nb".into());
        assert_eq!(source.offset_of(place(0, 99), ColumnUnit::Utf16, true), 5);
        assert_eq!(source.offset_of(place(9, 0), ColumnUnit::Utf16, true), 8);
        assert_eq!(source.offset_of(place(0, 2), ColumnUnit::Utf16, true), 1, "amid a character");
        assert_eq!(source.offset_of(place(0, 3), ColumnUnit::Utf8, true), 1, "amid a character");
        assert_eq!(source.editor_place(3, ColumnUnit::Utf16, true), place(0, 1));
    }

    #[test]
    fn a_mark_counts_where_the_editor_has_it() {
        let source = Source::from_bytes("a.md", "\u{feff}ab\nc".into());
        assert_eq!(source.editor_place(4, ColumnUnit::Utf16, true), place(0, 2));
        assert_eq!(source.editor_place(4, ColumnUnit::Utf16, false), place(0, 1));
        assert_eq!(source.offset_of(place(0, 0), ColumnUnit::Utf16, true), 0);
        assert_eq!(source.offset_of(place(0, 0), ColumnUnit::Utf16, false), 3);
        assert_eq!(source.editor_place(6, ColumnUnit::Utf16, true), place(1, 0));
    }
}
