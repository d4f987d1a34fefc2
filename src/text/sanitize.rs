//! The one way by which text that we did not write reaches a terminal, a log or a file.
//!
//! A goal is written by whoever opens a pull request, and a linter quotes it: its text, its path, its values. Control
//! characters could move the cursor, bidi characters could show a text in another order than it has, and a continuous
//! integration runner takes a line that begins with `::` for a command, and `##[` anywhere in it.

use std::borrow::Cow;

use memchr::memchr;

use super::hidden::may_begin;

/// What a character is shown as, where it cannot be sent as it is.
fn shown(c: char) -> Option<Cow<'static, str>> {
    match c {
        '\t' => None,
        // The control pictures of Unicode, U+2400 to U+241F, and of DEL.
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).map(|picture| picture.to_string().into()),
        '\u{7f}' => Some("\u{2421}".into()),
        c if is_hidden(c) => Some(format!("<U+{:04X}>", u32::from(c)).into()),
        _ => None,
    }
}

/// Invisible characters that change how others are shown: C1 controls, bidi controls, line and paragraph separators,
/// zero-width characters and the byte-order mark, soft hyphens, fillers, tags.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{ffa0}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The first character of a text that is not visible as what it is; line ends are among them.
pub(crate) fn hidden_in(text: &str) -> Option<char> {
    text.chars().find(|&c| c.is_control() || is_hidden(c))
}

/// Whether a text holds such a character.
pub(crate) fn hides_something(text: &str) -> bool {
    hidden_in(text).is_some()
}

/// Text for people, in one line: control and bidi characters are shown, not sent, and no runner finds a command in it,
/// however the line is wrapped at whitespace.
pub fn sanitize(text: &str) -> Cow<'_, str> {
    // Most texts are plain, which costs least to see.
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t'));
    let suspicious = |c: char| shown(c).is_some();
    if (is_plain || !text.contains(suspicious)) && !text.contains("::") && !text.contains("##[") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text.chars().peekable();
    let mut at_word_start = true;
    while let Some(c) = rest.next() {
        match shown(c) {
            Some(picture) => out.push_str(&picture),
            None => out.push(c),
        }
        let next = rest.peek().copied();
        // `::` is a command only where a line begins, which wrapping can make of every word; `##[` is one everywhere.
        let splits =
            (c == ':' && next == Some(':') && at_word_start) || (c == '#' && next == Some('[') && out.ends_with("##"));
        if splits {
            out.push(' ');
        }
        at_word_start = c.is_whitespace() || shown(c).is_some() || splits;
    }
    Cow::Owned(out)
}

/// So many bytes of a JSON document, up to the end of the line, are looked at together.
const PIECE: usize = 512;

/// The same for a JSON document: what cannot be sent is escaped, so that whoever reads it gets the text unchanged.
pub fn sanitize_json(json: &str) -> Cow<'_, str> {
    let may_be_escaped = |byte: u8| may_begin(byte) || matches!(byte, b'\r' | b'[');
    let mut out = String::new();
    let mut from = 0;
    let mut end = 0;
    while end < json.len() {
        let start = end;
        let least = (start + PIECE).min(json.len());
        end = memchr(b'\n', &json.as_bytes()[least..]).map_or(json.len(), |at| least + at + 1);
        let piece = &json[start..end];
        // A log that explains every rule is long, and holds next to nothing of this.
        if is_plain(piece) {
            continue;
        }
        for (at, _) in piece.bytes().enumerate().filter(|(_, byte)| may_be_escaped(*byte)) {
            let at = start + at;
            let Some(c) = json[at..].chars().next() else { continue };
            if shown(c).is_some() || c == '[' && json[..at].ends_with("##") {
                out.push_str(&json[from..at]);
                from = at + c.len_utf8();
                let mut units = [0; 2];
                for unit in c.encode_utf16(&mut units) {
                    out.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    if from == 0 {
        return Cow::Borrowed(json);
    }
    out.push_str(&json[from..]);
    Cow::Owned(out)
}

/// Whether lines hold nothing that is escaped, as is seen of many bytes at once.
fn is_plain(lines: &str) -> bool {
    let is_ascii = lines.bytes().fold(true, |so_far, byte| so_far & matches!(byte, b' '..=b'~' | b'\t' | b'\n'));
    is_ascii && !lines.contains("##[")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_and_bidi_characters_are_shown() {
        assert_eq!(sanitize("a\u{1b}[31mb\r\nc\u{7f}"), "a␛[31mb␍␊c␡");
        assert_eq!(sanitize("a\u{202e}b\u{200b}\u{9b}"), "a<U+202E>b<U+200B><U+009B>");
        assert_eq!(sanitize("tab\tand é stay"), "tab\tand é stay");
    }

    #[test]
    fn no_runner_finds_a_command() {
        assert_eq!(sanitize("::error::x"), ": :error::x");
        assert_eq!(sanitize("a ::warning file=x::y"), "a : :warning file=x::y");
        assert_eq!(sanitize("a\n::error::x"), "a␊: :error::x");
        assert_eq!(sanitize(":::error::x"), ": : :error::x");
        assert_eq!(sanitize("x##[error]y"), "x## [error]y");
        assert_eq!(sanitize("std::fmt::Debug and #[test]"), "std::fmt::Debug and #[test]");
    }

    #[test]
    fn json_keeps_its_meaning() {
        let text = "a\u{202e}##[x] \u{e0041} ::e::";
        let json = serde_json::to_string(text).unwrap();
        let safe = sanitize_json(&json);
        assert!(safe.is_ascii() && !safe.contains("##["), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).unwrap(), text);
        // Wherever it is in a long document.
        for lines in [0, 1, 7, 100] {
            let around = "  \"[plain]\"\n".repeat(lines);
            assert_eq!(sanitize_json(&format!("{around}{json}\n{around}")), format!("{around}{safe}\n{around}"));
        }
        for c in ('\0'..=char::MAX).filter(|c| *c != '\n' && shown(*c).is_some()) {
            assert!(sanitize_json(&c.to_string()).is_ascii(), "{:04X}", u32::from(c));
        }
    }
}
