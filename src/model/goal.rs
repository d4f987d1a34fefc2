//! One goal, in the words of the goals process.
//!
//! Reading is total: what is missing is `None` or an empty list, what is odd is kept as written for a rule to judge. Which
//! names mean what comes from the period's [`Format`].

use typed_index_collections::TiVec;

use super::cell;
use super::cell::{Hidden, cell_text};
use super::interrupted_tables::interruptions;
use crate::markdown::brackets::{Bracket, brackets};
use crate::markdown::document::{Block, BlockKind, Document, Heading, HeadingId, LinkKind, TableId};
use crate::markdown::table;
use crate::markdown::table::Table;
use crate::policy::format::{Field, Format, SectionField, Stage, Status, TableFormat, TableKind};
use crate::policy::roster::Roster;
use crate::text::blanks::has_single_spaces;
use crate::text::ids::{FileId, each, id};
use crate::text::order::sort_by_key;
use crate::text::similarity::did_you_mean;
use crate::text::source::{Source, Span, Spanned};
use crate::text::user_names::{single_user, users};

/// A goal, as its file states it.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Which file of the slate it is in.
    pub file: FileId,
    /// The title as written, with its Markdown.
    pub title: Option<Spanned<String>>,
    /// The metadata table.
    pub metadata: Metadata,
    /// The work and the team asks: one plan for the section itself, one for each heading below it that has a table.
    pub plans: Vec<TaskTable>,
    /// The status, where it is one that the period knows.
    pub status: Option<Status>,
    /// The user name of the point of contact, without `@`, where it is exactly one.
    pub contact: Option<Spanned<String>>,
    /// The champions, in the order of their rows.
    pub champions: Vec<Champion>,
    /// The themes or roadmaps that the goal belongs to.
    pub themes: Vec<Spanned<String>>,
    /// Whether an owner is wanted.
    pub needs_owner: bool,
}

/// A roadmap: a page of its own that goals belong to.
#[derive(Clone, Debug)]
pub struct Roadmap {
    /// Which file of the slate it is in.
    pub file: FileId,
    /// The title as written, with its Markdown.
    pub title: Option<Spanned<String>>,
    /// The metadata table.
    pub metadata: Metadata,
}

/// A row that names a champion.
#[derive(Clone, Debug)]
pub struct Champion {
    /// The team in the row's name.
    pub team: Spanned<String>,
    /// The user name, without `@`, where it is exactly one.
    pub user: Option<Spanned<String>>,
    /// The row.
    pub row: RowId,
}

/// The metadata table.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// Which table of the document it is.
    pub table: TableId,
    /// Whether its header is missing, so that its first row stands in the header's place.
    pub headless: bool,
    /// Its rows; second delimiter rows are left out.
    pub rows: TiVec<RowId, MetadataRow>,
}

id! {
    /// A metadata row, as its place in the rows of its table, from 0.
    RowId
}

/// A row of the metadata table.
#[derive(Clone, Debug)]
pub struct MetadataRow {
    /// The whole row.
    pub span: Span,
    /// The name as written.
    pub name: Spanned<String>,
    /// The value as written; empty where there is none.
    pub value: Spanned<String>,
    /// What the program reads from a row of this name, if anything.
    pub field: Option<Field>,
}

impl MetadataRow {
    /// The line of the row with its line end, where nothing but name and value stands on it: what is in cells too many, or in
    /// a comment, would be lost with them.
    pub(crate) fn line_of_its_own(&self, source: &Source) -> Option<Span> {
        let line = source.whole_line(self.span.start as usize);
        let around = [(line.start, self.name.span.start), (self.name.span.end, self.value.span.start)];
        let around = around.into_iter().chain([(self.value.span.end, line.end)]);
        let is_bare =
            |(start, end)| source.slice(Span { start, end }).trim_matches(['|', ' ', '\t', '\r', '\n']).is_empty();
        around.into_iter().all(is_bare).then_some(line)
    }
}

