//! Letters that were lost when a text was read in another encoding than it was written in.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What the first bytes of letters beyond ASCII look like in Windows-1252, where others follow.
const FIRST: [&str; 3] = ["\u{c3}", "\u{c2}", "\u{e2}\u{20ac}"];
/// The byte with which all of these begin in UTF-8: few files have it.
const LEAD: u8 = 0xc3;
/// What is written in the place of a letter that cannot be read.
const LOST: &str = "\u{fffd}";

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let text = file.source.text();
    let mut findings = Vec::new();
    if text.is_ascii() {
        return findings;
    }
    // A file that is not UTF-8 is read with such characters, which `invalid-utf8` reports.
    if file.source.invalid_utf8().is_none() {
        let lost = memchr::memmem::find_iter(text.as_bytes(), LOST).map(|at| Span::new(at..at + LOST.len()));
        let finding = |span| Finding::new(span, "replacement character U+FFFD: a letter was lost here");
        findings.extend(lost.map(|span| finding(span).help("write the letter that belongs here")));
    }
    if memchr::memchr(LEAD, text.as_bytes()).is_none() {
        return findings;
    }
    for first in FIRST {
        for at in memchr::memmem::find_iter(text.as_bytes(), first) {
            let Some(next) = text[at + first.len()..].chars().next().filter(|c| is_rest(*c)) else { continue };
            let span = Span::new(at..at + first.len() + next.len_utf8());
            let message = format!("`{}` is a character that was read in the wrong encoding", file.source.slice(span));
            findings
                .push(Finding::new(span, message).help("write the character that belongs here, in UTF-8").group(""));
        }
    }
    findings
}

/// Whether a character is what a further byte of a letter looks like in Windows-1252, and none of a word.
fn is_rest(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{bf}' | '\u{2018}'..='\u{2026}' | '\u{20ac}' | '\u{2122}' | '\u{152}' | '\u{153}' | '\u{2c6}' | '\u{2dc}')
}
