//! Who works on goals: the users in the cells of owners. Where these cells name teams too, every text between commas counts as
//! it is written, since some owners are a company or a word.

use std::collections::BTreeMap;

use crate::markdown::escape::escape_text;
use crate::markdown::label::normalize_label;
use crate::model::cell::{Hidden, shown};
use crate::model::goal::Goal;
use crate::model::slate::{File, Slate};
use crate::policy::format::{Field, GoalFilter, TableKind};
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::quote::Shortcuts;
use crate::rfc::tables::list;
use crate::text::source::Span;
use crate::text::user_names::users;

/// The column of owners in tables of work.
const OWNERS: usize = 1;

/// What an empty list says.
const NONE: &str = "(none)";

/// The owners of the tasks of some goals, each once, in the order of what is written.
pub(crate) fn owners<'g>(texts: &GoalTexts<'_>, goals: impl IntoIterator<Item = &'g Goal>) -> Vec<String> {
    let mut owners: BTreeMap<String, String> = BTreeMap::new();
    for goal in goals {
        let file = texts.slate.file_of(goal);
        for part in parts(texts.slate, goal) {
            let written = file.source.slice(part);
            if !owners.contains_key(written) {
                owners.insert(written.to_owned(), texts.part(goal.file, part, Shortcuts::Stay).replace("\\|", "|"));
            }
        }
    }
    owners.into_values().collect()
}

/// Names in a cell of a table.
pub(crate) fn cell(names: Vec<String>) -> String {
    if names.is_empty() { NONE.to_owned() } else { list(names.into_iter()) }
}

/// The owners of all goals that join a roadmap.
pub(crate) fn of_roadmap(texts: &GoalTexts<'_>, roadmap: &str) -> Vec<String> {
    let goals = texts.slate.choose(GoalFilter::All);
    owners(texts, goals.into_iter().filter(|goal| goal.has_theme(roadmap)))
}

/// The owners of a goal but for its contact, then its champions in the order of their teams.
pub(crate) fn owners_and_champions(texts: &GoalTexts<'_>, goal: &Goal) -> String {
    let champions = champions(goal, |user, name| format!("@{user} ({})", team(texts.slate, name, "")));
    list(others(texts, goal).into_iter().chain(champions))
}

/// A team in brackets, with what comes behind these. One that nobody knows has none: they would be shown.
pub(crate) fn team(slate: &Slate, name: &str, behind: &str) -> String {
    match slate.roster.team_address(&normalize_label(name)) {
        Some(_) => format!("[{name}]{behind}"),
        None => escape_text(name),
    }
}

/// The owners of a goal but for its contact.
pub(crate) fn others(texts: &GoalTexts<'_>, goal: &Goal) -> Vec<String> {
    let mut owners = owners(texts, [goal]);
    let contact = goal.field(Field::Contact).map_or("", |row| row.value.value.as_str());
    let bare = |name: &str| name.trim_start_matches('@').to_lowercase();
    owners.retain(|owner| bare(owner) != bare(contact));
    owners
}

/// The champions of a goal in the order of their teams.
pub(crate) fn champions<'g>(
    goal: &'g Goal,
    shown: impl Fn(&str, &str) -> String + 'g,
) -> impl Iterator<Item = String> + 'g {
    let mut champions: Vec<(&str, &str)> = goal
        .champions
        .iter()
        .filter_map(|champion| Some((champion.team.value.as_str(), champion.user.as_ref()?.value.as_str())))
        .collect();
    champions.sort_unstable();
    champions.into_iter().map(move |(team, user)| shown(user, team))
}

/// Where the owners are in the cells of a goal.
fn parts(slate: &Slate, goal: &Goal) -> Vec<Span> {
    let file = slate.file_of(goal);
    let mut parts = Vec::new();
    for plan in goal.plans.iter().filter(|plan| plan.holds.is_work()) {
        let rows = &file.document.tables[plan.table].rows;
        for task in plan.tasks.iter().filter(|task| task.ask.is_none()) {
            let row = rows.iter().find(|row| row.span == task.span);
            let Some(&cell) = row.and_then(|row| row.cells.get(OWNERS)) else { continue };
            match plan.holds {
                // Beside teams whoever has no account is named too.
                TableKind::TasksAndAsks => between_commas(file, cell, &mut parts),
                _ => {
                    let named = users(file.source.slice(cell)).into_iter();
                    parts.extend(named.map(|login| cell.part(login.start - 1..login.end)));
                }
            }
        }
    }
    parts
}

/// The texts between commas of a cell. A comma in a link separates nothing.
fn between_commas(file: &File, cell: Span, parts: &mut Vec<Span>) {
    let shown = shown(&file.source, &file.document, cell, Hidden::Comments);
    let links = &file.document.links;
    let first = links.partition_point(|link| link.span.end <= cell.start);
    let inside: Vec<Span> =
        links[first..].iter().take_while(|link| link.span.start < cell.end).map(|link| link.span).collect();
    let is_separator = |at: usize| {
        let at = cell.start as usize + at;
        !inside.iter().any(|link| link.range().contains(&at))
    };
    let commas = shown.match_indices(',').map(|(at, _)| at).filter(|at| is_separator(*at));
    let mut from = 0;
    for comma in commas.chain([shown.len()]) {
        let part = &shown[from..comma];
        let start = from + part.len() - part.trim_start().len();
        if !part.trim().is_empty() {
            parts.push(cell.part(start..start + part.trim().len()));
        }
        from = comma + 1;
    }
}
