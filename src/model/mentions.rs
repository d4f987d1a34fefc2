//! Where the goals of a slate name people.
//!
//! Who they are is for `roster` to say, and whether that is right, for the rules.

use hashbrown::{HashMap, HashSet};

use super::cell::cell_text;
use super::goal::{self, Goal};
use super::slate::Slate;
use crate::markdown::document::TableId;
use crate::markdown::table::Table;
use crate::policy::format::TableFormat;
use crate::text::ids::FileId;
use crate::text::source::{Source, Span};
use crate::text::user_names;

/// A place where a file names a user. It holds for every slate in which the file has the same text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mention {
    /// The file.
    pub file: FileId,
    /// The user name with its `@`.
    pub span: Span,
    /// As what they are named.
    pub role: Role,
    /// How the roster knows them.
    pub standing: Standing,
}

/// As what a file names somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// As the point of contact.
    Contact,
    /// As the champion of this place among those of the goal.
    Champion(usize),
    /// As one who does the work.
    Owner,
    /// In the notes of a row.
    Note,
    /// In running text.
    Text,
}

/// How a roster knows a user name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is the name of a person, as that person spells it.
    Known,
    /// The same in another letter case.
    InOtherCase,
    /// It is nobody's name.
    Unknown,
}

impl Mention {
    /// The mention of a user at a place; `span` begins with the `@`.
    pub(crate) fn new(slate: &Slate, file: FileId, span: Span, role: Role) -> Mention {
        let mut mention = Mention { file, span, role, standing: Standing::Unknown };
        let login = mention.login(slate);
        if let Some(person) = slate.roster.person(login) {
            mention.standing = if person.login == login { Standing::Known } else { Standing::InOtherCase };
        }
        mention
    }

    /// The user name as written, without its `@`.
    pub(crate) fn login<'s>(&self, slate: &'s Slate) -> &'s str {
        slate.files[self.file].source.slice(self.span).strip_prefix('@').unwrap_or_default()
    }

    /// The team as whose champion they are named.
    pub(crate) fn team<'s>(&self, slate: &'s Slate) -> Option<&'s str> {
        let Role::Champion(place) = self.role else { return None };
        let champion = slate.goal_in(&slate.files[self.file])?.champions.get(place)?;
        Some(&champion.team.value)
    }
}

/// Every place in the metadata and the tables of a goal where a user is named. `owner_cells` are those of [`find_owner_cells`].
pub(crate) fn mentions_of(slate: &Slate, goal: &Goal, owner_cells: &[Span]) -> Vec<Mention> {
    let file = slate.file_of(goal);
    let mut mentions = Vec::new();
    let mut add = |span: Span, role: Role| {
        // Most notes name nobody.
        if memchr::memchr(b'@', file.source.slice(span).as_bytes()).is_none() {
            return;
        }
        let users = user_names::users(&file.shown(span)).into_iter();
        let users = users.map(|range| span.part(range.start - 1..range.end));
        mentions.extend(users.map(|span| Mention::new(slate, goal.file, span, role)));
    };
    if let Some(contact) = &goal.contact {
        add(contact.span, Role::Contact);
    }
    for (place, champion) in goal.champions.iter().enumerate() {
        if let Some(user) = &champion.user {
            add(user.span, Role::Champion(place));
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

/// Which tables of goals are meant to say who does what, whatever section they stand in. Many goals have the same headers, so
/// each is judged once.
pub(crate) struct WorkTables<'s> {
    slate: &'s Slate,
    formats: Vec<&'s TableFormat>,
    /// Whether a table with a header is one of them.
    judged: HashMap<Vec<&'s str>, bool>,
}

impl<'s> WorkTables<'s> {
    pub(crate) fn new(slate: &'s Slate) -> WorkTables<'s> {
        let formats = slate.format.sections.values().filter_map(|section| section.table.as_ref());
        WorkTables { slate, formats: formats.filter(|format| format.holds.is_work()).collect(), judged: HashMap::new() }
    }

    /// Those of a goal.
    pub(crate) fn of(&mut self, goal: &'s Goal) -> Vec<TableId> {
        let file = self.slate.file_of(goal);
        let tables = file.document.tables.iter_enumerated();
        tables.filter(|(_, table)| self.has(&file.source, table)).map(|(id, _)| id).collect()
    }

    fn has(&mut self, source: &'s Source, table: &Table) -> bool {
        let header = table.header().iter().map(|cell| cell_text(source, *cell)).collect();
        let is_meant = || self.formats.iter().any(|format| goal::is_meant(source, table, format));
        *self.judged.entry(header).or_insert_with(is_meant)
    }
}

/// The cells of a goal that say who does the work: those of its task tables, and of others with the same header where
/// the period has none. `work_tables` are those of [`WorkTables`].
pub(crate) fn find_owner_cells(slate: &Slate, goal: &Goal, work_tables: &[TableId]) -> Vec<Span> {
    let file = slate.file_of(goal);
    // A user where a team should be asked is the business of the rules about asks.
    let work = goal.plans.iter().filter(|plan| plan.holds.is_work());
    let tasks = work.flat_map(|plan| &plan.tasks).filter(|task| task.ask.is_none());
    let mut cells: Vec<Span> = tasks.map(|task| task.owners.span).collect();
    let planned: HashSet<TableId> = goal.plans.iter().map(|plan| plan.table).collect();
    for table in work_tables.iter().filter(|table| !planned.contains(*table)) {
        let second = file.document.tables[*table].body().iter().filter_map(|row| row.cells.get(1).copied());
        // An image can be the badge that makes a row an ask.
        cells.extend(second.filter(|cell| !file.source.slice(*cell).contains("![")));
    }
    cells.sort_unstable();
    cells
}
