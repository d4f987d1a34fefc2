//! What a team has not answered yet: a champion that a support level wants, and rows that ask it without saying for what.

use serde::Serialize;

use super::filter::Filter;
use super::missing::Missing;
use super::pages::address;
use super::spelling::Spelling;
use crate::markdown::brackets::brackets;
use crate::model::goal::{Goal, Task};
use crate::model::placeholders::is_gap;
use crate::model::slate::Slate;
use crate::policy::format::TableKind;
use crate::text::order::sort_by;
use crate::text::source::Span;

/// Something that a goal needs to know of a team, or of itself about a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unanswered {
    /// The team, by today's name.
    pub team: String,
    /// What is missing.
    pub missing: Missing,
    /// The support level, where one wants the champion.
    pub level: Option<String>,
    /// What is written in the place of an answer, such as `TBD`.
    pub written: Option<String>,
    /// The goal's title, as Markdown.
    pub goal: String,
    /// The user name of the goal's point of contact, where it is exactly one.
    pub contact: Option<String>,
    /// The path of the goal's file, from the root of the project.
    pub path: String,
    /// The address of the goal's page on the published site, where that is known.
    pub url: Option<String>,
    /// The line where it is missing, from 1.
    pub line: usize,
}

/// What teams have not answered in the goals that a filter chooses: by team, then in the order of files and rows. A goal that is
/// not accepted needs no answer.
pub fn unanswered(slate: &Slate, filter: &Filter) -> Vec<Unanswered> {
    let spelling = Spelling::of(slate);
    // A team that has not answered is not yet among those of the goal.
    let is_wanted =
        |goal: &&Goal| Slate::may_be_accepted(goal) && filter.wants_status(goal) && filter.wants_people(goal);
    let open = slate.goals.iter().filter(is_wanted);
    let mut found: Vec<Unanswered> = open.flat_map(|goal| of_goal(slate, goal, &spelling)).collect();
    found.retain(|one| filter.wants_team(&one.team));
    sort_by(&mut found, |a, b| (&a.team, a.missing).cmp(&(&b.team, b.missing)));
    found
}

/// What a goal has no answer to, each once.
fn of_goal(slate: &Slate, goal: &Goal, spelling: &Spelling<'_>) -> Vec<Unanswered> {
    let source = &slate.file_of(goal).source;
    let mut found: Vec<Unanswered> = Vec::new();
    let mut add = |team: &str, missing: Missing, level: Option<&str>, written: &str, place: Span| {
        let team = slate.roster.today(team);
        if found.iter().any(|one| one.team == team && one.missing == missing) {
            return;
        }
        found.push(Unanswered {
            team: team.to_owned(),
            missing,
            level: level.map(str::to_owned),
            written: Some(written.to_owned()).filter(|written| !written.is_empty()),
            goal: goal.title_text().to_owned(),
            contact: goal.contact.as_ref().map(|user| spelling.get(&user.value).to_owned()),
            path: source.path().to_owned(),
            url: address(slate, goal.file),
            line: source.position(place.start as usize).line,
        });
    };
    let champion_row = |team: &str| {
        let team = slate.roster.today(team);
        goal.champions.iter().find(|champion| slate.roster.today(&champion.team.value) == team)
    };
    for (task, ask) in goal.asks() {
        let level = slate.format.level(&task.name.value).filter(|(.., level)| level.champion);
        for team in ask.team_names() {
            let row = champion_row(team);
            if is_no_answer(slate, task) {
                add(team, Missing::Answer, None, &task.name.value, task.span);
            } else if let Some((_, name, _)) = level.filter(|_| row.is_none_or(|row| row.user.is_none())) {
                let written = row.map_or("", |row| goal.metadata.rows[row.row].value.value.as_str());
                add(team, Missing::Champion, Some(name), written, task.span);
            }
        }
    }
    for champion in goal.champions.iter().filter(|champion| champion.user.is_none()) {
        let row = &goal.metadata.rows[champion.row];
        add(&champion.team.value, Missing::Champion, None, &row.value.value, row.span);
    }
    // A row without a level is not read as an ask.
    let asks = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks).flat_map(|plan| &plan.tasks);
    for task in asks.filter(|task| task.ask.is_none()) {
        for bracket in brackets(&task.owners.value) {
            let team = &task.owners.value[bracket.text];
            if slate.roster.team(team).is_some() {
                add(team, Missing::Answer, None, "", task.span);
            }
        }
    }
    found
}

/// Whether a row says nothing of what it asks for.
fn is_no_answer(slate: &Slate, task: &Task) -> bool {
    let name = task.name.value.trim();
    let is_known = slate.format.level(name).is_some() || slate.format.asks.contains_key(name);
    !is_known && is_gap(name)
}
