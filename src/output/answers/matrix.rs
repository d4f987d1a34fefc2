//! Goals by teams, as text.

use unicode_width::UnicodeWidthStr;

use super::format::{OutputFormat, json};
use crate::output::style::Style;
use crate::output::table::TextTable;
use crate::queries::matrix::{Matrix, MatrixRow};

/// Where a team is asked and has no champion.
const NO_CHAMPION: &str = "!";
/// Where a team is not asked.
const NOT_ASKED: &str = "-";
/// How much of a terminal's width the titles of goals take, in columns.
const TITLE: usize = 36;
/// What is between two columns of a terminal.
const GAP: usize = 2;

impl Matrix {
    /// The matrix in this form. A terminal has no room for all teams of a slate, so it gets a table for as many as fit, each with the
    /// goals that ask one of them.
    pub fn show(&self, view: OutputFormat) -> String {
        let teams: Vec<&str> = self.teams.iter().map(String::as_str).collect();
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Table(look) => {
                let groups = self.groups(view, look);
                let tables: Vec<TextTable> = groups.iter().map(|teams| self.of_teams(view, teams)).collect();
                view.of_sheets(&tables)
            }
            OutputFormat::Csv => view.of_sheets(&[self.spreadsheet(&teams)]),
            OutputFormat::Tabs | OutputFormat::Markdown => view.of_sheets(&[self.whole(view, &teams)]),
        }
    }

    /// The teams in groups that fit on a terminal.
    fn groups(&self, view: OutputFormat, look: Style) -> Vec<Vec<&str>> {
        let mut groups: Vec<Vec<&str>> = Vec::new();
        let mut left = 0;
        for team in self.teams.iter().map(String::as_str) {
            let cells = self.goals.iter().map(|goal| goal.cell(view, team).width());
            let width = cells.fold(team.width(), usize::max) + GAP;
            match groups.last_mut() {
                Some(group) if width <= left => group.push(team),
                _ => {
                    groups.push(vec![team]);
                    left = look.width.saturating_sub(TITLE);
                }
            }
            left = left.saturating_sub(width);
        }
        groups
    }

    /// Some teams, and the goals that ask one of them.
    fn of_teams(&self, view: OutputFormat, teams: &[&str]) -> TextTable {
        let mut table = TextTable::new("", &[&["Goal"], teams].concat());
        for goal in self.goals.iter().filter(|goal| teams.iter().any(|team| goal.champions.contains_key(*team))) {
            let cells = teams.iter().map(|team| goal.cell(view, team));
            table.row(std::iter::once(view.text(&goal.goal)).chain(cells).collect::<Vec<_>>());
        }
        table
    }

    /// All teams and goals.
    fn whole(&self, view: OutputFormat, teams: &[&str]) -> TextTable {
        let mut table = TextTable::new("", &[&["Goal", "Contact"], teams].concat());
        for goal in &self.goals {
            let first = [view.goal(&goal.goal, goal.url.as_deref()), view.maybe_user(goal.contact.as_ref())];
            let cells = teams.iter().map(|team| goal.cell(view, team));
            table.row(first.into_iter().chain(cells).collect::<Vec<_>>());
        }
        table
    }

    /// The same with the heads of the spreadsheet that leads of the Rust goals know: teams in brackets, and where the file is.
    fn spreadsheet(&self, teams: &[&str]) -> TextTable {
        let heads = ["Title", "POC(s)"].map(str::to_owned).into_iter();
        let heads = heads.chain(teams.iter().map(|team| format!("[{team}]"))).chain(["URL".to_owned()]);
        let mut table = TextTable { head: heads.collect(), bare_users: true, ..TextTable::default() };
        for goal in &self.goals {
            let contact = goal.contact.as_ref().map(|user| format!("@{user}")).unwrap_or_default();
            let cells = teams.iter().map(|team| goal.cell(OutputFormat::Tabs, team));
            let url = [&goal.source_url, &goal.url].into_iter().flatten().next().unwrap_or(&goal.path);
            table.row([goal.goal.clone(), contact].into_iter().chain(cells).chain([url.clone()]).collect::<Vec<_>>());
        }
        table
    }
}

impl MatrixRow {
    /// The champion of a team, or what is in its place.
    fn cell(&self, view: OutputFormat, team: &str) -> String {
        match self.champions.get(team) {
            Some(Some(user)) => view.user(user),
            Some(None) => NO_CHAMPION.to_owned(),
            None => NOT_ASKED.to_owned(),
        }
    }
}
