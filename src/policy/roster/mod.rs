//! Known teams and people: from files in the shape of the Rust team API v1, or the built-in ones in `rules/roster/`.
//!
//! It tells who there is; whether a goal may name them is for the rules to say. Downloading is left to whoever has a network.

mod entries;
pub(crate) mod files;
mod people;
pub(crate) mod pin;
pub(crate) mod resolve;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

pub(crate) use people::Person;

use entries::Entries;
use people::People;

use crate::policy::maps::IndexMap;
use crate::sys::error::Error;
use crate::sys::warning::Warning;

/// The file beside the others that says of which day they are, and what was renamed.
pub const NOTES_FILE: &str = "roster.toml";

/// Where a team without a repository is described.
const GOVERNANCE: &str = "https://www.rust-lang.org/governance/teams";

/// Teams and people, and what was renamed.
#[derive(Clone, Debug, Default)]
pub struct Roster {
    /// Sorted by name.
    teams: IndexMap<String, Team>,
    people: People,
    renamed: BTreeMap<String, String>,
    date: Option<String>,
    is_built_in: bool,
    /// Which entries could not be used.
    warnings: Vec<Warning>,
    /// The names of today's teams, found out when they are first asked for.
    of_today: OnceLock<Vec<String>>,
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Team {
    /// Its repository, if it has one.
    pub repository: Option<String>,
    /// Whether it has been archived.
    pub archived: bool,
    /// Its members, in the order of the file.
    pub members: Vec<Member>,
    /// The team that it is a part of.
    pub parent: Option<String>,
}

/// A member of a team.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Member {
    /// The GitHub user name, without `@`.
    #[serde(rename = "github")]
    pub login: String,
    /// Whether they lead the team.
    #[serde(default)]
    pub is_lead: bool,
}

impl Team {
    /// Whether a user is a member, in any case, without `@`.
    pub fn has(&self, login: &str) -> bool {
        self.members.iter().any(|member| member.login.eq_ignore_ascii_case(login))
    }

    /// Where a link on the team's name leads.
    pub fn address(&self) -> &str {
        self.repository.as_deref().unwrap_or(GOVERNANCE)
    }
}

/// What a team's name refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known<'r> {
    /// A team of today.
    Team(&'r Team),
    /// A team that was archived.
    Archived(&'r Team),
    /// The old name of a team that has another today.
    Renamed {
        /// Today's name.
        today: &'r str,
    },
    /// A team that was merged into another one.
    Merged {
        /// The team that it was.
        team: &'r Team,
        /// The name of the team that does its work today.
        into: &'r str,
    },
}

#[derive(Deserialize)]
struct TeamFile {
    website_data: Option<WebsiteData>,
    #[serde(default)]
    members: Vec<Member>,
    subteam_of: Option<String>,
}

#[derive(Deserialize)]
struct WebsiteData {
    repo: Option<String>,
}

#[derive(Deserialize)]
struct PeopleFile {
    people: Entries<PersonFile>,
}

#[derive(Deserialize)]
struct PersonFile {
    name: String,
}

/// A roster's date and renamed teams.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Notes {
    date: Option<String>,
    renamed: BTreeMap<String, String>,
}

const NOTES: &str = include_str!("../../../rules/roster/roster.toml");
const TEAMS: &str = include_str!("../../../rules/roster/teams.json");
const ARCHIVED: &str = include_str!("../../../rules/roster/archived-teams.json");
const PEOPLE: &str = include_str!("../../../rules/roster/people.json");

impl Roster {
    /// The roster that is built into the program.
    pub fn built_in() -> Result<Roster, Error> {
        let mut roster = Roster { is_built_in: true, ..Roster::default() };
        roster.add_teams(TEAMS, false).map_err(|error| Error::new(format!("built-in teams: {error}")))?;
        roster.add_teams(ARCHIVED, true).map_err(|error| Error::new(format!("built-in archived teams: {error}")))?;
        roster.set_people(PEOPLE).map_err(|error| Error::new(format!("built-in people: {error}")))?;
        let notes: Notes = toml::from_str(NOTES).map_err(|error| Error::new(format!("built-in roster: {error}")))?;
        roster.add_notes(notes);
        Ok(roster)
    }

