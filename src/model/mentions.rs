//! Where the goals of a slate name people.
//!
//! Who they are is for `roster` to say, and whether that is right, for the rules.

use std::collections::HashSet;

use super::goal::{self, Goal};
use super::slate::Slate;
use crate::markdown::document::TableId;
use crate::text::ids::FileId;
use crate::text::source::Span;
use crate::text::user_names;

/// A place where a goal names a user.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention<'s> {
    /// The file.
    pub file: FileId,
    /// The user name with its `@`.
    pub span: Span,
    /// The user name as written, without its `@`.
    pub login: &'s str,
    /// As what they are named.
    pub role: Role<'s>,
}

/// As what a goal names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role<'s> {
    /// As the point of contact.
    Contact,
    /// As the champion of this team.
    Champion(&'s str),
    /// As one who does the work.
    Owner,
    /// In the notes of a row.
    Note,
    /// In running text.
    Text,
}

/// Every place in the metadata and the tables of a goal where a user is named. `owner_cells` are those of [`find_owner_cells`].
pub(crate) fn mentions_of<'s>(slate: &'s Slate, goal: &'s Goal, owner_cells: &[Span]) -> Vec<Mention<'s>> {
    let file = slate.file_of(goal);
    let source = &file.source;
    let mut mentions = Vec::new();
    let mut add = |span: Span, role: Role<'s>| {
        let shown = file.shown(span);
        let users = user_names::users(&shown).into_iter().map(|range| span.part(range.start - 1..range.end));
        mentions.extend(users.map(|span| Mention { file: goal.file, span, login: &source.slice(span)[1..], role }));
    };
    if let Some(contact) = &goal.contact {
        add(contact.span, Role::Contact);
    }
    for champion in &goal.champions {
        if let Some(user) = &champion.user {
            add(user.span, Role::Champion(&champion.team.value));
        }
    }
    for &cell in owner_cells {
        add(cell, Role::Owner);
    }
    for task in goal.tasks() {
        add(task.notes.span, Role::Note);
    }
    mentions
}

/// The cells of a goal that say who does the work: those of its task tables, and of others with the same header where
/// the period has none.
pub(crate) fn find_owner_cells(slate: &Slate, goal: &Goal) -> Vec<Span> {
    let file = slate.file_of(goal);
    // A user where a team should be asked is the business of the rules about asks.
    let work = goal.plans.iter().filter(|plan| plan.holds.is_work());
    let tasks = work.flat_map(|plan| &plan.tasks).filter(|task| task.ask.is_none());
    let mut cells: Vec<Span> = tasks.map(|task| task.owners.span).collect();
    let formats = slate.format.sections.values().filter_map(|section| section.table.as_ref());
    let formats: Vec<_> = formats.filter(|format| format.holds.is_work()).collect();
    let planned: HashSet<TableId> = goal.plans.iter().map(|plan| plan.table).collect();
    for (id, table) in file.document.tables.iter_enumerated() {
        let is_meant = formats.iter().any(|format| goal::is_meant(&file.source, table, format));
        if is_meant && !planned.contains(&id) {
            let second = table.body().iter().filter_map(|row| row.cells.get(1).copied());
            // An image can be the badge that makes a row an ask.
            cells.extend(second.filter(|cell| !file.source.slice(*cell).contains("![")));
        }
    }
    cells.sort_unstable();
    cells
}
