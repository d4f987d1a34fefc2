//! One goal, in the words of the goals process.
//!
//! Reading is total: what is missing is `None` or an empty list, what is odd is kept as written for a rule to judge. Which
//! names mean what comes from the period's [`Format`].

use crate::markdown::{self, BlockKind, Bracket, Document, Heading, Table};
use crate::period::{AskTableFormat, Fact, Format, SectionFact, Stage, Status};
use crate::roster::Roster;
use crate::source::{Source, Span, Spanned};

/// A goal, as its file states it.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Which file of the slate it is in.
    pub file: usize,
    /// The title as written, with its Markdown.
    pub title: Option<Spanned<String>>,
    /// The metadata table.
    pub metadata: Metadata,
    /// The work and the team asks: one plan for the section itself, one for each heading below it that has a table.
    pub plans: Vec<Plan>,
    /// The status, where it is one that the period knows.
    pub status: Option<Status>,
    /// The user name of the point of contact, without `@`, where it is exactly one.
    pub contact: Option<Spanned<String>>,
}

/// The metadata table.
#[derive(Clone, Debug)]
pub struct Metadata {
    /// Which table of the document it is.
    pub table: usize,
    /// Whether its header is missing, so that its first row stands in the header's place.
    pub headless: bool,
    /// Its rows; second delimiter rows are left out.
    pub rows: Vec<MetadataRow>,
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
}

/// A task table: a subgoal, where it stands below a heading of its own.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The heading of the subgoal as written; none for the table of the section itself.
    pub subgoal: Option<Spanned<String>>,
    /// Which table of the document it is.
    pub table: usize,
    /// Its rows.
    pub tasks: Vec<Task>,
}

/// A row of a task table.
#[derive(Clone, Debug)]
pub struct Task {
    /// The whole row.
    pub span: Span,
    /// What is to be done; for a team ask, its name.
    pub name: Spanned<String>,
    /// By whom, as written.
    pub owners: Spanned<String>,
    /// The notes as written, with `\|` unescaped; empty where there are none.
    pub notes: Spanned<String>,
    /// What is asked of teams, where the row is a team ask.
    pub ask: Option<TeamAsk>,
}

