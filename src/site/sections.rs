//! A section for each of some goals: who works on it, what it is about, and what it needs.

use super::layout::by_title;
use super::{funding, owners};
use crate::model::goal::{self, Goal, TaskTable};
use crate::policy::format::{Field, GoalFilter, SectionField, TableKind, ValueFormat};
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::highlights;
use crate::rfc::quote::Shortcuts;
use crate::rfc::tables::NONE;

/// The goals of a highlight. `level` is that of the headings.
pub(crate) fn of_highlight(texts: &GoalTexts<'_>, highlight: &str, level: u8) -> String {
    sections(texts, highlights::goals(texts.slate, highlight), level, |_| None)
}

/// The goals that need something, with the tables that say what exactly: by their row, or by having such a table.
pub(crate) fn with_need(texts: &GoalTexts<'_>, need: &str, level: u8) -> String {
    let kind = value_of(texts, need).and_then(|value| value.table);
    let mut goals = texts.slate.choose(GoalFilter::All);
    let has_row = |goal: &Goal| goal.fields(Field::Need).any(|row| row.value.value.eq_ignore_ascii_case(need));
    goals.retain(|goal| has_row(goal) || kind.is_some_and(|kind| table(goal, kind).is_some()));
    sections(texts, goals, level, |goal| table(goal, kind?))
}

/// What is known of a value of the row that says what a goal needs.
fn value_of(texts: &GoalTexts<'_>, need: &str) -> Option<ValueFormat> {
    let rows = texts.slate.format.metadata.rows.values().filter(|row| row.field == Some(Field::Need));
    let mut values = rows.flat_map(|row| &row.values);
    values.find(|(name, _)| name.eq_ignore_ascii_case(need)).map(|(_, value)| *value)
}

/// The first table of a kind that says something.
fn table(goal: &Goal, kind: TableKind) -> Option<&TaskTable> {
    goal.plans.iter().find(|plan| plan.holds == kind && !plan.tasks.is_empty())
}

fn sections<'g>(
    texts: &GoalTexts<'g>,
    mut goals: Vec<&'g Goal>,
    level: u8,
    table: impl Fn(&'g Goal) -> Option<&'g TaskTable>,
) -> String {
    if goals.is_empty() {
        return NONE.to_owned();
    }
    by_title(&mut goals);
    let sections = goals.into_iter().map(|goal| {
        let heading = format!("{} {}", "#".repeat(level.into()), texts.link(goal));
        let table = table(goal).map(|plan| funding::own_table(texts, goal, plan));
        let parts = [Some(heading), people(texts, goal), summary(texts, goal), table];
        parts.into_iter().flatten().map(|part| part.trim_end().to_owned()).collect::<Vec<_>>().join("\n\n")
    });
    sections.collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Who works on a goal, in italics.
fn people(texts: &GoalTexts<'_>, goal: &Goal) -> Option<String> {
    let role = texts.slate.format.row_of(Field::Contact).unwrap_or_default().to_lowercase();
    let contact = texts.field(goal, Field::Contact).map(|contact| format!("{contact} ({role})"));
    let champions = owners::champions(goal, |user, name| {
        let team = owners::team(texts.slate, name, "");
        format!("@{user} ({team} champion)")
    });
    let people: Vec<String> = contact.into_iter().chain(owners::others(texts, goal)).chain(champions).collect();
    let people = people.join(", ");
    // What has the one mark in it is emphasized with the other.
    let mark = if people.contains('*') { '_' } else { '*' };
    (!people.is_empty()).then(|| format!("{mark}{people}{mark}"))
}

/// The summary of a goal, without the definitions in it.
fn summary(texts: &GoalTexts<'_>, goal: &Goal) -> Option<String> {
    let file = texts.slate.file_of(goal);
    let document = &file.document;
    let section = goal::section(document, &texts.slate.format, SectionField::Summary)?;
    let start = document.headings[section].span.end;
    let end = document.headings.get(section.next()).map_or(u32::MAX, |next| next.span.start);
    let blocks = document.blocks.iter().filter(|block| block.depth == 0);
    let inside = blocks.filter(|block| block.span.start >= start && block.span.end <= end);
    let parts: Vec<String> = inside.map(|block| texts.part(goal.file, block.span, Shortcuts::Lead)).collect();
    (!parts.is_empty()).then(|| parts.join("\n\n"))
}
