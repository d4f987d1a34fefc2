//! What is asked of each team: a table a team, by the kinds of ask or by support level, with long notes below it.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::goal_text::GoalTexts;
use super::tables::{NONE, TableText};
use crate::markdown::escape::link_text;
use crate::model::goal::{Goal, Task, TaskTable};
use crate::policy::format::GoalFilter;
use crate::text::order::sort_by_key;

/// For each team that is asked for something: a heading, a table, and the notes that were too long for it. `label` is the one
/// that the heads of the columns lead to.
pub(crate) fn team_asks(texts: &GoalTexts<'_>, label: Option<&str>) -> String {
    let slate = texts.slate;
    let mut goals = slate.choose(GoalFilter::All);
    let by_level = slate.format.badge.is_none();
    if !by_level {
        sort_by_key(&mut goals, |goal| goal.short_title());
    }
    let mut teams: BTreeMap<&str, Vec<Asked>> = BTreeMap::new();
    for goal in goals {
        for plan in &goal.plans {
            for (task, ask) in plan.tasks.iter().filter_map(|task| Some((task, task.ask.as_ref()?))) {
                // Each row once, however often it names a team.
                for name in ask.team_names().collect::<BTreeSet<_>>() {
                    let goals = teams.entry(name).or_default();
                    match goals.last_mut().filter(|asked| std::ptr::eq(asked.goal, goal)) {
                        Some(asked) => asked.tasks.push((plan, task)),
                        None => goals.push(Asked { goal, tasks: vec![(plan, task)] }),
                    }
                }
            }
        }
    }
    if teams.is_empty() {
        return NONE.to_owned();
    }
    let heading = "#".repeat(slate.format.rfc.team_heading_level.into());
    let sections = teams.into_iter().map(|(team, goals)| {
        let table = TeamTable { texts, team, label, notes: Vec::new() };
        let text = if by_level { table.by_level(&goals) } else { table.by_ask(&goals) };
        format!("{heading} {team} team\n\n{text}")
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// What a goal asks of one team.
struct Asked<'g> {
    goal: &'g Goal,
    /// The rows that ask it, in their order, each with the plan that it is in.
    tasks: Vec<(&'g TaskTable, &'g Task)>,
}

impl<'g> Asked<'g> {
    /// The rows of one plan, or of those without a subgoal.
    fn tasks_of(&self, is_meant: impl Fn(&TaskTable) -> bool) -> Vec<&'g Task> {
        self.tasks.iter().filter(|(plan, _)| is_meant(plan)).map(|(_, task)| *task).collect()
    }

    /// The plans with a subgoal that ask something.
    fn subgoals(&self) -> Vec<&'g TaskTable> {
        let mut plans: Vec<&TaskTable> = self.tasks.iter().map(|(plan, _)| *plan).collect();
        plans.dedup_by(|a, b| std::ptr::eq(*a, *b));
        plans.retain(|plan| plan.subgoal.is_some());
        plans
    }
}

/// The table of one team.
struct TeamTable<'a> {
    texts: &'a GoalTexts<'a>,
    team: &'a str,
    /// The label that the heads of the columns lead to.
    label: Option<&'a str>,
    /// The notes below the table, in reading order.
    notes: Vec<String>,
}