/// What makes a row a team ask.
#[derive(Clone, Debug)]
pub struct TeamAsk {
    /// The badge.
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
        file: usize,
        source: &Source,
        document: &Document,
        table: usize,
        format: &Format,
        roster: &Roster,
    ) -> Goal {
        let metadata = read_metadata(source, document, table, format);
        let title =
            title(document).map(|heading| Spanned::new(source.slice(heading.content).to_owned(), heading.content));
        let plans = match section(document, format, SectionFact::Asks) {
            Some(index) => read_plans(source, document, index, &format.ask_table, roster),
            None => Vec::new(),
        };
        let mut goal = Goal { file, title, metadata, plans, status: None, contact: None };
        goal.status = goal.fact(format, Fact::Status).and_then(|row| format.statuses.get(&row.value.value).copied());
        goal.contact = goal.fact(format, Fact::Contact).and_then(|row| {
            let login = single_user(&row.value.value)?;
            Some(Spanned::new(login.to_owned(), row.value.span))
        });
        goal
    }

    /// The first row with this name.
    pub fn row(&self, name: &str) -> Option<&MetadataRow> {
        self.metadata.rows.iter().find(|row| row.name.value == name)
    }

    /// The row from which a fact is read.
    pub fn fact(&self, format: &Format, fact: Fact) -> Option<&MetadataRow> {
        self.row(format.row_of(fact)?)
    }

    /// Whether the goal is decided against.
    pub fn is_not_accepted(&self) -> bool {
        self.status.is_some_and(|status| status.stage == Stage::NotAccepted)
    }

    /// The short title where there is one, else the title, both as written.
    pub fn short_title(&self, format: &Format) -> &str {
        let short = self.fact(format, Fact::ShortTitle).map(|row| row.value.value.as_str());
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
        let asks = self.tasks().filter_map(|task| task.ask.as_ref());
        let mut teams: Vec<&str> = asks.flat_map(TeamAsk::team_names).collect();
        teams.sort_unstable();
        teams.dedup();
        teams
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
pub(crate) fn first_table(document: &Document) -> Option<(usize, &Table)> {
    let mut headings = document.headings.iter().filter(|heading| !heading.nested);
    let title = headings.next()?;
    let end = headings.next().map_or(u32::MAX, |next| next.span.start);
    let mut tables = document.tables.iter().enumerate();
    tables.find(|(_, table)| table.span.start >= title.span.end && table.span.start < end)
}

/// Whether a table has the header of a metadata table, or rows that only a metadata table has.
pub(crate) fn looks_like_metadata(source: &Source, table: &Table, format: &Format) -> bool {
    let is_header = |cell: &Span| source.slice(*cell).eq_ignore_ascii_case(&format.metadata.header[0]);
    if table.header().first().is_some_and(is_header) {
        return true;
    }
    let rows = table.rows.iter().filter_map(|row| row.cells.first());
    rows.filter(|cell| format.metadata.rows.contains_key(source.slice(**cell))).count() >= 2
}

/// The heading of the section from which `fact` is read: the first of that name at the top of the document.
pub(crate) fn section(document: &Document, format: &Format, fact: SectionFact) -> Option<usize> {
    let name = format.section_of(fact)?;
    document.headings.iter().position(|heading| !heading.nested && heading.text == name)
}

/// The headings below a heading: up to the next one of its level or above.
pub(crate) fn headings_below(document: &Document, heading: usize) -> std::ops::Range<usize> {
    let level = document.headings[heading].level;
    let rest = &document.headings[heading + 1..];
    let length = rest.iter().position(|next| !next.nested && next.level <= level).unwrap_or(rest.len());
    heading + 1..heading + 1 + length
}

/// Paragraphs between two places that begin like a row of a table and are none.
pub(crate) fn loose_rows(source: &Source, document: &Document, between: std::ops::Range<u32>) -> Vec<Span> {
    let paragraphs = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    let inside = paragraphs.map(|block| block.span).filter(|span| between.contains(&span.start));
    inside.filter(|span| is_table_like(source.slice(*span))).collect()
}

/// Whether a paragraph's text was meant as a table: its first line begins with a pipe, or a row of dashes is in it.
fn is_table_like(text: &str) -> bool {
    text.starts_with('|') || text.lines().any(markdown::is_delimiter_row)
}

/// The tables between a heading and the next one.
pub(crate) fn tables_under(document: &Document, heading: usize) -> std::ops::Range<usize> {
    let start = document.headings[heading].span.end;
    let end = document.headings.get(heading + 1).map_or(u32::MAX, |next| next.span.start);
    let first = document.tables.partition_point(|table| table.span.start < start);
    let last = document.tables.partition_point(|table| table.span.start < end);
    first..last
}

/// The user name of a text that is exactly one `@name`.
pub(crate) fn single_user(text: &str) -> Option<&str> {
    let login = text.strip_prefix('@')?;
    (!login.is_empty() && login.bytes().all(is_login_byte)).then_some(login)
}

/// The users that a text names, without `@`: not in code, not inside an address, not behind a word character.
pub(crate) fn users(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|&byte| byte == b'@') {
        let start = at + next + 1;
        let length = bytes[start..].iter().take_while(|&&byte| is_login_byte(byte)).count();
        let before = start.checked_sub(2).map(|before| bytes[before]);
        let alone = before.is_none_or(|byte| !is_login_byte(byte) && !matches!(byte, b'@' | b'/' | b'.' | b'`' | b'+'));
        if alone && length > 0 {
            found.push(start..start + length);
        }
        at = start + length;
    }
    found
}

fn is_login_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

fn read_metadata(source: &Source, document: &Document, table: usize, format: &Format) -> Metadata {
    let rows = &document.tables[table].rows;
    let is_known = |cell: &Span| format.metadata.rows.contains_key(source.slice(*cell));
    let headless = document.tables[table].header().first().is_some_and(is_known);
    let rows = rows.iter().skip(usize::from(!headless));
    let rows = rows.filter(|row| !markdown::is_delimiter_row(source.slice(row.span)));
    let rows = rows.map(|row| MetadataRow { span: row.span, name: cell(source, row, 0), value: cell(source, row, 1) });
    Metadata { table, headless, rows: rows.collect() }
}

