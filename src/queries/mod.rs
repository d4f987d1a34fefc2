//! What leads and teams ask of a slate: which goals there are, what is asked of whom, and who is who.
//!
//! Each question is a library call whose answer is plain data ([`goals`], [`asks()`], [`roster()`]); [`View`] says in which form it is
//! written. Answers hold what can be read and leave judging to the rules. Names of teams are today's; user names have no `@`.

pub(crate) mod asks;
pub(crate) mod filter;
pub(crate) mod list;
pub(crate) mod roster;
pub(crate) mod settings;
pub(crate) mod totals;

use std::collections::BTreeMap;

use serde::Serialize;

pub use crate::output::answers::{Part, View};
pub use asks::{Ask, Asks, asks};
pub use filter::Filter;
pub use list::{ChampionRow, GoalList, GoalRow, goals};
pub use roster::{MemberRow, PersonRow, RosterFilter, RosterList, TeamRow, roster};
pub use totals::{ChampionTotal, Counted, MANY_GOALS, PersonTotal, TeamTotal, Totals};

use crate::model::goal::Goal;
use crate::model::slate::Slate;

/// The version of the JSON documents: additions are allowed, renames are not.
const VERSION: u32 = 1;

/// A document in JSON: its version, then what the answer holds.
#[derive(Serialize)]
struct Versioned<'a, T> {
    version: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// An answer as one JSON document, followed by a line end.
pub(crate) fn json<T: Serialize>(answer: &T) -> String {
    let mut text = serde_json::to_string_pretty(&Versioned { version: VERSION, answer }).unwrap_or_default();
    text.push('\n');
    crate::text::sanitize::visible_json(&text).into_owned()
}

/// The users of a slate under one spelling each: as the roster spells them, else as the slate does first.
#[derive(Debug, Default)]
pub(crate) struct Spelling<'s> {
    by_lower: BTreeMap<String, &'s str>,
}

impl<'s> Spelling<'s> {
    fn of(slate: &'s Slate) -> Spelling<'s> {
        let mut spelling = Spelling::default();
        for user in slate.goals.iter().flat_map(users) {
            let known = slate.roster.person(user).map(|person| person.login.as_str());
            spelling.by_lower.entry(user.to_lowercase()).or_insert(known.unwrap_or(user));
        }
        spelling
    }

    fn get<'a>(&self, user: &'a str) -> &'a str
    where
        's: 'a,
    {
        self.by_lower.get(&user.to_lowercase()).copied().unwrap_or(user)
    }

    fn all(&self) -> impl Iterator<Item = &'s str> {
        self.by_lower.values().copied()
    }
}

/// Everyone whom a goal names: point of contact, champions, owners of tasks.
fn users(goal: &Goal) -> impl Iterator<Item = &str> {
    let contact = goal.contact.iter().map(|user| user.value.as_str());
    contact.chain(champions(goal).map(|(_, user)| user)).chain(goal.owners())
}

/// The champions of a goal as it names them, each with the team.
fn champions(goal: &Goal) -> impl Iterator<Item = (&str, &str)> {
    goal.champions
        .iter()
        .filter_map(|champion| Some((champion.team.value.as_str(), champion.user.as_ref()?.value.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ConfigFiles, Disk, Project};

    /// The demonstration slate with support levels.
    pub(crate) fn slate() -> Slate {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        let project = Project::open(&root, ConfigFiles::default(), None).unwrap();
        project.read_slate(&Disk, &root.join("2026"), None).unwrap().slate
    }

    #[test]
    fn totals_are_what_the_rows_come_to() {
        let asks = asks(&slate(), &Filter::default());
        assert!(!asks.asks.is_empty());
        let of_teams = |value: fn(&TeamTotal) -> usize| asks.totals.teams.iter().map(value).sum::<usize>();
        assert_eq!(of_teams(|team| team.asks), asks.asks.len());
        assert_eq!(of_teams(|team| team.lack_champion), asks.asks.iter().filter(|ask| ask.lacks_champion).count());
        assert_eq!(of_teams(|team| team.counts.iter().map(|one| one.number).sum()), asks.asks.len());
    }
}
