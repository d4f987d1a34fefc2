//! Hidden characters of a document, also those that are written as references, such as `&#x202e;`.

use super::document::{BlockKind, Document};
use super::references::hidden_reference;
use crate::text::hidden::{is_hidden, is_shapeless, may_begin, may_hold};
use crate::text::source::{Source, Span};

/// The bytes that are looked at together: most parts of most texts hold no byte with which a hidden character begins.
const STEP: usize = 64;

/// All hidden characters of a document, in its order: the character or the reference, and which character that is.
pub(crate) fn hidden(source: &Source, document: &Document) -> Vec<(Span, char)> {
    let text = source.text();
    let mut found: Vec<(Span, char)> = Vec::new();
    let begins = |byte: u8| may_begin(byte) || byte == b'&';
    for (step, bytes) in text.as_bytes().chunks(STEP).enumerate() {
        // Without a way out of the loop, so that it takes many bytes at once; the last few are looked at one by one.
        let is_plain = |step: &[u8; STEP]| !step.iter().fold(false, |any, byte| any | !is_plain(*byte));
        if bytes.first_chunk().is_some_and(is_plain) {
            continue;
        }
        for (index, byte) in bytes.iter().enumerate().filter(|(_, byte)| begins(**byte)) {
            let at = step * STEP + index;
            let (length, c) = if *byte == b'&' {
                let Some(reference) = hidden_reference(&text[at..]) else { continue };
                if !is_resolved(source, document, at) {
                    continue;
                }
                reference
            } else {
                let Some(c) = text[at..].chars().next() else { continue };
                (c.len_utf8(), c)
            };
            let is_mark_of_the_file = at < source.bom_len();
            if !is_mark_of_the_file && is_hidden(c, &text[..at], &text[at + length..]) {
                found.push((Span::new(at..at + length), c));
            }
        }
    }
    found
}

/// Whether a byte is one of those of which most of a text consists, and with which no hidden character begins.
fn is_plain(byte: u8) -> bool {
    (byte.wrapping_sub(b' ') < 0x7f - b' ') & (byte != b'&') | (byte == b'\n')
}

/// Whether a text may hold a hidden character, which is seen without parsing it.
pub(crate) fn may_hold_hidden(text: &str) -> bool {
    let mut references = memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| hidden_reference(&text[at..]));
    may_hold(text) || references.any(|(_, c)| is_shapeless(c))
}

/// Whether a reference at this place is read as one: not in code, in a comment, or after a backslash.
fn is_resolved(source: &Source, document: &Document, at: usize) -> bool {
    let place = Span::at(at).start;
    let before = document.codes.partition_point(|code| code.start <= place);
    let in_code = document.codes[..before].last().is_some_and(|code| place < code.end);
    let before = document.comments.partition_point(|comment| comment.span.start <= place);
    let in_comment = document.comments[..before].last().is_some_and(|comment| place < comment.span.end);
    if in_code || in_comment {
        return false;
    }
    let backslashes = source.text()[..at].bytes().rev().take(MAX_BACKSLASHES).take_while(|byte| *byte == b'\\').count();
    if backslashes % 2 == 0 {
        return true;
    }
    // A backslash is no escape in HTML.
    let before = document.tags.partition_point(|tag| tag.span.start <= place);
    let in_tag = document.tags[..before].last().is_some_and(|tag| place < tag.span.end);
    let before = document.blocks.partition_point(|block| block.span.start <= place);
    in_tag || document.blocks[..before].last().is_some_and(|block| block.kind == BlockKind::Html)
}

/// How many backslashes in a row are counted.
const MAX_BACKSLASHES: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, char)> {
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        hidden(&source, &document).into_iter().map(|(span, c)| (&text[span.range()], c)).collect()
    }

    #[test]
    fn references_are_found_where_they_are_read_as_such() {
        let text = "# a&#x202e;b &rlm;\n\n| &zwnj; |\n|---|\n| [a&shy;b](x&#8203;y \"&it;\") |\n\n<b title=\"\\&ZeroWidthSpace;\">c</b>";
        assert_eq!(
            found(text),
            [
                ("&#x202e;", '\u{202e}'),
                ("&rlm;", '\u{200f}'),
                ("&zwnj;", '\u{200c}'),
                ("&shy;", '\u{ad}'),
                ("&#8203;", '\u{200b}'),
                ("&it;", '\u{2062}'),
                ("&ZeroWidthSpace;", '\u{200b}'),
            ]
        );
        let text = "`&#x202e;` <!-- &rlm; --> \\&rlm; &nbsp; &#10; &amp;rlm; 👩&zwj;💻 &nothing;\n\n```\n&shy;\n```\n";
        assert_eq!(found(text), []);
        assert_eq!(
            found("\u{feff}a `\u{202e}` <!-- \u{feff} -->"),
            [("\u{202e}", '\u{202e}'), ("\u{feff}", '\u{feff}')]
        );
    }
}
