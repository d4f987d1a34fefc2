//! What is looked up in a roster again and again by something else than its keys, found out when it is first asked for.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::text::similarity::normalize;

/// Names of a roster; one that changes begins with none.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    of_today: OnceLock<Vec<String>>,
    display: OnceLock<Unique>,
    one_word: OnceLock<Unique>,
}

/// Keys by another name; none for a name that several have.
type Unique = HashMap<String, Option<String>>;

impl Names {
    /// The names of today's teams, as `read` tells them.
    pub(super) fn of_today(&self, read: impl FnOnce() -> Vec<String>) -> &[String] {
        self.of_today.get_or_init(read)
    }

    /// The key of the one person with a display name, in any case. `people` are keys, each with the display name.
    pub(super) fn called<'p>(&self, people: impl Iterator<Item = (&'p str, &'p str)>, name: &str) -> Option<&str> {
        let display = || unique(people.map(|(key, name)| (key, name.to_ascii_lowercase())));
        self.display.get_or_init(display).get(&name.to_ascii_lowercase())?.as_deref()
    }

    /// The same of those with a display name of several words, written as one, whatever its case and hyphens.
    pub(super) fn called_in_one_word<'p>(
        &self,
        people: impl Iterator<Item = (&'p str, &'p str)>,
        name: &str,
    ) -> Option<&str> {
        let several = people.filter(|(_, name)| name.contains(' '));
        let one_word = || unique(several.map(|(key, name)| (key, normalize(name))));
        self.one_word.get_or_init(one_word).get(&normalize(name))?.as_deref()
    }
}

fn unique<'p>(people: impl Iterator<Item = (&'p str, String)>) -> Unique {
    let mut unique = Unique::new();
    for (key, name) in people {
        unique.entry(name).and_modify(|one| *one = None).or_insert_with(|| Some(key.to_owned()));
    }
    unique
}
