//! Which goal asks which team, and whether that has a champion: goals by teams.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::asks::asks;
use super::filter::Filter;
use super::list::{GoalRow, goals};
use crate::model::slate::Slate;

/// Goals by teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The slate's name.
    pub slate: String,
    /// The teams that are asked, by name.
    pub teams: Vec<String>,
    /// The goals, in the order of their files.
    pub goals: Vec<MatrixRow>,
}

/// A goal and the teams that it asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MatrixRow {
    /// The title, as Markdown.
    pub goal: String,
    /// The user name of the point of contact, where it is exactly one.
    pub contact: Option<String>,
    /// The champion of each team that is asked; null where there is none.
    pub champions: BTreeMap<String, Option<String>>,
    /// The path of its file, from the root of the project.
    pub path: String,
    /// The address of its page on the published site, where that is known.
    pub url: Option<String>,
    /// The address of its file in the repository, where that is known.
    pub source_url: Option<String>,
}

/// The goals that a filter chooses by the teams that they ask, without those that are not accepted, unless the filter names their
/// status.
pub fn matrix(slate: &Slate, filter: &Filter) -> Matrix {
    let asks = asks(slate, filter);
    let mut champions: BTreeMap<&str, BTreeMap<String, Option<String>>> = BTreeMap::new();
    for ask in &asks.asks {
        champions.entry(&ask.path).or_default().insert(ask.team.clone(), ask.champion.clone());
    }
    let teams: BTreeSet<&str> = asks.asks.iter().map(|ask| ask.team.as_str()).collect();
    let is_shown = |row: &GoalRow| {
        let goal = slate.goals.iter().find(|goal| slate.file_of(goal).source.path() == row.path);
        !filter.statuses.is_empty() || goal.is_some_and(Slate::may_be_accepted)
    };
    let row = |row: GoalRow| MatrixRow {
        champions: champions.get(row.path.as_str()).cloned().unwrap_or_default(),
        source_url: slate.config.source_address(&row.path),
        goal: row.title,
        contact: row.contact,
        path: row.path,
        url: row.url,
    };
    Matrix {
        slate: slate.name.clone(),
        teams: teams.into_iter().map(str::to_owned).collect(),
        goals: goals(slate, filter).goals.into_iter().filter(is_shown).map(row).collect(),
    }
}
