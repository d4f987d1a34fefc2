//! How a file is divided: its headings, and what the metadata and the tables below them say.

use crate::markdown::document::Heading;
use crate::model::goal::{Goal, MetadataRow, Task};
use crate::model::slate::{File, FileKind, Slate};
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};

/// A part of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// What it is.
    pub kind: OutlineKind,
    /// Its name.
    pub name: String,
    /// What it says, in short.
    pub detail: Option<String>,
    /// All of it.
    pub span: Span,
    /// Its name in the text; a part of `span`.
    pub name_span: Span,
    /// The parts that it is made of, in the order of the text.
    pub children: Vec<OutlineItem>,
}

/// What a part of a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// A heading with what is below it.
    Heading,
    /// A metadata row.
    Row,
    /// A row of a table of work.
    Task,
    /// An ask of teams.
    Ask,
}

/// The parts of a file.
pub fn outline(slate: &Slate, file: &File) -> Vec<OutlineItem> {
    let headings: Vec<&Heading> = file.document.headings.iter().filter(|heading| !heading.nested).collect();
    let mut rows = rows(slate, file);
    sort_by_key(&mut rows, |row| row.span);
    let mut rows = rows.into_iter().peekable();
    let mut found = Vec::new();
    // What is above the first heading has no other place.
    let first = headings.first().map_or(u32::MAX, |heading| heading.span.start);
    while let Some(row) = rows.next_if(|row| row.span.start < first) {
        found.push(row);
    }
    // The headings that are open, each with its level.
    let mut open: Vec<(u8, OutlineItem)> = Vec::new();
    for (number, heading) in headings.iter().enumerate() {
        close(&mut open, &mut found, heading.level);
        let next = headings.get(number + 1).map_or(u32::MAX, |next| next.span.start);
        let mut item = of_heading(&file.source, &headings, number);
        while let Some(row) = rows.next_if(|row| row.span.start < next) {
            item.children.push(row);
        }
        open.push((heading.level, item));
    }
    close(&mut open, &mut found, 0);
    found
}

/// Closes the headings of a level and those below it.
fn close(open: &mut Vec<(u8, OutlineItem)>, found: &mut Vec<OutlineItem>, level: u8) {
    while let Some((_, item)) = open.pop_if(|(other, _)| *other >= level) {
        open.last_mut().map_or(&mut *found, |(_, above)| &mut above.children).push(item);
    }
}

fn of_heading(source: &Source, headings: &[&Heading], number: usize) -> OutlineItem {
    let heading = headings[number];
    let below = headings[number + 1..].iter().find(|next| next.level <= heading.level);
    let end = below.map_or(source.text().len(), |next| next.span.start as usize);
    let text = source.text().get(heading.span.start as usize..end).unwrap_or_default().trim_end();
    let end = (heading.span.start as usize + text.len()).max(heading.span.end as usize);
    OutlineItem {
        kind: OutlineKind::Heading,
        name: named(&heading.text),
        detail: None,
        span: Span::new(heading.span.start as usize..end),
        name_span: heading.span,
        children: Vec::new(),
    }
}

/// A name that an editor can show: some drop what has none.
fn named(text: &str) -> String {
    let text = crate::text::blanks::one_line(text);
    if text.is_empty() { "(empty)".to_owned() } else { text }
}

fn rows(slate: &Slate, file: &File) -> Vec<OutlineItem> {
    if let FileKind::Roadmap(roadmap) = file.kind {
        let rows = slate.roadmaps.get(roadmap).into_iter().flat_map(|roadmap| &roadmap.metadata.rows);
        return rows.map(of_row).collect();
    }
    slate.goal_in(file).map(of_goal).unwrap_or_default()
}

fn of_goal(goal: &Goal) -> Vec<OutlineItem> {
    let of_plans = goal.plans.iter().filter_map(|plan| plan.metadata.as_ref());
    let metadata = std::iter::once(&goal.metadata).chain(of_plans).flat_map(|metadata| &metadata.rows);
    metadata.map(of_row).chain(goal.tasks().map(of_task)).collect()
}

fn of_row(row: &MetadataRow) -> OutlineItem {
    let detail = Some(row.value.value.clone()).filter(|value| !value.is_empty());
    let (name, name_span) = (named(&row.name.value), part_of(row.span, row.name.span));
    OutlineItem { kind: OutlineKind::Row, name, detail, span: row.span, name_span, children: Vec::new() }
}

fn of_task(task: &Task) -> OutlineItem {
    let (kind, name, detail, place) = match &task.ask {
        Some(ask) => {
            let teams: Vec<&str> = ask.team_names().collect();
            (OutlineKind::Ask, teams.join(", "), &task.name, ask.cell)
        }
        None => (OutlineKind::Task, task.name.value.clone(), &task.owners, task.name.span),
    };
    let detail = Some(detail.value.clone()).filter(|detail| !detail.is_empty());
    let name_span = part_of(task.span, place);
    OutlineItem { kind, name: named(&name), detail, span: task.span, name_span, children: Vec::new() }
}

fn part_of(whole: Span, part: Span) -> Span {
    if whole.contains(part) { part } else { whole }
}
