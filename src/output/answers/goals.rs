//! The goals of a slate as text.

use super::cells::yes;
use super::format::{OutputFormat, json};
use crate::output::table::TextTable;
use crate::queries::list::{GoalList, GoalRow};

impl GoalList {
    /// The list in this form.
    pub fn show(&self, view: OutputFormat) -> String {
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Table(_) => view.of_sheets(&[self.terminal(view)]),
            _ => view.of_sheets(&[self.sheet(view)]),
        }
    }

    fn terminal(&self, view: OutputFormat) -> TextTable {
        let mut sheet = TextTable::new("", &["Goal", "Contact, status", "Teams, champions"]);
        sheet.wide = Some(0);
        for goal in &self.goals {
            let mut about = vec![view.text(&goal.title)];
            about.extend(goal.themes.iter().map(|theme| format!("theme: {}", view.text(theme))));
            about.extend(goal.tracking_issue.clone());
            about.push(goal.path.clone());
            let mut state = vec![view.maybe_user(goal.contact.as_ref()), goal.status.clone()];
            if goal.invited {
                state.push("help wanted".to_owned());
            }
            sheet.row([lines(about), lines(state), goal.teams_by_line(view)]);
        }
        sheet
    }

    fn sheet(&self, view: OutputFormat) -> TextTable {
        let head = ["Goal", "Contact", "Status", "Flagship", "Themes", "Teams", "Champions", "Tracking issue", "Path"];
        let mut sheet = TextTable::new("", &head);
        for goal in &self.goals {
            let champions = goal.champions.iter().map(|one| format!("{}: {}", one.team, view.user(&one.user)));
            sheet.row([
                view.text(&goal.title),
                view.maybe_user(goal.contact.as_ref()),
                goal.status.clone(),
                yes(goal.flagship),
                goal.themes.iter().map(|theme| view.text(theme)).collect::<Vec<_>>().join("; "),
                goal.teams.join("; "),
                champions.collect::<Vec<_>>().join("; "),
                goal.tracking_issue.clone().unwrap_or_default(),
                view.path(&goal.path),
            ]);
        }
        sheet
    }
}

/// What there is, a line each.
pub(crate) fn lines(mut lines: Vec<String>) -> String {
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

impl GoalRow {
    /// A line for each team that is asked or has a champion, with the champion.
    fn teams_by_line(&self, view: OutputFormat) -> String {
        let others = self.champions.iter().map(|one| &one.team).filter(|team| !self.teams.contains(team));
        let line = |team: &String| {
            let champions = self.champions.iter().filter(|one| one.team == *team);
            let champions: Vec<String> = champions.map(|one| view.user(&one.user)).collect();
            format!("{team} {}", champions.join(" ")).trim_end().to_owned()
        };
        self.teams.iter().chain(others).map(line).collect::<Vec<_>>().join("\n")
    }
}
