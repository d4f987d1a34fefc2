//! The text of a new goal: a template of its slate, filled in.

use super::asks::NewAsk;
use super::layout::{table, tidied};
use super::template::{dropped, instructions, line};
use crate::markdown::document::Document;
use crate::markdown::table::{Row, Table};
use crate::model::goal;
use crate::model::slate::Slate;
use crate::policy::format::{Field, Format, SectionField, SectionFormat, TableFormat, TableKind};
use crate::text::edits::Edits;
use crate::text::source::{Source, Span, lies_in, whole_lines};

/// What is known of a new goal.
#[derive(Clone, Debug, Default)]
pub(crate) struct NewGoal {
    /// The title as Markdown.
    pub(crate) title: String,
    /// The user name of the point of contact, without `@`.
    pub(crate) contact: Option<String>,
    /// What is asked of whom.
    pub(crate) asks: Vec<NewAsk>,
    /// The tracking issue as Markdown, where it continues an older goal.
    pub(crate) tracking_issue: Option<String>,
    /// The sentence that leads to that goal.
    pub(crate) mention: Option<String>,
}

/// A value of so many words in a template explains itself.
const MIN_PROSE: usize = 4;

/// The goal as text, from a template that fits the slate.
pub(crate) fn filled(source: &Source, slate: &Slate, new: &NewGoal) -> String {
    let document = Document::parse(source);
    let filling = Filling { source, document: &document, slate, new };
    let mut edits = Edits::default();
    let dropped = dropped(source, &document, slate);
    for region in &dropped {
        edits.replace(*region, "");
    }
    if let Some(title) = goal::title(&document) {
        edits.replace(title.span, format!("# {}", new.title));
    }
    let metadata = goal::first_table(&document).map(|(_, table)| table);
    if let Some(metadata) = metadata {
        edits.replace(metadata.span, format!("{}\n", filling.metadata(metadata)));
    }
    filling.instructions(&dropped, &mut edits);
    filling.empty_sections(&dropped, &mut edits);
    filling.tasks(&dropped, &mut edits);
    filling.asks(&mut edits);
    filling.mention(&dropped, metadata, &mut edits);
    edits.sort();
    let text = edits.apply(source.text(), Span::new(0..source.text().len()), str::to_owned);
    tidied(&text)
}

/// What a template is filled with.
struct Filling<'a> {
    source: &'a Source,
    document: &'a Document,
    slate: &'a Slate,
    new: &'a NewGoal,
}

