//! What a goal or roadmap says to those who read it by program: what is asked of whom, and who stands for it.
//!
//! It is a list of facts in no order that means anything, each in one spelling, so that two readings of a file can be compared.
//! Nearly always they say the same in the same order; only where they do not is the order taken away.

use super::goal::{Goal, Metadata, Roadmap};
use super::slate::{File, Slate};
use crate::markdown::brackets::brackets;
use crate::policy::format::Field;
use crate::text::similarity::letters;
use crate::text::user_names::users;

/// What a fact is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FactKind {
    /// What the file is.
    File,
    /// Its title.
    Title,
    /// A row of one of its tables.
    Row,
    /// A team, and what it is asked for.
    Ask,
    /// A champion with the team.
    Champion,
    /// The point of contact.
    Contact,
    /// A person or team that does work, or is named in a note.
    Person,
    /// The status.
    Status,
    /// A roadmap or flagship theme.
    Theme,
    /// A highlight.
    Highlight,
    /// What the goal needs, an owner among others.
    Need,
    /// The tracking issue.
    Issue,
    /// A comment.
    Comment,
}

/// The facts of a file, as they were read.
#[derive(Clone, Debug)]
pub(crate) struct Meaning(Vec<Fact>);

type Fact = (FactKind, String);

impl PartialEq for Meaning {
    fn eq(&self, other: &Meaning) -> bool {
        self.0 == other.0 || self.sorted() == other.sorted()
    }
}

impl Meaning {
    /// That of a file that is neither goal nor roadmap, by what it is.
    pub(crate) fn nothing(what: &str) -> Meaning {
        Meaning(vec![(FactKind::File, what.to_owned())])
    }

    /// That of a goal.
    pub(crate) fn of_goal(slate: &Slate, goal: &Goal) -> Meaning {
        let mut facts = vec![(FactKind::File, "goal".to_owned()), (FactKind::Title, letters(goal.title_text()))];
        let mut add = |kind: FactKind, fact: String| facts.push((kind, fact));
        add_metadata(slate, &goal.metadata, &mut add);
        if let Some(contact) = &goal.contact {
            add(FactKind::Contact, contact.value.to_lowercase());
        }
        for champion in &goal.champions {
            if let Some(user) = &champion.user {
                add(
                    FactKind::Champion,
                    format!("{}: {}", team(slate, &champion.team.value), user.value.to_lowercase()),
                );
            }
        }
        if let Some(status) = goal.field(Field::Status).filter(|_| goal.status.is_some()) {
            add(FactKind::Status, status.value.value.to_lowercase());
        }
        goal.themes.iter().for_each(|theme| add(FactKind::Theme, theme.value.to_lowercase()));
        if goal.needs_owner {
            add(FactKind::Need, "owner".to_owned());
        }
        for plan in &goal.plans {
            if let Some(metadata) = plan.metadata.as_ref().filter(|own| own.table != goal.metadata.table) {
                add_metadata(slate, metadata, &mut add);
            }
            let subgoal = plan.subgoal.as_ref().map_or(String::new(), |subgoal| letters(&subgoal.value));
            for task in &plan.tasks {
                add(FactKind::Row, String::new());
                for login in users(&task.notes.value) {
                    add(FactKind::Person, format!("note: {}", task.notes.value[login].to_lowercase()));
                }
                let Some(ask) = &task.ask else {
                    let owners = &task.owners.value;
                    users(owners).into_iter().for_each(|login| add(FactKind::Person, owners[login].to_lowercase()));
                    let named = brackets(owners).into_iter().filter(|one| !one.image).map(|one| &owners[one.text]);
                    let teams = named.filter(|name| slate.roster.team(name).is_some());
                    teams.for_each(|name| add(FactKind::Person, format!("team: {}", team(slate, name))));
                    continue;
                };
                let what = &task.name.value;
                let level = slate.format.level(what).map(|(_, level, _)| level);
                let known = level.or_else(|| slate.format.asks.get_key_value(what).map(|(ask, _)| ask.as_str()));
                let Some(what) = known else { continue };
                let known = ask.team_names().filter(|name| slate.roster.team(name).is_some());
                known.for_each(|name| add(FactKind::Ask, format!("{}: {what} ({subgoal})", team(slate, name))));
            }
        }
        Meaning(facts)
    }

    /// That of a roadmap.
    pub(crate) fn of_roadmap(slate: &Slate, roadmap: &Roadmap) -> Meaning {
        let title = roadmap.title.as_ref().map_or("", |title| title.value.as_str());
        let mut facts = vec![(FactKind::File, "roadmap".to_owned()), (FactKind::Title, letters(title))];
        add_metadata(slate, &roadmap.metadata, &mut |kind, fact| facts.push((kind, fact)));
        Meaning(facts)
    }