/// A table of tasks, asks or funding: a subgoal, where it stands below a heading of its own.
#[derive(Clone, Debug)]
pub struct TaskTable {
    /// The subgoal, by its heading; none for the table of the section itself.
    pub heading: Option<HeadingId>,
    /// The heading of the subgoal as written.
    pub subgoal: Option<Spanned<String>>,
    /// What the table holds.
    pub holds: TableKind,
    /// Whether the goal is looking for an owner if the table has a task.
    pub needs_owner: bool,
    /// The subgoal's own metadata table.
    pub metadata: Option<Metadata>,
    /// Which table of the document it is; that of the metadata for a subgoal without tasks.
    pub table: TableId,
    /// Its rows.
    pub tasks: Vec<Task>,
}

/// A row of a task table.
#[derive(Clone, Debug)]
pub struct Task {
    /// The whole row.
    pub span: Span,
    /// What is to be done; for a team ask, its name or its support level.
    pub name: Spanned<String>,
    /// By whom, as written; the teams where the row is of a table of asks.
    pub owners: Spanned<String>,
    /// The notes as written, with `\|` unescaped; empty where there are none.
    pub notes: Spanned<String>,
    /// What is asked of teams, where the row is a team ask.
    pub ask: Option<TeamAsk>,
}

/// What makes a row a team ask.
#[derive(Clone, Debug)]
pub struct TeamAsk {
    /// The cell of the teams, as written.
    pub cell: Span,
    /// The badge; the cell of the team where there is none.
    pub badge: Span,
    /// The names in the cell that are or should be teams.
    pub teams: Vec<TeamName>,
}

/// A name in the cell of a team ask.
#[derive(Clone, Debug)]
pub struct TeamName {
    /// The name, and where it stands without its brackets.
    pub name: Spanned<String>,
    /// Whether it stands in brackets, as it has to.
    pub bracketed: bool,
}

impl Goal {
    /// Reads a goal from a file whose metadata table has been found; see `first_table`.
    pub fn read(
        file: FileId,
        source: &Source,
        document: &Document,
        table: TableId,
        format: &Format,
        roster: &Roster,
    ) -> Goal {
        let field = |name: &str| format.row(name).and_then(|(row, _)| row.field);
        let mut metadata = read_metadata(source, document, table, format, field);
        metadata.read_old_names(format);
        let title =
            title(document).map(|heading| Spanned::new(source.slice(heading.content).to_owned(), heading.content));
        let plans = read_plans(source, document, format, roster);
        let mut goal = Goal {
            file,
            title,
            metadata,
            plans,
            status: None,
            contact: None,
            champions: Vec::new(),
            themes: Vec::new(),
            needs_owner: false,
        };
        goal.status = goal.field(Field::Status).and_then(|row| format.statuses.get(&row.value.value).cloned());
        goal.contact = goal.field(Field::Contact).and_then(|row| user_of(&row.value));
        let rows = goal.metadata.rows.iter_enumerated();
        goal.champions = rows.filter_map(|(row, written)| read_champion(format, row, written)).collect();
        goal.themes = read_themes(source, document, &goal);
        let needs = goal.fields(Field::Need);
        let is_invitation = |row: &MetadataRow| {
            let (known, _) = format.row(&row.name.value)?;
            known.values.get(&row.value.value).map(|value| value.needs_owner)
        };
        let sought = needs.into_iter().any(|row| is_invitation(row) == Some(true));
        goal.needs_owner = sought || goal.status.as_ref().is_some_and(|status| status.needs_owner);
        goal
    }

    /// The first row from which a fact is read.
    pub fn field(&self, field: Field) -> Option<&MetadataRow> {
        self.metadata.field(field)
    }

    /// Every row from which a fact is read and that has a value.
    pub fn fields(&self, field: Field) -> impl Iterator<Item = &MetadataRow> {
        self.metadata.fields(field)
    }

