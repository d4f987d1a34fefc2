//! What a value of a configuration or roster may be, so that it never makes the text of an RFC wrong: addresses, names, labels,
//! pieces of Markdown. What a value means is for its reader to say; how it is escaped, for whoever puts it into a text.

use crate::markdown::line::{Line, read_line};
use crate::text::blanks::one_line;
use crate::text::hidden::first_hidden;
use crate::text::sanitize::hidden_in;

/// Why a value cannot be used, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// What is wrong, such as "has no scheme"; it follows the name of the value.
    pub(crate) reason: String,
    /// What to do.
    pub(crate) help: String,
}

impl Fault {
    fn new(reason: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { reason: reason.into(), help: help.into() }
    }

    /// The whole message about a value, by what it is: "invalid URL `x`: has no scheme".
    pub(crate) fn message(&self, what: &str, value: &str) -> String {
        format!("invalid {what} `{value}`: {}", self.reason)
    }
}

/// The longest name or label, in characters; Markdown takes labels of up to 999.
const MAX_NAME: usize = 200;

/// Why a text cannot be on one line as what it looks like, if it cannot.
pub(crate) fn hidden(text: &str) -> Option<Fault> {
    // Most texts are plain, which costs least to see.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return None;
    }
    let c = hidden_in(text).or_else(|| first_hidden(text))?;
    Some(match c {
        '\n' | '\r' => Fault::new("contains a line break", "write it on one line"),
        c if c.is_control() => {
            Fault::new(format!("contains the control character U+{:04X}", u32::from(c)), "remove it")
        }
        c => Fault::new(format!("contains the hidden character U+{:04X}", u32::from(c)), "remove it"),
    })
}

/// Why a text is no full address for a link, if it is none.
pub(crate) fn url(text: &str) -> Option<Fault> {
    const HELP: &str = "use a full URL: `https://…`";
    if let Some(fault) = hidden(text) {
        return Some(fault);
    }
    if text.contains(char::is_whitespace) {
        return Some(Fault::new("contains whitespace", "write a space as `%20`"));
    }
    if let Some(c) = text.chars().find(|c| matches!(c, '<' | '>' | '\\' | '"' | '`')) {
        return Some(Fault::new(format!("contains `{c}`"), format!("write it as `%{:02X}`", u32::from(c))));
    }
    let schemes = ["https://", "http://", "mailto:"];
    let Some(rest) = schemes.iter().find_map(|scheme| text.strip_prefix(scheme)) else {
        return Some(Fault::new("does not start with `https://`", HELP));
    };
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (host.is_empty() || host.starts_with([':', '.', '@'])).then(|| Fault::new("has no host", HELP))
}

/// Why a text cannot be shown in place of a user's name, if it cannot.
pub(crate) fn display_name(text: &str) -> Option<Fault> {
    if text.trim().is_empty() {
        return Some(Fault::new("is empty", "use the name to be shown"));
    }
    hidden(text).or_else(|| too_long(text))
}

/// Why a text cannot be the label of a definition, if it cannot.
pub(crate) fn label(text: &str) -> Option<Fault> {
    const HELP: &str = "use words, such as `Help wanted`";
    if text.trim().is_empty() {
        return Some(Fault::new("is empty", HELP));
    }
    if let Some(c) = text.chars().find(|c| matches!(c, '[' | ']' | '\\' | '|' | '`' | '<' | '>')) {
        return Some(Fault::new(format!("contains `{c}`"), HELP));
    }
    if text.trim_start().starts_with('^') {
        return Some(Fault::new("is that of a footnote", HELP));
    }
    hidden(text).or_else(|| directive(text)).or_else(|| too_long(text))
}

/// Why a text cannot be the name of a team or user, if it cannot.
pub(crate) fn name(text: &str) -> Option<Fault> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if text.is_empty() {
        return Some(Fault::new("is empty", "remove it"));
    }
    let odd = text.bytes().position(|byte| !is_fine(byte)).and_then(|at| text.get(at..)?.chars().next());
    odd.map(|c| Fault::new(format!("contains `{c}`"), "use ASCII letters, digits, `-`, `_`, and `.`"))
}

/// Why a text cannot be a piece of a line of the RFC, as Markdown, if it cannot.
pub(crate) fn line(text: &str) -> Option<Fault> {
    if let Some(fault) = hidden(text).or_else(|| directive(text)) {
        return Some(fault);
    }
    // Most are plain words.
    if text.chars().all(|c| c.is_alphanumeric() || " ,.;'\"()?!/-".contains(c)) {
        return None;
    }
    let Line { html, targets, hidden } = read_line(text);
    if let Some(html) = html {
        return Some(Fault::new(format!("contains HTML (`{html}`)"), "use Markdown, or write `<` as `\\<`"));
    }
    if let Some(c) = hidden {
        let reason = format!("contains the hidden character U+{:04X} as a character reference", u32::from(c));
        return Some(Fault::new(reason, "remove it"));
    }
    let ends = text.match_indices("](").filter(|(at, _)| !text[..*at].ends_with('\\')).count();
    if ends > targets.len() {
        return Some(Fault::new(
            "contains the end of a link without its beginning",
            "write links as `[text](https://…)`",
        ));
    }
    targets.iter().find_map(|target| {
        let fault = url(target)?;
        Some(Fault::new(format!("the target `{target}` of a link {}", fault.reason), fault.help))
    })
}

