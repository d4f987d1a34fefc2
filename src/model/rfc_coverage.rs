//! Which parts of a slate's files the RFC shows. What is wrong elsewhere weighs less, because nobody votes on it.

use std::collections::HashSet;

use typed_index_collections::TiVec;

use super::goal::{self, Goal};
use super::rfc_outline;
use super::slate::{File, FileKind, Slate};
use crate::markdown::label::normalize_label;
use crate::policy::format::{Field, SectionField, TableKind};
use crate::text::ids::FileId;
use crate::text::source::Span;

/// The parts that the RFC shows, file by file.
#[derive(Debug)]
pub(crate) struct RfcCoverage(TiVec<FileId, Parts>);

/// Parts of one text, in its order and apart from each other: a file may have very many, and be asked about very often.
#[derive(Debug)]
struct Parts(Vec<Span>);

impl Parts {
    fn new(mut spans: Vec<Span>) -> Parts {
        spans.sort_unstable();
        let mut parts: Vec<Span> = Vec::with_capacity(spans.len());
        for span in spans {
            match parts.last_mut().filter(|last| span.start <= last.end) {
                Some(last) => last.end = last.end.max(span.end),
                None => parts.push(span),
            }
        }
        Parts(parts)
    }

    /// Whether a place lies in one of them, or directly after it.
    fn hold(&self, at: u32) -> bool {
        let before = self.0.partition_point(|part| part.start <= at);
        before.checked_sub(1).is_some_and(|index| at <= self.0[index].end)
    }
}

impl RfcCoverage {
    /// Finds them.
    pub(crate) fn of(slate: &Slate) -> RfcCoverage {
        let whole: HashSet<FileId> = slate.in_rfc().iter().copied().collect();
        let parts = |file: &File| match file.kind {
            _ if whole.contains(&file.id) => without_note(file),
            FileKind::Goal(goal) => of_goal(slate, &slate.goals[goal], file),
            FileKind::Roadmap(roadmap) => {
                let rows = slate.roadmaps[roadmap].metadata.rows.iter().filter(|row| row.field.is_some());
                goal::title(&file.document)
                    .map(|title| title.span)
                    .into_iter()
                    .chain(rows.map(|row| row.span))
                    .collect()
            }
            // What should have been read and cannot be is missing from the RFC, wherever the mistake is.
            FileKind::Broken { .. } | FileKind::BrokenRoadmap => vec![all_of(file)],
            FileKind::Template | FileKind::Page => vec![],
        };
        RfcCoverage(slate.files.iter().map(parts).map(Parts::new).collect())
    }

    /// Whether a place in a file begins in such a part.
    pub(crate) fn holds(&self, file: FileId, span: Span) -> bool {
        self.0.get(file).is_some_and(|parts| parts.hold(span.start))
    }
}

/// A template or chapter without the site's note on the status, which the RFC leaves out.
fn without_note(file: &File) -> Vec<Span> {
    match rfc_outline::status_note(&file.source, &file.document) {
        // A part includes the place directly after it.
        Some(note) if file.kind == FileKind::Template && note.start == 0 => {
            vec![Span::new(note.end as usize + 1..all_of(file).end as usize)]
        }
        _ => vec![all_of(file)],
    }
}

fn all_of(file: &File) -> Span {
    Span::new(0..file.source.text().len())
}

/// Of a goal: the title, the rows from which something is read, the tables of tasks and asks, for a highlight the first
/// paragraphs of the summary and the subgoals; and the definitions that links in those use.
fn of_goal(slate: &Slate, goal: &Goal, file: &File) -> Vec<Span> {
    let document = &file.document;
    let mut parts: Vec<Span> = goal::title(document).map(|title| title.span).into_iter().collect();
    // What is missing in a table is reported at its header row.
    parts.push(document.tables[goal.metadata.table].head());
    parts.extend(goal.metadata.rows.iter().filter(|row| row.field.is_some()).map(|row| row.span));
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
    let own = Parts::new(parts.clone());
    let links = document.links.iter().filter(|link| own.hold(link.span.start));
    let used: HashSet<String> =
        links.filter_map(|link| link.label.map(|at| normalize_label(file.source.slice(at)))).collect();
    let defined = document.definitions.iter().filter(|definition| used.contains(&definition.normal));
    parts.extend(defined.map(|definition| definition.span));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_hold_what_lies_in_them_in_whatever_order_they_come() {
        let parts = Parts::new(vec![Span::new(20..25), Span::new(2..5), Span::new(4..8)]);
        let held: Vec<u32> = (0..30).filter(|at| parts.hold(*at)).collect();
        assert_eq!(held, (2..=8).chain(20..=25).collect::<Vec<u32>>());
        assert!(!Parts::new(vec![]).hold(0));
    }
}
