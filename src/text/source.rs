//! A file's text and places in it.
//!
//! Everything else in the crate speaks of places as byte ranges ([`Span`]); this module alone turns them into lines
//! and columns, and only when something is printed.

use std::ops::Range;
use std::sync::OnceLock;

/// A range of bytes in one file's text; the end is exclusive. Files are at most 64 MiB, so 32 bits suffice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of a range of bytes.
    #[allow(clippy::cast_possible_truncation)] // `Source::from_bytes` refuses texts over 64 MiB
    pub fn new(range: Range<usize>) -> Span {
        Span { start: range.start as u32, end: range.end.max(range.start) as u32 }
    }

    /// An empty span, for something that is missing at a place.
    pub fn at(offset: usize) -> Span {
        Span::new(offset..offset)
    }

    /// The range of bytes, for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the span holds no byte.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The span of the bytes `range` of this span's text.
    pub fn part(self, range: Range<usize>) -> Span {
        let start = self.start as usize;
        Span::new(start + range.start..start + range.end)
    }
}

/// Whether a place lies in one of several, which are in the order of the text and apart from each other.
pub(crate) fn lies_in(span: Span, places: &[Span]) -> bool {
    let before = places.partition_point(|place| place.start <= span.start);
    before.checked_sub(1).is_some_and(|index| places[index].contains(span))
}

/// A value and where it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where it is.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a value and its place.
    pub fn new(value: T, span: Span) -> Spanned<T> {
        Spanned { value, span }
    }
}

/// A place as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a byte-order mark does not count.
    pub column: usize,
    /// The offset in bytes, from 0; a byte-order mark counts.
    pub offset: usize,
}

/// The largest file that is read, in bytes.
pub const MAX_FILE_SIZE: u64 = 64 << 20;

/// One file's text.
///
/// The text is always valid UTF-8: every byte that is not part of a character is replaced by one `?`, so that offsets
/// stay those of the file, and [`Source::invalid_utf8`] names the first.
#[derive(Clone, Debug)]
pub struct Source {
    path: String,
    text: String,
    /// Offsets of the first byte of each line; LF, CRLF and a lone CR end a line, as in CommonMark.
    line_starts: Vec<u32>,
    invalid_utf8: Option<usize>,
    /// How many characters precede each [`STRIDE`]th byte, counted when a column is first asked for: a line may have
    /// megabytes and a hundred thousand findings.
    characters: OnceLock<Vec<u32>>,
}

/// Bytes between two counts of characters.
const STRIDE: usize = 1024;

const BYTE_ORDER_MARK: &str = "\u{feff}";

