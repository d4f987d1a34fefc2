//! What changed in the goals and asks of a slate between two states of it.
//!
//! Goals are compared by what is read from them, so that a table that is laid out anew, a paragraph that moved, or a team that the
//! roster calls otherwise is no change. Which goals of the two states are one, `goals` says, and which asks, `asks`.

mod asks;
mod change;
mod goals;

use std::collections::{BTreeMap, BTreeSet};

use self::asks::{AskRow, ask_rows, compare_asks};
pub use self::change::{Change, ChangeKind, Changes};
use self::goals::{Pairing, pair};
use super::filter::status_of;
use super::pages::address;
use super::spelling::{Spelling, champions};
use crate::markdown::shown::{comparable, shown};
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::text::order::sort_by;

/// A state of a slate, with what is asked of it again and again.
struct State<'s> {
    slate: &'s Slate,
    spelling: Spelling<'s>,
}

/// What changed from one state of a slate to another. `since` is what the first one is called; `teams` are those that are asked
/// about, if not all are.
pub fn changes(old: &Slate, new: &Slate, since: &str, teams: &[String]) -> Changes {
    let states = [old, new].map(|slate| State { slate, spelling: Spelling::of(slate) });
    let [before, now] = &states;
    let Pairing { both, added, removed, unreadable } = pair(old, new);
    let mut found = Vec::new();
    found.extend(added.iter().map(|goal| now.whole(ChangeKind::NewGoal, goal)));
    found.extend(removed.iter().map(|goal| before.whole(ChangeKind::RemovedGoal, goal)));
    for (was, is) in both {
        compare(before, was, now, is, &mut found);
    }
    found.retain(|change| teams.is_empty() || change.teams.iter().any(|team| teams.contains(team)));
    sort_by(&mut found, |a, b| order(a).cmp(&order(b)));
    Changes { slate: new.name.clone(), since: since.to_owned(), changes: found, unreadable }
}

/// Where a change stands among the others: goals by what happened to them, then asks by team.
fn order(change: &Change) -> (Option<(&[String], &str)>, ChangeKind, &str) {
    let of_ask = (!change.kind.is_of_goal()).then_some((change.teams.as_slice(), change.path.as_str()));
    (of_ask, change.kind, &change.path)
}

impl State<'_> {
    /// The path of a goal's file.
    fn path(&self, goal: &Goal) -> &str {
        self.slate.file_of(goal).source.path()
    }

    /// The teams that a goal asks, by today's names.
    fn teams(&self, goal: &Goal) -> BTreeSet<String> {
        goal.teams().into_iter().map(|team| self.slate.roster.today(team).to_owned()).collect()
    }

    /// The champions of a goal by team.
    fn champions(&self, goal: &Goal) -> BTreeMap<String, String> {
        let of_team =
            |(team, user): (&str, &str)| (self.slate.roster.today(team).to_owned(), self.spelling.get(user).to_owned());
        // Of several rows of a team the first counts, which is put in last.
        let all: Vec<(String, String)> = champions(goal).map(of_team).collect();
        all.into_iter().rev().collect()
    }

    /// A goal that came or went, with all that it asks.
    fn whole(&self, kind: ChangeKind, goal: &Goal) -> Change {
        let champions = self.champions(goal);
        let ask = |row: &AskRow| {
            let champion = champions.get(&row.team).map_or_else(String::new, |user| format!(" (@{user})"));
            format!("{}: {}{champion}", row.team, row.kind)
        };
        let asks = ask_rows(self.slate, goal).iter().map(ask).collect::<Vec<_>>().join(", ");
        let asks = Some(asks).filter(|asks| !asks.is_empty());
        let (before, now) = if kind == ChangeKind::NewGoal { (None, asks) } else { (asks, None) };
        let url = address(self.slate, goal.file).filter(|_| kind == ChangeKind::NewGoal);
        Change {
            kind,
            teams: self.teams(goal).into_iter().collect(),
            goal: goal.title_text().to_owned(),
            before,
            now,
            path: self.path(goal).to_owned(),
            url,
        }
    }
}

