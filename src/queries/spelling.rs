//! The users of a slate, each under one spelling.

use std::collections::BTreeMap;

use crate::model::goal::Goal;
use crate::model::slate::Slate;

/// The users of a slate under one spelling each: as the roster spells them, else as the slate does first.
#[derive(Debug, Default)]
pub(crate) struct Spelling<'s> {
    by_lower: BTreeMap<String, &'s str>,
}

impl<'s> Spelling<'s> {
    pub(crate) fn of(slate: &'s Slate) -> Spelling<'s> {
        let mut spelling = Spelling::default();
        for user in slate.goals.iter().flat_map(users) {
            let known = slate.roster.person(user).map(|person| person.login.as_str());
            spelling.by_lower.entry(user.to_lowercase()).or_insert(known.unwrap_or(user));
        }
        spelling
    }

    pub(crate) fn get<'a>(&self, user: &'a str) -> &'a str
    where
        's: 'a,
    {
        self.by_lower.get(&user.to_lowercase()).copied().unwrap_or(user)
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &'s str> {
        self.by_lower.values().copied()
    }
}

/// Everyone whom a goal names: point of contact, champions, owners of tasks.
pub(crate) fn users(goal: &Goal) -> impl Iterator<Item = &str> {
    let contact = goal.contact.iter().map(|user| user.value.as_str());
    contact.chain(champions(goal).map(|(_, user)| user)).chain(goal.owners())
}

/// The champions of a goal as it names them, each with the team.
pub(crate) fn champions(goal: &Goal) -> impl Iterator<Item = (&str, &str)> {
    goal.champions
        .iter()
        .filter_map(|champion| Some((champion.team.value.as_str(), champion.user.as_ref()?.value.as_str())))
}
