//! What the goals of a slate ask of teams, one row for each ask and team.
//!
//! The sums are made by `totals`, the choice by `filter`.

use serde::Serialize;

use super::ask::Ask;
use super::filter::{Filter, status_of};
use super::pages::address;
use super::spelling::{Spelling, champions};
use super::totals::{Totals, totals};
use super::unanswered::{Unanswered, unanswered};
use crate::model::goal::{Goal, Task, TaskTable};
use crate::model::slate::Slate;
use crate::text::order::sort_by;

/// What is asked of teams, and what it comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Asks {
    /// The slate's name.
    pub slate: String,
    /// The asks: by team, larger support levels first, then in the order of files and rows.
    pub asks: Vec<Ask>,
    /// What they come to.
    pub totals: Totals,
    /// What the teams have not answered.
    pub unanswered: Vec<Unanswered>,
}

/// What is asked of teams by the goals of a slate that a filter chooses. Goals that are not accepted ask nothing any more, so
/// they are left out unless the filter names their status.
pub fn asks(slate: &Slate, filter: &Filter) -> Asks {
    let spelling = Spelling::of(slate);
    let in_question = |goal: &&Goal| !filter.statuses.is_empty() || Slate::may_be_accepted(goal);
    let goals: Vec<&Goal> =
        slate.goals.iter().filter(in_question).filter(|goal| filter.wants_goal(slate, goal)).collect();
    let mut found: Vec<(std::cmp::Reverse<Option<usize>>, Ask)> = Vec::new();
    for goal in &goals {
        for plan in &goal.plans {
            for task in &plan.tasks {
                rows(slate, goal, plan, task, filter, &spelling, &mut found);
            }
        }
    }
    sort_by(&mut found, |(a_rank, a), (b_rank, b)| (&a.team, a_rank).cmp(&(&b.team, b_rank)));
    let asks: Vec<Ask> = found.into_iter().map(|(_, ask)| ask).collect();
    let totals = totals(slate, &goals, &asks, filter, &spelling);
    Asks { slate: slate.name.clone(), asks, totals, unanswered: unanswered(slate, filter) }
}

/// The rows that a task makes: one for each team it asks.
fn rows(
    slate: &Slate,
    goal: &Goal,
    plan: &TaskTable,
    task: &Task,
    filter: &Filter,
    spelling: &Spelling<'_>,
    found: &mut Vec<(std::cmp::Reverse<Option<usize>>, Ask)>,
) {
    let Some(asked) = &task.ask else { return };
    let source = &slate.file_of(goal).source;
    let has_levels = slate.format.badge.is_none();
    let level = slate.format.level(&task.name.value).filter(|_| has_levels);
    let name = level.map_or(task.name.value.as_str(), |(_, known, _)| known).to_owned();
    let mut seen: Vec<&str> = Vec::new();
    for written in asked.team_names() {
        let team = slate.roster.today(written);
        // A row that names a team twice, perhaps by two names, asks it once.
        if !filter.wants_team(team) || seen.contains(&team) {
            continue;
        }
        seen.push(team);
        let champion = champion_of(slate, goal, team).map(|user| spelling.get(user));
        if !is_about(goal, champion, filter) {
            continue;
        }
        let ask = Ask {
            team: team.to_owned(),
            goal: goal.title_text().to_owned(),
            subgoal: plan.subgoal.as_ref().map(|subgoal| subgoal.value.clone()),
            ask: (!has_levels).then(|| name.clone()),
            level: has_levels.then(|| name.clone()),
            notes: task.notes.value.clone(),
            champion: champion.map(str::to_owned),
            lacks_champion: champion.is_none() && level.is_some_and(|(.., level)| level.champion),
            contact: goal.contact.as_ref().map(|user| spelling.get(&user.value).to_owned()),
            status: status_of(goal).to_owned(),
            path: source.path().to_owned(),
            url: address(slate, goal.file),
            line: source.position(task.span.start as usize).line,
        };
        found.push((std::cmp::Reverse(level.map(|(rank, ..)| rank)), ask));
    }
}

/// The user who is the champion of a team in a goal, whichever name of the team either of them uses.
fn champion_of<'g>(slate: &Slate, goal: &'g Goal, team: &str) -> Option<&'g str> {
    champions(goal).find(|(own, _)| slate.roster.today(own) == team).map(|(_, user)| user)
}

/// Whether an ask concerns the people that are asked about: all asks of a goal concern those who do its work, the ask of a
/// team its champion.
fn is_about(goal: &Goal, champion: Option<&str>, filter: &Filter) -> bool {
    let works = || {
        let contact = goal.contact.as_ref().map(|user| user.value.as_str());
        contact.into_iter().chain(goal.owners()).any(|user| filter.names(user))
    };
    filter.people.is_empty() || champion.is_some_and(|user| filter.names(user)) || works()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queries::spelling::users;

    #[test]
    fn everyone_a_goal_names_is_found() {
        // A person that no filter could choose would be one that no answer mentions.
        let slate = crate::queries::tests::slate();
        let named: Vec<&str> = slate.goals.iter().flat_map(users).collect();
        for user in named {
            let filter = Filter { people: vec![user.to_owned()], ..Filter::default() };
            assert!(slate.goals.iter().any(|goal| filter.wants_goal(&slate, goal)), "{user}");
        }
    }
}
