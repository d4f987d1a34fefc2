//! The teams and people that are known, and who is a member of what.
//!
//! Where the roster comes from is for the program to say.

use std::collections::BTreeMap;

use serde::Serialize;

use super::filter;
use crate::policy::roster::{Roster, Team};
use crate::sys::error::Error;
use crate::text::order::sort_by_key;

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
pub fn roster(roster: &Roster, from: &str, filter: RosterFilter<'_>) -> Result<RosterList, Error> {
    let wanted_teams: Vec<String> =
        filter.teams.iter().map(|name| filter::team_of(roster, name)).collect::<Result<_, _>>()?;
    let wanted_people: Vec<String> =
        filter.people.iter().map(|name| filter::person_of(roster, name)).collect::<Result<_, _>>()?;
    let everything = wanted_teams.is_empty() && wanted_people.is_empty();
    let mut teams_of: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (name, team) in roster.teams().filter(|(name, _)| roster.is_of_today(name)) {
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
    sort_by_key(&mut members, |member| (!member.lead, member.user.to_lowercase()));
    TeamRow { team: name.to_owned(), archived: team.archived, repository: team.repository.clone(), members }
}
