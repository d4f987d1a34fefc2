//! What can be written at a place: which kind of name, and what it would replace.
//!
//! While somebody types, most texts are unfinished, so what has been begun is looked for in the line itself; only tables are asked
//! of the document.

use super::definition::is_goal;
use super::place::{is_between, is_code, is_comment};
use crate::markdown::suppression::MARK;
use crate::markdown::table::{Row, Table, split_cells};
use crate::model::goal::{Metadata, TaskTable};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Field, RowFormat, TableKind};
use crate::text::blanks::one_line;
use crate::text::source::Span;
use crate::text::user_names::is_login_byte;

/// What can be written at a place.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Wanted {
    /// The name of a rule, in a suppression.
    Rules,
    /// A directive; `close` ends it.
    Directives { close: &'static str },
    /// The argument of the directive of this name.
    Arguments { name: String },
    /// A label in brackets.
    Labels { is_image: bool },
    /// A file that a link leads to; `begun` is what is written of the way to it.
    Files { begun: String },
    /// A heading of the page that a target without its anchor leads to.
    Anchors { target: String },
    /// A user; those of the team first.
    Users { team: Option<String> },
    /// A section of a goal.
    Sections,
    /// The name of a metadata row; `has` are those that the table has.
    Rows { has: Vec<String> },
    /// The value of a metadata row.
    Value { field: Option<Field>, row: String },
    /// A team in the table of asks; with its badge where asks and tasks share a table.
    Teams,
    /// A support level.
    Levels,
    /// Something that teams can be asked for.
    Asks,
    /// A cost, or how far something is funded.
    Words { of_costs: bool },
}

/// What can be written, and the bytes that it replaces.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Context {
    pub(super) wanted: Wanted,
    pub(super) span: Span,
}

/// What can be written at an offset of a file.
pub(super) fn context(slate: &Slate, file: &File, offset: usize) -> Option<Context> {
    let line = file.source.line_span(file.source.line_index(offset));
    let text = file.source.slice(line);
    let at = offset.checked_sub(line.start as usize)?;
    let place = Line { text, before: text.get(..at)?, start: line.start as usize };
    if is_code(file, offset) || place.is_begun_code(file) {
        return None;
    }
    if is_comment(file, offset) || place.is_begun_comment() {
        return place.rule().or_else(|| place.comment_directive(file));
    }
    if file.document.tags.iter().any(|tag| is_between(tag.span, Span::at(offset))) {
        return None;
    }
    place
        .directive()
        .or_else(|| place.target())
        .or_else(|| place.label())
        .or_else(|| place.user(slate, file))
        .or_else(|| place.section(slate, file))
        .or_else(|| place.cell(slate, file))
}

/// The line of a place.
struct Line<'t> {
    text: &'t str,
    /// What is before the place.
    before: &'t str,
    /// Where the line begins in its file.
    start: usize,
}

/// What ends a word that can be replaced.
const ENDS: [char; 9] = ['|', ')', ']', '(', '[', ',', ' ', '\t', '>'];

