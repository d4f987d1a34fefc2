//! Two asterisks that stay as they are, because nothing ends the emphasis that they begin, or the other way round.

use crate::finding::Finding;
use crate::slate::{File, Slate};
use crate::source::Span;

/// What makes text bold. A single asterisk may be one, as in a footnote or a product.
const MARK: &str = "**";

pub(crate) fn check(_: &Slate, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings: Vec<Finding> = Vec::new();
    let mut last_line = None;
    for text in &file.document.texts {
        let Some(mark) = mark(source.text(), *text) else { continue };
        // One in each line: the others may be its partners.
        let line = source.line_index(mark.start as usize);
        if last_line.replace(line) == Some(line) {
            continue;
        }
        findings.push(
            Finding::new(mark, "these asterisks are shown: they make nothing bold")
                .help("write `**` directly before the first and directly behind the last word that is bold"),
        );
    }
    findings
}

/// The first two asterisks in a text that touch a word on one side at least.
fn mark(all: &str, text: Span) -> Option<Span> {
    let start = text.start as usize;
    let found = all.get(text.range())?.match_indices(MARK).map(|(at, _)| start + at);
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let mut found = found.filter(|at| {
        let (before, behind) = (all[..*at].chars().next_back(), all[at + MARK.len()..].chars().next());
        before != Some('\\') && before != Some('*') && behind != Some('*') && (is_word(before) != is_word(behind))
    });
    found.next().map(|at| Span::new(at..at + MARK.len()))
}
