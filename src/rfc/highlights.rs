//! Highlights: goals that are described in a few words, and the people who work on them.

use std::collections::BTreeMap;

use super::goal_text::GoalTexts;
use super::quote::Shortcuts;
use super::tables::{NONE, TableText};
use crate::markdown::anchor::anchor;
use crate::markdown::document::{Document, HeadingId};
use crate::markdown::html::{Tag, TagKind};
use crate::model::goal::{self, Goal, TaskTable};
use crate::model::slate::Slate;
use crate::policy::format::{Field, GoalFilter, SectionField};
use crate::text::blanks::one_line;
use crate::text::source::{Source, Span};

/// The goals of a highlight with what they are; for a goal with subgoals these instead.
pub(crate) fn table(texts: &GoalTexts<'_>, highlight: &str) -> String {
    let slate = texts.slate;
    if goals(slate, highlight).is_empty() {
        return NONE.to_owned();
    }
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
    if people.is_empty() {
        return NONE.trim_end().to_owned();
    }
    people.into_iter().map(|user| format!("@{user}")).collect::<Vec<_>>().join(", ")
}

/// The goals of a highlight, in the order of their files.
pub(crate) fn goals<'s>(slate: &'s Slate, highlight: &str) -> Vec<&'s Goal> {
    let mut goals = slate.choose(GoalFilter::All);
    goals.retain(|goal| goal.fields(Field::Highlight).any(|row| row.value.value == highlight));
    goals
}

/// A subgoal as a link to its heading.
pub(crate) fn subgoal_link(texts: &GoalTexts<'_>, goal: &Goal, subgoal: &TaskTable) -> String {
    let heading = subgoal.heading.map(|heading| &texts.slate.file_of(goal).document.headings[heading]);
    heading.map_or_else(String::new, |heading| texts.subgoal_link(goal, heading.content, &anchor(&heading.text)))
}

/// What a goal is, in a few words: what its row says, else the first sentence of its summary.
pub(crate) fn of_goal(texts: &GoalTexts<'_>, goal: &Goal) -> String {
    let row = goal.field(Field::WhatAndWhy).filter(|row| !row.value.value.is_empty());
    match (row, goal::section(&texts.slate.file_of(goal).document, &texts.slate.format, SectionField::Summary)) {
        (Some(row), _) => texts.value(goal.file, row, Shortcuts::Lead),
        (None, Some(summary)) => first_sentence(texts, goal, summary),
        (None, None) => String::new(),
    }
}

/// The same for a subgoal.
pub(crate) fn of_subgoal(texts: &GoalTexts<'_>, goal: &Goal, subgoal: &TaskTable) -> String {
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
    let Some(paragraph) = goal::first_paragraph(document, heading) else { return String::new() };
    let text = source.slice(paragraph);
    // A full stop in code, in a link or in HTML ends nothing.
    let inside = unbroken(source, document, paragraph);
    let mut inside = inside.iter().peekable();
    let mut is_inside = |at: usize| {
        let at = paragraph.start + Span::at(at).start;
        while inside.next_if(|span| span.end <= at).is_some() {}
        inside.peek().is_some_and(|span| span.start <= at)
    };
    let is_end = |at: usize, c: char| {
        let next = text[at + c.len_utf8()..].chars().next();
        matches!(c, '.' | '!' | '?') && next.is_none_or(char::is_whitespace)
    };
    let mut ends = text.char_indices().filter(|(at, c)| is_end(*at, *c));
    let length = ends.find(|(at, _)| !is_inside(*at)).map_or(text.len(), |(at, c)| at + c.len_utf8());
    let sentence = texts.part(goal.file, paragraph.part(0..length), Shortcuts::Lead);
    one_line(&sentence)
}

/// How far up an element is looked for that a tag may close.
const MAX_DEPTH: usize = 64;

/// The parts of a paragraph that stay together: code, links, and elements of HTML with what is in them. In the order of the
/// text, apart from each other.
fn unbroken(source: &Source, document: &Document, paragraph: Span) -> Vec<Span> {
    let is_here = |span: &Span| paragraph.contains(*span);
    let codes = document.codes.iter().copied();
    let mut parts: Vec<Span> = codes
        .chain(document.links.iter().map(|link| link.span))
        .chain(document.tags.iter().map(|tag| tag.span))
        .filter(is_here)
        .collect();
    let mut open: Vec<&Tag> = Vec::new();
    for tag in document.tags.iter().filter(|tag| is_here(&tag.span)) {
        match tag.kind {
            TagKind::Open => open.push(tag),
            TagKind::Close => {
                let is_it = |other: &Tag| source.slice(other.name).eq_ignore_ascii_case(source.slice(tag.name));
                let first = open.iter().rev().take(MAX_DEPTH).position(|other| is_it(other));
                if let Some(first) = first.map(|above| open.len() - 1 - above) {
                    parts.push(Span { start: open[first].span.start, end: tag.span.end });
                    open.truncate(first);
                }
            }
            TagKind::Declaration | TagKind::Unfinished => {}
        }
    }
    parts.sort_unstable();
    parts.dedup_by(|next, last| {
        let is_joined = next.start < last.end;
        last.end = if is_joined { last.end.max(next.end) } else { last.end };
        is_joined
    });
    parts
}
