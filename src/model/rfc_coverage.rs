//! Which parts of a slate's files the RFC shows. What is wrong elsewhere weighs less, because nobody votes on it.

use std::ops::Range;

use hashbrown::HashSet;

use super::goal::{self, Goal, MetadataRow};
use super::rfc_outline;
use super::slate::{File, FileKind, Slate};
use crate::markdown::document::Heading;
use crate::markdown::label::normalize_label;
use crate::markdown::table::LIKE_PIPES;
use crate::policy::format::{Field, SectionField, TableKind};
use crate::text::source::{Source, Span};

/// The parts of a file that the RFC shows, in its order and apart from each other: it may have very many, and be asked about very
/// often.
#[derive(Debug)]
pub(crate) struct RfcCoverage(Vec<Span>);

impl RfcCoverage {
    /// Finds them.
    pub(crate) fn of(slate: &Slate, file: &File) -> RfcCoverage {
        let parts = match file.kind {
            _ if slate.in_rfc().contains(&file.id) => without_note(slate, file),
            FileKind::Goal(goal) => of_goal(slate, &slate.goals[goal], file),
            FileKind::Roadmap(roadmap) => {
                let rows = slate.roadmaps[roadmap].metadata.rows.iter().filter(|row| row.field.is_some());
                let title = goal::title(&file.document).map(|title| title.span);
                title.into_iter().chain(rows.map(|row| row.span)).collect()
            }
            // What should have been read and cannot be is missing from the RFC, wherever the mistake is.
            FileKind::Broken { .. } | FileKind::BrokenRoadmap => vec![all_of(file)],
            FileKind::Template | FileKind::Page | FileKind::GoalTemplate => vec![],
        };
        RfcCoverage::new(parts)
    }

    fn new(mut spans: Vec<Span>) -> RfcCoverage {
        spans.sort_unstable();
        let mut parts: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match parts.last_mut().filter(|last| span.start <= last.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => parts.push(span),
            }
        }
        RfcCoverage(parts)
    }

    /// Whether a place lies in one of them, or directly after it.
    pub(crate) fn holds(&self, at: u32) -> bool {
        let before = self.0.partition_point(|part| part.start <= at);
        before.checked_sub(1).is_some_and(|index| at <= self.0[index].end)
    }
}

/// A template or chapter without the site's note on the status, which the RFC leaves out.
fn without_note(slate: &Slate, file: &File) -> Vec<Span> {
    match rfc_outline::status_note(&file.source, &file.document) {
        // A part includes the place directly after it.
        Some(note) if file.kind == FileKind::Template && note.start == 0 => {
            without(Span::new(note.end as usize + 1..all_of(file).end as usize), &unused_definitions(slate, file))
        }
        _ => without(all_of(file), &unused_definitions(slate, file)),
    }
}

/// The definitions that nothing uses; the RFC leaves them out.
fn unused_definitions(slate: &Slate, file: &File) -> Vec<Span> {
    let mut used = used_labels(file, |_| true);
    used.extend(slate.format.rfc.ask_label.as_deref().map(normalize_label));
    let definitions = file.document.definitions.iter().filter(|definition| !definition.is_footnote());
    definitions.filter(|definition| !used.contains(&definition.normal)).map(|definition| definition.span).collect()
}

/// The labels that links of a file use, of those that begin at certain places.
fn used_labels(file: &File, is_there: impl Fn(u32) -> bool) -> HashSet<String> {
    let links = file.document.links.iter().filter(|link| is_there(link.span.start));
    links.filter_map(|link| link.label.map(|at| normalize_label(file.source.slice(at)))).collect()
}

/// What is left of a part without others, which come in the order of the text. Where one of these begins is not in it either.
fn without(whole: Span, others: &[Span]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut start = whole.start;
    for other in others.iter().filter(|other| whole.contains(**other)) {
        if start < other.start {
            parts.push(Span { start, end: other.start - 1 });
        }
        start = start.max(other.end + 1);
    }
    if start <= whole.end {
        parts.push(Span { start, end: whole.end });
    }
    parts
}

fn all_of(file: &File) -> Span {
    Span::new(0..file.source.text().len())
}

