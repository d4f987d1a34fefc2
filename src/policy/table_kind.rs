//! What a table in a section of a goal holds.

use serde::Deserialize;

/// The content of a section's table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum TableKind {
    /// Tasks of people: task, owners, notes.
    Tasks,
    /// Tasks of people and asks of teams: task, owners or teams, notes. Asks are marked with a badge.
    TasksAndAsks,
    /// Asks of teams: team, support level, notes.
    Asks,
    /// Help wanted.
    HelpWanted,
    /// Funding: purpose, cost, funding state, sponsors.
    Funding,
}

impl TableKind {
    /// Whether its rows are work of people, some of them perhaps asks of teams.
    pub(crate) fn is_work(self) -> bool {
        matches!(self, TableKind::Tasks | TableKind::TasksAndAsks)
    }
}
