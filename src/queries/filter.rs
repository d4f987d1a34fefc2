//! Which goals and asks a question is about: teams, people and statuses by name.
//!
//! A name is understood here once, so that every answer understands it alike.

use std::collections::BTreeSet;

use super::missing::Missing;
use super::spelling::{Spelling, champions, users};
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::policy::roster::Roster;
use crate::sys::error::Error;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

/// A choice by names that have been found to mean something; a list without names leaves nothing out.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Teams, by today's names.
    pub teams: Vec<String>,
    /// People, by user name without `@`.
    pub people: Vec<String>,
    /// Statuses.
    pub statuses: Vec<String>,
    /// What goals miss: those that lack nothing of it are left out of the list of goals.
    pub missing: Vec<Missing>,
}

impl Filter {
    /// Finds out what the names of a question mean in a slate: teams with or without brackets, also by an old name; people
    /// with or without `@`; all in any case. An unknown name is a failure with the nearest one, since an empty
    /// answer would look like good news.
    pub fn new(slate: &Slate, teams: &[String], people: &[String], statuses: &[String]) -> Result<Filter, Error> {
        let spelling = Spelling::of(slate);
        let asked: BTreeSet<&str> = slate.goals.iter().flat_map(Goal::teams).collect();
        Ok(Filter {
            teams: teams.iter().map(|name| team(&slate.roster, &asked, name)).collect::<Result<_, _>>()?,
            people: people.iter().map(|name| person(&slate.roster, &spelling, name)).collect::<Result<_, _>>()?,
            statuses: statuses.iter().map(|name| status(slate, name)).collect::<Result<_, _>>()?,
            missing: Vec::new(),
        })
    }

    /// Whether a team, by today's name, is one that is asked about.
    pub(crate) fn wants_team(&self, team: &str) -> bool {
        self.teams.is_empty() || self.teams.iter().any(|wanted| wanted == team)
    }

    /// Whether a user is one that is asked about.
    pub(crate) fn names(&self, user: &str) -> bool {
        self.people.iter().any(|wanted| wanted.eq_ignore_ascii_case(user))
    }

    /// Whether a goal has a status that is asked about.
    pub(crate) fn wants_status(&self, goal: &Goal) -> bool {
        self.statuses.is_empty() || self.statuses.iter().any(|wanted| *wanted == status_of(goal))
    }

    /// Whether a goal is one that is asked about: by its status, a team that it asks or that has a champion in it, and a person
    /// it names.
    pub(crate) fn wants_goal(&self, slate: &Slate, goal: &Goal) -> bool {
        let teams = || goal.teams().into_iter().chain(champions(goal).map(|(team, _)| team));
        self.wants_status(goal)
            && (self.teams.is_empty() || teams().any(|team| self.wants_team(slate.roster.today(team))))
            && self.wants_people(goal)
    }

    /// Whether a goal names a person that is asked about.
    pub(crate) fn wants_people(&self, goal: &Goal) -> bool {
        self.people.is_empty() || users(goal).any(|user| self.names(user))
    }
}

/// The status of a goal as written.
pub(crate) fn status_of(goal: &Goal) -> &str {
    goal.field(Field::Status).map_or("", |row| &row.value.value)
}

/// A team of a roster, by any of its names.
pub(crate) fn team_of(roster: &Roster, written: &str) -> Result<String, Error> {
    team(roster, &BTreeSet::new(), written)
}

/// A person of a roster.
pub(crate) fn person_of(roster: &Roster, written: &str) -> Result<String, Error> {
    person(roster, &Spelling::default(), written)
}

fn team(roster: &Roster, asked: &BTreeSet<&str>, written: &str) -> Result<String, Error> {
    let bare = written.trim().trim_start_matches('[').trim_end_matches(']');
    let known = || roster.every_team_name().chain(asked.iter().copied());
    if let Some(name) = known().find(|name| *name == bare).or_else(|| find_ignoring_case(bare, known())) {
        return Ok(roster.today(name).to_owned());
    }
    let failure = Error::new(format!("unknown team `{bare}`"));
    // A team that is asked for something is meant more often than one that is not.
    let near = did_you_mean(bare, asked.iter().copied()).or_else(|| did_you_mean(bare, known()));
    Err(failure.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "run `goals roster` for a list of teams".to_owned(),
    }))
}

fn person(roster: &Roster, spelling: &Spelling<'_>, written: &str) -> Result<String, Error> {
    let bare = written.trim().trim_start_matches('@');
    if let Some(user) = same_user(bare, spelling.all()) {
        return Ok(user.to_owned());
    }
    if let Some(person) = roster.person(bare) {
        return Ok(person.login.clone());
    }
    let failure = Error::new(format!("unknown user `@{bare}`"));
    let by_name = roster.people().find(|person| person.name.eq_ignore_ascii_case(bare));
    let near = by_name.map(|person| person.login.as_str());
    let near = near.or_else(|| did_you_mean(bare, spelling.all()));
    let near = near.or_else(|| did_you_mean(bare, roster.people().map(|person| person.login.as_str())));
    Err(failure.help(match near {
        Some(near) => format!("did you mean `@{near}`?"),
        None => "use a GitHub user who is in the roster or named in a goal of the slate".to_owned(),
    }))
}

fn same_user<'a>(bare: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known.find(|user| user.eq_ignore_ascii_case(bare))
}

fn status(slate: &Slate, written: &str) -> Result<String, Error> {
    let written = written.trim();
    let used: BTreeSet<&str> = slate.goals.iter().map(status_of).filter(|status| !status.is_empty()).collect();
    let formats = || slate.format.statuses.iter();
    let known = || formats().map(|(name, _)| name.as_str()).chain(used.iter().copied());
    if let Some(name) = find_ignoring_case(written, known()) {
        return Ok(name.to_owned());
    }
    let own = formats().filter(|(name, status)| !status.later || used.contains(name.as_str()));
    let own: Vec<&str> = own.map(|(name, _)| name.as_str()).collect();
    Err(Error::new(format!("unknown status `{written}` for {}", slate.name)).help(
        match did_you_mean(written, known()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("use one of {}", crate::policy::config::messages::quoted(&own)),
        },
    ))
}
