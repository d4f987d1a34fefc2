//! What changed in a slate, as text.

use super::format::{OutputFormat, json};
use crate::output::table::TextTable;
use crate::queries::changes::{Change, ChangeKind, Changes};

impl Changes {
    /// The changes in this form: what happened to goals as a whole, then the asks by team.
    pub fn show(&self, view: OutputFormat) -> String {
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Csv | OutputFormat::Tabs => view.of_sheets(&[self.whole(view)]),
            OutputFormat::Table(_) | OutputFormat::Markdown => {
                let mut tables = vec![self.goals(view)];
                let mut asks = self.changes.iter().filter(|change| !change.kind.is_of_goal()).peekable();
                while let Some(first) = asks.peek().map(|change| &change.teams) {
                    let mut of_team = Vec::new();
                    while let Some(change) = asks.next_if(|change| change.teams == *first) {
                        of_team.push(change);
                    }
                    tables.push(team(view, first, &of_team));
                }
                view.of_sheets(&tables)
            }
        }
    }

    fn goals(&self, view: OutputFormat) -> TextTable {
        let mut table = TextTable::new("Goals", &["Change", "Goal", "Before", "Now", "Teams"]);
        table.whole = &[1, 4];
        for change in self.changes.iter().filter(|change| change.kind.is_of_goal()) {
            // What a goal asked that came or went names its teams.
            let is_whole = matches!(change.kind, ChangeKind::NewGoal | ChangeKind::RemovedGoal);
            let teams = if is_whole { String::new() } else { change.teams.join(", ") };
            let [kind, goal, before, now] = cells(view, change);
            table.row([kind, goal, before, now, teams]);
        }
        table
    }

    fn whole(&self, view: OutputFormat) -> TextTable {
        let mut table = TextTable::new("", &["Team", "Change", "Goal", "Before", "Now", "Path"]);
        for change in &self.changes {
            let [kind, goal, before, now] = cells(view, change);
            table.row([change.teams.join(", "), kind, goal, before, now, view.path(&change.path)]);
        }
        table
    }
}

/// What changed for one team.
fn team(view: OutputFormat, teams: &[String], changes: &[&Change]) -> TextTable {
    let number = match changes.len() {
        1 => "1 change".to_owned(),
        number => format!("{number} changes"),
    };
    let mut table = TextTable::new(format!("{}: {number}", teams.join(", ")), &["Change", "Goal", "Before", "Now"]);
    table.whole = &[1];
    changes.iter().for_each(|change| table.row(cells(view, change)));
    table
}

fn cells(view: OutputFormat, change: &Change) -> [String; 4] {
    let text = |text: &Option<String>| text.as_ref().map_or_else(String::new, |text| view.text(text));
    let goal = view.goal(&change.goal, change.url.as_deref());
    [name(change.kind).to_owned(), goal, text(&change.before), text(&change.now)]
}

fn name(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::NewGoal => "new goal",
        ChangeKind::RemovedGoal => "removed goal",
        ChangeKind::RenamedGoal => "renamed",
        ChangeKind::Status => "status",
        ChangeKind::Contact => "contact",
        ChangeKind::NewAsk => "new ask",
        ChangeKind::RemovedAsk => "removed ask",
        ChangeKind::Level => "level",
        ChangeKind::Champion => "champion",
        ChangeKind::Notes => "notes",
    }
}
