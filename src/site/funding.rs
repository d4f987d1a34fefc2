//! What goals cost, and how much of it is funded.

use std::collections::BTreeMap;

use crate::markdown::anchor::anchor;
use crate::markdown::shown::shown;
use crate::markdown::table::is_delimiter_row;
use crate::model::cell;
use crate::model::funding::{Cost, Funded, dollars};
use crate::model::goal::{Goal, TaskTable};
use crate::model::slate::{File, Slate};
use crate::policy::format::{FundingFormat, GoalFilter, SiteField, TableKind};
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::quote::Shortcuts;
use crate::rfc::tables::TableText;
use crate::text::order::sort_by_key;
use crate::text::source::Span;

/// What the cells of a row say that stands for a group.
const NOTHING: &str = "--";

/// A goal that is to be funded.
struct Funding<'g> {
    goal: &'g Goal,
    funded: Funded,
    cost: String,
    /// Whom to ask, as Markdown.
    contact: String,
    /// Who pays, as Markdown.
    sponsors: Vec<String>,
}

/// A table of the goals with a table of funding; of those that belong to a roadmap, where one is named.
pub(crate) fn table(texts: &GoalTexts<'_>, format: &FundingFormat, roadmap: Option<&str>) -> String {
    let mut table = TableText::new(&texts.slate.format, &format.heads);
    let all = all(texts, format);
    let wanted = all.iter().filter(|funding| roadmap.is_none_or(|roadmap| funding.goal.has_theme(roadmap)));
    wanted.for_each(|funding| row(texts, format, &mut table, funding));
    table.text
}

/// The same grouped by roadmap, with the goals of none at the end.
pub(crate) fn by_roadmap(texts: &GoalTexts<'_>, format: &FundingFormat) -> String {
    let mut table = TableText::new(&texts.slate.format, &format.heads);
    let all = all(texts, format);
    let mut roadmaps: Vec<_> = texts.slate.roadmaps.iter().collect();
    sort_by_key(&mut roadmaps, |roadmap| texts.slate.roadmap_name(roadmap).to_lowercase());
    for roadmap in &roadmaps {
        let name = texts.slate.roadmap_name(roadmap);
        let joined = all.iter().filter(|funding| funding.goal.has_theme(name));
        group(texts, format, &mut table, &texts.roadmap_link(roadmap), joined);
    }
    let is_of_one = |goal: &Goal| roadmaps.iter().any(|roadmap| goal.has_theme(texts.slate.roadmap_name(roadmap)));
    let others = all.iter().filter(|funding| !is_of_one(funding.goal));
    group(texts, format, &mut table, &format.others, others);
    table.text
}

/// The same grouped by whom to ask.
pub(crate) fn by_contact(texts: &GoalTexts<'_>, format: &FundingFormat) -> String {
    let mut table = TableText::new(&texts.slate.format, &format.heads);
    let all = all(texts, format);
    let mut contacts: BTreeMap<(String, &str), Vec<&Funding<'_>>> = BTreeMap::new();
    for funding in &all {
        let name = shown(&funding.contact).trim_start_matches('@').to_lowercase();
        contacts.entry((name, &funding.contact)).or_default().push(funding);
    }
    for ((_, contact), of_contact) in contacts {
        group(texts, format, &mut table, contact, of_contact.into_iter());
    }
    table.text
}

/// What the marks mean.
pub(crate) fn legend(slate: &Slate, format: &FundingFormat) -> String {
    let mut table = TableText::new(&slate.format, &format.legend);
    let marks = &format.marks;
    [&marks.none, &marks.partial, &marks.full].into_iter().for_each(|mark| table.row(mark));
    table.text
}

/// The rows of a goal's own table of funding, or of another that lists what it needs, as written.
pub(crate) fn own_table(texts: &GoalTexts<'_>, goal: &Goal, plan: &TaskTable) -> String {
    let file = texts.slate.file_of(goal);
    let rows = &file.document.tables[plan.table];
    let of_section = texts.slate.format.sections.values().filter_map(|section| section.table.as_ref());
    let header = of_section.clone().find(|table| table.holds == plan.holds).map(|table| table.header.clone());
    let header = header.unwrap_or_default();
    let mut table = TableText::new(&texts.slate.format, &header);
    for row in rows.body().iter().filter(|row| !is_delimiter_row(file.source.slice(row.span))) {
        let cells = (0..header.len()).map(|column| cell_text(texts, file, row.cells.get(column).copied()));
        table.row(&cells.collect::<Vec<_>>());
    }
    table.text
}

fn cell_text(texts: &GoalTexts<'_>, file: &File, cell: Option<Span>) -> String {
    cell.map_or_else(String::new, |cell| texts.part(file.id, cell, Shortcuts::Lead).replace("\\|", "|"))
}

/// The goals that say what they cost, in the order of their files.
fn all<'s>(texts: &GoalTexts<'s>, format: &FundingFormat) -> Vec<Funding<'s>> {
    let goals = texts.slate.choose(GoalFilter::All).into_iter();
    goals.filter_map(|goal| funding(texts, format, goal)).collect()
}