    /// Whether it is a flagship goal: by its status, or by a theme.
    pub fn is_flagship(&self) -> bool {
        self.status.as_ref().is_some_and(|status| status.flagship) || !self.themes.is_empty()
    }

    /// Whether it belongs to a theme or roadmap of this name.
    pub(crate) fn has_theme(&self, theme: &str) -> bool {
        self.themes.iter().any(|own| own.value == theme)
    }

    /// Whether the value of a row for themes may be a link, in whose place its text counts.
    pub(crate) fn may_link_themes(&self) -> bool {
        let metadata = self.plans.iter().filter_map(|plan| plan.metadata.as_ref()).chain([&self.metadata]);
        metadata.flat_map(|own| own.fields(Field::Theme)).any(|row| row.value.value.starts_with('['))
    }

    /// How far it has come; a status that cannot be read is still to be decided.
    pub fn stage(&self) -> Stage {
        self.status.as_ref().map_or(Stage::Proposed, |status| status.stage)
    }

    /// The champion of a team.
    pub fn champion_of(&self, team: &str) -> Option<&Champion> {
        self.champions.iter().find(|champion| champion.team.value == team)
    }

    /// Every ask of teams, with the task or row that makes it.
    pub fn asks(&self) -> impl Iterator<Item = (&Task, &TeamAsk)> {
        self.tasks().filter_map(|task| Some((task, task.ask.as_ref()?)))
    }

    /// The users who own tasks, without `@`, in document order and as often as they are named.
    pub fn owners(&self) -> impl Iterator<Item = &str> {
        let work = self.plans.iter().filter(|plan| plan.holds.is_work());
        let work = work.flat_map(|plan| &plan.tasks).filter(|task| task.ask.is_none());
        work.flat_map(|task| users(&task.owners.value).into_iter().map(|range| &task.owners.value[range]))
    }

    /// The subgoals: headings with a table of tasks or metadata of their own.
    pub fn subgoals(&self) -> impl Iterator<Item = &TaskTable> {
        self.plans.iter().filter(|plan| plan.heading.is_some() && plan.holds.is_work())
    }

    /// Whether the goal is decided against.
    pub fn is_not_accepted(&self) -> bool {
        self.stage() == Stage::NotAccepted
    }

    /// The short title where there is one, else the title, both as written.
    pub fn short_title(&self) -> &str {
        let short = self.field(Field::ShortTitle).map(|row| row.value.value.as_str());
        short.filter(|short| !short.is_empty()).unwrap_or_else(|| self.title_text())
    }

    /// The title as written; empty where there is none.
    pub fn title_text(&self) -> &str {
        self.title.as_ref().map_or("", |title| &title.value)
    }

    /// Every task of the goal and its subgoals, in document order.
    pub fn tasks(&self) -> impl Iterator<Item = &Task> {
        self.plans.iter().flat_map(|plan| &plan.tasks)
    }

    /// The teams that are asked for something, sorted, each once.
    pub fn teams(&self) -> Vec<&str> {
        let mut teams: Vec<&str> = self.asks().flat_map(|(_, ask)| ask.team_names()).collect();
        teams.sort_unstable();
        teams.dedup();
        teams
    }
}

impl Roadmap {
    /// Reads a roadmap from a file whose metadata table has been found.
    pub fn read(file: FileId, source: &Source, document: &Document, table: TableId, format: &Format) -> Roadmap {
        let title =
            title(document).map(|heading| Spanned::new(source.slice(heading.content).to_owned(), heading.content));
        let rows = format.roadmaps.as_ref().map(|roadmaps| &roadmaps.rows);
        let field = |name: &str| rows.and_then(|rows| rows.named(name)).and_then(|(_, row)| row.field);
        Roadmap { file, title, metadata: read_metadata(source, document, table, format, field) }
    }
}