    /// Of which day it is, where that is said.
    pub fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Whether it is the one that is built in.
    pub fn is_built_in(&self) -> bool {
        self.is_built_in
    }

    /// Which entries of its files could not be used.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// Old names of teams, each with today's.
    pub fn renamed(&self) -> &BTreeMap<String, String> {
        &self.renamed
    }

    /// All teams, archived ones too, by name.
    pub fn teams(&self) -> impl Iterator<Item = (&str, &Team)> {
        self.teams.iter().map(|(name, team)| (name.as_str(), team))
    }

    fn add_notes(&mut self, notes: Notes) {
        self.date = notes.date;
        self.rename(notes.renamed);
    }

    /// Adds old names of teams, each with today's.
    pub fn rename(&mut self, renamed: impl IntoIterator<Item = (String, String)>) {
        self.of_today = OnceLock::new();
        self.renamed.extend(renamed);
    }

    /// Sets display names of user names, whatever the roster says.
    pub fn set_names<'n>(&mut self, names: impl Iterator<Item = (&'n str, &'n str)>) {
        self.people.set_names(names.map(|(login, name)| (login.trim_start_matches('@'), name)));
    }

    /// What a team's name refers to, if anything. A team that has been archived and has another name today was merged into the
    /// team of that name; it is still what it was.
    pub fn team(&self, name: &str) -> Option<Known<'_>> {
        match (self.teams.get(name), self.renamed.get(name)) {
            (Some(team), Some(into)) if team.archived => Some(Known::Merged { team, into }),
            (_, Some(today)) => Some(Known::Renamed { today }),
            (Some(team), None) if team.archived => Some(Known::Archived(team)),
            (Some(team), None) => Some(Known::Team(team)),
            (None, None) => None,
        }
    }

    /// Whether a name is that of a team of today.
    pub fn is_of_today(&self, name: &str) -> bool {
        matches!(self.team(name), Some(Known::Team(_)))
    }

    /// The current name of a team; itself if it was not renamed.
    pub fn today<'r>(&'r self, name: &'r str) -> &'r str {
        match self.team(name) {
            Some(Known::Renamed { today }) => today,
            _ => name,
        }
    }

    /// Where a link on a team's name leads; an old name leads where today's does.
    pub fn team_address(&self, name: &str) -> Option<&str> {
        self.team_record(name).map(Team::address)
    }

    /// A person by user name, in any case, without `@`.
    pub fn person(&self, login: &str) -> Option<&Person> {
        self.people.get(login)
    }

    /// A team by its name of today or an old one, archived or not.
    pub fn team_record(&self, name: &str) -> Option<&Team> {
        match self.team(name)? {
            Known::Team(team) | Known::Archived(team) | Known::Merged { team, .. } => Some(team),
            Known::Renamed { today } => self.teams.get(today),
        }
    }

    /// Whether a user belongs to a team: to itself, to a part of it, or to the team that it is a part of.
    pub fn belongs(&self, login: &str, name: &str) -> bool {
        let name = self.today(name);
        let team = self.teams.get(name);
        let parent = || self.teams.get(team?.parent.as_deref()?);
        // Nearly everybody who is asked about is of the team itself.
        team.is_some_and(|team| team.has(login))
            || parent().is_some_and(|parent| parent.has(login))
            || self.teams.values().any(|part| part.parent.as_deref() == Some(name) && part.has(login))
    }

    /// All people, sorted by user name in lower case.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.iter()
    }

    /// The names of today's teams, sorted.
    pub fn team_names(&self) -> impl Iterator<Item = &str> {
        let of_today = || self.teams.keys().filter(|name| self.is_of_today(name)).cloned().collect();
        self.of_today.get_or_init(of_today).iter().map(String::as_str)
    }

    /// The one person with a display name, in any case.
    pub(crate) fn called(&self, name: &str) -> Option<&Person> {
        self.people.find(|index| index.called(name))
    }

    /// The one person whose display name has several words, written as one, whatever its case and hyphens.
    pub(crate) fn called_in_one_word(&self, name: &str) -> Option<&Person> {
        self.people.find(|index| index.called_in_one_word(name))
    }

    /// The person who may have been meant by a user name.
    pub(crate) fn person_meant(&self, login: &str) -> Option<&Person> {
        self.people.find(|index| index.did_you_mean(login))
    }

    /// The person whose user name differs from this one by one letter at most, of several the first.
    pub(crate) fn person_by_letter(&self, login: &str) -> Option<&Person> {
        self.people.find(|index| index.nearest_by_letter(login))
    }

    /// Every name that means a team: today's, archived and old ones.
    pub fn every_team_name(&self) -> impl Iterator<Item = &str> {
        self.teams.keys().chain(self.renamed.keys()).map(String::as_str)
    }

    fn add_teams(&mut self, text: &str, archived: bool) -> serde_json::Result<()> {
        self.of_today = OnceLock::new();
        let Entries(teams) = serde_json::from_str::<Entries<TeamFile>>(text)?;
        // Of several with one name in a file the last counts.
        for (name, team) in teams.into_iter().rev() {
            let repository = team.website_data.and_then(|website| website.repo);
            // The files of one day may have a team in both.
            let known = self.teams.entry(name).and_modify(|known| known.archived |= archived);
            known.or_insert(Team { repository, archived, members: team.members, parent: team.subteam_of });
        }
        self.teams.sort_unstable_keys();
        Ok(())
    }

    fn set_people(&mut self, text: &str) -> serde_json::Result<()> {
        let PeopleFile { people } = serde_json::from_str(text)?;
        let people = people.0.into_iter().map(|(login, person)| Person { login, name: person.name });
        self.people = People::new(people);
        Ok(())
    }
}