impl Line<'_> {
    /// The bytes from a place of the line up to the end of the word at the cursor.
    fn from(&self, from: usize, ends: &[char]) -> Span {
        let rest = &self.text[self.before.len()..];
        let end = self.before.len() + rest.find(ends).unwrap_or(rest.len());
        Span::new(self.start + from..self.start + end.max(from))
    }

    fn rule(&self) -> Option<Context> {
        let (_, body) = self.before.rsplit_once("<!--")?;
        let names = body.trim_start().strip_prefix(MARK)?.trim_start().strip_prefix("allow")?;
        let names = names.trim_start().strip_prefix('(').filter(|names| !names.contains(')'))?;
        let word = names.rsplit([',', ' ']).next().unwrap_or(names);
        Some(Context { wanted: Wanted::Rules, span: self.from(self.before.len() - word.len(), &ENDS) })
    }

    /// Whether a code span is begun before the place that nothing closes yet.
    fn is_begun_code(&self, file: &File) -> bool {
        let place = self.start + self.before.len();
        let ended = file.document.codes.iter().map(|code| code.end as usize).filter(|end| *end <= place).max();
        let from = ended.map_or(0, |end| end.saturating_sub(self.start));
        let rest = self.before.get(from..).unwrap_or_default();
        rest.match_indices('`').any(|(at, _)| !is_escaped(rest, at))
    }

    /// Whether a comment is begun before the place that nothing closes yet.
    fn is_begun_comment(&self) -> bool {
        let begun = self.before.rfind("<!--").filter(|at| !is_escaped(self.before, *at));
        begun.is_some_and(|at| !self.before[at..].contains("-->"))
    }

    fn directive(&self) -> Option<Context> {
        let at = self.before.rfind("(((").filter(|at| !is_escaped(self.before, *at))?;
        self.directive_from(at + 3, ")))")
    }

    /// A directive that is written as a comment; in a goal a comment is a comment.
    fn comment_directive(&self, file: &File) -> Option<Context> {
        let at = self.before.rfind("<!--").filter(|_| !is_goal(file.kind))?;
        self.directive_from(at + 4, " -->")
    }

    fn directive_from(&self, from: usize, close: &'static str) -> Option<Context> {
        let written = &self.before[from..];
        if written.contains(close.trim_start()) {
            return None;
        }
        let end = &[')', '-', '|'];
        if let Some((name, argument)) = written.split_once(':') {
            let argument = self.before.len() - argument.trim_start().len();
            let name = one_line(name).to_uppercase();
            return Some(Context { wanted: Wanted::Arguments { name }, span: self.from(argument, end) });
        }
        let is_name = written.trim_start().chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '#' | '_'));
        let from = self.before.len() - written.trim_start().len();
        let wanted = Wanted::Directives { close };
        is_name.then(|| Context { wanted, span: self.from(from, &[')', '-', '|', ':']) })
    }

    fn target(&self) -> Option<Context> {
        let from = match self.before.rfind("](") {
            Some(at) if is_escaped(self.before, at) => return None,
            Some(at) => at + 2,
            // A definition.
            None => {
                let (label, rest) = self.before.split_once("]:")?;
                let is_definition = label.trim_start().starts_with('[') && !label.trim_start().starts_with("[^");
                is_definition.then(|| self.before.len() - rest.trim_start().len())?
            }
        };
        let written = &self.before[from..];
        if written.contains([')', ' ', '>']) {
            return None;
        }
        let skip = usize::from(written.starts_with('<'));
        let written = &written[skip..];
        let ends = &[')', ' ', '\t', '>', '"', '#'];
        Some(match written.split_once('#') {
            Some((target, anchor)) => {
                let wanted = Wanted::Anchors { target: target.to_owned() };
                Context { wanted, span: self.from(self.before.len() - anchor.len(), ends) }
            }
            None => {
                let wanted = Wanted::Files { begun: written.to_owned() };
                Context { wanted, span: self.from(from + skip, ends) }
            }
        })
    }

    fn label(&self) -> Option<Context> {
        let open = self.before.rfind('[')?;
        let written = &self.before[open + 1..];
        let before = &self.before[..open];
        let is_none = written.contains([']', '|']) || written.starts_with(['^', ' ', '\t']);
        if is_none || is_escaped(before, open) || self.is_check_box(open) || is_index(before) {
            return None;
        }
        let is_image = before.ends_with('!')
            || before.ends_with(']') && before.rfind('[').is_some_and(|at| before[..at].ends_with('!'));
        // What nothing closes ends with the word.
        let rest = &self.text[self.before.len()..];
        let is_closed = rest.find([']', '|', '[']).is_some_and(|at| rest[at..].starts_with(']'));
        let ends: &[char] = if is_closed { &[']'] } else { &ENDS };
        Some(Context { wanted: Wanted::Labels { is_image }, span: self.from(open + 1, ends) })
    }

    /// Whether the bracket at a place of the line is the box of a list item, as in `- [x] done`.
    fn is_check_box(&self, open: usize) -> bool {
        let inside = self.text[open + 1..].split([']', '[']).next().unwrap_or_default();
        is_item_marker(&self.before[..open]) && (inside == " " || inside.eq_ignore_ascii_case("x"))
    }

    fn user(&self, slate: &Slate, file: &File) -> Option<Context> {
        let name = self.before.bytes().rev().take_while(|byte| is_login_byte(*byte)).count();
        let from = self.before.len() - name;
        let sign = from.checked_sub(1).filter(|at| self.before.as_bytes()[*at] == b'@')?;
        let before = self.before[..sign].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '@' | '/' | '.' | '`' | '\\')) {
            return None;
        }
        let rest = self.text[from..].bytes().take_while(|byte| is_login_byte(*byte)).count();
        let span = Span::new(self.start + sign..self.start + from + rest);
        let team = match self.cell(slate, file) {
            Some(Context { wanted: Wanted::Value { row, .. }, .. }) => team_of(slate, &row),
            _ => None,
        };
        Some(Context { wanted: Wanted::Users { team }, span })
    }

    fn section(&self, slate: &Slate, file: &File) -> Option<Context> {
        let name = self.before.trim_start_matches('#');
        let level = self.before.len() - name.len();
        if !is_goal(file.kind) || level < 2 || slate.format.sections.is_empty() {
            return None;
        }
        let name = name.strip_prefix([' ', '\t'])?.trim_start();
        let from = self.before.len() - name.len();
        Some(Context {
            wanted: Wanted::Sections,
            span: Span::new(self.start + from..self.start + self.text.trim_end().len().max(from)),
        })
    }

    fn cell(&self, slate: &Slate, file: &File) -> Option<Context> {
        let at = u32::try_from(self.start + self.before.len()).ok()?;
        let tables = &file.document.tables;
        let (id, table) = tables.iter_enumerated().find(|(_, table)| is_near(table, at, self.start))?;
        let row = table.rows.iter().find(|row| self.holds(row.span))?;
        let column = column_at(self.before)?;
        let span = row.cells.get(column).copied().filter(|cell| cell.start <= at && at <= cell.end);
        let span = span.unwrap_or(Span { start: at, end: at });
        let wanted = match file.kind {
            FileKind::Roadmap(roadmap) => {
                let metadata = &slate.roadmaps.get(roadmap)?.metadata;
                let rows = &slate.format.roadmaps.as_ref()?.rows;
                (metadata.table == id).then(|| of_metadata(metadata, row, column, |name| rows.named(name)))??
            }
            _ => {
                let goal = slate.goal_in(file)?;
                let own = goal.plans.iter().filter_map(|plan| plan.metadata.as_ref());
                let metadata = std::iter::once(&goal.metadata).chain(own).find(|metadata| metadata.table == id);
                match metadata {
                    Some(metadata) => of_metadata(metadata, row, column, |name| {
                        slate.format.find_row(name).map(|(name, row, _)| (name, row))
                    })?,
                    None => of_task(goal.plans.iter().find(|plan| plan.table == id)?, table, row, column)?,
                }
            }
        };
        Some(Context { wanted, span })
    }

    /// Whether what is at a span begins on this line.
    fn holds(&self, span: Span) -> bool {
        (self.start..=self.start + self.text.len()).contains(&(span.start as usize))
    }
}

