//! What is at a place of a file, as a few lines of Markdown that an editor shows beside it.
//!
//! What it says comes from the format, the roster, and the slate; names and titles from files are escaped or shown as they are
//! written, so that none becomes something else.

use super::explain::capitalized;
use super::rule_page::{REPOSITORY, rule_page};
use crate::diagnostics::level::Level;
use crate::markdown::escape::escape_text;
use crate::policy::format::{
    AskFormat, DirectiveKind, Field, GoalFilter, LevelFormat, Required, RowFormat, SectionField, SectionFormat, Stage,
    Status, TableFormat,
};
use crate::queries::editing::{Destination, Item, PersonItem, TeamItem, TeamState};
use crate::rules::rule::Rule;
use crate::text::blanks::one_line;
use crate::text::sanitize::sanitize;

/// What is said of something; see [`Item`].
pub fn item(item: &Item) -> String {
    match item {
        Item::Person(person) => of_person(person),
        Item::Team(team) => of_team(team),
        Item::Status(name, status) => of_status(name, status),
        Item::Level(name, level) => of_level(name, *level),
        Item::Ask(name, ask) => of_ask(name, ask),
        Item::Row(name, row) => of_row(name, row),
        Item::Section(name, section) => of_section(name, section),
        Item::Directive(name, kind) => format!("`{}`: {}", sanitize(name), of_directive(kind)),
        Item::Rule(known) => rule(known, None),
        Item::Page(title, destination) => of_page(title, destination),
        Item::Address(address) => code(address),
    }
}

/// What a rule checks and why; with its level where it has found something.
pub fn rule(rule: &Rule, level: Option<Level>) -> String {
    let level = level.map_or_else(String::new, |level| format!(" ({})", level.word()));
    let Ok(data) = rule.read() else { return format!("`{}`{level}", rule.id) };
    let page = rule_page(REPOSITORY, rule.id).map_or_else(String::new, |page| format!("\n\n[More]({page})"));
    let explanation = data.explanation.trim();
    format!("`{}`{level}: checks that {}.\n\n{explanation}{page}", rule.id, data.summary)
}

