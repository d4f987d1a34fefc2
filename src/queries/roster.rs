//! The teams and people that are known, and who is a member of what.
//!
//! Where the roster comes from is for the program to say.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{filter, json};
use crate::output::answers::View;
use crate::output::table::Sheet;
use crate::policy::roster::{Roster, Team};
use crate::sys::error::Failure;

/// The teams and people of a roster.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RosterList {
    /// Where they come from: a directory, or `built in`.
    pub from: String,
    /// Of which day they are, `YYYY-MM-DD`, where that is said.
    pub date: Option<String>,
    /// The teams, archived ones too, by name.
    pub teams: Vec<TeamRow>,
    /// The people, by user name.
    pub people: Vec<PersonRow>,
    /// Old names of teams, each with today's.
    pub renamed: BTreeMap<String, String>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamRow {
    /// Its name.
    pub team: String,
    /// Whether it has been archived.
    pub archived: bool,
    /// Its repository, if it has one.
    pub repository: Option<String>,
    /// Its members: leads first, then by user name.
    pub members: Vec<MemberRow>,
}

/// A member of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MemberRow {
    /// The user name.
    pub user: String,
    /// The display name, where the roster has one.
    pub name: Option<String>,
    /// Whether they lead the team.
    pub lead: bool,
}

/// A person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonRow {
    /// The user name.
    pub user: String,
    /// The display name.
    pub name: String,
    /// The teams they are a member of, by name.
    pub teams: Vec<String>,
}

/// What of a roster is asked about; lists without names leave nothing out.
#[derive(Clone, Copy, Debug, Default)]
pub struct RosterFilter<'a> {
    /// Teams as written.
    pub teams: &'a [String],
    /// Users as written.
    pub people: &'a [String],
}

/// The teams and people of a roster that comes from `from`; where names are given, those teams with their members, and those
/// people with their teams.
pub fn roster(roster: &Roster, from: &str, filter: RosterFilter<'_>) -> Result<RosterList, Failure> {
    let wanted_teams: Vec<String> =
        filter.teams.iter().map(|name| filter::team_of(roster, name)).collect::<Result<_, _>>()?;
    let wanted_people: Vec<String> =
        filter.people.iter().map(|name| filter::person_of(roster, name)).collect::<Result<_, _>>()?;
    let everything = wanted_teams.is_empty() && wanted_people.is_empty();
    let mut teams_of: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, team) in roster.teams().filter(|(_, team)| !team.archived) {
        for member in &team.members {
            teams_of.entry(member.login.to_lowercase()).or_default().push(name);
        }
    }
    let teams = roster.teams().filter(|(name, _)| everything || wanted_teams.iter().any(|wanted| wanted == name));
    let people = roster.people().filter(|person| everything || wanted_people.contains(&person.login));
    let person_row = |person: &crate::policy::roster::Person| PersonRow {
        user: person.login.clone(),
        name: person.name.clone(),
        teams: teams_of.get(&person.login.to_lowercase()).into_iter().flatten().map(|&team| team.to_owned()).collect(),
    };
    Ok(RosterList {
        from: from.to_owned(),
        date: roster.date().map(str::to_owned),
        teams: teams.map(|(name, team)| team_row(roster, name, team)).collect(),
        people: people.map(person_row).collect(),
        renamed: roster.renamed().clone(),
    })
}

fn team_row(roster: &Roster, name: &str, team: &Team) -> TeamRow {
    let row = |member: &crate::policy::roster::Member| MemberRow {
        user: member.login.clone(),
        name: roster.person(&member.login).map(|person| person.name.clone()),
        lead: member.is_lead,
    };
    let mut members: Vec<MemberRow> = team.members.iter().map(row).collect();
    members.sort_by_key(|member| (!member.lead, member.user.to_lowercase()));
    TeamRow { team: name.to_owned(), archived: team.archived, repository: team.repository.clone(), members }
}

impl RosterList {
    /// The answer in this form. `of_names` tells whether names were asked about: then members are in rows of their own, else
    /// each team is one row and the people are counted, but for JSON, which holds all.
    pub fn show(&self, view: View, of_names: bool) -> String {
        match view {
            View::Json => json(self),
            View::Csv if of_names && !self.teams.is_empty() => {
                view.of_sheets(&[self.member_sheet(view, &self.teams, true)])
            }
            View::Csv if of_names => view.of_sheets(&[self.people_sheet(view)]),
            _ if of_names => {
                let one = |team: &TeamRow| self.member_sheet(view, std::slice::from_ref(team), false);
                let mut sheets: Vec<Sheet> = self.teams.iter().map(one).collect();
                sheets.push(self.people_sheet(view));
                view.of_sheets(&sheets)
            }
            _ => view.of_sheets(&[self.team_sheet(view)]),
        }
    }

    fn team_sheet(&self, view: View) -> Sheet {
        let date = self.date.as_ref().map_or_else(|| "of unknown date".to_owned(), |date| format!("of {date}"));
        let archived = self.teams.iter().filter(|team| team.archived).count();
        let today = self.teams.len() - archived;
        let title = format!("{today} teams, {archived} archived, {} people {date} ({})", self.people.len(), self.from);
        let mut sheet = Sheet::new(title, &["Team", "Members", "Leads", "Archived"]);
        sheet.wide = Some(2);
        for team in &self.teams {
            let leads = team.members.iter().filter(|member| member.lead).map(|member| view.user(&member.user));
            let archived = if team.archived { "archived" } else { "" };
            let leads = leads.collect::<Vec<_>>().join(", ");
            sheet.row([team.team.clone(), team.members.len().to_string(), leads, archived.to_owned()]);
        }
        sheet
    }

    /// The members of teams; in CSV with the team in each row.
    fn member_sheet(&self, view: View, teams: &[TeamRow], with_team: bool) -> Sheet {
        let title = match teams {
            [team] if !with_team => {
                let number = team.members.len();
                let archived = if team.archived { ", archived" } else { "" };
                format!("{}: {number} member{}{archived}", team.team, if number == 1 { "" } else { "s" })
            }
            _ => String::new(),
        };
        let mut sheet = Sheet::new(title, &["Team", "Member", "Name", "Lead"]);
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

    fn people_sheet(&self, view: View) -> Sheet {
        let mut sheet = Sheet::new("", &["Person", "Name", "Teams"]);
        for person in &self.people {
            sheet.row([view.user(&person.user), person.name.clone(), person.teams.join(", ")]);
        }
        sheet
    }
}
