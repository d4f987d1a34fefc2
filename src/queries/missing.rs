//! What a goal can lack of a team.

use serde::Serialize;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// A champion of the team.
    Champion,
    /// What the team is asked for, or to which extent it supports the goal.
    Answer,
}
