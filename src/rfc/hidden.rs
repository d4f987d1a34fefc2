//! No character that nobody sees is in the RFC, whatever its source: files, roster, configuration, or arguments.
//!
//! What the slate says goes through [`visible`] before the text is made self-contained; values that are put in after that go
//! through [`visible_value`].

use std::borrow::Cow;

use crate::markdown::document::Document;
use crate::markdown::hidden::{hidden, may_hold_hidden};
use crate::text::edits::Edits;
use crate::text::hidden::{first_hidden, is_hidden, is_separator};
use crate::text::source::{Source, Span};

/// A text of Markdown without hidden characters and without references to such. Where what is on both sides of one could be read
/// as markup together, it becomes visible instead.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !may_hold_hidden(text) {
        return Cow::Borrowed(text);
    }
    let source = Source::from_bytes("", text.as_bytes().to_vec());
    match visible_in(&source, &Document::parse(&source)) {
        Cow::Borrowed(_) => Cow::Borrowed(text),
        Cow::Owned(visible) => Cow::Owned(visible),
    }
}

/// The same for a text that has been parsed.
pub(crate) fn visible_in<'s>(source: &'s Source, document: &Document) -> Cow<'s, str> {
    let text = source.text();
    let found = hidden(source, document);
    if found.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut edits = Edits::default();
    for (span, c) in found {
        let instead = match c {
            c if is_separator(c) && is_between_words(text, span) => " ",
            _ if is_amid_words(text, span) => "",
            _ => "\u{fffd}",
        };
        edits.replace(span, instead);
    }
    edits.sort();
    Cow::Owned(edits.apply(text, Span::new(0..text.len()), str::to_owned))
}

/// A name or an address without such characters. It is plain text: what looks like a reference is none.
pub(crate) fn visible_value(value: &str) -> Cow<'_, str> {
    if first_hidden(value).is_none() {
        return Cow::Borrowed(value);
    }
    let visible = |(at, c): (usize, char)| {
        let (before, after) = (&value[..at], &value[at + c.len_utf8()..]);
        match is_hidden(c, before, after) {
            false => Some(c),
            true => (is_separator(c) && ends_word(before) && after.starts_with(char::is_alphanumeric)).then_some(' '),
        }
    };
    Cow::Owned(value.char_indices().filter_map(visible).collect())
}

/// Whether a space at a place would be one between two words, and nothing else.
fn is_between_words(text: &str, span: Span) -> bool {
    ends_word(&text[..span.start as usize]) && text[span.end as usize..].starts_with(char::is_alphanumeric)
}

/// Whether a text ends with a word, or with one and a mark of punctuation.
fn ends_word(text: &str) -> bool {
    let word = text.strip_suffix(['.', ',', ';', ':', '?', '!']);
    text.ends_with(char::is_alphanumeric) || word.is_some_and(|word| word.ends_with(char::is_alphabetic))
}

/// Whether only words and single spaces are next to a place, which stay what they are when they are joined.
fn is_amid_words(text: &str, span: Span) -> bool {
    let before = &text[..span.start as usize];
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let after_word = is_word(before.strip_suffix(' ').unwrap_or(before).chars().next_back());
    let next = text[span.end as usize..].chars().next();
    after_word && next.is_none_or(|c| c.is_alphanumeric() || matches!(c, ' ' | '\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_stays_and_nothing_new_is_made() {
        for (text, expected) in [
            ("Sha&shy;red ca\u{200b}ches \u{202e}x", "Shared caches x"),
            ("`a&shy;b` &amp; 👩\u{200d}💻", "`a&shy;b` &amp; 👩\u{200d}💻"),
            ("not\u{2028}able, not&#x2029;able, no.\u{2028}Next, a\u{85}b", "not able, not able, no. Next, a b"),
            ("not \u{2028}able\u{2028} is\u{2028}\n", "not able is\n"),
            ("a\n1.\u{2028}b", "a\n1.\u{fffd}b"),
            ("a]\u{200b}(b)", "a]\u{fffd}(b)"),
            ("\u{200b}# a", "\u{fffd}# a"),
            ("a\n\u{2060}1. b", "a\n\u{fffd}1. b"),
            ("<\u{ad}script>", "<\u{fffd}script>"),
            ("a \u{1b}[31mred", "a \u{fffd}[31mred"),
        ] {
            assert_eq!(visible(text), expected, "{text:?}");
            assert_eq!(visible(expected), expected, "{text:?}");
        }
        assert_eq!(visible_value("Ha\u{202e}na&#x202e;e"), "Hana&#x202e;e");
        assert_eq!(visible_value("Ada\u{2028}Lovelace"), "Ada Lovelace");
    }
}
