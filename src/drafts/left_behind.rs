//! What of an older goal is not in the one that continues it: its author is told, since nothing is to be lost in silence.

use super::template::region;
use crate::markdown::document::{BlockKind, HeadingId};
use crate::model::goal::{self, Goal, Task};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::{File, Slate};
use crate::policy::format::{Field, SectionField};
use crate::text::source::Span;

/// What stays behind, each as a note. `place` is the file as it was named.
pub(crate) fn left_behind(slate: &Slate, old: &Goal, place: &str) -> Vec<String> {
    let file = slate.file_of(old);
    let mut notes = Vec::new();
    notes.extend(
        contact(slate, old).map(|contact| format!("not taken over: the contact `{contact}`, not a single user")),
    );
    let line = |at: Span| file.source.line_index(at.start as usize) + 1;
    for (task, ask) in old.asks().filter(|(_, ask)| ask.teams.is_empty()) {
        let at = line(ask.cell);
        notes.push(format!("not taken over: `{}`, which asks no team, at {place}:{at}", task.name.value));
    }
    let section = goal::section(&file.document, &slate.format, SectionField::Asks);
    let loose = section
        .map(|section| region(&file.source, &file.document, section))
        .map_or_else(Vec::new, |part| goal::loose_rows(&file.source, &file.document, part.start..part.end));
    for rows in &loose {
        let at = line(first_row(file, *rows));
        notes.push(format!("not taken over: rows outside of a table at {place}:{at}, which may be asks"));
    }
    let unread = section.map_or_else(Vec::new, |section| unread_tables(file, slate, old, section));
    for table in &unread {
        let at = line(*table);
        notes.push(format!("not taken over: the table at {place}:{at}, which has not the columns of one with asks"));
    }
    let done = old.asks().filter(|(task, _)| is_done(slate, task)).count();
    if loose.is_empty() && unread.is_empty() && done == 0 && old.asks().next().is_none() {
        notes.push(format!("no asks found in {place}"));
    }
    let parts = [
        listed("the row", "the rows", &rows(slate, old)),
        listed("the section", "the sections", &sections(slate, old)),
        section
            .filter(|section| says_more(file, old, *section))
            .map(|section| format!("what else is in `{}`", file.document.headings[section].text)),
        (done > 0).then(|| if done == 1 { "1 complete ask".to_owned() } else { format!("{done} complete asks") }),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        notes.push(format!("not taken over from {place}: {}", parts.join("; ")));
    }
    notes
}

/// The contact as written, where it is not one that can be taken over.
fn contact<'g>(slate: &Slate, old: &'g Goal) -> Option<&'g str> {
    let row = old.field(Field::Contact).filter(|_| old.contact.is_none())?;
    let value = row.value.value.as_str();
    (!value.is_empty() && !is_placeholder_value(slate, value)).then_some(value)
}

/// The tables below the asks that are read neither as tasks nor as metadata.
fn unread_tables(file: &File, slate: &Slate, old: &Goal, section: HeadingId) -> Vec<Span> {
    let part = region(&file.source, &file.document, section);
    let tables = file.document.tables.iter_enumerated().filter(|(_, table)| part.contains(table.span));
    let is_read = |id| old.plans.iter().any(|plan| plan.table == id);
    let unread =
        tables.filter(|(id, table)| !is_read(*id) && !goal::looks_like_metadata(&file.source, table, &slate.format));
    unread.map(|(_, table)| table.span).collect()
}

/// The first line of a part that looks like a row.
fn first_row(file: &File, part: Span) -> Span {
    let text = file.source.slice(part);
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        let start = *at;
        *at += line.len();
        Some((start, line))
    });
    let found = lines.into_iter().find(|(_, line)| line.contains('|'));
    Span::at(part.start as usize + found.map_or(0, |(start, _)| start))
}

/// The names of metadata rows that say something and have no place in a new goal, of subgoals too.
fn rows(slate: &Slate, old: &Goal) -> Vec<String> {
    let kept = |field: Option<Field>| matches!(field, Some(Field::Contact | Field::Status | Field::TrackingIssue));
    let is_generated = |name: &str| {
        let names = &slate.format.metadata.generated;
        names.iter().any(|known| known.eq_ignore_ascii_case(name))
            || slate.format.row(name).is_some_and(|(row, _)| row.placeholder.is_some())
    };
    let says = |value: &str| !value.is_empty() && !value.starts_with("<!--") && !is_placeholder_value(slate, value);
    let own = old.metadata.rows.iter().filter(|row| !kept(row.field));
    let of_subgoals = old.plans.iter().filter_map(|plan| plan.metadata.as_ref()).flat_map(|metadata| &metadata.rows);
    let all = own.chain(of_subgoals).filter(|row| says(&row.value.value) && !is_generated(&row.name.value));
    let mut names: Vec<String> = Vec::new();
    for row in all {
        if !names.contains(&row.name.value) {
            names.push(row.name.value.clone());
        }
    }
    names
}

/// The names of sections that say something, but for that of the asks.
fn sections(slate: &Slate, old: &Goal) -> Vec<String> {
    let file = slate.file_of(old);
    let headings = file.document.headings.iter_enumerated().filter(|(_, heading)| !heading.nested).skip(1);
    let top = headings.clone().map(|(_, heading)| heading.level).min();
    let asks = goal::section(&file.document, &slate.format, SectionField::Asks);
    let own = headings.filter(|(id, heading)| Some(heading.level) == top && asks != Some(*id));
    own.filter(|(id, _)| says_anything(file, *id)).map(|(_, heading)| heading.text.clone()).collect()
}

/// Whether something is below a heading other than link definitions and comments.
fn says_anything(file: &File, heading: HeadingId) -> bool {
    let part = region(&file.source, &file.document, heading);
    let mut blocks = file.document.blocks.iter().filter(|block| block.depth == 0 && part.contains(block.span));
    blocks.any(|block| !matches!(block.kind, BlockKind::Heading | BlockKind::Html))
}

/// Whether the section of the asks has something else: work of people, or text.
fn says_more(file: &File, old: &Goal, heading: HeadingId) -> bool {
    let part = region(&file.source, &file.document, heading);
    let is_text = |kind: BlockKind| !matches!(kind, BlockKind::Heading | BlockKind::Table | BlockKind::Html);
    let blocks = file.document.blocks.iter().filter(|block| block.depth == 0 && part.contains(block.span));
    blocks.into_iter().any(|block| is_text(block.kind))
        || old
            .tasks()
            .any(|task| part.contains(task.span) && task.ask.is_none() && !goal::is_placeholder_text(&task.name.value))
}

/// Names in backticks behind what they are.
fn listed(one: &str, several: &str, names: &[String]) -> Option<String> {
    let quoted = names.iter().map(|name| format!("`{}`", name.replace('`', ""))).collect::<Vec<_>>().join(", ");
    match names.len() {
        0 => None,
        1 => Some(format!("{one} {quoted}")),
        _ => Some(format!("{several} {quoted}")),
    }
}

/// Whether an ask has been answered, so that it is not asked again.
pub(super) fn is_done(slate: &Slate, task: &Task) -> bool {
    let done = slate.format.done_badge.as_ref();
    done.is_some_and(|badge| task.notes.value.contains(&format!("![{badge}]")))
}