impl Source {
    /// Reads bytes as a file's text. `path` is the path from the project's root, with `/`.
    pub fn from_bytes(path: impl Into<String>, bytes: Vec<u8>) -> Source {
        let (text, invalid_utf8) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let first = error.utf8_error().valid_up_to();
                (replace_invalid(error.as_bytes()), Some(first))
            }
        };
        let line_starts = line_starts(&text);
        Source { path: path.into(), text, line_starts, invalid_utf8, characters: OnceLock::new() }
    }

    /// Whether two texts are the same, byte for byte; the paths do not count.
    pub(crate) fn is_same_text(&self, other: &Source) -> bool {
        self.text == other.text && self.invalid_utf8 == other.invalid_utf8
    }

    /// The path from the project's root, with `/` between its parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The file's name, the last part of its path.
    pub fn file_name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or(&self.path)
    }

    /// The whole text, with its byte-order mark if it has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty where the span does not lie in the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// Bytes of the byte-order mark: 3 or 0.
    pub fn bom_len(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
    }

    /// The offset of the first byte that is not UTF-8.
    pub fn invalid_utf8(&self) -> Option<usize> {
        self.invalid_utf8
    }

    /// How many lines the text has; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The line that an offset lies on, counted from 0.
    pub fn line_index(&self, offset: usize) -> usize {
        self.line_starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of a line (counted from 0) without its line end and without a byte-order mark.
    pub fn line_span(&self, line: usize) -> Span {
        let offset = |line: usize| self.line_starts.get(line).map_or(self.text.len(), |&start| start as usize);
        let (start, mut end) = (offset(line), offset(line + 1));
        let start = if line == 0 { self.bom_len() } else { start };
        let bytes = self.text.as_bytes();
        if end > start && bytes[end - 1] == b'\n' {
            end -= 1;
        }
        if end > start && bytes[end - 1] == b'\r' {
            end -= 1;
        }
        Span::new(start..end)
    }

    /// The lines whose first byte is one of some, as [`Source::line_span`] has them.
    pub(crate) fn lines_that_begin(&self, with: impl Fn(u8) -> bool) -> impl Iterator<Item = Span> {
        let begins = move |line: usize, start: u32| {
            let start = if line == 0 { self.bom_len() } else { start as usize };
            self.text.as_bytes().get(start).is_some_and(|byte| with(*byte))
        };
        let lines = self.line_starts.iter().enumerate().filter(move |(line, start)| begins(*line, **start));
        lines.map(|(line, _)| self.line_span(line))
    }

    /// What ends a line of the text, for lines that are to be added.
    pub(crate) fn line_end(&self) -> &'static str {
        ["\r\n", "\n", "\r"].into_iter().find(|end| self.text.contains(end)).unwrap_or("\n")
    }

    /// The bytes of the line that an offset lies on, with its line end.
    pub fn whole_line(&self, offset: usize) -> Span {
        let line = self.line_index(offset);
        let end = self.line_starts.get(line + 1).map_or(self.text.len(), |&start| start as usize);
        Span::new(self.line_span(line).range().start..end)
    }

    /// Line and column of an offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line_index(offset);
        let start = self.line_span(line).start as usize;
        let column = self.characters_before(offset.max(start)) - self.characters_before(start) + 1;
        Position { line: line + 1, column, offset }
    }

    fn characters_before(&self, offset: usize) -> usize {
        let bytes = self.text.as_bytes();
        let counts = self.characters.get_or_init(|| {
            let mut count = 0;
            let strides = bytes.chunks(STRIDE).map(|stride| {
                let before = count;
                count += characters_in(stride);
                before
            });
            strides.collect()
        });
        let offset = offset.min(bytes.len());
        let stride = (offset / STRIDE).min(counts.len().saturating_sub(1));
        let before = counts.get(stride).copied().unwrap_or(0);
        before as usize + characters_in(&bytes[stride * STRIDE..offset]) as usize
    }
}

/// The lines that a span lies on, with their line ends.
pub(crate) fn whole_lines(source: &Source, span: Span) -> Span {
    let first = source.line_index(span.start as usize);
    let last = source.line_index((span.end as usize).saturating_sub(1).max(span.start as usize));
    let next = source.line_starts.get(last + 1).map_or(source.text.len(), |&start| start as usize);
    Span::new(source.line_span(first).start as usize..next)
}

/// What stands behind the last of some characters, which may be several bytes long each; all of a text without one.
pub(crate) fn behind_last(text: &str, is_separator: impl FnMut(char) -> bool) -> &str {
    text.rsplit(is_separator).next().unwrap_or(text)
}

