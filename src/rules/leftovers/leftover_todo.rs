//! Words that say that something is still to be written.

use crate::diagnostics::finding::Finding;
use crate::model::rfc_outline::is_in_rfc;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// They are in upper case; in lower case they may be words. The third letter of each is [`THIRD`].
const WORDS: &[&str] = &["TODO", "TBD", "FIXME", "XXX"];

/// Few words have these letters in upper case.
const THIRD: [u8; 2] = [b'D', b'X'];

/// The one that says that something cannot be known yet.
const OPEN: &str = "TBD";

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let in_rfc = is_in_rfc(cx.slate, file);
    if !in_rfc && !matches!(file.kind, FileKind::Goal(_) | FileKind::Roadmap(_)) {
        return vec![];
    }
    let source = &file.source;
    let open_tables = open_tables(cx.slate, file);
    let mut findings = Vec::new();
    for place in places(file) {
        if source.slice(place) == OPEN && open_tables.iter().any(|table| table.contains(place)) {
            continue;
        }
        // Within a sentence it may be what that is about.
        let is_gap = || in_rfc && stands_for_something(file, place);
        if is_note(file, place).unwrap_or_else(|| begins_paragraph(file, place) || is_gap()) {
            let message = format!("leftover `{}`", source.slice(place));
            findings.push(Finding::new(place, message).help("write the missing text, or remove this"));
        }
    }
    findings
}

/// Whether a place within a sentence is one that is to be filled in, and not what the sentence is about, as in `a TODO app`.
fn stands_for_something(file: &File, place: Span) -> bool {
    let text = file.source.text();
    let before = &text[..place.start as usize];
    let word = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_thing = ["a", "an", "the", "this"].iter().any(|article| article.eq_ignore_ascii_case(word));
    !(is_thing && file.source.slice(place) == WORDS[0])
}

/// The tables in which what is still open is said in so many words: whoever helps or pays will know.
fn open_tables(slate: &Slate, file: &File) -> Vec<Span> {
    let FileKind::Goal(goal) = file.kind else { return Vec::new() };
    let plans = slate.goals[goal].plans.iter();
    let open = plans.filter(|plan| matches!(plan.holds, TableKind::HelpWanted | TableKind::Funding));
    open.map(|plan| file.document.tables[plan.table].span).collect()
}

/// The first of the words in each piece of text.
fn places(file: &File) -> Vec<Span> {
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '#' | '/'));
    let apart = words_in(file).filter(|(text, place)| {
        let before = file.source.slice(Span { start: text.start, end: place.start });
        let after = file.source.slice(Span { start: place.end, end: text.end });
        is_apart(before.chars().next_back()) && is_apart(after.chars().next())
    });
    let mut places: Vec<(Span, Span)> = apart.collect();
    places.sort_unstable();
    places.dedup_by_key(|(text, _)| *text);
    places.into_iter().map(|(_, place)| place).collect()
}

/// Every one of the words in running text, with the piece of text around it.
fn words_in(file: &File) -> impl Iterator<Item = (Span, Span)> {
    let text = file.source.text();
    let thirds = memchr::memchr2_iter(THIRD[0], THIRD[1], text.as_bytes());
    // Where the last one ended: `XXXX` is the word once.
    let mut end = 0;
    thirds.filter_map(move |third| {
        let start = third.checked_sub(2).filter(|start| *start >= end)?;
        let word = WORDS.iter().find(|word| text.as_bytes()[start..].starts_with(word.as_bytes()))?;
        end = start + word.len();
        let place = Span::new(start..end);
        let texts = &file.document.texts;
        let around = texts.get(texts.partition_point(|text| text.end < place.end))?;
        around.contains(place).then_some((*around, place))
    })
}

/// Whether a cell of a table begins with the word at a place, and says no more or goes on as a note does: `TODO(ada)`,
/// `FIXME: …`; none outside tables.
fn is_note(file: &File, place: Span) -> Option<bool> {
    let table = file.document.table_at(place)?;
    let before = table.rows.partition_point(|row| row.span.start <= place.start);
    let row = table.rows[..before].last()?;
    let Some(column) = row.cells.iter().position(|cell| cell.contains(place)) else { return Some(false) };
    let cell = row.cells[column];
    let text = file.source.slice(cell).trim_matches(['*', '_', '`', '(', ')']);
    let rest = text.strip_prefix(file.source.slice(place))?;
    // Owners, levels and values have rules of their own, which know the word alone.
    let is_whole = rest.is_empty() && column != 1;
    // Who is asked for is not known yet, and honest people say so.
    let goes_on = file.source.slice(place) != OPEN && rest.starts_with(['(', ':']);
    Some(is_whole || goes_on)
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
