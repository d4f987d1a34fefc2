//! What is at a place: somebody, a team, a status, a level, an ask, a row, a section, a directive, a rule, or a link.

use super::definition::{Destination, destination_of, of_value};
use super::place::{file_of, is_code, touches};
use crate::links::outside::OutsideFiles;
use crate::lint::suppressions::suppressions;
use crate::markdown::document::Link;
use crate::model::goal::{Metadata, Task};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{
    AskFormat, DirectiveKind, Field, LevelFormat, RowFormat, SectionFormat, Status, TableKind,
};
use crate::policy::roster::Known;
use crate::queries::spelling;
use crate::rules::registry::find;
use crate::rules::rule::Rule;
use crate::text::order::sort_by_key;
use crate::text::source::{Span, Spanned};
use crate::text::user_names;

/// What is at a place, and the bytes that say it.
#[derive(Clone, Debug)]
pub struct ItemAt {
    /// Where it is.
    pub span: Span,
    /// What it is.
    pub item: Item,
}

/// What an author can ask about.
#[derive(Clone, Debug)]
pub enum Item {
    /// A user.
    Person(PersonItem),
    /// A team.
    Team(TeamItem),
    /// The status of a goal: its name, and what it means.
    Status(String, Status),
    /// A support level: its name, and what it means.
    Level(String, LevelFormat),
    /// Something that teams can be asked for: its name, and what it means.
    Ask(String, AskFormat),
    /// The name of a metadata row, and what is known of it.
    Row(String, RowFormat),
    /// A section of a goal: its name, and what is known of it.
    Section(String, SectionFormat),
    /// A directive: its name, and what it expands to.
    Directive(String, DirectiveKind),
    /// A rule that is named in a suppression.
    Rule(&'static Rule),
    /// Something of the project that is linked or named: the title of what is there, as Markdown, and where it is.
    Page(String, Destination),
    /// The address of a link.
    Address(String),
}

/// Somebody, as the roster and the slate know them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonItem {
    /// The user name, without `@`.
    pub login: String,
    /// The display name, where the roster has one.
    pub name: Option<String>,
    /// The teams of which they are a member, by name, each with whether they lead it.
    pub teams: Vec<(String, bool)>,
    /// The titles of the goals of this slate that name them, as Markdown.
    pub goals: Vec<String>,
}

/// A team, as the roster and the slate know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamItem {
    /// Its name as written.
    pub name: String,
    /// Whether it is a team of today.
    pub state: TeamState,
    /// Where a link on its name leads.
    pub address: Option<String>,
    /// The team that it is a part of.
    pub parent: Option<String>,
    /// Its members by user name, each with whether they lead it.
    pub members: Vec<(String, bool)>,
    /// How many goals of this slate ask it for something.
    pub goals: usize,
}

/// Whether a name is that of a team of today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TeamState {
    /// It is.
    Today,
    /// The team has been archived.
    Archived,
    /// The team has another name today.
    Renamed(String),
    /// The team was merged into this one.
    Merged(String),
}

/// What is at an offset of a file.
pub fn item_at(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, offset: usize) -> Option<ItemAt> {
    let at = Span::at(offset);
    if is_code(file, offset) {
        return None;
    }
    rule(file, at)
        .or_else(|| user(slate, file, at))
        .or_else(|| in_goal(slate, outside, file, at))
        .or_else(|| directive(slate, file, at))
        .or_else(|| section(slate, file, at))
        .or_else(|| link(slate, outside, file, at))
}

fn rule(file: &File, at: Span) -> Option<ItemAt> {
    let comment = file.document.comments.iter().find(|comment| touches(comment.span, at))?;
    let of_file = suppressions(file);
    let mut named = of_file.iter().flat_map(|one| &one.rules).filter(|rule| comment.span.contains(rule.span));
    let rule = named.find(|rule| touches(rule.span, at))?;
    Some(ItemAt { span: rule.span, item: Item::Rule(find(&rule.value)?) })
}