impl Metadata {
    /// Reads rows by the names that they had in earlier periods, where there is none by today's.
    fn read_old_names(&mut self, format: &Format) {
        for index in self.rows.keys() {
            let Some((_, row)) = format.former_row(&self.rows[index].name.value) else { continue };
            if self.rows[index].field.is_none() && row.field.is_some_and(|field| self.field(field).is_none()) {
                self.rows[index].field = row.field;
            }
        }
    }

    /// The first row from which a fact is read.
    pub fn field(&self, field: Field) -> Option<&MetadataRow> {
        self.rows.iter().find(|row| row.field == Some(field))
    }

    /// Every row from which a fact is read and that has a value.
    pub fn fields(&self, field: Field) -> impl Iterator<Item = &MetadataRow> {
        self.rows.iter().filter(move |row| row.field == Some(field) && !row.value.value.is_empty())
    }
}

impl TeamAsk {
    /// The names of the teams, in the order of the cell.
    pub fn team_names(&self) -> impl Iterator<Item = &str> {
        self.teams.iter().map(|team| team.name.value.as_str())
    }
}

/// The title of a document: its first heading.
pub(crate) fn title(document: &Document) -> Option<&Heading> {
    document.headings.iter().find(|heading| !heading.nested)
}

/// The metadata table: the first table between the title and the next heading. Whether it really is one is for
/// [`looks_like_metadata`] to say.
pub(crate) fn first_table(document: &Document) -> Option<(TableId, &Table)> {
    let mut headings = document.headings.iter().filter(|heading| !heading.nested);
    let title = headings.next()?;
    let end = headings.next().map_or(u32::MAX, |next| next.span.start);
    let mut tables = document.tables.iter_enumerated();
    tables.find(|(_, table)| table.span.start >= title.span.end && table.span.start < end)
}

/// Whether a table has the header of a metadata table, or rows that only a metadata table has.
pub(crate) fn looks_like_metadata(source: &Source, table: &Table, format: &Format) -> bool {
    let is_header = |cell: &Span| source.slice(*cell).eq_ignore_ascii_case(&format.metadata.header[0]);
    if table.header().first().is_some_and(is_header) {
        return true;
    }
    let rows = table.rows.iter().filter_map(|row| row.cells.first());
    rows.filter(|cell| format.knows_row(source.slice(**cell))).count() >= 2
}

/// The heading of the section from which `field` is read.
pub(crate) fn section(document: &Document, format: &Format, field: SectionField) -> Option<HeadingId> {
    section_named(document, format.section_of(field)?)
}

/// The first paragraph under a heading, which says what there is to say in short.
pub(crate) fn first_paragraph(document: &Document, heading: HeadingId) -> Option<Span> {
    let start = document.headings[heading].span.end;
    let end = document.headings.get(heading.next()).map_or(u32::MAX, |next| next.span.start);
    let from = document.blocks.partition_point(|block| block.span.start < start);
    let below = document.blocks[from..].iter().take_while(|block| block.span.start < end);
    let mut paragraphs = below.filter(|block| block.kind == BlockKind::Paragraph && block.depth == 0);
    paragraphs.next().map(|block| block.span)
}

/// The heading of a section: the first of that name outside of quotations and lists.
pub(crate) fn section_named(document: &Document, name: &str) -> Option<HeadingId> {
    document.headings.position(|heading| !heading.nested && heading.text == name)
}

/// The sections of a goal that have tables, each with its heading and with what is known of them.
pub(crate) fn sections_with_tables<'f>(document: &Document, format: &'f Format) -> Vec<(HeadingId, &'f TableFormat)> {
    let sections = format.sections.iter().filter_map(|(name, section)| Some((name, section.table.as_ref()?)));
    sections.filter_map(|(name, table)| Some((section_named(document, name)?, table))).collect()
}

/// The table under a heading that a section's format is about.
pub(crate) fn table_of(
    source: &Source,
    document: &Document,
    heading: HeadingId,
    format: &TableFormat,
) -> Option<TableId> {
    let mut tables = tables_under(document, heading);
    match format.among_others {
        true => tables.find(|table| is_meant(source, &document.tables[*table], format)),
        false => tables.next(),
    }
}

