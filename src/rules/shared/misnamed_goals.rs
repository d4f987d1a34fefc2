//! Goals that the names of their files make roadmaps.

use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Field, TableFormat, TableKind};
use crate::text::similarity::did_you_mean;
use crate::text::source::Span;

/// What a file that is read as a roadmap has and only goals have: where it is, and whether it is a row or a section.
pub(crate) fn sign_of_goal(slate: &Slate, file: &File) -> Option<(Span, &'static str)> {
    let format = &slate.format;
    let roadmaps = format.roadmaps.as_ref()?;
    let row = match file.kind {
        FileKind::Roadmap(roadmap) => slate.roadmaps[roadmap].metadata.rows.iter().find(|row| {
            let known = format.row(&row.name.value).and_then(|(known, _)| known.field);
            matches!(known, Some(Field::Status | Field::Champion)) && roadmaps.rows.named(&row.name.value).is_none()
        }),
        FileKind::BrokenRoadmap => None,
        _ => return None,
    };
    if let Some(row) = row {
        return Some((row.span, "row"));
    }
    // A roadmap may say how it is funded, and where help is wanted.
    let is_of_goals = |table: &TableFormat| table.holds.is_work() || table.holds == TableKind::Asks;
    let sections = format.sections.iter().filter(|(_, section)| section.table.as_ref().is_some_and(is_of_goals));
    let names: Vec<&str> = sections.map(|(name, _)| name.as_str()).collect();
    let mut headings = file.document.headings.iter().filter(|heading| !heading.nested).skip(1);
    let section = headings.find(|heading| did_you_mean(&heading.text, names.iter().copied()).is_some())?;
    Some((section.content, "section"))
}