fn user(slate: &Slate, file: &File, at: Span) -> Option<ItemAt> {
    let line = file.source.line_span(file.source.line_index(at.start as usize));
    let text = file.shown(line);
    let mut users = user_names::users(&text).into_iter().map(|login| line.part(login.start - 1..login.end));
    let span = users.find(|span| touches(*span, at))?;
    let login = &file.source.slice(span)[1..];
    let known = slate.roster.person(login);
    let goals = slate.goals.iter().filter(|goal| spelling::users(goal).any(|user| user.eq_ignore_ascii_case(login)));
    let goals: Vec<String> = goals.map(|goal| goal.title_text().to_owned()).collect();
    let teams = slate.roster.teams().filter(|(name, _)| slate.roster.is_of_today(name)).filter_map(|(name, team)| {
        let member = team.members.iter().find(|member| member.login.eq_ignore_ascii_case(login))?;
        Some((name.to_owned(), member.is_lead))
    });
    let person = PersonItem {
        login: known.map_or(login, |known| &known.login).to_owned(),
        name: known.map(|known| known.name.clone()),
        teams: teams.collect(),
        goals,
    };
    // Somebody of whom nothing is known has nothing to show.
    let is_known = known.is_some() || !person.teams.is_empty() || !person.goals.is_empty();
    is_known.then_some(ItemAt { span, item: Item::Person(person) })
}

/// A team by a name that the roster knows.
pub(super) fn team(slate: &Slate, name: &str) -> Option<Item> {
    let known = slate.roster.team(name)?;
    let record = slate.roster.team_record(name);
    let state = match known {
        Known::Team(_) => TeamState::Today,
        Known::Archived(_) => TeamState::Archived,
        Known::Renamed { today } => TeamState::Renamed(today.to_owned()),
        Known::Merged { into, .. } => TeamState::Merged(into.to_owned()),
    };
    let members = record.into_iter().flat_map(|team| &team.members);
    let mut members: Vec<(String, bool)> = members.map(|member| (member.login.clone(), member.is_lead)).collect();
    sort_by_key(&mut members, |(login, is_lead)| (!is_lead, login.to_lowercase()));
    Some(Item::Team(TeamItem {
        name: name.to_owned(),
        state,
        address: slate.roster.team_address(name).map(str::to_owned),
        parent: record.and_then(|team| team.parent.clone()),
        members,
        goals: slate.goals.iter().filter(|goal| goal.teams().contains(&name)).count(),
    }))
}

