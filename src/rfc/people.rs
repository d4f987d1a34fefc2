//! `@user` as a link on a person's name.

use std::collections::BTreeMap;

use hashbrown::HashSet;

use super::hidden::visible_value;
use crate::markdown::escape::escape_text;
use crate::markdown::label::normalize_label;
use crate::policy::config::Config;
use crate::policy::roster::Roster;

/// The people of a document, each with the label of a definition.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// By user name in lower case.
    known: BTreeMap<String, Person>,
}

#[derive(Debug)]
struct Person {
    /// The user name as the document spells it; of two spellings the first in byte order.
    login: String,
    name: String,
    /// The name without escapes.
    plain: String,
    label: String,
    /// What a user name becomes.
    link: String,
}

impl People {
    /// Gives every known user of a document a label. `logins` are all users that the document names, `taken` the labels that
    /// something else in it has, in their normal form.
    pub(crate) fn new<'a>(
        logins: impl IntoIterator<Item = &'a str>,
        roster: &Roster,
        config: &Config,
        taken: impl Fn(&str) -> bool,
    ) -> People {
        let mut people = People::default();
        for login in logins {
            let known = login.to_ascii_lowercase();
            if let Some(person) = people.known.get_mut(&known) {
                if login < person.login.as_str() {
                    login.clone_into(&mut person.login);
                }
                continue;
            }
            let ignored =
                config.ignore_users.iter().any(|user| user.trim_start_matches('@').eq_ignore_ascii_case(login));
            let Some(person) = roster.person(login).filter(|_| !ignored) else { continue };
            let visible = visible_value(&person.name);
            let name = if visible.trim().is_empty() { login } else { &*visible };
            let person = Person {
                login: login.to_owned(),
                name: escape_text(name),
                plain: name.to_owned(),
                label: String::new(),
                link: String::new(),
            };
            people.known.insert(known, person);
        }
        let mut labels: HashSet<String> = HashSet::new();
        for person in people.known.values_mut() {
            let normal = normalize_label(&person.name);
            // Two people may have one name, and a name may be a team's.
            person.label = if labels.contains(&normal) || taken(&normal) {
                format!("{} (@{})", person.name, person.login)
            } else {
                person.name.clone()
            };
            let label = if person.label == person.name { "" } else { &person.label };
            person.link = format!("[{}][{label}]", person.name);
            labels.insert(normalize_label(&person.label));
        }
        people
    }

    /// The link for a user; `None` for one who stays plain text.
    pub(crate) fn link(&self, login: &str) -> Option<&str> {
        self.known.get(&login.to_ascii_lowercase()).map(|person| person.link.as_str())
    }

    /// The name for a user, without its escapes.
    pub(crate) fn name(&self, login: &str) -> Option<&str> {
        self.known.get(&login.to_ascii_lowercase()).map(|person| person.plain.as_str())
    }

    /// Label and address of each person's definition.
    pub(crate) fn definitions(&self) -> impl Iterator<Item = (String, String)> {
        self.known.values().map(|person| (person.label.clone(), format!("https://github.com/{}", person.login)))
    }
}