impl Filling<'_> {
    fn format(&self) -> &Format {
        &self.slate.format
    }

    fn cell(&self, row: &Row, column: usize) -> &str {
        row.cells.get(column).map_or("", |cell| self.source.slice(*cell))
    }

    /// The metadata table with what is known.
    fn metadata(&self, template: &Table) -> String {
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut fields = Vec::new();
        for row in template.body() {
            let name = self.cell(row, 0);
            let Some((value, field)) = self.value(name, self.cell(row, 1)) else { continue };
            fields.extend(field);
            rows.push(vec![self.format().row_name(name).to_owned(), value]);
        }
        for field in [Field::Contact, Field::Status, Field::TrackingIssue] {
            let Some(name) = self.format().row_of(field).filter(|_| !fields.contains(&field)) else { continue };
            rows.push(vec![name.to_owned(), self.known(field).unwrap_or_default()]);
        }
        let header: Vec<String> = template.header().iter().map(|cell| self.source.slice(*cell).to_owned()).collect();
        table(&header, &rows)
    }

    /// The value of a row, and what is read from it; nothing for a row that a new goal has not.
    fn value(&self, name: &str, template: &str) -> Option<(String, Option<Field>)> {
        let is_open = goal::is_placeholder_text(template) || template.is_empty();
        let is_prose = template.split_whitespace().count() >= MIN_PROSE && !template.starts_with("<!--");
        let Some((row, team)) = self.format().row(name) else {
            return Some((if is_open || is_prose { String::new() } else { template.to_owned() }, None));
        };
        if let Some(known) = row.field.and_then(|field| self.known(field)) {
            return Some((known, row.field));
        }
        // A slate that was moved to the newer layout has no such rows.
        let is_unused = row.placeholder.is_some() && !self.slate.goals.is_empty() && !self.slate.uses_row(name);
        let is_for_some = team.is_some() || row.many || matches!(row.field, Some(Field::Champion | Field::Theme));
        match () {
            () if is_unused || team.is_some() || is_for_some && (is_open || is_prose) => None,
            () if is_open || is_prose => Some((String::new(), row.field)),
            () => Some((template.to_owned(), row.field)),
        }
    }

    /// What is known of the goal; empty where its author has to say it.
    fn known(&self, field: Field) -> Option<String> {
        match field {
            Field::Contact => Some(self.new.contact.as_ref().map_or_else(String::new, |login| format!("@{login}"))),
            Field::Status => Some(self.format().first_status().to_owned()),
            Field::TrackingIssue => Some(self.new.tracking_issue.clone().unwrap_or_default()),
            _ => None,
        }
    }

    /// Takes out instructions; the first of a section becomes a line that says what belongs there.
    fn instructions(&self, dropped: &[Span], edits: &mut Edits) {
        let title = goal::title(self.document).map(|title| title.span);
        let mut last = None;
        for instruction in instructions(self.source, self.document) {
            if lies_in(instruction, dropped) {
                continue;
            }
            let above = self.document.headings.iter_enumerated().rev();
            let mut above = above.filter(|(_, heading)| !heading.nested && heading.span.start < instruction.start);
            let section = above.find(|(_, heading)| Some(heading.span) != title);
            let lines = whole_lines(self.source, instruction);
            match section {
                Some((id, heading)) if last != Some(id) => {
                    last = Some(id);
                    let hint = self.format().sections.get(heading.text.as_str()).and_then(|of| of.hint.as_deref());
                    edits.replace(lines, format!("{}\n", line(self.source, instruction, hint)));
                }
                _ => edits.replace(lines, ""),
            }
        }
    }

    /// Gives sections that have nothing left the line that the period has for them.
    fn empty_sections(&self, dropped: &[Span], edits: &mut Edits) {
        for (id, heading) in self.document.headings.iter_enumerated() {
            let hint = self.format().sections.get(heading.text.as_str()).and_then(|of| of.hint.as_deref());
            let next = self.document.headings.get(id.next());
            let end = next.map_or(self.source.text().len(), |next| next.span.start as usize);
            let own = Span::new(heading.span.end as usize..end);
            let is_followed = next.is_some_and(|next| next.level > heading.level && !lies_in(next.span, dropped));
            if let Some(hint) = hint
                && !heading.nested
                && self.source.slice(own).trim().is_empty()
                && !is_followed
                && !lies_in(heading.span, dropped)
            {
                edits.replace(Span::at(heading.span.end as usize), format!("\n\n*{hint}*\n"));
            }
        }
    }

    /// Leaves only rows in the tables of tasks that say something; where none does, those that the period has.
    fn tasks(&self, dropped: &[Span], edits: &mut Edits) {
        for (heading, of) in goal::sections_with_tables(self.document, self.format()) {
            if of.holds != TableKind::Tasks || lies_in(self.document.headings[heading].span, dropped) {
                continue;
            }
            let Some(id) = goal::table_of(self.source, self.document, heading, of) else { continue };
            let table = &self.document.tables[id];
            let says = |row: &&Row| !goal::is_placeholder_text(self.cell(row, 0)) && !self.is_dots(row);
            if table.body().iter().all(|row| says(&row)) {
                continue;
            }
            let rows: Vec<Vec<String>> = table.body().iter().filter(says).map(|row| self.cells(row, of)).collect();
            self.replace_table(table, if rows.is_empty() { of.new_rows.clone() } else { rows }, edits);
        }
    }

    fn replace_table(&self, template: &Table, rows: Vec<Vec<String>>, edits: &mut Edits) {
        let header: Vec<String> = template.header().iter().map(|cell| self.source.slice(*cell).to_owned()).collect();
        edits.replace(template.span, format!("{}\n", table(&header, &rows)));
    }

    fn cells(&self, row: &Row, of: &TableFormat) -> Vec<String> {
        (0..of.header.len()).map(|column| self.cell(row, column).to_owned()).collect()
    }

    /// Puts the asks into their table.
    fn asks(&self, edits: &mut Edits) {
        let Some(section) = goal::section(self.document, self.format(), SectionField::Asks) else { return };
        let name = self.format().section_of(SectionField::Asks).unwrap_or_default();
        let Some(of) = self.format().sections.get(name).and_then(|section| section.table.as_ref()) else { return };
        match goal::table_of(self.source, self.document, section, of) {
            Some(id) => {
                let template = &self.document.tables[id];
                self.replace_table(template, self.ask_rows(Some(template), of), edits);
            }
            None => {
                let end = Span::at(self.document.headings[section].span.end as usize);
                edits.replace(end, format!("\n\n{}\n", table(&of.header, &self.ask_rows(None, of))));
            }
        }
    }

    fn ask_rows(&self, template: Option<&Table>, of: &TableFormat) -> Vec<Vec<String>> {
        let rows = || template.into_iter().flat_map(Table::body);
        let cells = |row: &Row| self.cells(row, of);
        match of.holds {
            TableKind::TasksAndAsks => {
                // Asks of the template are examples.
                let badge = format!("![{}]", self.format().badge.as_deref().unwrap_or_default());
                let says = |row: &Row| !goal::is_placeholder_text(self.cell(row, 0)) && !self.is_dots(row);
                let is_work = |row: &&Row| !self.cell(row, 1).starts_with(&badge) && says(row);
                let work: Vec<Vec<String>> = rows().filter(is_work).map(cells).collect();
                let work = if work.is_empty() { of.new_rows.clone() } else { work };
                let asks = self.new.asks.iter();
                let ask = |ask: &NewAsk| vec![ask.what.clone(), format!("{badge}[] [{}]", ask.team), ask.notes.clone()];
                work.into_iter().chain(asks.map(ask)).collect()
            }
            _ if self.new.asks.is_empty() => {
                let is_open = |row: &&Row| self.names_team(self.cell(row, 0)) && self.cell(row, 1).is_empty();
                let open: Vec<Vec<String>> = rows().filter(is_open).map(cells).collect();
                let of_period = of.new_rows.iter().filter(|row| row.first().is_some_and(|team| self.names_team(team)));
                if open.is_empty() { of_period.cloned().collect() } else { open }
            }
            _ => {
                let row = |ask: &NewAsk| vec![format!("[{}]", ask.team), ask.what.clone(), ask.notes.clone()];
                self.new.asks.iter().map(row).collect()
            }
        }
    }

    fn is_dots(&self, row: &Row) -> bool {
        goal::is_placeholder_row(row.cells.iter().map(|cell| self.source.slice(*cell)))
    }

    /// Whether a cell is the name of a team in brackets.
    fn names_team(&self, cell: &str) -> bool {
        let team = cell.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        team.is_some_and(|team| self.slate.roster.is_of_today(team))
    }

    /// Leads to the goal that this one continues: where it says why there is one, else below the metadata.
    fn mention(&self, dropped: &[Span], metadata: Option<&Table>, edits: &mut Edits) {
        let Some(mention) = &self.new.mention else { return };
        let is_why = |section: &SectionFormat| section.expected && section.field.is_none() && section.table.is_none();
        let sections = self.format().sections.iter().filter(|(_, section)| is_why(section) && !section.may_be_empty);
        let mut headings = sections.filter_map(|(name, _)| goal::section_named(self.document, name));
        let heading = headings.find(|id| !lies_in(self.document.headings[*id].span, dropped));
        let at = heading.map(|id| self.document.headings[id].span).or_else(|| metadata.map(|table| table.span));
        if let Some(at) = at {
            edits.replace(Span::at(at.end as usize), format!("\n\n{mention}\n"));
        }
    }
}