/// Whether a table can be read as the one that a section's format asks for, though its header may differ a little: the first
/// two columns are right; or the second one is, or two columns are nearly right. Where tables of other kinds may stand too, all
/// columns have to be nearly right.
pub(crate) fn is_meant(source: &Source, table: &Table, format: &TableFormat) -> bool {
    let header = table.header();
    let fits = |names: &Vec<String>| {
        let pairs = || header.iter().zip(names).map(|(cell, name)| (cell_text(source, *cell), name.as_str()));
        let mut exact = pairs().map(|(found, name)| found.eq_ignore_ascii_case(name));
        let (first, second) = (exact.next() == Some(true), exact.next() == Some(true));
        if second && (first || !format.among_others) {
            return true;
        }
        let near = pairs().filter(|(found, name)| resembles(found, name)).count();
        header.len() >= 2 && near >= if format.among_others { names.len() } else { 2 }
    };
    fits(&format.header) || format.also.iter().any(fits)
}

/// Whether the name of a column is nearly another, or shares a word with it, as `Owners` does with `Owner(s)`.
fn resembles(found: &str, name: &str) -> bool {
    let is_same = |one: &str, other: &str| match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    };
    let shares_word = || long_words(found).any(|word| long_words(name).any(|other| is_same(word, other)));
    found.eq_ignore_ascii_case(name) || did_you_mean(found, [name]).is_some() || shares_word()
}

/// The words that say something of the name of a column, without a plural's ending.
fn long_words(name: &str) -> impl Iterator<Item = &str> {
    let words = name.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() >= 4);
    words.map(|word| word.trim_end_matches('s'))
}

/// The headings below a heading: up to the next one of its level or above.
pub(crate) fn headings_below(document: &Document, heading: HeadingId) -> std::ops::Range<HeadingId> {
    let level = document.headings[heading].level;
    let (first, end) = (heading.next(), document.headings.next_key());
    let ends = |next: &Heading| !next.nested && next.level <= level;
    first..each(first..end).find(|next| ends(&document.headings[*next])).unwrap_or(end)
}

/// Paragraphs between two places that begin like a row of a table and are none, and the rows below what ended a table.
pub(crate) fn loose_rows(source: &Source, document: &Document, between: std::ops::Range<u32>) -> Vec<Span> {
    let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let like_tables = paragraphs.map(|block| block.span).filter(|span| is_table_like(source.slice(*span)));
    let interrupted = interruptions(source, document);
    let below = interrupted.iter().map(|interruption| interruption.rows);
    // Such rows may be in a paragraph that begins with one, too.
    let is_apart = |span: &Span| {
        let at = interrupted.partition_point(|other| other.rows.end <= span.start);
        interrupted.get(at).is_none_or(|other| span.end <= other.rows.start)
    };
    let mut loose: Vec<Span> = like_tables.filter(is_apart).collect();
    loose.extend(below);
    loose.retain(|span| between.contains(&span.start));
    loose.sort_unstable();
    loose
}

/// Whether a paragraph's text was meant as a table: its first line begins with a pipe, or a row of dashes is in it.
fn is_table_like(text: &str) -> bool {
    text.starts_with('|')
        || memchr::memchr(b'|', text.as_bytes()).is_some() && text.lines().any(table::is_delimiter_row)
}

/// The tables between a heading and the next one.
pub(crate) fn tables_under(document: &Document, heading: HeadingId) -> impl Iterator<Item = TableId> {
    let start = document.headings[heading].span.end;
    let end = document.headings.get(heading.next()).map_or(u32::MAX, |next| next.span.start);
    let first = document.tables.partition_point(|table| table.span.start < start);
    let last = document.tables.partition_point(|table| table.span.start < end);
    each(first..last)
}

