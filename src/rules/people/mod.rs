//! Rules about users: contacts, champions, owners.

pub(crate) mod conflicting_user;
pub(crate) mod inconsistent_spelling;
pub(crate) mod malformed_champion;
pub(crate) mod malformed_contact;
pub(crate) mod malformed_user;
pub(crate) mod misplaced_person;
pub(crate) mod missing_champion;
pub(crate) mod nonmember_champion;
pub(crate) mod unasked_champion;
pub(crate) mod unknown_person;
pub(crate) mod unmarked_user;
pub(crate) mod unseparated_users;