fn in_goal(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<ItemAt> {
    if let FileKind::Roadmap(roadmap) = file.kind {
        let rows = &slate.format.roadmaps.as_ref()?.rows;
        let written = slate.roadmaps.get(roadmap)?.metadata.rows.iter().find(|row| touches(row.name.span, at))?;
        let (name, row) = rows.named(&written.name.value)?;
        return Some(ItemAt { span: written.name.span, item: Item::Row(name.to_owned(), row.clone()) });
    }
    let goal = slate.goal_in(file)?;
    let of_plans = goal.plans.iter().filter_map(|plan| plan.metadata.as_ref());
    let mut tables = std::iter::once(&goal.metadata).chain(of_plans);
    tables
        .find_map(|metadata| in_metadata(slate, outside, file, metadata, at))
        .or_else(|| goal.plans.iter().find_map(|plan| in_tasks(slate, plan.holds, &plan.tasks, at)))
}

fn in_metadata(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    file: &File,
    metadata: &Metadata,
    at: Span,
) -> Option<ItemAt> {
    let written = metadata.rows.iter().find(|row| touches(row.span, at))?;
    if touches(written.name.span, at) {
        let (name, row, team_name) = slate.format.find_row(&written.name.value)?;
        if let Some(team_name) = team_name
            && let Some(start) = written.name.value.find(team_name)
        {
            let span = written.name.span.part(start..start + team_name.len());
            if touches(span, at) {
                return team(slate, team_name).map(|item| ItemAt { span, item });
            }
        }
        return Some(ItemAt { span: written.name.span, item: Item::Row(name.to_owned(), row.clone()) });
    }
    let Spanned { value, span } = &written.value;
    if !touches(*span, at) {
        return None;
    }
    let item = match written.field? {
        Field::Status => Item::Status(value.clone(), slate.format.statuses.get(value)?.clone()),
        Field::Theme | Field::Highlight => {
            let destination = of_value(slate, outside, file, written.field?, value)?;
            Item::Page(title_of(slate, &destination), destination)
        }
        _ => return None,
    };
    Some(ItemAt { span: *span, item })
}

fn in_tasks(slate: &Slate, holds: TableKind, tasks: &[Task], at: Span) -> Option<ItemAt> {
    let task = tasks.iter().find(|task| touches(task.span, at))?;
    let ask = task.ask.as_ref()?;
    if let Some(named) = ask.teams.iter().find(|team| touches(team.name.span, at)) {
        return team(slate, &named.name.value).map(|item| ItemAt { span: named.name.span, item });
    }
    let Spanned { value, span } = &task.name;
    if !touches(*span, at) {
        return None;
    }
    let item = match holds {
        TableKind::Asks => {
            let (_, name, level) = slate.format.level(value)?;
            Item::Level(name.to_owned(), level)
        }
        _ => {
            let (name, ask) = slate.format.asks.iter().find(|(name, _)| name.eq_ignore_ascii_case(value))?;
            Item::Ask(name.clone(), ask.clone())
        }
    };
    Some(ItemAt { span: *span, item })
}

fn directive(slate: &Slate, file: &File, at: Span) -> Option<ItemAt> {
    let written = file.directives.iter().find(|directive| touches(directive.span, at))?;
    let kind = slate.directive(written)?;
    Some(ItemAt { span: written.span, item: Item::Directive(written.name.value.clone(), kind.clone()) })
}

fn section(slate: &Slate, file: &File, at: Span) -> Option<ItemAt> {
    slate.goal_in(file)?;
    let heading = file.document.headings.iter().find(|heading| !heading.nested && touches(heading.span, at))?;
    let (name, section) = slate.format.sections.get_key_value(&heading.text)?;
    Some(ItemAt { span: heading.span, item: Item::Section(name.clone(), section.clone()) })
}

fn link(slate: &Slate, outside: Option<&OutsideFiles>, file: &File, at: Span) -> Option<ItemAt> {
    let innermost = |links: &mut dyn Iterator<Item = &Link>| links.min_by_key(|link| link.span.range().len()).cloned();
    if let Some(link) = innermost(&mut file.document.links.iter().filter(|link| touches(link.span, at))) {
        let item = match destination_of(slate, outside, file, &link.target) {
            Some(destination) => Item::Page(title_of(slate, &destination), destination),
            None => Item::Address(link.target.clone()),
        };
        return Some(ItemAt { span: link.span, item });
    }
    // A team in brackets is linked wherever pages are made.
    let line = file.source.line_span(file.source.line_index(at.start as usize));
    let text = file.shown(line);
    let found = crate::markdown::brackets::brackets(&text);
    let bracket = found.iter().find(|bracket| touches(line.part(bracket.text.clone()), at))?;
    let span = line.part(bracket.text.clone());
    let name = file.source.slice(span);
    let linked = || address_of(slate, name).map(Item::Address);
    team(slate, name).or_else(linked).map(|item| ItemAt { span, item })
}

/// Where a text in brackets leads by the configuration or the format.
fn address_of(slate: &Slate, label: &str) -> Option<String> {
    let named = slate.config.links.iter().chain(&slate.format.badges);
    let mut named = named.filter(|(known, _)| known.eq_ignore_ascii_case(label));
    named.next().map(|(_, address)| address.clone()).or_else(|| slate.config.linkified(label))
}

/// The title of what is at a destination, as Markdown: of a heading in it, or of the page.
fn title_of(slate: &Slate, destination: &Destination) -> String {
    let Some(file) = file_of(slate, &destination.path) else { return destination.path.clone() };
    let headings = &file.document.headings;
    let heading = headings.iter().find(|heading| Some(heading.span) == destination.span);
    let title = heading.or_else(|| crate::model::goal::title(&file.document));
    title.map_or_else(|| destination.path.clone(), |title| file.source.slice(title.content).to_owned())
}