/// Whether a text is one of the template's, to be replaced: all of it in emphasis, as in `*owner*`.
pub(crate) fn is_placeholder_text(text: &str) -> bool {
    let inner = ['*', '_'].iter().find_map(|mark| text.strip_prefix(*mark)?.strip_suffix(*mark));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.starts_with(['*', '_', ' ']) && !inner.contains(['*']))
}

/// Whether a row of a task table says nothing; see [`is_placeholder_row`].
pub(crate) fn is_placeholder_task(task: &Task) -> bool {
    is_placeholder_row([&task.name, &task.owners, &task.notes].into_iter().map(|cell| cell.value.as_str()))
}

/// Whether a row says only that more rows may follow: dots, and cells that are empty or the template's.
pub(crate) fn is_placeholder_row<'c>(cells: impl Iterator<Item = &'c str>) -> bool {
    let mut dots = false;
    for cell in cells {
        match cell {
            "..." | "\u{2026}" | ".." | "\\..." => dots = true,
            _ if cell.is_empty() || is_placeholder_text(cell) => {}
            _ => return false,
        }
    }
    dots
}

/// What could be an instruction: a quotation at the top, and a paragraph that is all emphasis.
pub(crate) fn instructions<'d>(source: &'d Source, document: &'d Document) -> impl Iterator<Item = Span> + 'd {
    document.blocks.iter().filter(|block| may_be_instruction(source, block)).map(|block| block.span)
}

/// Whether a block has the form of an instruction.
pub(crate) fn may_be_instruction(source: &Source, block: &Block) -> bool {
    block.depth == 0
        && match block.kind {
            BlockKind::Quote => true,
            BlockKind::Paragraph => source.slice(block.span).starts_with(['*', '_']),
            _ => false,
        }
}

/// A part's words, however its lines break.
pub(crate) fn words(source: &Source, span: Span) -> String {
    let lines = source.slice(span).lines().map(|line| line.trim_start_matches(['>', ' ']).trim_end());
    let mut words = String::new();
    for line in lines {
        if has_single_spaces(line) {
            push_word(&mut words, line);
        } else {
            line.split_whitespace().for_each(|word| push_word(&mut words, word));
        }
    }
    words
}

/// Adds a word, or several, behind a space.
fn push_word(words: &mut String, word: &str) {
    if !words.is_empty() {
        words.push(' ');
    }
    words.push_str(word);
}

fn read_metadata(
    source: &Source,
    document: &Document,
    table: TableId,
    format: &Format,
    field: impl Fn(&str) -> Option<Field>,
) -> Metadata {
    let rows = &document.tables[table].rows;
    let is_known = |cell: &Span| format.knows_row(source.slice(*cell));
    let headless = document.tables[table].header().first().is_some_and(is_known);
    let rows = rows.iter().skip(usize::from(!headless));
    let rows = rows.filter(|row| !table::is_delimiter_row(source.slice(row.span)));
    let rows = rows.map(|row| {
        let name = cell::value(source, document, row, 0, Hidden::AllButValues);
        let field = field(&name.value);
        let hidden = match field {
            Some(Field::ShortTitle | Field::WhatAndWhy | Field::Area) => None,
            // The name of a theme may have code in it, as its heading has.
            Some(Field::Theme | Field::Highlight) => Some(Hidden::CommentsAndStruck),
            Some(_) => Some(Hidden::AllButValues),
            // What an old name means is known once all rows have been read.
            None => format.former_row(&name.value).map(|_| Hidden::AllButValues),
        };
        let value = match hidden {
            Some(hidden) => cell::value(source, document, row, 1, hidden),
            None => cell::text(source, row, 1),
        };
        MetadataRow { span: row.span, field, name, value }
    });
    Metadata { table, headless, rows: rows.collect() }
}