fn funding<'s>(texts: &GoalTexts<'s>, format: &FundingFormat, goal: &'s Goal) -> Option<Funding<'s>> {
    let plan = goal.plans.iter().find(|plan| plan.holds == TableKind::Funding && !plan.tasks.is_empty())?;
    let file = texts.slate.file_of(goal);
    let mut sponsors: Vec<String> = Vec::new();
    let table = &file.document.tables[plan.table];
    for row in table.body().iter().filter(|row| !is_delimiter_row(file.source.slice(row.span))) {
        let written = cell::text(&file.source, row, 3);
        let sponsor = cell_text(texts, file, Some(written.span).filter(|_| !written.value.is_empty()));
        if !sponsor.is_empty() && !sponsors.contains(&sponsor) {
            sponsors.push(sponsor);
        }
    }
    // Purpose, cost, funded: the three cells of the row.
    let states = plan.tasks.iter().map(|task| Funded::read(format, &task.notes.value));
    let (most, least) =
        states.fold((Funded::Nothing, Funded::Fully), |(most, least), state| (most.max(state), least.min(state)));
    let funded = match (most, least) {
        (_, Funded::Fully) => Funded::Fully,
        (Funded::Nothing, _) => Funded::Nothing,
        _ => Funded::Partly,
    };
    let costs: Vec<Cost> = plan.tasks.iter().map(|task| Cost::read(format, &task.owners.value)).collect();
    let contact = site_row(texts, goal, SiteField::FundingContact).unwrap_or_else(|| format.contact.clone());
    Some(Funding { goal, funded, cost: total(format, &costs), contact, sponsors })
}

/// What all costs of a goal come to: those that are known, else that one is not known yet, else that they are told on request.
fn total(format: &FundingFormat, costs: &[Cost]) -> String {
    let amounts = costs.iter().filter_map(|cost| match cost {
        Cost::Amount { from, to } => Some((*from, *to)),
        _ => None,
    });
    let sum = amounts.reduce(|(from, to), (low, high)| (from.saturating_add(low), to.saturating_add(high)));
    let unknown = format.costs.words.iter().find(|word| !format.on_request.contains(word));
    let word = match sum {
        Some((from, to)) if from == to => return dollars(from),
        Some((from, to)) => return format!("{}-{}", dollars(from), dollars(to)),
        None if costs.contains(&Cost::Unknown) => unknown,
        None => format.on_request.first(),
    };
    word.cloned().unwrap_or_default()
}

/// The value of the first row of a goal that pages of the site read so, as Markdown.
pub(crate) fn site_row(texts: &GoalTexts<'_>, goal: &Goal, field: SiteField) -> Option<String> {
    let format = &texts.slate.format;
    let is_it = |name: &str| format.row(name).is_some_and(|(row, _)| row.site == Some(field));
    let rows = goal.metadata.rows.iter().filter(|row| !row.value.value.is_empty());
    let row = rows.into_iter().find(|row| is_it(&row.name.value))?;
    Some(texts.value(goal.file, row, Shortcuts::Lead))
}

fn group<'f, 'g: 'f>(
    texts: &GoalTexts<'_>,
    format: &FundingFormat,
    table: &mut TableText,
    name: &str,
    members: impl Iterator<Item = &'f Funding<'g>>,
) {
    let mut members = members.peekable();
    if members.peek().is_some() {
        let nothing = NOTHING.to_owned();
        table.row(&["-".to_owned(), format!("**{name}**"), nothing.clone(), nothing.clone(), nothing]);
    }
    members.for_each(|funding| row(texts, format, table, funding));
}

fn row(texts: &GoalTexts<'_>, format: &FundingFormat, table: &mut TableText, funding: &Funding<'_>) {
    let [mark, _] = match funding.funded {
        Funded::Nothing => &format.marks.none,
        Funded::Partly => &format.marks.partial,
        Funded::Fully => &format.marks.full,
    };
    let sponsors = match funding.sponsors.is_empty() {
        true => String::new(),
        false => format!("{} {}", format.thanks, funding.sponsors.join(", ")),
    };
    let link = match heading(texts.slate, funding.goal) {
        Some(anchor) => texts.link_to_heading(funding.goal, &anchor),
        None => texts.link(funding.goal),
    };
    table.row(&[mark.clone(), link, funding.cost.clone(), funding.contact.clone(), sponsors]);
}

/// The anchor of the heading above a goal's table of funding.
fn heading(slate: &Slate, goal: &Goal) -> Option<String> {
    let plan = goal.plans.iter().find(|plan| plan.holds == TableKind::Funding)?;
    let document = &slate.file_of(goal).document;
    let table = document.tables[plan.table].span;
    let above = document.headings.iter().take_while(|heading| heading.span.start < table.start);
    above.last().map(|heading| anchor(&heading.text))
}
