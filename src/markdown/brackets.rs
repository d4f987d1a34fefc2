//! `[text]`, `[text][label]` and `![text][]` in plain text: what Markdown leaves alone because nothing defines it, and what
//! the goals process gives a meaning (teams, badges, linkifiers).

use std::ops::Range;

use memchr::memchr3;

/// A bracketed piece of text, its parts as byte ranges of the text that was searched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bracket {
    /// All of it, from `[` or `![` to the last `]`.
    pub whole: Range<usize>,
    /// Between the first pair of brackets.
    pub text: Range<usize>,
    /// Between the second pair, where there is one; empty for `[]`.
    pub label: Option<Range<usize>>,
    /// Whether a `!` precedes it.
    pub image: bool,
}

/// Finds the bracketed pieces of `text`, leaving out escaped brackets, inline code and pieces that hold brackets themselves.
pub(crate) fn brackets(text: &str) -> Vec<Bracket> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes.get(at..).and_then(|rest| memchr3(b'\\', b'`', b'[', rest)) {
        at += next;
        match bytes[at] {
            b'\\' => at += 2,
            b'`' => at = code_end(bytes, at),
            _ => match close(bytes, at) {
                Some(end) => {
                    let image = at > 0 && bytes[at - 1] == b'!' && (at < 2 || bytes[at - 2] != b'\\');
                    let label = match bytes.get(end + 1) {
                        Some(b'[') => close(bytes, end + 1).map(|label_end| end + 2..label_end),
                        _ => None,
                    };
                    let whole_end = label.as_ref().map_or(end, |label| label.end) + 1;
                    found.push(Bracket { whole: at - usize::from(image)..whole_end, text: at + 1..end, label, image });
                    at = whole_end;
                }
                None => at += 1,
            },
        }
    }
    found
}

/// The bracket that closes the one at `open`, if none is opened in between.
fn close(bytes: &[u8], open: usize) -> Option<usize> {
    let mut at = open + 1;
    loop {
        at += memchr3(b'\\', b'[', b']', bytes.get(at..)?)?;
        match bytes[at] {
            b'\\' => at += 2,
            b'[' => return None,
            _ => return Some(at),
        }
    }
}

/// After the inline code that begins at `at`, or after its backticks where nothing closes it.
fn code_end(bytes: &[u8], at: usize) -> usize {
    let ticks = bytes[at..].iter().take_while(|&&byte| byte == b'`').count();
    let mut from = at + ticks;
    while let Some(next) = bytes[from.min(bytes.len())..].iter().position(|&byte| byte == b'`') {
        let start = from + next;
        let run = bytes[start..].iter().take_while(|&&byte| byte == b'`').count();
        if run == ticks {
            return start + run;
        }
        from = start + run;
    }
    at + ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, Option<&str>, bool)> {
        let found = brackets(text).into_iter();
        found.map(|one| (&text[one.text], one.label.map(|label| &text[label]), one.image)).collect()
    }

    #[test]
    fn finds_each_kind() {
        assert_eq!(
            found("![Team][] [lang], [types][t] x"),
            [("Team", Some(""), true), ("lang", None, false), ("types", Some("t"), false)]
        );
    }

    #[test]
    fn leaves_out_escapes_code_and_nests() {
        assert_eq!(found("\\[a] `[b]` ``[c`]`` [d [e] f"), [("e", None, false)]);
        assert_eq!(found("`unclosed [a]"), [("a", None, false)]);
        assert_eq!(found("[open"), []);
    }
}