/// A text as inline code, whatever it holds.
fn code(text: &str) -> String {
    let text = sanitize(&one_line(text)).into_owned();
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Words from a file or the roster as plain text.
fn plain(text: &str) -> String {
    escape_text(&sanitize(&one_line(text)))
}

/// Sentences as paragraphs of their own.
fn paragraphs(parts: impl IntoIterator<Item = String>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn list(names: impl IntoIterator<Item = String>) -> String {
    names.into_iter().collect::<Vec<_>>().join(", ")
}

fn marked((name, is_lead): &(String, bool)) -> String {
    let lead = if *is_lead { " (lead)" } else { "" };
    format!("{}{lead}", code(name))
}

fn of_person(person: &PersonItem) -> String {
    let name = person.name.as_ref().map_or_else(String::new, |name| format!(": {}", plain(name)));
    let teams = match person.teams.as_slice() {
        [] => String::new(),
        teams => format!("Teams: {}", list(teams.iter().map(marked))),
    };
    let goals = match person.goals.as_slice() {
        [] => String::new(),
        goals => format!("Goals:\n{}", goals.iter().map(|goal| format!("\n- {}", plain(goal))).collect::<String>()),
    };
    paragraphs([format!("{}{name}", code(&format!("@{}", person.login))), teams, goals])
}

fn of_team(team: &TeamItem) -> String {
    let part = team.parent.as_ref().map_or_else(String::new, |parent| format!(", part of {}", code(parent)));
    let state = match &team.state {
        TeamState::Today => String::new(),
        TeamState::Archived => "This team has been archived.".to_owned(),
        TeamState::Renamed(today) => format!("This team is called {} today.", code(today)),
        TeamState::Merged(into) => format!("This team was merged into {}.", code(into)),
    };
    let members = match team.members.as_slice() {
        [] => String::new(),
        members => format!("Members: {}", list(members.iter().map(marked))),
    };
    let asked = match team.goals {
        0 => String::new(),
        1 => "1 goal of this slate asks it.".to_owned(),
        goals => format!("{goals} goals of this slate ask it."),
    };
    let address = team.address.as_ref().map_or_else(String::new, |address| format!("<{}>", sanitize(address)));
    paragraphs([format!("Team {}{part}", code(&team.name)), state, members, asked, address])
}

fn of_status(name: &str, status: &Status) -> String {
    let stage = match status.stage {
        Stage::Proposed => "The goal is proposed: it is not decided yet.",
        Stage::Accepted => "The goal is accepted into the slate.",
        Stage::NotAccepted => "The goal is not accepted: it is in no table of the RFC but that of goals not accepted.",
    };
    let mut said = vec![format!("Status {}", code(name)), stage.to_owned()];
    if status.flagship {
        said.push("It is a flagship goal, or proposed as one.".to_owned());
    }
    if status.needs_owner {
        said.push("It is looking for an owner.".to_owned());
    }
    said.extend(status.mark.as_ref().map(|mark| format!("Its title is marked with {mark}.")));
    paragraphs(said)
}

fn of_level(name: &str, level: LevelFormat) -> String {
    let champion = match level.champion {
        true => "It requires a champion from the team.",
        false => "It requires no champion.",
    };
    paragraphs([format!("Support level {}", code(name)), champion.to_owned()])
}

fn of_ask(name: &str, ask: &AskFormat) -> String {
    let teams = match &ask.teams {
        Some(teams) => format!("Only for: {}", list(teams.iter().map(|team| code(team)))),
        None => String::new(),
    };
    paragraphs([format!("Ask {}", code(name)), sanitize(&capitalized(&ask.about)).into_owned(), teams])
}

fn of_row(name: &str, row: &RowFormat) -> String {
    let read = match row.field {
        Some(Field::ShortTitle) => "The name of the goal in the tables of teams.",
        Some(Field::Contact) => "The point of contact: one GitHub user, `@name`.",
        Some(Field::Status) => "The status of the goal.",
        Some(Field::TrackingIssue) => "The tracking issue of the goal.",
        Some(Field::Champion) => "The champion of the team: one GitHub user, `@name`.",
        Some(Field::Theme) => "A theme or roadmap that the goal belongs to.",
        Some(Field::Need) => "What the goal needs.",
        Some(Field::Highlight) => "A highlight of the RFC that includes the goal.",
        Some(Field::WhatAndWhy) => "The goal in one line.",
        Some(Field::Area) => "An application area.",
        None if row.years => "A year, or the first and last of several.",
        None => "",
    };
    let values = match row.values.keys().map(|value| code(value)).collect::<Vec<_>>() {
        values if values.is_empty() => String::new(),
        values => format!("Values: {}", list(values)),
    };
    let many = if row.many { "It may be repeated." } else { "" };
    let formerly = match row.formerly.iter().map(|name| code(name)).collect::<Vec<_>>() {
        names if names.is_empty() => String::new(),
        names => format!("Formerly: {}", list(names)),
    };
    let title = format!("Row {}{}", code(name), required(row.required));
    paragraphs([title, read.to_owned(), values, many.to_owned(), formerly])
}

fn required(required: Required) -> &'static str {
    match required {
        Required::Never => ", optional",
        Required::Always => ", required",
        Required::WhenUsed => ", required if any goal of the slate has it",
        Required::UnlessNotAccepted => ", required unless the goal is not accepted",
        Required::WhenAccepted => ", required once the goal is accepted",
    }
}

fn of_section(name: &str, section: &SectionFormat) -> String {
    let read = match section.field {
        Some(SectionField::Summary) => "Its first paragraph is the short description of the goal.",
        Some(SectionField::Asks) => "Its table says what is asked of which team.",
        None => "",
    };
    let columns = |table: &TableFormat| format!("Columns: {}", list(table.header.iter().map(|name| code(name))));
    let table = section.table.as_ref().map(columns).unwrap_or_default();
    paragraphs([format!("Section {}{}", code(name), required(section.required)), read.to_owned(), table])
}

fn of_directive(kind: &DirectiveKind) -> String {
    let goals = |of: &GoalFilter| match of {
        GoalFilter::All => "goals",
        GoalFilter::Flagship => "flagship goals",
        GoalFilter::Other => "goals that are not flagship goals",
        GoalFilter::NotAccepted => "goals that are not accepted",
    };
    match kind {
        DirectiveKind::GoalCount { of } => format!("the number of {}", goals(of)),
        DirectiveKind::GoalTable { of } => format!("a table of the {}", goals(of)),
        DirectiveKind::LevelTable { level } => {
            format!("a table of the goals whose largest support level is {}", code(level))
        }
        DirectiveKind::TeamAsks => "the asks of each team".to_owned(),
        DirectiveKind::ValidAsks => "the asks that teams can be asked for".to_owned(),
        DirectiveKind::Champions => "the champions and their goals".to_owned(),
        DirectiveKind::Roadmaps => "a table of the roadmaps".to_owned(),
        DirectiveKind::HighlightTable => "a table of the goals of a highlight".to_owned(),
        DirectiveKind::HighlightCredits => "the people who work on a highlight".to_owned(),
        DirectiveKind::Metadata => "a placeholder in the metadata of a goal".to_owned(),
        DirectiveKind::Nothing { .. } => "navigation of the site; nothing in the RFC".to_owned(),
        DirectiveKind::Site { .. } => "for pages of the site; not allowed in the RFC".to_owned(),
    }
}

fn of_page(title: &str, destination: &Destination) -> String {
    match title == destination.path {
        true => code(&destination.path),
        false => paragraphs([plain(title), code(&destination.path)]),
    }
}
