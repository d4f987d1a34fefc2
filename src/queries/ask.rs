//! One ask of a team.

use serde::Serialize;

/// One ask of one team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ask {
    /// The team, by today's name.
    pub team: String,
    /// The goal's title, as Markdown.
    pub goal: String,
    /// The heading of the subgoal that asks, as Markdown, where it is one.
    pub subgoal: Option<String>,
    /// What the team is asked for, where the period has a list of asks.
    pub ask: Option<String>,
    /// The support level, where the period has those.
    pub level: Option<String>,
    /// The notes, as Markdown.
    pub notes: String,
    /// The user name of the team's champion.
    pub champion: Option<String>,
    /// Whether the level wants a champion and there is none.
    pub lacks_champion: bool,
    /// The user name of the goal's point of contact, where it is exactly one.
    pub contact: Option<String>,
    /// The goal's status as written.
    pub status: String,
    /// The path of the goal's file, from the root of the project.
    pub path: String,
    /// The address of the goal's page on the published site, where that is known.
    pub url: Option<String>,
    /// The line of the ask, from 1.
    pub line: usize,
}
