//! Words that say that something is still to be written.

use crate::finding::Finding;
use crate::rfc::chapters::is_in_rfc;
use crate::slate::{File, FileKind, Slate};
use crate::source::Span;

/// They stand in capitals; in small letters they may be words.
const WORDS: &[&str] = &["TODO", "TBD", "FIXME", "XXX"];

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    let in_rfc = is_in_rfc(slate, file);
    if !in_rfc && !matches!(file.kind, FileKind::Goal(_) | FileKind::Roadmap(_)) {
        return vec![];
    }
    let source = &file.source;
    let mut findings = Vec::new();
    for text in &file.document.texts {
        let Some(word) = word(source.slice(*text)) else { continue };
        let place = text.part(word);
        // Within the sentences of a goal it may be what the goal is about.
        if in_rfc || is_note(file, place).unwrap_or_else(|| begins_paragraph(file, place)) {
            let message = format!("`{}`: something is still to be written here", source.slice(place));
            findings.push(Finding::new(place, message).help("write it, or take this out"));
        }
    }
    findings
}

/// The first of the words in a text.
fn word(text: &str) -> Option<std::ops::Range<usize>> {
    // Asked for every text of a slate: nearly none has one of these.
    let found = WORDS.iter().filter_map(|word| {
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '#' | '/'));
        let mut places = text.match_indices(word).map(|(at, word)| at..at + word.len());
        places.find(|place| {
            is_apart(text[..place.start].chars().next_back()) && is_apart(text[place.end..].chars().next())
        })
    });
    found.min_by_key(|place| place.start)
}

/// Whether a place is all that a cell of a table says, behind the columns that have rules of their own; none outside tables.
fn is_note(file: &File, place: Span) -> Option<bool> {
    let tables = &file.document.tables;
    let before = tables.partition_point(|table| table.span.start <= place.start);
    let table = tables[..before].last().filter(|table| table.span.contains(place))?;
    let before = table.rows.partition_point(|row| row.span.start <= place.start);
    let row = table.rows[..before].last()?;
    Some(row.cells.iter().skip(2).any(|cell| *cell == place))
}

/// Whether a place is the beginning of a paragraph or an item, or of what a label in bold announces.
fn begins_paragraph(file: &File, place: Span) -> bool {
    let blocks = &file.document.blocks;
    let before = blocks.partition_point(|block| block.span.start <= place.start);
    let Some(block) = before.checked_sub(1).map(|index| blocks[index]) else { return false };
    let above = file.source.slice(Span { start: block.span.start, end: place.start });
    let label = above.strip_suffix(":** ").or_else(|| above.strip_suffix("**: "));
    let is_label = label.is_some_and(|label| label.starts_with("**") && !label[2..].contains('*'));
    is_label || above.chars().all(|c| matches!(c, ' ' | '*' | '_' | '(' | '[' | '>' | '-' | '#'))
}