fn read_plans(source: &Source, document: &Document, format: &Format, roster: &Roster) -> Vec<TaskTable> {
    let mut plans = Vec::new();
    for (section, tables) in sections_with_tables(document, format) {
        for heading in std::iter::once(section).chain(each(headings_below(document, section))) {
            let is_subgoal = is_subgoal(document, section, heading, tables);
            let found = table_of(source, document, heading, tables);
            let found = found.filter(|table| is_meant(source, &document.tables[*table], tables));
            let mut own = tables_under(document, heading).take_while(|other| found.is_none_or(|table| *other < table));
            let metadata = own.find(|other| looks_like_metadata(source, &document.tables[*other], format));
            // A subgoal may say what it is before it has tasks.
            let Some(table) = found.or(metadata.filter(|_| is_subgoal && tables.holds == TableKind::Tasks)) else {
                continue;
            };
            let content = document.headings[heading].content;
            let subgoal = is_subgoal.then(|| Spanned::new(source.slice(content).to_owned(), content));
            let rows = found.map(|table| document.tables[table].body()).unwrap_or_default();
            let tasks = rows.iter().filter(|row| !table::is_delimiter_row(source.slice(row.span)));
            let tasks = tasks.map(|row| read_task(source, document, row, tables.holds, format, roster)).collect();
            let metadata = metadata.map(|other| {
                let field = |name: &str| format.row(name).and_then(|(row, _)| row.field);
                let mut own = read_metadata(source, document, other, format, field);
                own.read_old_names(format);
                own
            });
            let heading = is_subgoal.then_some(heading);
            let TableFormat { holds, needs_owner, .. } = *tables;
            plans.push(TaskTable { heading, subgoal, holds, needs_owner, metadata, table, tasks });
        }
    }
    sort_by_key(&mut plans, |plan| plan.table);
    plans
}

/// Whether a heading below a section is that of a subgoal.
fn is_subgoal(document: &Document, section: HeadingId, heading: HeadingId, format: &TableFormat) -> bool {
    let depth = document.headings[heading].level.saturating_sub(document.headings[section].level);
    match format.holds {
        TableKind::HelpWanted | TableKind::Funding => false,
        _ => heading != section && format.subgoal_depth.is_none_or(|wanted| depth == wanted),
    }
}

/// The themes of a goal, and those of its subgoals that it has not itself.
fn read_themes(source: &Source, document: &Document, goal: &Goal) -> Vec<Spanned<String>> {
    let read =
        |row: &MetadataRow| (!is_placeholder_text(&row.value.value)).then(|| unlinked(source, document, &row.value));
    let mut themes: Vec<Spanned<String>> = goal.fields(Field::Theme).filter_map(read).collect();
    for subgoal in goal.plans.iter().filter_map(|plan| plan.metadata.as_ref()) {
        for theme in subgoal.fields(Field::Theme).filter_map(read) {
            if !themes.iter().any(|known| known.value == theme.value) {
                themes.push(theme);
            }
        }
    }
    themes
}

fn read_task(
    source: &Source,
    document: &Document,
    row: &table::Row,
    holds: TableKind,
    format: &Format,
    roster: &Roster,
) -> Task {
    let value = |index: usize| cell::value(source, document, row, index, Hidden::AllButValues);
    let ask_in = |index: usize| read_ask(source, document, *row.cells.get(index)?, holds, format, roster);
    let (name, owners, ask) = match holds {
        TableKind::Asks => {
            let level = value(1);
            // A row without a level is not yet an ask.
            let ask = if level.value.is_empty() { None } else { ask_in(0) };
            (level, value(0), ask)
        }
        TableKind::TasksAndAsks => {
            let ask = ask_in(1);
            let name = match ask {
                Some(_) => cell::value(source, document, row, 0, Hidden::Comments),
                None => cell::text(source, row, 0),
            };
            (name, value(1), ask)
        }
        _ => (cell::text(source, row, 0), value(1), None),
    };
    let notes = match holds {
        TableKind::Funding => value(2),
        _ => cell::text(source, row, 2),
    };
    Task { span: row.span, name, owners, notes, ask }
}

fn user_of(value: &Spanned<String>) -> Option<Spanned<String>> {
    single_user(&value.value).map(|login| Spanned::new(login.to_owned(), value.span))
}

