//! The goals of a slate as text.

use super::cells::yes;
use super::format::{OutputFormat, json};
use crate::output::table::{NO_BREAK, TextTable};
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

    /// The goals with what they lack, and who is to be asked.
    pub fn show_lacking(&self, view: OutputFormat) -> String {
        if view == OutputFormat::Json {
            return json(self);
        }
        let mut sheet = TextTable::new("", &["Goal", "Contact", "Status", "No champion", "No level or ask", "Path"]);
        sheet.whole = &[0, 3, 4];
        sheet.optional = Some(5);
        for goal in &self.goals {
            sheet.row([
                view.goal(&goal.title, goal.url.as_deref()),
                view.maybe_user(goal.contact.as_ref()),
                goal.status.clone(),
                goal.lacks_champion.join(", "),
                goal.lacks_answer.join(", "),
                view.path(&goal.path),
            ]);
        }
        view.of_sheets(&[sheet])
    }

    /// What helps at a glance; the other forms have all.
    fn terminal(&self, view: OutputFormat) -> TextTable {
        let mut sheet = TextTable::new("", &["Goal", "Contact", "Status", "Teams, champions", "File"]);
        sheet.whole = &[0, 3];
        sheet.optional = Some(4);
        for goal in &self.goals {
            let invited = if goal.invited { "help wanted" } else { "" };
            sheet.row([
                view.text(&goal.title),
                lines(vec![view.maybe_user(goal.contact.as_ref()), invited.to_owned()]),
                goal.status.clone(),
                goal.teams_with_champions(view),
                goal.path.clone(),
            ]);
        }
        sheet
    }

    fn sheet(&self, view: OutputFormat) -> TextTable {
        let head = ["Goal", "Contact", "Status", "Flagship", "Themes", "Teams", "Champions", "Tracking issue", "Path"];
        let mut sheet = TextTable::new("", &head);
        for goal in &self.goals {
            let champions = goal.champions.iter().map(|one| format!("{}: {}", one.team, view.user(&one.user)));
            sheet.row([
                view.goal(&goal.title, goal.url.as_deref()),
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
    /// Each team that is asked or has a champion, with the champion, who stays beside it.
    fn teams_with_champions(&self, view: OutputFormat) -> String {
        let others = self.champions.iter().map(|one| &one.team).filter(|team| !self.teams.contains(team));
        let entry = |team: &String| {
            let champions = self.champions.iter().filter(|one| one.team == *team).map(|one| view.user(&one.user));
            std::iter::once(team.clone()).chain(champions).collect::<Vec<_>>().join(&NO_BREAK.to_string())
        };
        self.teams.iter().chain(others).map(entry).collect::<Vec<_>>().join(", ")
    }
}
