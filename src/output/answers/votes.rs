//! Who votes, as the comment that asks for it, and who has not voted yet.

use super::format::{OutputFormat, json};
use crate::output::table::TextTable;
use crate::queries::votes::{TeamVotes, Voter, Votes};
use crate::text::sanitize::sanitize;

impl Votes {
    /// The teams that vote. In Markdown that is the comment with a check box for each member: only leads, whose vote is required,
    /// are called, since a comment with very many names calls nobody.
    pub fn show(&self, view: OutputFormat) -> String {
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Markdown => self.teams.iter().map(comment).collect(),
            _ => view.of_sheets(&[self.people(view, |_| true)]),
        }
    }

    /// Who has not voted, once votes have been counted: a row a team for people, a row a person for programs.
    pub fn show_open(&self, view: OutputFormat) -> String {
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Table(_) | OutputFormat::Markdown => view.of_sheets(&[self.open_teams(view)]),
            OutputFormat::Csv | OutputFormat::Tabs => {
                view.of_sheets(&[self.people(view, |voter| voter.voted != Some(true))])
            }
        }
    }

    fn people(&self, view: OutputFormat, is_shown: impl Fn(&Voter) -> bool) -> TextTable {
        let mut table = TextTable::new("", &["Team", "Person", "Vote"]);
        for team in &self.teams {
            for voter in team.members.iter().filter(|voter| is_shown(voter)) {
                table.row([team.team.clone(), view.user(&voter.user), vote(voter).to_owned()]);
            }
        }
        table
    }

    fn open_teams(&self, view: OutputFormat) -> TextTable {
        let mut table = TextTable::new("", &["Team", "Voted", "Required and missing", "Optional and missing"]);
        table.whole = &[2, 3];
        table.wide = Some(3);
        for team in self.teams.iter().filter(|team| team.open().next().is_some()) {
            let names = |required: bool, name: &dyn Fn(&str) -> String| {
                let open = team.open().filter(|voter| voter.required == required);
                open.map(|voter| name(&voter.user)).collect::<Vec<_>>().join(", ")
            };
            table.row([
                team.team.clone(),
                format!("{} of {}", team.members.len() - team.open().count(), team.members.len()),
                names(true, &|user| view.user(user)),
                names(false, &str::to_owned),
            ]);
        }
        table
    }
}

impl TeamVotes {
    /// Who has not voted.
    fn open(&self) -> impl Iterator<Item = &Voter> {
        self.members.iter().filter(|voter| voter.voted != Some(true))
    }
}

fn vote(voter: &Voter) -> &'static str {
    if voter.required { "required" } else { "optional" }
}

fn comment(team: &TeamVotes) -> String {
    let mut text = format!("\n## {}\n\n", sanitize(&team.team));
    for voter in &team.members {
        let user = sanitize(&voter.user);
        text.push_str(&match voter.required {
            true => format!("* [ ] @{user} (required, lead)\n"),
            false => format!("* [ ] {user} (optional)\n"),
        });
    }
    text
}
