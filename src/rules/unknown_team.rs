//! A team that nobody knows.

use crate::finding::Finding;
use crate::goal::{Goal, TeamName};
use crate::nearest::nearest;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let asks = goal.tasks().filter_map(|task| task.ask.as_ref());
    let unknown = asks.flat_map(|ask| &ask.teams).filter(|team| slate.roster.team(&team.name.value).is_none());
    let finding = |team: &TeamName| {
        let name = team.name.value.as_str();
        if name.is_empty() {
            return Finding::new(team.name.span, "the brackets are empty")
                .help("write the name of a team between them");
        }
        let help = match nearest(name, slate.roster.team_names()) {
            Some(near) => format!("did you mean `[{near}]`?"),
            None if name.starts_with('@') => "name a team here, and the person in the notes".to_owned(),
            None => "write the name that the team has in the Rust team repository".to_owned(),
        };
        Finding::new(team.name.span, format!("no team is called `{name}`")).help(help)
    };
    unknown.map(finding).collect()
}
