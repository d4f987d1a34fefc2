//! What the directives stand for, as Markdown: tables of goals, of team asks, of the asks there are.
//!
//! Links are written as the slate's own pages would write them, names as `@user` and `[team]`; the last step resolves both.

use crate::config::Config;
use crate::goal::{Goal, Plan, Task};
use crate::markdown::{LinkKind, normalize_label};
use crate::period::{Fact, GoalFilter, GoalOrder, ProgressWhen, Stage};
use crate::slate::Slate;
use crate::source::{Source, Span};

/// A table that is being made. Cells are Markdown; pipes in them are escaped here and nowhere else.
struct TableText {
    text: String,
}

impl TableText {
    fn new(header: &[String]) -> TableText {
        let mut table = TableText { text: String::new() };
        table.row(header);
        table.text.push_str(&format!("|{}\n", " :-- |".repeat(header.len())));
        table
    }

    fn row(&mut self, cells: &[String]) {
        self.text.push('|');
        for cell in cells {
            self.text.push_str(&format!(" {} |", escape_pipes(cell)));
        }
        self.text.push('\n');
    }
}

/// The text as it stands in a table cell: every pipe that is not yet escaped is.
pub(super) fn escape_pipes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '|' if !escaped => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    out
}

/// A table of the goals that a filter chooses.
pub(super) fn goal_table(slate: &Slate, filter: GoalFilter) -> String {
    let mut goals = slate.choose(filter);
    if goals.is_empty() {
        return "*None.*\n".to_owned();
    }
    if slate.format.rfc.goal_order == GoalOrder::Title {
        goals.sort_by_key(|goal| goal.title_text());
    }
    let stage = |goal: &&Goal| goal.status.map_or(Stage::Proposed, |status| status.stage);
    let progress = match slate.format.rfc.progress_when {
        ProgressWhen::NoneProposed => goals.iter().all(|goal| stage(goal) != Stage::Proposed),
        ProgressWhen::AllAccepted => goals.iter().all(|goal| stage(goal) == Stage::Accepted),
    };
    let last = if progress { "Progress" } else { "Team" };
    let mut table = TableText::new(&["Goal", "Point of contact", last].map(str::to_owned));
    for goal in goals {
        let last = if progress { tracking_issue(slate, goal) } else { team_links(&goal.teams()) };
        table.row(&[page_link(slate, goal, goal.title_text()), contact(slate, goal), last]);
    }
    table.text
}

/// The point of contact, or the badge where somebody is sought.
fn contact(slate: &Slate, goal: &Goal) -> String {
    if goal.status.is_some_and(|status| status.invited) {
        return "![Help Wanted][]".to_owned();
    }
    // What is not one user stands as it was written.
    goal.fact(&slate.format, Fact::Contact).map_or_else(String::new, |row| row.value.value.clone())
}

fn tracking_issue(slate: &Slate, goal: &Goal) -> String {
    let issue = goal.fact(&slate.format, Fact::TrackingIssue).map(|row| row.value.value.as_str());
    issue.filter(|issue| !issue.is_empty()).unwrap_or("(no tracking issue)").to_owned()
}

fn team_links(teams: &[&str]) -> String {
    teams.iter().map(|team| format!("[{team}]")).collect::<Vec<_>>().join(", ")
}

/// A link on a goal's page with a title of it as text.
fn page_link(slate: &Slate, goal: &Goal, title: &str) -> String {
    format!("[{}]({})", link_text(title), encode(slate.page_of(goal)))
}

/// A title as the text of a link: a link in it would end the outer one, and so would a bracketed name that turns out to be
/// defined, so links are taken apart and brackets escaped, outside code.
fn link_text(title: &str) -> String {
    let source = Source::from_bytes("", title.into());
    let document = crate::markdown::Document::parse(&source);
    let mut text = String::with_capacity(title.len());
    let mut at = 0;
    let inside = |at: usize, spans: &[Span]| spans.iter().find(|span| span.range().contains(&at)).copied();
    while at < title.len() {
        if let Some(code) = inside(at, &document.codes) {
            text.push_str(&title[at..code.end as usize]);
            at = code.end as usize;
        } else if let Some(link) = document.links.iter().find(|link| link.span.start as usize == at && !link.image) {
            text.push_str(&link_text(source.slice(link.text)));
            at = link.span.end as usize;
        } else {
            let c = title[at..].chars().next().unwrap_or_default();
            let escaped = title[..at].ends_with('\\');
            if matches!(c, '[' | ']') && !escaped {
                text.push('\\');
            }
            text.push(c);
            at += c.len_utf8();
        }
    }
    text
}

/// A path as the destination of a link.
fn encode(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '|' | '\\' | '%' | '#' | '?' | '"' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The asks there are, in their order.
pub(super) fn valid_asks(slate: &Slate) -> String {
    let mut table = TableText::new(&["Ask", "aka", "Description"].map(str::to_owned));
    for (name, ask) in &slate.format.asks {
        table.row(&[format!("\"{name}\""), ask.short.clone(), ask.about.clone()]);
    }
    table.text
}

/// For each team that is asked for something: a heading, a table, and the notes that were too long for it.
pub(super) fn team_asks(slate: &Slate, _config: &Config, defines: impl Fn(&str) -> bool) -> String {
    let mut goals = slate.choose(GoalFilter::All);
    goals.sort_by_key(|goal| goal.short_title(&slate.format));
    let mut teams: Vec<&str> = goals.iter().flat_map(|goal| goal.teams()).collect();
    teams.sort_unstable();
    teams.dedup();
    let label = &slate.format.rfc.ask_label;
    let label = label.as_deref().filter(|label| defines(&normalize_label(label)));
    let level = "#".repeat(slate.format.rfc.team_heading_level.into());
    let sections = teams.iter().map(|team| {
        let goals: Vec<&Goal> = goals.iter().filter(|goal| goal.teams().contains(team)).copied().collect();
        format!("{level} {team} team\n\n{}", TeamTable { slate, team, label, notes: Vec::new() }.text(&goals))
    });
    sections.collect::<Vec<_>>().join("\n")
}

/// The table of one team.
struct TeamTable<'a> {
    slate: &'a Slate,
    team: &'a str,
    /// The label that the heads of the columns lead to.
    label: Option<&'a str>,
    /// The notes below the table, in reading order.
    notes: Vec<String>,
}

