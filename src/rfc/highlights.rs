//! Highlights: goals that are described in a few words, and the people who work on them.

use std::collections::BTreeMap;

use super::goal_text::GoalTexts;
use super::quote::Shortcuts;
use super::tables::TableText;
use crate::markdown::anchor::anchor;
use crate::markdown::document::{BlockKind, HeadingId};
use crate::model::goal::{self, Goal, TaskTable};
use crate::model::slate::Slate;
use crate::policy::format::{Field, GoalFilter, SectionField};
use crate::text::source::Span;

/// The goals of a highlight with what they are; for a goal with subgoals these instead.
pub(crate) fn table(texts: &GoalTexts<'_>, highlight: &str) -> String {
    let slate = texts.slate;
    let mut table = TableText::new(&slate.format, &slate.format.rfc.heads.highlights);
    for goal in goals(slate, highlight) {
        let mut subgoals = goal.subgoals().peekable();
        if subgoals.peek().is_none() {
            table.row(&[texts.link(goal), of_goal(texts, goal)]);
        }
        for subgoal in subgoals {
            table.row(&[subgoal_link(texts, goal, subgoal), of_subgoal(texts, goal, subgoal)]);
        }
    }
    table.text
}

/// All people of the goals of a highlight: contacts, champions and owners of tasks, sorted by user name.
pub(crate) fn credits(slate: &Slate, highlight: &str) -> String {
    let mut people: BTreeMap<String, &str> = BTreeMap::new();
    for goal in goals(slate, highlight) {
        let contact = goal.contact.iter().map(|contact| contact.value.as_str());
        let champions = goal.champions.iter().filter_map(|champion| Some(champion.user.as_ref()?.value.as_str()));
        for user in contact.chain(champions).chain(goal.owners()) {
            people.entry(user.to_lowercase()).or_insert(user);
        }
    }
    let mut people: Vec<&str> = people.into_values().collect();
    people.sort_unstable();
    people.into_iter().map(|user| format!("@{user}")).collect::<Vec<_>>().join(", ")
}

fn goals<'s>(slate: &'s Slate, highlight: &str) -> Vec<&'s Goal> {
    let mut goals = slate.choose(GoalFilter::All);
    goals.retain(|goal| goal.fields(Field::Highlight).any(|row| row.value.value == highlight));
    goals
}

fn subgoal_link(texts: &GoalTexts<'_>, goal: &Goal, subgoal: &TaskTable) -> String {
    let name = subgoal.subgoal.as_ref().map_or("", |name| name.value.as_str());
    let heading = subgoal.heading.map(|heading| &texts.slate.file_of(goal).document.headings[heading]);
    let anchor = heading.map_or_else(String::new, |heading| anchor(&heading.text));
    texts.subgoal_link(goal, name, &anchor)
}

fn of_goal(texts: &GoalTexts<'_>, goal: &Goal) -> String {
    let row = goal.field(Field::WhatAndWhy).filter(|row| !row.value.value.is_empty());
    match (row, goal::section(&texts.slate.file_of(goal).document, &texts.slate.format, SectionField::Summary)) {
        (Some(row), _) => texts.value(goal.file, row, Shortcuts::Lead),
        (None, Some(summary)) => first_sentence(texts, goal, summary),
        (None, None) => String::new(),
    }
}

fn of_subgoal(texts: &GoalTexts<'_>, goal: &Goal, subgoal: &TaskTable) -> String {
    let row = subgoal.metadata.as_ref().and_then(|own| own.fields(Field::WhatAndWhy).next());
    match (row, subgoal.heading) {
        (Some(row), _) => texts.value(goal.file, row, Shortcuts::Lead),
        (None, Some(heading)) => first_sentence(texts, goal, heading),
        (None, None) => String::new(),
    }
}

/// The first sentence of the first paragraph under a heading, as written on another page.
fn first_sentence(texts: &GoalTexts<'_>, goal: &Goal, heading: HeadingId) -> String {
    let file = texts.slate.file_of(goal);
    let (source, document) = (&file.source, &file.document);
    let start = document.headings[heading].span.end;
    let end = document.headings.get(heading.next()).map_or(u32::MAX, |next| next.span.start);
    let mut paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph && block.depth == 0);
    let Some(paragraph) = paragraphs.find(|block| block.span.start >= start && block.span.start < end) else {
        return String::new();
    };
    let text = source.slice(paragraph.span);
    // A full stop in code, in a link or in an address ends nothing.
    let is_inside = |at: usize| {
        let at = paragraph.span.start + Span::at(at).start;
        let holds = |span: &Span| span.start <= at && at < span.end;
        document.codes.iter().any(holds) || document.links.iter().any(|link| holds(&link.span))
    };
    let ends = text.char_indices().filter(|(at, c)| {
        let next = text[at + c.len_utf8()..].chars().next();
        matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace) && !is_inside(*at)
    });
    let length = ends.map(|(at, c)| at + c.len_utf8()).next().unwrap_or(text.len());
    let sentence = texts.part(goal.file, paragraph.span.part(0..length), Shortcuts::Lead);
    sentence.split_whitespace().collect::<Vec<_>>().join(" ")
}
