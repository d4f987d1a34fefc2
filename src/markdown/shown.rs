//! A line of Markdown as a reader sees it.

use std::borrow::Cow;

use super::parser::visible_text_of;
use crate::text::blanks::one_line;
use crate::text::hidden::is_shapeless;
use crate::text::similarity::normalize;

/// The text that a line of Markdown shows: without markup and comments, references resolved, every run of blanks as one space,
/// without characters that have no shape. Bracketed labels count as links, which they are where something defines them.
pub(crate) fn shown(markdown: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| {
        byte.is_ascii_alphanumeric() || matches!(byte, b',' | b'.' | b':' | b'-' | b'\'' | b'/' | b'(' | b')')
    };
    if markdown.bytes().all(|byte| is_plain(byte) || byte == b' ') && !markdown.contains("  ") {
        return Cow::Borrowed(markdown.trim());
    }
    Cow::Owned(as_shown(&visible_text_of(markdown)))
}

/// A text without markup as a reader sees it; see [`shown`].
pub(crate) fn as_shown(visible: &str) -> String {
    let visible: String = visible.chars().filter(|c| !is_shapeless(*c)).collect();
    one_line(&visible)
}

/// The form in which two texts are compared as they are shown: letter case, spaces, hyphens and underscores make no difference.
pub(crate) fn comparable(shown: &str) -> String {
    // Hyphens that break no line look like others.
    normalize(&shown.replace(['\u{2010}', '\u{2011}'], "-"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_what_a_reader_sees() {
        for (markdown, expected) in [
            ("Shared caches", "Shared caches"),
            ("  **Shared**&nbsp;  `caches` <!-- x --> ", "Shared caches"),
            ("Sha&shy;red\u{2003}c\u{200b}aches", "Shared caches"),
            ("[Shared][x] <b>[caches](y)</b> ![too](z)", "Shared caches too"),
            ("Shared \\*caches\\* &amp; more. #", "Shared *caches* & more. #"),
            ("Vec\\<T> 1.", "Vec<T> 1."),
            ("- a", "- a"),
            ("&nbsp; ** ** <b></b> [](x) ![](y) \u{2800}", "** **"),
            ("<!-- x -->\u{2060}", ""),
            (".", "."),
        ] {
            assert_eq!(shown(markdown), expected, "{markdown}");
        }
        assert_eq!(comparable("Non\u{2011}breaking  x"), comparable("non-breaking X"));
    }
}
