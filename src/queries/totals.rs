//! What the asks of a slate come to: for each team, for each champion, for each person.
//!
//! They count rows that `asks` has found, and people whom the goals name.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::ask::Ask;
use super::filter::Filter;
use super::spelling::{Spelling, champions, users};
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::text::ids::FileId;
use crate::text::order::sort_by;

/// Whoever carries more goals than this carries many.
pub const MAX_GOALS: usize = 3;

/// What the asks come to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// The teams that are asked, by name.
    pub teams: Vec<TeamTotal>,
    /// The champions, those with the most goals first.
    pub champions: Vec<ChampionTotal>,
    /// Everyone who has to do with the goals, those with the most goals first.
    pub people: Vec<PersonTotal>,
}

/// What a team is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TeamTotal {
    /// The team.
    pub team: String,
    /// How many goals ask it.
    pub goals: usize,
    /// How many asks that is.
    pub asks: usize,
    /// The asks by support level, the largest first, or by kind, in the order of the period.
    pub counts: Vec<Counted>,
    /// How many of the asks have a champion of the team.
    pub with_champion: usize,
    /// How many want one and have none.
    pub lack_champion: usize,
}

/// A support level or kind of ask, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Counted {
    /// The level or ask.
    pub name: String,
    /// The same in short, as the head of a column.
    pub short: String,
    /// How often it is asked for.
    pub number: usize,
    /// Its place among the levels or asks of the period.
    #[serde(skip)]
    pub(crate) order: usize,
}

/// What a person is a champion for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ChampionTotal {
    /// The user name.
    pub user: String,
    /// The display name, where the roster has one.
    pub name: Option<String>,
    /// In how many of the goals in question they are a champion.
    pub goals: usize,
    /// For which teams, sorted.
    pub teams: Vec<String>,
    /// The asks that they answer for, by support level or kind.
    pub counts: Vec<Counted>,
    /// How many goals of the whole slate they carry, in whatever part.
    pub goals_in_all: usize,
}

/// A person's commitments in the whole slate, whatever the question was about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonTotal {
    /// The user name.
    pub user: String,
    /// The display name, where the roster has one.
    pub name: Option<String>,
    /// How many goals they carry, each counted once.
    pub goals: usize,
    /// Of how many they are the point of contact.
    pub contact: usize,
    /// Of how many they are a champion.
    pub champion: usize,
    /// In how many they own a task.
    pub owner: usize,
    /// Whether they carry more than [`MAX_GOALS`].
    pub carries_many: bool,
}

/// Totals of asks, and of the people of the goals in question.
pub(crate) fn totals(slate: &Slate, goals: &[&Goal], asks: &[Ask], filter: &Filter, spelling: &Spelling<'_>) -> Totals {
    let everyone = people(slate, spelling, filter);
    let mut involved: BTreeSet<&str> = asks.iter().filter_map(|ask| ask.champion.as_deref()).collect();
    for goal in goals {
        involved.extend(users(goal).map(|user| spelling.get(user)));
    }
    if !filter.people.is_empty() {
        involved.retain(|user| filter.names(user));
    }
    let champions = champion_totals(slate, goals, asks, filter, spelling, &everyone);
    let mut people: Vec<PersonTotal> =
        everyone.into_values().filter(|person| involved.contains(person.user.as_str())).collect();
    sort_by(&mut people, |a, b| b.goals.cmp(&a.goals).then_with(|| a.user.to_lowercase().cmp(&b.user.to_lowercase())));
    Totals { teams: team_totals(slate, asks), champions, people }
}

fn team_totals(slate: &Slate, asks: &[Ask]) -> Vec<TeamTotal> {
    let mut teams: BTreeMap<&str, Vec<&Ask>> = BTreeMap::new();
    for ask in asks {
        teams.entry(&ask.team).or_default().push(ask);
    }
    let total = |(team, asks): (&str, Vec<&Ask>)| TeamTotal {
        team: team.to_owned(),
        goals: asks.iter().map(|ask| ask.path.as_str()).collect::<BTreeSet<_>>().len(),
        asks: asks.len(),
        counts: counts(slate, &asks),
        with_champion: asks.iter().filter(|ask| ask.champion.is_some()).count(),
        lack_champion: asks.iter().filter(|ask| ask.lacks_champion).count(),
    };
    teams.into_iter().map(total).collect()
}