/// A cell's text, with `\|` unescaped. A cell that is not there is empty and stands at the end of its row.
fn cell(source: &Source, row: &markdown::Row, index: usize) -> Spanned<String> {
    match row.cells.get(index) {
        Some(&span) => Spanned::new(source.slice(span).replace("\\|", "|"), span),
        None => Spanned::new(String::new(), Span::at(row.span.end as usize)),
    }
}

fn read_plans(
    source: &Source,
    document: &Document,
    section: usize,
    format: &AskTableFormat,
    roster: &Roster,
) -> Vec<Plan> {
    let mut plans = Vec::new();
    for heading in std::iter::once(section).chain(headings_below(document, section)) {
        let Some(table) = tables_under(document, heading).next() else { continue };
        if !is_task_table(source, &document.tables[table], format) {
            continue;
        }
        let content = document.headings[heading].content;
        let subgoal = (heading != section).then(|| Spanned::new(source.slice(content).to_owned(), content));
        let rows = document.tables[table].body().iter();
        let tasks = rows.filter(|row| !markdown::is_delimiter_row(source.slice(row.span)));
        let tasks = tasks.map(|row| read_task(source, row, format, roster)).collect();
        plans.push(Plan { subgoal, table, tasks });
    }
    plans
}

/// Whether a table's header has at least the first two columns of a task table, which is what reading needs.
fn is_task_table(source: &Source, table: &Table, format: &AskTableFormat) -> bool {
    let header = table.header();
    header.len() >= 2
        && header.iter().zip(&format.header).take(2).all(|(cell, name)| source.slice(*cell).eq_ignore_ascii_case(name))
}

fn read_task(source: &Source, row: &markdown::Row, format: &AskTableFormat, roster: &Roster) -> Task {
    let owners = cell(source, row, 1);
    let ask = row.cells.get(1).and_then(|&span| read_ask(source.slice(span), span, format, roster));
    Task { span: row.span, name: cell(source, row, 0), owners, notes: cell(source, row, 2), ask }
}

fn read_ask(text: &str, span: Span, format: &AskTableFormat, roster: &Roster) -> Option<TeamAsk> {
    let found = markdown::brackets(text);
    let is_badge = |bracket: &Bracket| bracket.image && text[bracket.text.clone()].eq_ignore_ascii_case(&format.badge);
    let badge = span.part(found.iter().find(|bracket| is_badge(bracket))?.whole.clone());
    let mut teams = Vec::new();
    let mut at = 0;
    for bracket in &found {
        bare_teams(text, at..bracket.whole.start, span, roster, &mut teams);
        at = bracket.whole.end;
        if !bracket.image {
            let name = Spanned::new(text[bracket.text.clone()].to_owned(), span.part(bracket.text.clone()));
            teams.push(TeamName { name, bracketed: true });
        }
    }
    bare_teams(text, at..text.len(), span, roster, &mut teams);
    Some(TeamAsk { badge, teams })
}

/// Words outside brackets that are names of teams: the author left the brackets out.
fn bare_teams(text: &str, range: std::ops::Range<usize>, span: Span, roster: &Roster, teams: &mut Vec<TeamName>) {
    let part = &text[range.clone()];
    let mut at = 0;
    for word in part.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@'))) {
        let start = range.start + at;
        if !word.is_empty() && roster.team(word).is_some() {
            let name = Spanned::new(word.to_owned(), span.part(start..start + word.len()));
            teams.push(TeamName { name, bracketed: false });
        }
        // The next word begins behind the one character that ended this one.
        at += word.len() + part[at + word.len()..].chars().next().map_or(0, char::len_utf8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_one_user_and_nothing_else() {
        assert_eq!(single_user("@ada-l_1"), Some("ada-l_1"));
        for odd in ["", "@", "ada", "@ada @bob", "@ada,", "@ada!", "[@ada]"] {
            assert_eq!(single_user(odd), None, "{odd}");
        }
    }

    #[test]
    fn users_are_found_where_they_stand_alone() {
        let text = "@ada, (@bob) a@b.c https://x.org/@eve @@x `@f` @";
        let found: Vec<_> = users(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["ada", "bob"]);
    }
}
