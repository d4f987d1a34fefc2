//! Footnotes as GitHub reads them: `[^mark]: text`, which CommonMark does not know.

use hashbrown::HashSet;

use super::brackets::brackets;
use super::document::{BlockKind, Document};
use super::label::normalize_label;
use crate::text::source::{Source, Span};

/// The text of a footnote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Footnote {
    /// Its label as labels are compared, with the `^`.
    pub(crate) normal: String,
    /// What follows the colon: up to a blank line, and the indented paragraphs behind it.
    pub(crate) body: Span,
}

/// The footnotes of a document, in its order. Only those that begin a line count, not those in quotations and lists.
pub(crate) fn footnotes(source: &Source, document: &Document) -> Vec<Footnote> {
    let mut found = Vec::new();
    if memchr::memmem::find(source.text().as_bytes(), b"[^").is_none() {
        return found;
    }
    let mut lines = (0..source.line_count()).map(|line| source.line_span(line)).peekable();
    while let Some(span) = lines.next() {
        let Some((normal, start)) = mark(source, span).filter(|_| !is_code(document, span)) else { continue };
        let mut end = span.end;
        let mut is_after_blank = false;
        while let Some(next) = lines.peek().copied() {
            let text = source.slice(next);
            let is_blank = text.trim().is_empty();
            // A blank line ends it, unless what follows is indented.
            let is_cut =
                || is_after_blank && !is_indented(text) || mark(source, next).is_some() || is_other_block(text);
            if !is_blank && is_cut() {
                break;
            }
            if !is_blank {
                end = next.end;
            }
            is_after_blank = is_blank;
            lines.next();
        }
        found.push(Footnote { normal, body: Span { start, end } });
    }
    found
}

/// The marks of footnotes that a document has no text for, without their brackets.
pub(crate) fn undefined_footnotes(source: &Source, document: &Document) -> Vec<Span> {
    let mut marks = footnote_marks(source, document);
    if !marks.is_empty() {
        let defined: HashSet<String> = footnotes(source, document).into_iter().map(|one| one.normal).collect();
        marks.retain(|mark| !defined.contains(&normalize_label(source.slice(*mark))));
    }
    marks
}

/// Where a document names footnotes, at their marks and at their texts: `^1` of `[^1]`.
pub(crate) fn footnote_marks(source: &Source, document: &Document) -> Vec<Span> {
    let begun: Vec<usize> = memchr::memmem::find_iter(source.text().as_bytes(), b"[^").collect();
    if begun.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Span> =
        document.definitions.iter().filter(|one| one.is_footnote()).map(|one| one.label).collect();
    let is_leaf = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Table);
    for block in document.blocks.iter().filter(|block| is_leaf(block.kind)) {
        // Where there are footnotes, most blocks have none all the same.
        let first = begun.partition_point(|at| *at < block.span.start as usize);
        if begun.get(first).is_none_or(|at| *at >= block.span.end as usize) {
            continue;
        }
        let text = source.slice(block.span);
        for bracket in brackets(text) {
            let parts = std::iter::once(bracket.text).chain(bracket.label);
            found.extend(parts.filter(|part| is_footnote(&text[part.clone()])).map(|part| block.span.part(part)));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Whether what is in brackets is the mark of a footnote.
pub(crate) fn is_footnote(inner: &str) -> bool {
    inner.strip_prefix('^').is_some_and(|label| !label.is_empty() && !label.contains(char::is_whitespace))
}

/// The label of a footnote with which a line begins, and where its text begins.
fn mark(source: &Source, line: Span) -> Option<(String, u32)> {
    let text = source.slice(line);
    // Most lines begin otherwise.
    if !matches!(text.as_bytes().first(), Some(b'[' | b' ')) {
        return None;
    }
    let indentation = text.len() - text.trim_start_matches(' ').len();
    let rest = text[indentation..].strip_prefix('[').filter(|rest| indentation < 4 && rest.starts_with('^'))?;
    let (label, body) = rest.split_once("]:")?;
    let is_label = label
        .strip_prefix('^')
        .is_some_and(|name| !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || matches!(c, '[' | ']')));
    let start = line.end as usize - body.trim_start().len();
    is_label.then(|| (normalize_label(label), Span::at(start).start))
}

fn is_code(document: &Document, line: Span) -> bool {
    let before = document.codes.partition_point(|code| code.start <= line.start);
    document.codes[..before].last().is_some_and(|code| line.start < code.end)
}

fn is_indented(text: &str) -> bool {
    text.starts_with("    ") || text.starts_with('\t')
}

/// Whether a line begins a block that ends the paragraph above it.
fn is_other_block(text: &str) -> bool {
    let text = text.trim_start_matches(' ');
    text.starts_with(['#', '>', '|'])
        || text.starts_with("```")
        || text.starts_with("~~~")
        || ["- ", "* ", "+ "].iter().any(|mark| text.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_footnote_goes_on_in_indented_paragraphs() {
        let text = "a[^a] b[^B]\n\n[^a]: one\ntwo\n[^B]: three\n\n    four\n\n    five\n\nsix\n\n```\n[^c]: no\n```\n";
        let source = Source::from_bytes("a.md", text.into());
        let found = footnotes(&source, &Document::parse(&source));
        let found: Vec<(&str, &str)> = found.iter().map(|one| (one.normal.as_str(), source.slice(one.body))).collect();
        assert_eq!(found, [("^a", "one\ntwo"), ("^b", "three\n\n    four\n\n    five")]);
    }
}