/// The same for a text that may not be empty either.
pub(crate) fn words(text: &str) -> Option<Fault> {
    if text.trim().is_empty() { Some(Fault::new("is empty", "use a few words")) } else { line(text) }
}

/// Why a text cannot be the header of a column or the name of a line: tables are known by them, so nothing in them may be read
/// as anything but words.
pub(crate) fn plain(text: &str) -> Option<Fault> {
    const HELP: &str = "use a few words, such as `Point of contact`";
    if text != one_line(text) {
        return Some(Fault::new("has a space too many", HELP));
    }
    let odd = text.chars().find(|c| "[]|`~@<>\\".contains(*c));
    odd.map(|c| Fault::new(format!("contains `{c}`"), HELP)).or_else(|| line(text))
}

/// Whether a text has a directive in it, whole or damaged.
fn directive(text: &str) -> Option<Fault> {
    let mark = ["(((", ")))", "<!--", "-->", "{{#"].into_iter().find(|mark| text.contains(mark))?;
    Some(Fault::new(format!("contains `{mark}`, a mark of directives"), "remove it: directives have no effect here"))
}

fn too_long(text: &str) -> Option<Fault> {
    let length = text.chars().count();
    (length > MAX_NAME).then(|| Fault::new(format!("has {length} characters"), format!("use at most {MAX_NAME}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_full_and_can_be_written() {
        for good in [
            "https://x.org",
            "http://localhost:3000/a",
            "https://en.wikipedia.org/wiki/A_(b)?x=1&y={z}#c|d",
            "mailto:a@b.c",
            "https://web.archive.org/web/2024/https://x.org",
            "https://bücher.example/ä",
        ] {
            assert_eq!(url(good), None, "{good}");
        }
        for odd in [
            "",
            "x.org",
            "/a/b",
            "./a.md",
            "#a",
            "//x.org",
            "javascript:alert(1)",
            "ftp://x.org",
            "https://",
            "https:///a",
            "https://a b.org",
            " https://x.org",
            "https://x.org\n",
            "https://x.org/\u{202e}",
            "https://x.org/\u{200b}",
            "https://x.org/<b>",
            "https://x.org/\\",
            "https://x.org\u{a0}",
            "HTTPS",
        ] {
            assert!(url(odd).is_some(), "{odd}");
        }
    }

    #[test]
    fn names_and_labels_can_be_written() {
        for good in ["Ada", "A | B", "[x]", "a\\", "`", "<b>", "花江", "-->", "👩\u{200d}💻"] {
            assert_eq!(display_name(good), None, "{good}");
        }
        for odd in ["", "  ", "a\nb", "a\tb", "\u{202e}a", "\u{feff}", "\u{1b}[31m", &"a".repeat(201)] {
            assert!(display_name(odd).is_some(), "{odd:?}");
        }
        assert_eq!(label("Help wanted"), None);
        for odd in ["", " ", "a[b", "]", "a|b", "a\\", "^1", "(((GOALS)))", "<!-- X -->", "a\u{2066}b", "a\nb"] {
            assert!(label(odd).is_some(), "{odd:?}");
        }
        assert_eq!(name("project-a_b.c"), None);
        for odd in ["", "a b", "a|b", "[a]", "ä", "a/b", "\u{200b}"] {
            assert!(name(odd).is_some(), "{odd:?}");
        }
    }

    #[test]
    fn lines_hold_nothing_that_only_a_page_may_hold() {
        for good in [
            "",
            "plain words (e.g. these",
            "a *b* `c` ~~d~~ | e",
            "see [x](https://x.org) or <https://y.org>",
            "[lang] and @ada",
            "a & b &amp; 1 < 2",
            "# x",
            "- y",
            "`<b>`",
        ] {
            assert_eq!(line(good), None, "{good}");
        }
        for odd in [
            "(((GOALS)))",
            "((( GOALS",
            "<!-- TEAM ASKS -->",
            "{{#include x.md}}",
            "a<br>b",
            "<b>",
            "a\nb",
            "](",
            "a](b) [c](https://x.org)",
            "a\u{202e}b",
            "a&#x202e;b",
            "a&#8238;b",
            "&#27;[31m",
            "[x](y.md)",
            "[x](#y)",
            "![x](img.png)",
            "[x](javascript:alert(1))",
        ] {
            assert!(line(odd).is_some(), "{odd:?}");
        }
    }
}
