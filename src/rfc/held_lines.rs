//! Lines of generated text that are kept out of a text while it is put together: the rows of tables below the first, and the
//! notes beside them. They are nearly all of an RFC, and what is read in its pages on the way is not in them.
//!
//! Each is a line that begins no block but a paragraph and ends none but by that, whatever it says: a row begins with a pipe,
//! a note with an escaped star. So one line of either kind may stand for all of them, and what is around them is read as if they
//! were there.

use std::ops::Range;

use super::scope::Scope;
use crate::markdown::document::{BlockKind, Document};
use crate::text::source::Span;

/// The lines that are kept out of a text, each of which has a number in their place.
#[derive(Debug)]
pub(crate) struct HeldLines {
    /// What every number begins with.
    mark: String,
    /// By number: rows of a table, or a note.
    lines: Vec<String>,
}

/// What rows begin with.
const ROW: &str = "|";

/// What a note begins with.
const NOTE: &str = "\\*";

impl HeldLines {
    /// The lines of a text whose numbers are those of `scope`.
    pub(crate) fn new(scope: &Scope) -> HeldLines {
        HeldLines { mark: format!("{}r", scope.mark()), lines: Vec::new() }
    }

    /// Takes the lines out of what a directive makes, which replaces `directive` in a document.
    pub(crate) fn hold(&mut self, document: &Document, directive: Span, made: String) -> String {
        // A piece of HTML may end within a line that is not seen; and only LF ends a line that is.
        if !is_outside_html(document, directive) || made.contains('\r') {
            return made;
        }
        let mut text = String::with_capacity(made.len() / 4);
        // Where the rows begin that are next, and where the line does that is looked at; how much of its table is above it.
        let (mut from, mut at, mut above) = (0, 0, 0);
        for line in made.split_inclusive('\n') {
            let (start, end) = (at, at + line.len());
            at = end;
            let is_row = line.starts_with(ROW) && line.ends_with("|\n");
            above = if is_row { above + 1 } else { 0 };
            // The header and the delimiter make the table.
            if above > 2 {
                continue;
            }
            self.hold_lines(&made, from..start, ROW, &mut text);
            if line.starts_with(NOTE) && line.ends_with(")\n") {
                self.hold_lines(&made, start..end, NOTE, &mut text);
            } else {
                text.push_str(line);
            }
            from = end;
        }
        self.hold_lines(&made, from..made.len(), ROW, &mut text);
        text
    }

    /// Puts a number in the place of some lines.
    fn hold_lines(&mut self, made: &str, lines: Range<usize>, begin: &str, text: &mut String) {
        if !lines.is_empty() {
            let end = if begin == ROW { ROW } else { "" };
            text.push_str(&format!("{begin}{}{};{end}\n", self.mark, self.lines.len()));
            self.lines.push(made[lines.start..lines.end - 1].to_owned());
        }
    }

    /// Puts all lines back into the text, each with the marks of the quotation or the indentation of the list around them.
    pub(crate) fn put_back(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + self.lines.iter().map(String::len).sum::<usize>());
        let mut from = 0;
        for (at, _) in text.match_indices(&self.mark) {
            let number = &text[at + self.mark.len()..];
            let Some(length) = number.find(';') else { continue };
            let Some(lines) = number[..length].parse().ok().and_then(|number: usize| self.lines.get(number)) else {
                continue;
            };
            let (begin, end) = if lines.starts_with(ROW) { (ROW, ROW) } else { (NOTE, "") };
            let line = text[..at].rfind('\n').map_or(0, |line_end| line_end + 1);
            let Some(around) = text[line..at].strip_suffix(begin) else { continue };
            out.push_str(&text[from..line]);
            for (index, held) in lines.split('\n').enumerate() {
                out.push_str(if index > 0 { "\n" } else { "" });
                out.push_str(around);
                out.push_str(held);
            }
            from = at + self.mark.len() + length + 1 + end.len();
        }
        out.push_str(&text[from..]);
        out
    }
}

/// Whether nothing that is open where a directive stands ends within what replaces it: all but a piece of HTML ends by a line.
fn is_outside_html(document: &Document, directive: Span) -> bool {
    let before = document.blocks.partition_point(|block| block.span.start <= directive.start);
    document.blocks[..before].last().is_some_and(|block| block.kind != BlockKind::Html || block.span == directive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::source::Source;

    #[test]
    fn lines_come_back_as_they_were_with_what_is_around_them() {
        let made = "### a\n\n| b |\n| :-- |\n| c |\n| d |\n\n\\*1: e (f)\n\n\\*2: g\n\n| h |\n| :-- |\n";
        let source = Source::from_bytes("", b"a\n\n<!-- A -->\n\n<div>\n<!-- A -->".to_vec());
        let document = Document::parse(&source);
        let [apart, in_html] = [3..13, 21..31].map(Span::new);
        let mut held = HeldLines { mark: "x-r".to_owned(), lines: Vec::new() };
        let short = held.hold(&document, apart, made.to_owned());
        assert_eq!(short, "### a\n\n| b |\n| :-- |\n|x-r0;|\n\n\\*x-r1;\n\n\\*2: g\n\n| h |\n| :-- |\n");
        assert_eq!(held.put_back(&short), made);
        assert_eq!(held.put_back("> a\n>  |x-r0;| x-r0; x-r9;"), "> a\n>  | c |\n>  | d | x-r0; x-r9;");
        assert_eq!(held.hold(&document, in_html, made.to_owned()), made);
    }
}
