//! The people of a roster: in order, so that they are found by their user names, and with an index of what else they are called.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::policy::maps::IndexMap;
use crate::text::person_index::PersonIndex;

/// A person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The GitHub user name as its owner spells it, without `@`.
    pub login: String,
    /// The display name.
    pub name: String,
}

/// People, sorted by user name in lower case: GitHub does not tell case.
#[derive(Clone, Debug, Default)]
pub(super) struct People {
    /// By the user name in lower case.
    sorted: IndexMap<String, Person>,
    /// What is asked by something else than the user name, found out when it is first asked for.
    index: OnceLock<PersonIndex>,
}

impl People {
    /// Takes people; of several with one user name that which is last in order of its spelling, and of those the last.
    pub(super) fn new(people: impl IntoIterator<Item = Person>) -> People {
        let keyed = people.into_iter().map(|person| (person.login.to_lowercase(), person));
        let mut sorted: Vec<(String, Person)> = keyed.collect();
        sorted.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.login.cmp(&other.login)));
        sorted.dedup_by(|next, kept| {
            let is_same = next.0 == kept.0;
            if is_same {
                std::mem::swap(next, kept);
            }
            is_same
        });
        People { sorted: sorted.into_iter().collect(), index: OnceLock::new() }
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Person> {
        self.sorted.values()
    }

    /// Changes the display names of all; `rename` is given each user name and display name.
    pub(super) fn rename_all(&mut self, mut rename: impl FnMut(&str, &mut String)) {
        self.index = OnceLock::new();
        self.sorted.values_mut().for_each(|person| rename(&person.login, &mut person.name));
    }

    /// Sets display names of user names, which stay as they are spelled.
    pub(super) fn set_names<'n>(&mut self, names: impl Iterator<Item = (&'n str, &'n str)>) {
        self.index = OnceLock::new();
        for (login, name) in names {
            let known = self.sorted.entry(key(login).into_owned());
            let new = || Person { login: login.to_owned(), name: String::new() };
            name.clone_into(&mut known.or_insert_with(new).name);
        }
        self.sorted.sort_unstable_keys();
    }

    /// A person by user name, in any case.
    pub(super) fn get(&self, login: &str) -> Option<&Person> {
        self.sorted.get(&*key(login))
    }

    /// The person whom the index of all finds.
    pub(super) fn find(&self, look: impl FnOnce(&PersonIndex) -> Option<usize>) -> Option<&Person> {
        let index = || PersonIndex::new(self.iter().map(|person| (person.login.as_str(), person.name.as_str())));
        let number = look(self.index.get_or_init(index))?;
        self.sorted.get_index(number).map(|(_, person)| person)
    }
}

/// A user name in lower case, as most are written.
fn key(login: &str) -> Cow<'_, str> {
    let is_lower = login.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { Cow::Borrowed(login) } else { Cow::Owned(login.to_lowercase()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(login: &str, name: &str) -> Person {
        Person { login: login.to_owned(), name: name.to_owned() }
    }

    #[test]
    fn people_are_found_in_any_case_and_of_one_name_there_is_one_person() {
        let mut people = People::new([
            person("bob", "B"),
            person("Ada", "old"),
            person("Ada", "A"),
            person("ADA", "B"),
            person("\u{c4}x", "X"),
        ]);
        assert_eq!(people.iter().map(|person| person.login.as_str()).collect::<Vec<_>>(), ["Ada", "bob", "\u{c4}x"]);
        assert_eq!(people.get("aDA"), Some(&person("Ada", "A")));
        assert_eq!(people.get("\u{e4}X"), Some(&person("\u{c4}x", "X")));
        assert_eq!(people.get("al"), None);
        people.set_names([("ada", "Ada L"), ("Al", "Al")].into_iter());
        assert_eq!(people.get("ada"), Some(&person("Ada", "Ada L")));
        assert_eq!(people.get("AL"), Some(&person("Al", "Al")));
        assert_eq!(people.find(|index| index.called("ada l")), Some(&person("Ada", "Ada L")));
    }
}