impl TeamTable<'_> {
    fn text(mut self, goals: &[&Goal]) -> String {
        let columns = self.columns(goals);
        let mut header = vec!["Goal".to_owned()];
        header.extend(columns.iter().map(|name| self.column_head(name)));
        let mut table = TableText::new(&header);
        for goal in goals {
            let (own, mut subgoals): (Vec<&Plan>, Vec<&Plan>) =
                goal.plans.iter().partition(|plan| plan.subgoal.is_none());
            let own: Vec<&Task> = own.into_iter().flat_map(|plan| &plan.tasks).collect();
            let mut row = vec![page_link(self.slate, goal, goal.short_title(&self.slate.format))];
            row.extend(columns.iter().map(|column| self.cell(goal, &own, column)));
            table.row(&row);

            let name = |plan: &&Plan| plan.subgoal.as_ref().map_or_else(String::new, |name| name.value.clone());
            subgoals.retain(|plan| plan.tasks.iter().any(|task| self.is_asked(task)));
            subgoals.sort_by_key(name);
            for plan in subgoals {
                let tasks: Vec<&Task> = plan.tasks.iter().collect();
                let mut row = vec![format!("↳ {}", name(&plan))];
                row.extend(columns.iter().map(|column| self.cell(goal, &tasks, column)));
                table.row(&row);
            }
        }
        let mut text = table.text;
        for (index, note) in self.notes.iter().enumerate() {
            text.push_str(&format!("\n\\*{}: {note}\n", index + 1));
        }
        text
    }

    fn is_asked(&self, task: &Task) -> bool {
        task.ask.as_ref().is_some_and(|ask| ask.team_names().any(|name| name == self.team))
    }

    /// The asks that get a column: those made of the team, in configured order, but for elided ones; then, so that nothing is
    /// left out, whatever else it is asked for.
    fn columns<'g>(&self, goals: &[&'g Goal]) -> Vec<&'g str>
    where
        Self: 'g,
    {
        let made: Vec<&'g str> = goals
            .iter()
            .flat_map(|goal| goal.tasks())
            .filter(|task| self.is_asked(task))
            .map(|task| task.name.value.as_str())
            .collect();
        let asks = &self.slate.format.asks;
        let mut columns: Vec<&'g str> = Vec::new();
        for (name, ask) in asks {
            if let Some(made) = made.iter().find(|made| **made == name).filter(|_| !ask.elide) {
                columns.push(made);
            }
        }
        for name in made {
            if !asks.contains_key(name) && !columns.contains(&name) {
                columns.push(name);
            }
        }
        columns
    }

    fn column_head(&self, name: &str) -> String {
        let short = self.slate.format.asks.get(name).map_or(name, |ask| ask.short.as_str());
        match self.label {
            Some(label) => format!("[{short}][{label}]"),
            None => short.to_owned(),
        }
    }

    /// What one goal or subgoal asks the team for, in one column.
    fn cell(&mut self, goal: &Goal, tasks: &[&Task], column: &str) -> String {
        let mut parts = Vec::new();
        for task in tasks {
            if task.name.value != column || !self.is_asked(task) {
                continue;
            }
            let written = task.notes.span.range().len();
            if task.notes.value.is_empty() {
                parts.push("✅".to_owned());
            } else if written <= self.slate.format.rfc.longest_note {
                parts.push(note(self.slate, goal, task));
            } else {
                let page = encode(self.slate.page_of(goal));
                let note = format!("{} ([from here]({page}))", note(self.slate, goal, task));
                self.notes.push(note);
                parts.push(format!("\\*{}", self.notes.len()));
            }
        }
        parts.join(" ")
    }
}

/// A task's notes as they stand outside their goal's page: what leads to a place on that page leads there still, and a
/// reference that only that page defines leads where it led. A label alone in brackets is left to whoever reads it.
fn note(slate: &Slate, goal: &Goal, task: &Task) -> String {
    let file = slate.file_of(goal);
    let (source, span) = (&file.source, task.notes.span);
    let mut edits = super::edit::Edits::default();
    for link in file.document.links.iter().filter(|link| span.contains(link.span)) {
        match (link.kind, link.destination) {
            (LinkKind::Inline, Some(destination)) if source.slice(destination).starts_with('#') => {
                let page = encode(slate.page_of(goal));
                edits.replace(destination, format!("{page}{}", source.slice(destination)));
            }
            (LinkKind::Full | LinkKind::Collapsed, _) => {
                let mark = if link.image { "!" } else { "" };
                let target = if link.target.starts_with('#') {
                    format!("{}{}", encode(slate.page_of(goal)), link.target)
                } else {
                    link.target.clone()
                };
                edits.replace(link.span, format!("{mark}[{}]({target})", source.slice(link.text)));
            }
            _ => {}
        }
    }
    edits.sort();
    edits.apply(source.text(), span, str::to_owned).replace("\\|", "|")
}
