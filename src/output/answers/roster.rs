//! Teams and people as text.

use super::format::{OutputFormat, json};
use crate::output::table::TextTable;
use crate::queries::roster::{RosterList, TeamRow};

impl RosterList {
    /// The answer in this form. `of_names` tells whether names were asked about: then members are in rows of their own, else
    /// each team is one row and the people are counted, but for JSON, which holds all.
    pub fn show(&self, view: OutputFormat, of_names: bool) -> String {
        match view {
            OutputFormat::Json => json(self),
            OutputFormat::Csv | OutputFormat::Tabs if of_names && !self.teams.is_empty() => {
                view.of_sheets(&[self.member_sheet(view, &self.teams, true)])
            }
            OutputFormat::Csv | OutputFormat::Tabs if of_names => view.of_sheets(&[self.people_sheet(view)]),
            _ if of_names => {
                let one = |team: &TeamRow| self.member_sheet(view, std::slice::from_ref(team), false);
                let mut sheets: Vec<TextTable> = self.teams.iter().map(one).collect();
                sheets.push(self.people_sheet(view));
                view.of_sheets(&sheets)
            }
            _ => view.of_sheets(&[self.team_sheet(view)]),
        }
    }

    /// How many teams and people there are, of which day, and where they come from.
    pub fn about(&self) -> String {
        let date = self.date.as_ref().map_or_else(|| "of unknown date".to_owned(), |date| format!("of {date}"));
        let archived = self.teams.iter().filter(|team| team.archived).count();
        let today = self.teams.len() - archived;
        format!("{today} teams, {archived} archived, {} people {date} ({})", self.people.len(), self.from)
    }

    fn team_sheet(&self, view: OutputFormat) -> TextTable {
        let mut sheet = TextTable::new(self.about(), &["Team", "Members", "Leads", "Archived"]);
        sheet.wide = Some(2);
        sheet.whole = &[2];
        for team in &self.teams {
            let leads = team.members.iter().filter(|member| member.lead).map(|member| view.user(&member.user));
            let archived = if team.archived { "archived" } else { "" };
            let leads = leads.collect::<Vec<_>>().join(", ");
            sheet.row([team.team.clone(), team.members.len().to_string(), leads, archived.to_owned()]);
        }
        sheet
    }

    /// The members of teams; in CSV with the team in each row.
    fn member_sheet(&self, view: OutputFormat, teams: &[TeamRow], with_team: bool) -> TextTable {
        let title = match teams {
            [team] if !with_team => {
                let number = team.members.len();
                let archived = if team.archived { ", archived" } else { "" };
                format!("{}: {number} member{}{archived}", team.team, if number == 1 { "" } else { "s" })
            }
            _ => String::new(),
        };
        let mut sheet = TextTable::new(title, &["Team", "Member", "Name", "Lead"]);
        for team in teams {
            for member in &team.members {
                let lead = if member.lead { "lead" } else { "" };
                let name = member.name.clone().unwrap_or_default();
                sheet.row([team.team.clone(), view.user(&member.user), name, lead.to_owned()]);
            }
        }
        if !with_team {
            sheet.head.remove(0);
            sheet.rows.iter_mut().for_each(|row| drop(row.remove(0)));
        }
        sheet
    }

    fn people_sheet(&self, view: OutputFormat) -> TextTable {
        let mut sheet = TextTable::new("", &["Person", "Name", "Teams"]);
        sheet.whole = &[2];
        for person in &self.people {
            sheet.row([view.user(&person.user), person.name.clone(), person.teams.join(", ")]);
        }
        sheet
    }
}
