//! Tables of goals by the largest support level they ask for.

use std::cmp::Reverse;

use super::goal_text::GoalTexts;
use super::tables::{NONE, TableText};
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::text::order::sort_by;

/// A row for each team that is asked, with goal and contact in the first row only: of those of some goals, in their order, whose
/// largest level is this one.
pub(crate) fn level_table(texts: &GoalTexts<'_>, goals: Vec<&Goal>, level: &str) -> String {
    let slate = texts.slate;
    let wanted = slate.format.level(level).map(|(rank, ..)| rank);
    let ranks = |goal: &Goal| {
        goal.asks().filter_map(|(task, _)| slate.format.level(&task.name.value)).map(|(rank, ..)| rank).max()
    };
    let goals: Vec<&Goal> = goals.into_iter().filter(|goal| wanted.is_some() && ranks(goal) == wanted).collect();
    if goals.is_empty() {
        return NONE.to_owned();
    }
    let mut table = TableText::new(&slate.format, &slate.format.rfc.heads.levels);
    for goal in goals {
        for (index, [team, champion]) in rows(slate, goal).into_iter().enumerate() {
            let first = |text: String| if index == 0 { text } else { String::new() };
            table.row(&[first(texts.link(goal)), first(texts.contact(goal)), team, champion]);
        }
    }
    table.text
}

/// Team and champion of each ask of a goal: larger levels first, then by name with its bracket.
fn rows(slate: &Slate, goal: &Goal) -> Vec<[String; 2]> {
    let mut asks = Vec::new();
    for (task, ask) in goal.asks() {
        let level = slate.format.level(&task.name.value);
        let rank = level.map(|(rank, ..)| rank);
        let level = level.map(|(.., level)| level);
        asks.extend(ask.team_names().map(|team| (Reverse(rank), format!("[{team}]"), team, level)));
    }
    sort_by(&mut asks, |a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
    let row = |(_, _, team, level): (_, String, &str, Option<crate::policy::format::LevelFormat>)| {
        let name = match level.is_some_and(|level| level.bold) {
            true => format!("**[{team}][]**"),
            false => format!("[{team}][]"),
        };
        let champion = goal.champion_of(team).and_then(|champion| champion.user.as_ref());
        let champion = match champion {
            Some(user) => format!("@{}", user.value),
            None if level.is_some_and(|level| level.champion) => "![TBD][]".to_owned(),
            None => "*n/a*".to_owned(),
        };
        [name, champion]
    };
    asks.into_iter().map(row).collect()
}