/// How many asks there are of each kind; what the period does not know comes last.
fn counts(slate: &Slate, asks: &[&Ask]) -> Vec<Counted> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for name in asks.iter().filter_map(|ask| ask.level.as_deref().or(ask.ask.as_deref())) {
        *numbers.entry(name).or_default() += 1;
    }
    let levels = slate.format.levels.keys().rev().map(|name| (name.as_str(), name.as_str()));
    let known = levels.chain(slate.format.asks.iter().map(|(name, ask)| (name.as_str(), ask.short.as_str())));
    let one = |name: &str, short: &str, number: usize, order: usize| Counted {
        name: name.to_owned(),
        short: short.to_owned(),
        number,
        order,
    };
    let mut counted: Vec<Counted> = Vec::new();
    for (order, (name, short)) in known.enumerate() {
        counted.extend(numbers.remove(name).map(|number| one(name, short, number, order)));
    }
    counted.extend(numbers.into_iter().map(|(name, number)| one(name, name, number, usize::MAX)));
    counted
}

fn champion_totals(
    slate: &Slate,
    goals: &[&Goal],
    asks: &[Ask],
    filter: &Filter,
    spelling: &Spelling<'_>,
    everyone: &BTreeMap<String, PersonTotal>,
) -> Vec<ChampionTotal> {
    // A champion of a team that is not asked has said yes too.
    let mut by_user: BTreeMap<&str, (BTreeSet<FileId>, BTreeSet<&str>)> = BTreeMap::new();
    for goal in goals {
        for (team, user) in champions(goal) {
            let team = slate.roster.today(team);
            if filter.wants_team(team) && (filter.people.is_empty() || filter.names(user)) {
                let (of_user, teams) = by_user.entry(spelling.get(user)).or_default();
                of_user.insert(goal.file);
                teams.insert(team);
            }
        }
    }
    let mut asks_of: BTreeMap<&str, Vec<&Ask>> = BTreeMap::new();
    for ask in asks {
        if let Some(user) = &ask.champion {
            asks_of.entry(user).or_default().push(ask);
        }
    }
    let total = |(user, (goals, teams)): (&str, (BTreeSet<FileId>, BTreeSet<&str>))| ChampionTotal {
        user: user.to_owned(),
        name: slate.roster.person(user).map(|person| person.name.clone()),
        goals: goals.len(),
        teams: teams.into_iter().map(str::to_owned).collect(),
        counts: asks_of.get(user).map_or_else(Vec::new, |asks| counts(slate, asks)),
        goals_in_all: everyone.get(user).map_or(0, |person| person.goals),
    };
    let mut totals: Vec<ChampionTotal> = by_user.into_iter().map(total).collect();
    sort_by(&mut totals, |a, b| b.goals.cmp(&a.goals).then_with(|| a.user.to_lowercase().cmp(&b.user.to_lowercase())));
    totals
}

/// What everyone carries in the slate: in the goals that may be accepted, and those whose status is asked about.
fn people(slate: &Slate, spelling: &Spelling<'_>, filter: &Filter) -> BTreeMap<String, PersonTotal> {
    let counts =
        |goal: &&Goal| Slate::may_be_accepted(goal) || (!filter.statuses.is_empty() && filter.wants_status(goal));
    let mut people: BTreeMap<String, PersonTotal> = BTreeMap::new();
    for goal in slate.goals.iter().filter(counts) {
        let contact: BTreeSet<&str> = goal.contact.iter().map(|user| spelling.get(&user.value)).collect();
        let champions: BTreeSet<&str> = champions(goal).map(|(_, user)| spelling.get(user)).collect();
        let owners: BTreeSet<&str> = goal.owners().map(|user| spelling.get(user)).collect();
        let all: BTreeSet<&str> = contact.iter().chain(&champions).chain(&owners).copied().collect();
        for user in all {
            let person = people.entry(user.to_owned()).or_insert_with(|| PersonTotal {
                user: user.to_owned(),
                name: slate.roster.person(user).map(|person| person.name.clone()),
                goals: 0,
                contact: 0,
                champion: 0,
                owner: 0,
                carries_many: false,
            });
            person.goals += 1;
            person.contact += usize::from(contact.contains(user));
            person.champion += usize::from(champions.contains(user));
            person.owner += usize::from(owners.contains(user));
            person.carries_many = person.goals > MAX_GOALS;
        }
    }
    people
}