    /// With the comments of the file.
    pub(crate) fn with_comments(mut self, file: &File) -> Meaning {
        let comments = file.document.comments.iter().map(|comment| file.source.slice(comment.span));
        self.0.extend(comments.map(|text| (FactKind::Comment, text.chars().filter(|c| !c.is_control()).collect())));
        self
    }

    /// The facts in an order of their own.
    fn sorted(&self) -> Vec<&Fact> {
        let mut facts: Vec<&Fact> = self.0.iter().collect();
        facts.sort_unstable();
        // To say twice that a goal needs or is something says no more.
        facts.dedup_by(|a, b| a == b && matches!(a.0, FactKind::Need | FactKind::Theme | FactKind::Highlight));
        facts
    }

    /// Whether another reading says the same, or more where `may_grow` allows it, but for what is `ignored`.
    pub(crate) fn allows(
        &self,
        other: &Meaning,
        may_grow: impl Fn(FactKind) -> bool,
        ignored: impl Fn(FactKind) -> bool,
    ) -> bool {
        let mut before = self.sorted().into_iter().filter(|(kind, _)| !ignored(*kind)).peekable();
        for fact in other.sorted().into_iter().filter(|(kind, _)| !ignored(*kind)) {
            match before.peek() {
                Some(known) if *known == fact => drop(before.next()),
                // One that is not there any more comes before what follows it.
                Some(known) if *known < fact => return false,
                _ if may_grow(fact.0) => {}
                _ => return false,
            }
        }
        before.next().is_none()
    }

    /// How many facts of a kind there are.
    pub(crate) fn count(&self, kind: FactKind) -> usize {
        self.0.iter().filter(|(known, _)| *known == kind).count()
    }
}

fn add_metadata(slate: &Slate, metadata: &Metadata, add: &mut impl FnMut(FactKind, String)) {
    for row in &metadata.rows {
        add(FactKind::Row, String::new());
        let value = &row.value.value;
        match row.field {
            _ if value.is_empty() => {}
            Some(Field::Highlight) => add(FactKind::Highlight, value.to_lowercase()),
            Some(Field::Need) if is_known_value(slate, &row.name.value, value) => {
                add(FactKind::Need, value.to_lowercase());
            }
            Some(Field::TrackingIssue) if value.starts_with('[') && value.ends_with(']') => {
                add(FactKind::Issue, value.to_lowercase());
            }
            _ => {}
        }
    }
}

fn is_known_value(slate: &Slate, row: &str, value: &str) -> bool {
    slate.format.row(row).is_some_and(|(known, _)| known.values.contains_key(value))
}

fn team<'s>(slate: &'s Slate, name: &'s str) -> &'s str {
    slate.roster.today(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meaning(facts: &[(FactKind, &str)]) -> Meaning {
        Meaning(facts.iter().map(|(kind, fact)| (*kind, (*fact).to_owned())).collect())
    }

    #[test]
    fn order_says_nothing_and_a_need_is_said_once() {
        use FactKind::{Ask, Need, Row};
        assert_eq!(meaning(&[(Ask, "lang"), (Row, "")]), meaning(&[(Row, ""), (Ask, "lang")]));
        assert_eq!(meaning(&[(Need, "owner"), (Row, ""), (Need, "owner")]), meaning(&[(Need, "owner"), (Row, "")]));
        assert_ne!(meaning(&[(Row, ""), (Row, "")]), meaning(&[(Row, "")]));
    }

    #[test]
    fn only_what_may_grow_grows_and_nothing_goes() {
        use FactKind::{Ask, Contact, Row};
        let before = meaning(&[(Ask, "lang"), (Contact, "hanae"), (Row, ""), (Row, "")]);
        let more = meaning(&[(Ask, "cargo"), (Ask, "lang"), (Contact, "hanae"), (Row, ""), (Row, "")]);
        let grows = |kind: FactKind| kind == Ask;
        assert!(before.allows(&before, |_| false, |_| false));
        assert!(before.allows(&more, grows, |_| false));
        assert!(!before.allows(&more, |_| false, |_| false));
        assert!(!more.allows(&before, grows, |_| false), "an ask is gone");
        let other = meaning(&[(Ask, "cargo"), (Contact, "hanae"), (Row, ""), (Row, "")]);
        assert!(!before.allows(&other, grows, |_| false), "an ask is replaced");
        let shorter = meaning(&[(Ask, "lang"), (Contact, "hanae"), (Row, "")]);
        assert!(!before.allows(&shorter, grows, |_| false));
        assert!(before.allows(&shorter, grows, |kind| kind == Row));
    }
}
