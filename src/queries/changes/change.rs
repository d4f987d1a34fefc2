//! What can change in a slate.

use serde::Serialize;

/// What changed in a slate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// The slate's name.
    pub slate: String,
    /// The other state, as it was named.
    pub since: String,
    /// What changed of goals as a whole, by what happened to them; then what changed of asks, by team. Each in the order of files.
    pub changes: Vec<Change>,
    /// The goals that one of the two states has only in a form that cannot be read, by path: nothing is known of their changes.
    pub unreadable: Vec<String>,
}

/// Something that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The teams that it concerns: the one of an ask, all that a goal asks now or asked before.
    pub teams: Vec<String>,
    /// The goal's title, as Markdown; of a goal that is gone the last one.
    pub goal: String,
    /// What was there before, as Markdown, where something was.
    pub before: Option<String>,
    /// What is there now, as Markdown, where something is.
    pub now: Option<String>,
    /// The path of the goal's file, from the root of the project; of a goal that is gone the last one.
    pub path: String,
    /// The address of the goal's page on the published site, where that is known and the goal is still there.
    pub url: Option<String>,
}

/// What happened to a goal or an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// A goal was added.
    NewGoal,
    /// A goal is gone.
    RemovedGoal,
    /// A goal has another title or file.
    RenamedGoal,
    /// A goal has another status.
    Status,
    /// A goal has another point of contact.
    Contact,
    /// A team is asked for something more.
    NewAsk,
    /// A team is not asked for something any more.
    RemovedAsk,
    /// A team is asked for another level of support, or for another thing.
    Level,
    /// A team has another champion, or one for the first time, or none any more.
    Champion,
    /// The notes of an ask say something else.
    Notes,
}

impl ChangeKind {
    /// Whether it is about a goal as a whole.
    pub fn is_of_goal(self) -> bool {
        self <= ChangeKind::Contact
    }
}
