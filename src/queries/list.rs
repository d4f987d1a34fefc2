//! The goals of a slate, one row each.
//!
//! What it asks of teams, row by row, is for `asks` to say.

use serde::Serialize;

use super::filter::{Filter, status_of};
use super::missing::Missing;
use super::pages::address;
use super::spelling::{Spelling, champions};
use super::unanswered::unanswered;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::Field;

/// The goals of a slate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalList {
    /// The slate's name.
    pub slate: String,
    /// The goals, in the order of their files.
    pub goals: Vec<GoalRow>,
}

/// A goal in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GoalRow {
    /// The title, as Markdown.
    pub title: String,
    /// The short title, where there is one.
    pub short_title: Option<String>,
    /// The user name of the point of contact, where it is exactly one.
    pub contact: Option<String>,
    /// The status as written.
    pub status: String,
    /// Whether it is a flagship goal.
    pub flagship: bool,
    /// Whether an owner is wanted.
    pub invited: bool,
    /// The themes or roadmaps that it belongs to.
    pub themes: Vec<String>,
    /// The teams that it asks for something, sorted.
    pub teams: Vec<String>,
    /// Its champions, in the order of their rows.
    pub champions: Vec<ChampionRow>,
    /// The teams whose support level wants a champion, or whose row has a value that names none.
    pub lacks_champion: Vec<String>,
    /// The teams of which the goal does not say what they are asked for.
    pub lacks_answer: Vec<String>,
    /// The tracking issue as written, without brackets.
    pub tracking_issue: Option<String>,
    /// The path of its file, from the root of the project.
    pub path: String,
    /// The address of its page on the published site, where that is known.
    pub url: Option<String>,
}

/// A champion and the team for which they see to a goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChampionRow {
    /// The team.
    pub team: String,
    /// The user name.
    pub user: String,
}

/// The goals of a slate that a filter chooses.
pub fn goals(slate: &Slate, filter: &Filter) -> GoalList {
    let spelling = Spelling::of(slate);
    let open = unanswered(slate, filter);
    let lacking = |path: &str, missing: Missing| -> Vec<String> {
        let of_goal = open.iter().filter(|one| one.path == path && one.missing == missing);
        of_goal.map(|one| one.team.clone()).collect()
    };
    let is_open = |goal: &Goal| open.iter().any(|one| one.path == slate.file_of(goal).source.path());
    let is_chosen = |goal: &&Goal| match filter.missing.is_empty() {
        true => filter.wants_goal(slate, goal),
        false => is_open(goal),
    };
    let chosen = slate.goals.iter().filter(is_chosen);
    let row = |goal: &Goal| {
        let value =
            |field: Field| goal.field(field).map(|row| row.value.value.as_str()).filter(|value| !value.is_empty());
        let mut teams: Vec<String> = goal.teams().into_iter().map(|team| slate.roster.today(team).to_owned()).collect();
        teams.sort();
        teams.dedup();
        let champions = champions(goal).map(|(team, user)| ChampionRow {
            team: slate.roster.today(team).to_owned(),
            user: spelling.get(user).to_owned(),
        });
        let path = slate.file_of(goal).source.path();
        GoalRow {
            lacks_champion: lacking(path, Missing::Champion),
            lacks_answer: lacking(path, Missing::Answer),
            title: goal.title_text().to_owned(),
            short_title: value(Field::ShortTitle).map(str::to_owned),
            contact: goal.contact.as_ref().map(|user| spelling.get(&user.value).to_owned()),
            status: status_of(goal).to_owned(),
            flagship: goal.is_flagship(),
            invited: goal.needs_owner,
            themes: goal.themes.iter().map(|theme| theme.value.clone()).collect(),
            teams,
            champions: champions.collect(),
            tracking_issue: value(Field::TrackingIssue).map(|issue| issue.trim_matches(['[', ']']).to_owned()),
            path: path.to_owned(),
            url: address(slate, goal.file),
        }
    };
    let is_wanted = |row: &GoalRow| {
        let lacks = |missing: &Missing| match missing {
            Missing::Champion => !row.lacks_champion.is_empty(),
            Missing::Answer => !row.lacks_answer.is_empty(),
        };
        filter.missing.is_empty() || filter.missing.iter().any(lacks)
    };
    GoalList { slate: slate.name.clone(), goals: chosen.map(row).filter(is_wanted).collect() }
}
