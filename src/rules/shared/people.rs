//! People by what they are called.

use std::collections::HashMap;

use crate::policy::roster::{Person, Roster};

/// The people of a roster by their display names, in lower case; none for a name that several have.
pub(crate) fn by_name(roster: &Roster) -> HashMap<String, Option<&Person>> {
    let mut people = HashMap::new();
    for person in roster.people() {
        let name = person.name.to_ascii_lowercase();
        people.entry(name).and_modify(|one| *one = None).or_insert(Some(person));
    }
    people
}