/// The file of today's teams.
pub const TEAMS_FILE: &str = "teams.json";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn teams_are_known_by_their_names_of_yesterday() {
        let roster = Roster::built_in().unwrap();
        assert_eq!(roster.team("project-stable-mir"), Some(Known::Renamed { today: "project-rustc-public" }));
        assert_eq!(roster.today("project-stable-mir"), "project-rustc-public");
        let Some(Known::Merged { team, into }) = roster.team("libs-api") else { panic!("libs-api was merged") };
        // What was asked of it is not what was asked of the other team.
        assert!(into == "libs" && roster.today("libs-api") == "libs-api" && team.archived && !team.members.is_empty());
        assert!(roster.team_names().all(|name| name != "libs-api"));
        for (old, today) in roster.renamed() {
            assert!(matches!(roster.team(today), Some(Known::Team(_))), "{old} = {today}");
        }
    }

    #[test]
    fn the_built_in_roster_reads() {
        let roster = Roster::built_in().unwrap();
        assert!(matches!(roster.team("lang"), Some(Known::Team(_))));
        assert_eq!(roster.team("no-such-team"), None);
        assert!(roster.person("NIKOMATSAKIS").is_some());
        let lang = roster.team_record("lang").unwrap();
        assert!(lang.has("nikomatsakis") && lang.members.iter().any(|member| member.is_lead));
        assert_eq!(roster.date().unwrap().len(), "2026-04-09".len());
        let of_parent = lang.members.iter().find(|member| !roster.team_record("lang-docs").unwrap().has(&member.login));
        assert!(roster.belongs(&of_parent.unwrap().login, "lang-docs"));
        assert!(roster.belongs("NikoMatsakis", "lang") && !roster.belongs("nikomatsakis", "crates-io"));
    }
}