/// The last place at or before `at` that lies between two characters.
pub(crate) fn boundary_before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first place at or after `at` that lies between two characters.
pub(crate) fn boundary_behind(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// How many characters begin in these bytes of a text.
fn characters_in(bytes: &[u8]) -> u32 {
    // A byte counts those of a few, so that many are looked at together.
    const FEW: usize = 128;
    let in_few = |few: &[u8]| few.iter().map(|byte| u8::from(byte & 0xc0 != 0x80)).sum::<u8>();
    bytes.chunks(FEW).map(|few| u32::from(in_few(few))).sum()
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    // Lines of prose are as long on average.
    let mut starts = Vec::with_capacity(1 + bytes.len() / 64);
    starts.push(0);
    let mut see = |at: usize| {
        let is_end = match bytes[at] {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        if is_end {
            starts.push(Span::at(at + 1).start);
        }
    };
    // Lines are too short for a search from one end to the next.
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (block, bytes) in blocks.iter().enumerate() {
        let words = bytes.as_chunks().0;
        if words.iter().fold(true, |none, word| none & (low_controls(u64::from_le_bytes(*word)) == 0)) {
            continue;
        }
        for (index, word) in words.iter().enumerate() {
            let mut marks = low_controls(u64::from_le_bytes(*word));
            while marks != 0 {
                see(block * BLOCK + index * WORD + marks.trailing_zeros() as usize / 8);
                marks &= marks - 1;
            }
        }
    }
    (bytes.len() - rest.len()..bytes.len()).for_each(see);
    starts
}

/// Bytes in a word.
const WORD: usize = size_of::<u64>();
/// Bytes that are looked at together: a few words, in which there is most often no line end.
const BLOCK: usize = 4 * WORD;

/// The highest bit of each byte of a word that is a control character up to the carriage return, which ends a line as the line
/// feed does; hardly any other but the tab is in a text.
fn low_controls(word: u64) -> u64 {
    const EACH: u64 = u64::from_le_bytes([1; WORD]);
    const HIGHEST: u64 = EACH * 0x80;
    // A byte of ASCII behind the carriage return runs over into the highest bit, and no further.
    let behind = (word & !HIGHEST) + EACH * (0x7f - b'\r' as u64);
    !(behind | word) & HIGHEST
}

fn replace_invalid(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    text
}

/// The span without whitespace at its ends; an empty one stays at its start.
pub(crate) fn trim(source: &Source, span: Span) -> Span {
    let text = source.slice(span);
    let begun = text.trim_start();
    let start = text.len() - begun.len();
    let length = begun.trim_end().len();
    if length == 0 { Span::at(span.start as usize) } else { span.part(start..start + length) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(text: &str) -> Source {
        Source::from_bytes("a.md", text.as_bytes().to_vec())
    }

    #[test]
    fn every_line_end_counts() {
        let source = source("a\nb\r\nc\rd");
        let lines: Vec<_> = (0..source.line_count()).map(|line| source.slice(source.line_span(line))).collect();
        assert_eq!(lines, ["a", "b", "c", "d"]);
        assert_eq!(source.position(6), Position { line: 3, column: 2, offset: 6 });
        assert_eq!(source.position(7), Position { line: 4, column: 1, offset: 7 });
    }

    #[test]
    fn lines_are_found_wherever_they_end() {
        let text = "\u{e9}\n\t\r\nabcdefgh\r\r\n\n\u{a}\u{8d}\u{e}\u{c}0123456789\n\u{2028}";
        for begin in (0..text.len()).filter(|at| text.is_char_boundary(*at)) {
            let text = &text[begin..];
            let is_end = |(at, c): &(usize, char)| *c == '\n' || *c == '\r' && !text[at + 1..].starts_with('\n');
            let ends = text.char_indices().filter(is_end).map(|(at, _)| Span::at(at + 1).start);
            assert_eq!(line_starts(text), std::iter::once(0).chain(ends).collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn columns_count_characters_and_leave_out_the_mark() {
        let source = source("\u{feff}ä|b");
        assert_eq!(source.position(6), Position { line: 1, column: 3, offset: 6 });
        assert_eq!(source.position(3), Position { line: 1, column: 1, offset: 3 });
    }

    #[test]
    fn columns_far_down_a_line_are_right() {
        let text = format!("x\n{}", "aé\u{1f600}".repeat(3000));
        let source = source(&text);
        for (offset, c) in [(2, 0), (3, 1), (2 + 7 * 1000, 3000), (2 + 7 * 2999 + 3, 8999), (text.len(), 9000)] {
            assert_eq!(source.position(offset), Position { line: 2, column: c + 1, offset });
        }
    }

    #[test]
    fn invalid_bytes_keep_offsets() {
        let source = Source::from_bytes("a.md", b"ab\xff\xfecd\xe2\x82".to_vec());
        assert_eq!(source.text(), "ab??cd??");
        assert_eq!(source.invalid_utf8(), Some(2));
    }
}