impl TeamTable<'_> {
    /// A row for each goal and subgoal, a column for each ask.
    fn by_ask(mut self, goals: &[Asked<'_>]) -> String {
        let columns = self.columns(goals);
        let mut header = vec![self.texts.slate.format.rfc.heads.team_asks[0].clone()];
        header.extend(columns.iter().map(|name| self.column_head(name)));
        let mut table = TableText::new(&self.texts.slate.format, &header);
        for asked in goals {
            let goal = asked.goal;
            let own = asked.tasks_of(|plan| plan.subgoal.is_none());
            let mut row = vec![self.texts.short_link(goal)];
            row.extend(self.cells(goal, &own, &columns));
            table.row(&row);

            let name = |plan: &&TaskTable| {
                let name = plan.subgoal.as_ref();
                name.map_or_else(String::new, |name| self.texts.subgoal(goal, name.span))
            };
            let mut subgoals = asked.subgoals();
            sort_by_key(&mut subgoals, name);
            for plan in subgoals {
                let tasks = asked.tasks_of(|other| std::ptr::eq(other, plan));
                let mut row = vec![format!("↳ {}", name(&plan))];
                row.extend(self.cells(goal, &tasks, &columns));
                table.row(&row);
            }
        }
        self.with_notes(table.text)
    }

    /// A row for each ask, the larger levels first.
    fn by_level(mut self, goals: &[Asked<'_>]) -> String {
        let mut asks: Vec<(Reverse<Option<usize>>, &Goal, &Task)> = Vec::new();
        for asked in goals {
            for (_, task) in &asked.tasks {
                let rank = self.texts.slate.format.level(&task.name.value).map(|(rank, ..)| rank);
                asks.push((Reverse(rank), asked.goal, task));
            }
        }
        // Goals are in the order of their files already, and the sort keeps it.
        sort_by_key(&mut asks, |(rank, ..)| *rank);
        let format = &self.texts.slate.format;
        let mut table = TableText::new(format, &format.rfc.heads.team_levels);
        for (_, goal, task) in asks {
            let link = self.texts.short_link(goal);
            let level =
                self.texts.slate.format.level(&task.name.value).map_or(task.name.value.as_str(), |(_, name, _)| name);
            let champion = goal.champion_of(self.team).and_then(|champion| champion.user.as_ref());
            let champion = champion.map_or_else(String::new, |user| format!("@{}", user.value));
            let notes = if task.notes.value.is_empty() { String::new() } else { self.note(goal, task) };
            table.row(&[link, level.to_owned(), champion, notes]);
        }
        self.with_notes(table.text)
    }

    fn with_notes(self, mut text: String) -> String {
        for (index, note) in self.notes.iter().enumerate() {
            text.push_str(&format!("\n\\*{}: {note}\n", index + 1));
        }
        text
    }

    /// The asks that get a column: those made of the team, in configured order, but for elided ones; then, so that nothing is
    /// left out, whatever else it is asked for.
    fn columns<'g>(&self, goals: &[Asked<'g>]) -> Vec<&'g str>
    where
        Self: 'g,
    {
        let tasks = goals.iter().flat_map(|asked| &asked.tasks);
        let made: Vec<&'g str> = tasks.map(|(_, task)| task.name.value.as_str()).collect();
        let asks = &self.texts.slate.format.asks;
        let mut columns: Vec<&'g str> = Vec::new();
        for (name, ask) in asks {
            if let Some(made) = made.iter().find(|made| **made == name).filter(|_| !ask.elide) {
                columns.push(made);
            }
        }
        let mut seen = HashSet::new();
        columns.extend(made.into_iter().filter(|name| !asks.contains_key(*name) && seen.insert(*name)));
        columns
    }

    fn column_head(&self, name: &str) -> String {
        let short = self.texts.slate.format.asks.get(name).map_or(name, |ask| ask.short.as_str());
        match self.label {
            Some(label) => format!("[{}][{label}]", link_text(short)),
            None => short.to_owned(),
        }
    }

    /// What one goal or subgoal asks the team for in these rows, for each column.
    fn cells(&mut self, goal: &Goal, tasks: &[&Task], columns: &[&str]) -> Vec<String> {
        let mut of_column: HashMap<&str, Vec<&Task>> = HashMap::new();
        for task in tasks {
            of_column.entry(&task.name.value).or_default().push(task);
        }
        let mut cell = |column: &&str| {
            let tasks = of_column.get(column).into_iter().flatten();
            let said = tasks.map(|task| match task.notes.value.is_empty() {
                true => "✅".to_owned(),
                false => self.note(goal, task),
            });
            said.collect::<Vec<_>>().join(" ")
        };
        columns.iter().map(&mut cell).collect()
    }

    /// A task's notes as shown in the table: long ones as a number, with the words below.
    fn note(&mut self, goal: &Goal, task: &Task) -> String {
        let note = self.texts.notes(goal, task);
        if task.notes.span.range().len() <= self.texts.slate.format.rfc.longest_note {
            return note;
        }
        self.notes.push(format!("{note} ([from here]({}))", self.texts.page(goal)));
        format!("\\*{}", self.notes.len())
    }
}