/// Of a goal: the title, the rows from which something is read, the tables of tasks and asks, for a highlight the first
/// paragraphs of the summary and the subgoals; and the definitions that links in those use.
fn of_goal(slate: &Slate, goal: &Goal, file: &File) -> Vec<Span> {
    let document = &file.document;
    // A title that is missing is reported at the beginning.
    let title = goal::title(document).map_or(Span::at(file.source.bom_len()), |title| title.span);
    let mut parts = vec![title];
    parts.extend(lost_rows(slate, file, title));
    // What is missing in a table is reported at its header row.
    parts.push(document.tables[goal.metadata.table].head());
    // A row with other characters for pipes may have been meant as any.
    let is_lost = |row: &MetadataRow| file.source.slice(row.name.span).contains(LIKE_PIPES);
    let rows = goal.metadata.rows.iter().filter(|row| row.field.is_some() || is_lost(row));
    parts.extend(rows.map(|row| row.span));
    // No RFC shows a funding table.
    for plan in goal.plans.iter().filter(|plan| plan.holds != TableKind::Funding) {
        parts.push(document.tables[plan.table].span);
        parts.extend(plan.heading.map(|heading| document.headings[heading].span));
    }
    if goal.fields(Field::Highlight).next().is_some() {
        let summary = goal::section(document, &slate.format, SectionField::Summary);
        let headings = summary.into_iter().chain(goal.subgoals().filter_map(|subgoal| subgoal.heading));
        parts.extend(headings.filter_map(|heading| goal::first_paragraph(document, heading)));
    }
    for own in goal.plans.iter().filter_map(|plan| plan.metadata.as_ref()) {
        parts.extend(own.rows.iter().filter(|row| row.field.is_some()).map(|row| row.span));
    }
    let own = RfcCoverage::new(parts.clone());
    let used = used_labels(file, |at| own.holds(at));
    let defined = document.definitions.iter().filter(|definition| used.contains(&definition.normal));
    parts.extend(defined.map(|definition| definition.span));
    parts
}

/// What was meant as a row or a table that the RFC would show, and is none: below the title, and in the sections with tables of
/// tasks and asks.
fn lost_rows(slate: &Slate, file: &File, title: Span) -> Vec<Span> {
    let document = &file.document;
    let start = |heading: Option<&Heading>| heading.map_or(u32::MAX, |heading| heading.span.start);
    let mut outer = document.headings.iter().filter(|heading| !heading.nested).skip(1);
    let below_title = title.end..start(outer.next());
    let mut places = Vec::new();
    for (section, table) in goal::sections_with_tables(document, &slate.format) {
        if table.holds != TableKind::Funding {
            let below = goal::headings_below(document, section);
            places.push(document.headings[section].span.end..start(document.headings.get(below.end)));
        }
    }
    // An ask is lost wherever its row is.
    let badge = slate.format.badge.as_ref().map(|badge| format!("![{badge}]"));
    let is_ask = |text: &str| badge.as_ref().is_some_and(|badge| text.contains(badge.as_str()));
    let is_lost = |paragraph: &Span| {
        below_title.contains(&paragraph.start)
            || places.iter().any(|place: &Range<u32>| place.contains(&paragraph.start))
            || is_ask(file.source.slice(*paragraph))
    };
    let paragraphs = goal::loose_rows(&file.source, document, 0..u32::MAX).into_iter().filter(is_lost);
    // Not what else is in the same paragraph.
    let lines = paragraphs.flat_map(|paragraph| lines(&file.source, paragraph));
    lines.filter(|line| file.source.slice(*line).contains('|')).collect()
}

/// The lines that a part of a text lies on.
fn lines(source: &Source, part: Span) -> impl Iterator<Item = Span> {
    let line_of = |at: u32| source.line_index(at as usize);
    (line_of(part.start)..=line_of(part.end)).map(|line| source.line_span(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_what_lies_in_them_in_whatever_order_they_come() {
        let parts = RfcCoverage::new(vec![Span::new(20..25), Span::new(2..5), Span::new(4..8)]);
        let held: Vec<u32> = (0..30).filter(|at| parts.holds(*at)).collect();
        assert_eq!(held, (2..=8).chain(20..=25).collect::<Vec<u32>>());
        assert!(!RfcCoverage::new(vec![]).holds(0));
    }
}