/// Whether what is at a place of a text has a backslash before it that takes its meaning away.
fn is_escaped(text: &str, at: usize) -> bool {
    text[..at].bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1
}

/// Whether a text ends with the marker of a list item, behind which a box may be.
fn is_item_marker(before: &str) -> bool {
    let marker = before.trim_start_matches([' ', '\t', '>']);
    let number = marker.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_marker = match number.len() == marker.len() {
        true => matches!(marker.trim_end(), "-" | "*" | "+"),
        false => matches!(number.trim_end(), "." | ")"),
    };
    is_marker && marker.ends_with([' ', '\t'])
}

/// Whether a bracket after this is one of code, as in `list[0]`.
fn is_index(before: &str) -> bool {
    before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a place is in a table, or behind the last cell of its last row.
fn is_near(table: &Table, at: u32, line: usize) -> bool {
    let last = table.rows.last().map_or(table.span.end, |row| row.span.start);
    table.span.start <= at && (at <= table.span.end || line as u64 <= u64::from(last))
}

/// The column of a place in a row, from 0, by what is before it.
fn column_at(before: &str) -> Option<usize> {
    let text = before.trim_start_matches([' ', '\t', '>']);
    // With something behind it, the last cell is one even where it is empty.
    let begun = format!("{text}x");
    let cells = split_cells(&begun, Span::new(0..begun.len())).len();
    cells.checked_sub(1).filter(|_| !text.is_empty())
}

fn of_metadata<'f>(
    metadata: &Metadata,
    row: &Row,
    column: usize,
    known: impl Fn(&str) -> Option<(&'f str, &'f RowFormat)>,
) -> Option<Wanted> {
    let written = metadata.rows.iter().find(|other| other.span == row.span);
    match column {
        0 => {
            let others = metadata.rows.iter().filter(|other| other.span != row.span);
            Some(Wanted::Rows { has: others.map(|other| other.name.value.clone()).collect() })
        }
        1 => {
            let name = &written?.name.value;
            let field = written?.field.or_else(|| known(name).and_then(|(_, row)| row.field));
            Some(Wanted::Value { field, row: name.clone() })
        }
        _ => None,
    }
}

fn of_task(plan: &TaskTable, table: &Table, row: &Row, column: usize) -> Option<Wanted> {
    // The names of columns are those of the format.
    if table.rows.first() == Some(row) {
        return None;
    }
    match (plan.holds, column) {
        (TableKind::Asks, 0) => Some(Wanted::Teams),
        (TableKind::Asks, 1) => Some(Wanted::Levels),
        (TableKind::TasksAndAsks, 0) => Some(Wanted::Asks),
        (TableKind::TasksAndAsks, 1) => Some(Wanted::Teams),
        (TableKind::Tasks, 1) => Some(Wanted::Users { team: None }),
        (TableKind::Funding, 1) => Some(Wanted::Words { of_costs: true }),
        (TableKind::Funding, 2) => Some(Wanted::Words { of_costs: false }),
        _ => None,
    }
}

/// The team in the name of a row.
pub(super) fn team_of(slate: &Slate, row: &str) -> Option<String> {
    slate.format.row(row).and_then(|(_, team)| team).map(str::to_owned)
}