fn read_champion(format: &Format, row: RowId, written: &MetadataRow) -> Option<Champion> {
    let (known, team) = format.row(&written.name.value)?;
    let team = team.filter(|_| known.field == Some(Field::Champion))?;
    let start = written.name.value.find(team)?;
    let span = written.name.span.part(start..start + team.len());
    Some(Champion { team: Spanned::new(team.to_owned(), span), user: user_of(&written.value), row })
}

/// A value, or the text of the link that it is.
fn unlinked(source: &Source, document: &Document, value: &Spanned<String>) -> Spanned<String> {
    match document.links.iter().find(|link| link.span == value.span && link.kind != LinkKind::Html) {
        Some(link) => Spanned::new(source.slice(link.text).to_owned(), link.text),
        None => value.clone(),
    }
}

/// Reads the teams of an ask. Among tasks the badge makes the ask; in a table of their own all rows are asks.
fn read_ask(
    source: &Source,
    document: &Document,
    cell: Span,
    holds: TableKind,
    format: &Format,
    roster: &Roster,
) -> Option<TeamAsk> {
    let (text, span) = cell::shown_part(source, document, cell, Hidden::AllButValues);
    let text = text.as_ref();
    let found = brackets(text);
    let badge = match (holds, &format.badge) {
        (TableKind::Asks, _) => span,
        (_, Some(name)) => {
            let is_badge = |bracket: &Bracket| bracket.image && text[bracket.text.clone()].eq_ignore_ascii_case(name);
            let whole = found.iter().find(|bracket| is_badge(bracket))?.whole.clone();
            // A team in the badge's own brackets, as in `![Team][lang]`, is no part of it.
            let end = found.iter().find(|bracket| bracket.whole == whole).and_then(team_in_badge);
            span.part(whole.start..end.map_or(whole.end, |team| team.start - 1))
        }
        (_, None) => return None,
    };
    let mut teams = Vec::new();
    let mut at = 0;
    for bracket in &found {
        bare_teams(text, at..bracket.whole.start, span, roster, &mut teams);
        // Empty brackets a space behind the badge are its own.
        let apart = bracket.text.is_empty() && text[..bracket.whole.start].trim_end().ends_with(']');
        let apart = apart && text[at..bracket.whole.start].trim().is_empty();
        at = bracket.whole.end;
        let team = match bracket.image {
            false => Some(bracket.text.clone()).filter(|_| !apart),
            true => team_in_badge(bracket),
        };
        if let Some(team) = team {
            let name = Spanned::new(text[team.clone()].to_owned(), span.part(team));
            teams.push(TeamName { name, bracketed: true });
        }
    }
    bare_teams(text, at..text.len(), span, roster, &mut teams);
    Some(TeamAsk { cell, badge, teams })
}

/// The text in the second brackets of a badge, where they are not empty.
fn team_in_badge(bracket: &Bracket) -> Option<std::ops::Range<usize>> {
    bracket.label.clone().filter(|label| !label.is_empty())
}

/// Words outside brackets that are names of teams: the author left the brackets out.
fn bare_teams(text: &str, range: std::ops::Range<usize>, span: Span, roster: &Roster, teams: &mut Vec<TeamName>) {
    let part = &text[range.clone()];
    let mut at = 0;
    for word in part.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@'))) {
        let start = range.start + at;
        // With a bracket or anything else at its side it is part of something that was written otherwise.
        let is_apart = |c: Option<char>| c.is_none_or(|c| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '&'));
        let alone = is_apart(text[..start].chars().next_back()) && is_apart(text[start + word.len()..].chars().next());
        if !word.is_empty() && alone && roster.team(word).is_some() {
            let name = Spanned::new(word.to_owned(), span.part(start..start + word.len()));
            teams.push(TeamName { name, bracketed: false });
        }
        // The next word begins behind the one character that ended this one.
        at += word.len() + part[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
}
