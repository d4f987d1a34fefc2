//! How wide text is where every character has a place of its own width: in a terminal, and in tables that line up.

use unicode_width::UnicodeWidthStr;

/// The width of a text in columns.
pub(crate) fn width(text: &str) -> usize {
    // Most texts are plain, where each byte is one column; the tables of characters are long.
    if is_plain(text) { text.len() } else { UnicodeWidthStr::width(text) }
}

/// Whether each byte of a text is one column.
pub(crate) fn is_plain(text: &str) -> bool {
    // Without a way out of the loop, so that it takes many bytes at once.
    text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=b'~'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_and_other_texts_are_measured_alike() {
        for text in ["", "plain text ~", "é", "花江", "✅", "a\tb", "\u{200b}"] {
            assert_eq!(width(text), UnicodeWidthStr::width(text), "{text:?}");
        }
        assert_eq!(width("花江"), 4);
    }
}