/// Finds what changed of a goal that both states have.
fn compare(before: &State<'_>, was: &Goal, now: &State<'_>, is: &Goal, found: &mut Vec<Change>) {
    let change = |kind: ChangeKind, teams: Vec<String>, before: Option<String>, after: Option<String>| Change {
        kind,
        teams,
        goal: is.title_text().to_owned(),
        before,
        now: after,
        path: now.path(is).to_owned(),
        url: address(now.slate, is.file),
    };
    let of_goal = |kind: ChangeKind, old: Option<String>, new: Option<String>| {
        let teams = before.teams(was).union(&now.teams(is)).cloned().collect();
        change(kind, teams, old, new)
    };
    let (title_was, title_is) = (was.title_text(), is.title_text());
    if comparable(&shown(title_was)) != comparable(&shown(title_is)) {
        found.push(of_goal(ChangeKind::RenamedGoal, Some(title_was.to_owned()), Some(title_is.to_owned())));
    } else if before.path(was) != now.path(is) {
        let file = |state: &State<'_>, goal: &Goal| Some(format!("`{}`", state.slate.page_of(goal.file)));
        found.push(of_goal(ChangeKind::RenamedGoal, file(before, was), file(now, is)));
    }
    let (status_was, status_is) = (status_of(was), status_of(is));
    if !status_was.eq_ignore_ascii_case(status_is) {
        found.push(of_goal(ChangeKind::Status, some(status_was), some(status_is)));
    }
    let contact = |state: &State<'_>, goal: &Goal| {
        goal.contact.as_ref().map(|user| format!("@{}", state.spelling.get(&user.value)))
    };
    let (contact_was, contact_is) = (contact(before, was), contact(now, is));
    if !same_user(contact_was.as_ref(), contact_is.as_ref()) {
        found.push(of_goal(ChangeKind::Contact, contact_was, contact_is));
    }
    let mut new_or_gone = BTreeSet::new();
    compare_asks(&ask_rows(before.slate, was), &ask_rows(now.slate, is), |kind, team, old, new| {
        if matches!(kind, ChangeKind::NewAsk | ChangeKind::RemovedAsk) {
            new_or_gone.insert(team.to_owned());
        }
        found.push(change(kind, vec![team.to_owned()], old, new));
    });
    let (champions_were, champions_are) = (before.champions(was), now.champions(is));
    let teams: BTreeSet<&String> = champions_were.keys().chain(champions_are.keys()).collect();
    for team in teams {
        let user = |of: &BTreeMap<String, String>| of.get(team).map(|user| format!("@{user}"));
        let (old, new) = (user(&champions_were), user(&champions_are));
        if same_user(old.as_ref(), new.as_ref()) {
            continue;
        }
        // Who came or went with an ask belongs to it.
        let with_ask = new_or_gone.contains(team).then(|| {
            let is_it = |one: &&mut Change| {
                matches!(one.kind, ChangeKind::NewAsk | ChangeKind::RemovedAsk)
                    && one.path == now.path(is)
                    && one.teams.contains(team)
            };
            found.iter_mut().find(is_it)
        });
        match with_ask.flatten() {
            Some(ask) if ask.kind == ChangeKind::NewAsk && old.is_none() => append(&mut ask.now, new),
            Some(ask) if ask.kind == ChangeKind::RemovedAsk && new.is_none() => append(&mut ask.before, old),
            _ => found.push(change(ChangeKind::Champion, vec![team.clone()], old, new)),
        }
    }
}

/// Adds a champion to what an ask says.
fn append(text: &mut Option<String>, champion: Option<String>) {
    if let (Some(text), Some(champion)) = (text, champion) {
        text.push_str(&format!(" ({champion})"));
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn same_user(one: Option<&String>, other: Option<&String>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
        (one, other) => one == other,
    }
}
