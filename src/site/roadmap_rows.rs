//! Rows of a table that is written by hand: the goals and subgoals of a roadmap.

use super::funding::site_row;
use crate::model::goal::{Goal, TaskTable};
use crate::policy::format::{Field, GoalFilter, SiteField};
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::highlights::{of_goal, of_subgoal, subgoal_link};
use crate::rfc::quote::Shortcuts;
use crate::rfc::tables::TableText;

/// How many cells a row has: the goal, when it is worked on, and what it is about.
pub(crate) const COLUMNS: usize = 3;

/// The goals of a roadmap in the order of their files; of a goal with subgoals those that belong to it.
pub(crate) fn rows(texts: &GoalTexts<'_>, roadmap: &str) -> String {
    let mut table = TableText { text: String::new() };
    let goals = texts.slate.choose(GoalFilter::All).into_iter();
    for goal in goals.filter(|goal| goal.has_theme(roadmap)) {
        let years = site_row(texts, goal, SiteField::Timespan).unwrap_or_else(|| texts.slate.name.clone());
        let mut subgoals = goal.subgoals().peekable();
        if subgoals.peek().is_none() {
            table.row(&[texts.link(goal), years.clone(), of_goal(texts, goal)]);
        }
        // What the goal itself belongs to, all of its subgoals do.
        let is_whole = goal.fields(Field::Theme).any(|row| names(&row.value.value, roadmap));
        for subgoal in subgoals.filter(|subgoal| is_whole || has_theme(subgoal, roadmap)) {
            let years = own_years(texts, goal, subgoal).unwrap_or_else(|| years.clone());
            table.row(&[subgoal_link(texts, goal, subgoal), years, of_subgoal(texts, goal, subgoal)]);
        }
    }
    table.text
}

fn has_theme(subgoal: &TaskTable, roadmap: &str) -> bool {
    let own = subgoal.metadata.as_ref();
    own.is_some_and(|own| own.fields(Field::Theme).any(|row| names(&row.value.value, roadmap)))
}

/// Whether a value is a name, or a link with that text.
fn names(value: &str, name: &str) -> bool {
    let linked = || value.strip_prefix('[').and_then(|rest| rest.strip_prefix(name));
    value == name || linked().is_some_and(|rest| rest.starts_with(']'))
}

/// The years that a subgoal states itself.
fn own_years(texts: &GoalTexts<'_>, goal: &Goal, subgoal: &TaskTable) -> Option<String> {
    let format = &texts.slate.format;
    let is_it = |name: &str| format.row(name).is_some_and(|(row, _)| row.site == Some(SiteField::Timespan));
    let mut rows = subgoal.metadata.as_ref()?.rows.iter();
    let row = rows.find(|row| is_it(&row.name.value) && !row.value.value.is_empty())?;
    Some(texts.value(goal.file, row, Shortcuts::Lead))
}
