//! Blanks between words: runs of them, and those that look like a space and are none, which makes two names differ that look
//! the same.

use std::borrow::Cow;

/// A text with every run of blanks and line ends as one space, and none at its ends.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text is of ASCII, with single spaces between its words and no other whitespace, as most short texts are.
pub(crate) fn has_single_spaces(text: &str) -> bool {
    // Without a way out of the loop, so that it is short.
    let (mut before, mut has_single_spaces) = (b' ', true);
    for byte in text.bytes() {
        has_single_spaces &= byte.is_ascii() & (byte >= b' ') & ((byte | before) != b' ');
        before = byte;
    }
    has_single_spaces & (before != b' ')
}

/// Whether a character looks like a space without being one.
fn is_odd_blank(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}

/// A text with spaces in the place of what only looks like one.
pub(crate) fn with_spaces(text: &str) -> Cow<'_, str> {
    match text.is_ascii() || !text.contains(is_odd_blank) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.replace(is_odd_blank, " ")),
    }
}

/// What such a character is called.
fn name(c: char) -> String {
    let kind = match c {
        '\u{a0}' => "no-break space",
        '\u{202f}' => "narrow no-break space",
        _ => "special space",
    };
    format!("{kind} (U+{:04X})", u32::from(c))
}

/// What to do where a message and its help name the same in backticks, but for such blanks: which name to use, and what becomes
/// of the blank.
pub(crate) fn only_difference(message: &str, help: &str) -> Option<String> {
    // Most messages have none, which costs least to see.
    if message.is_ascii() || !message.contains(is_odd_blank) {
        return None;
    }
    let plain = |name: &str| name.replace(is_odd_blank, " ").trim().to_lowercase();
    let proposed = |written: &str| names(help).find(|name| plain(name) == plain(written));
    let candidates = names(message).filter(|name| name.contains(is_odd_blank));
    let (written, right) = candidates.filter_map(|name| Some((name, proposed(name)?))).next()?;
    let blank = written.chars().find(|c| is_odd_blank(*c)).map(name)?;
    Some(match written.trim_matches(is_odd_blank).contains(is_odd_blank) {
        true => format!("use `{right}` with an ordinary space in place of the {blank}"),
        false => format!("use `{right}` without the {blank}"),
    })
}

/// What stands in backticks in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_spaces_are_told_from_other_whitespace() {
        for text in ["a", "a b", "A-b c_d", "\u{7f}"] {
            assert!(has_single_spaces(text), "{text:?}");
        }
        for text in ["", " ", " a", "a ", "a  b", "a\tb", "a\nb", "a\0 b", "\u{e9}", "a\u{a0}b"] {
            assert!(!has_single_spaces(text), "{text:?}");
        }
    }

    #[test]
    fn names_that_look_the_same_are_told_apart() {
        let said = |message: &str| only_difference(message, "did you mean `RFC decision`?");
        assert_eq!(
            said("unknown ask `RFC\u{a0}decision`").as_deref(),
            Some("use `RFC decision` with an ordinary space in place of the no-break space (U+00A0)")
        );
        assert_eq!(
            said("unknown ask `RFC decision\u{2003}`").as_deref(),
            Some("use `RFC decision` without the special space (U+2003)")
        );
        assert!(said("unknown ask `rfc\u{202f}decision`").is_some());
        for other in ["unknown ask `RFC decison`", "unknown ask `RFC\u{a0}of ours`", "unknown\u{a0}ask `RFC decision`"]
        {
            assert_eq!(said(other), None, "{other}");
        }
    }
}
