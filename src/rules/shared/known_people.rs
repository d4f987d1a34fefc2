//! People of the roster by what they are called.

use crate::model::slate::Slate;
use crate::text::user_names::is_surely_login;

/// The one person of the roster who is called so, by user name or display name.
pub(crate) fn person<'s>(slate: &'s Slate, value: &str) -> Option<&'s str> {
    let value = value.trim_start_matches('@');
    if let Some(person) = slate.roster.person(value) {
        return Some(&person.login);
    }
    slate.roster.called(value).map(|person| person.login.as_str())
}

/// Whether a value that names a user without `@` can mean nobody else: a display name in several words, or what is no other
/// word.
pub(crate) fn is_surely_meant(value: &str, user: &str) -> bool {
    value.contains(' ') || is_surely_login(value, user)
}

/// What to write if a user is meant who may not be.
pub(crate) fn if_meant(slate: &Slate, user: &str) -> String {
    let name = slate.roster.person(user).map(|person| person.name.as_str());
    match name.filter(|name| !name.is_empty() && *name != user) {
        Some(name) => format!("if {name} is meant, use `@{user}`"),
        None => format!("if `@{user}` is meant, add the `@`"),
    }
}
