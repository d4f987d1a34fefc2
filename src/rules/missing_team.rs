//! A team ask that names no team.

use crate::finding::Finding;
use crate::goal::{Goal, Task, TeamAsk};
use crate::nearest::nearest;
use crate::slate::Slate;
use crate::source::Span;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let asks = goal.tasks().filter_map(|task| Some((task, task.ask.as_ref()?)));
    asks.filter(|(_, ask)| ask.teams.is_empty()).map(|(task, ask)| judge(slate, goal, task, ask)).collect()
}

fn judge(slate: &Slate, goal: &Goal, task: &Task, ask: &TeamAsk) -> Finding {
    let source = &slate.file_of(goal).source;
    let badge = &slate.format.ask_table.badge;
    let behind = Span { start: ask.badge.end, end: task.owners.span.end.max(ask.badge.end) };
    let text = source.slice(behind);
    let word = text.trim();
    if word.is_empty() {
        return Finding::new(ask.badge, "no team is named after the badge")
            .help(format!("name the team: `![{badge}][] [lang]`, or several: `![{badge}][] [lang], [types]`"));
    }
    let start = text.len() - text.trim_start().len();
    let finding = Finding::new(behind.part(start..start + word.len()), format!("`{word}` is no team in brackets"));
    finding.help(match nearest(word, slate.roster.team_names()) {
        Some(team) => format!("did you mean `[{team}]`?"),
        None if word.starts_with('@') => "name a team here, and the person in the notes".to_owned(),
        None => format!("name the team: `![{badge}][] [lang]`"),
    })
}
