//! Which team was meant by a name that no team has.

use super::{Known, Roster};
use crate::text::similarity::{did_you_mean, find_ignoring_case};

/// The team that a name was meant to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TeamMatch<'r> {
    /// Its name of today.
    pub name: &'r str,
    /// Whether nothing else can have been meant: case, and the words that people put around a team's name.
    pub certain: bool,
}

/// What people put before a team's name, in lower case.
const BEFORE: &[&str] = &["@", "#", "rust-lang/", "rust/", "t-", "team-", "the-"];
/// What people append to it, in lower case.
const SUFFIXES: &[&str] = &["-team", "-teams", "-wg", "-group"];
/// The fewest letters that are an abbreviation of a name's words.
const MIN_INITIALS: usize = 2;
/// The shortest team name that a longer word is taken for.
const MIN_STEM: usize = 4;

impl Roster {
    /// The team that `written` was meant to be, or none if nothing is near enough to be meant.
    pub(crate) fn resolve(&self, written: &str) -> Option<TeamMatch<'_>> {
        if let Some(name) = find_ignoring_case(written, self.team_names()) {
            return Some(TeamMatch { name, certain: true });
        }
        let plain: String = written.trim_matches(['*', '_', '`', '~', ' ', '[', ']', ',', ':', '!']).to_lowercase();
        let plain = plain.replace(['.', '_', ' '], "-");
        let bare = bare(&plain);
        for name in [plain.as_str(), bare] {
            if let Some((name, _)) = self.teams.get_key_value(name)
                && self.is_of_today(name)
            {
                return Some(TeamMatch { name, certain: true });
            }
        }
        let probably = |name| Some(TeamMatch { name, certain: false });
        // Today's name of an old one, and the teams of other kinds by name (`wg-async`).
        if let Some(Known::Renamed { today } | Known::Merged { into: today, .. }) = self.team(bare) {
            return probably(today);
        }
        let kinds = ["wg-", "project-"].map(|kind| format!("{kind}{bare}"));
        let of_kind = kinds.iter().find_map(|name| self.teams.get_key_value(name.as_str()));
        let near = of_kind.map(|(name, _)| name.as_str()).filter(|name| self.is_of_today(name));
        let near = near.or_else(|| did_you_mean(bare, self.team_names()));
        let old = || did_you_mean(bare, self.renamed.keys().map(String::as_str)).map(|old| self.today(old));
        let near = near.or_else(|| self.by_initials(bare)).or_else(old).or_else(|| self.by_stem(bare));
        near.and_then(probably)
    }

    /// `lc` is the leadership council, as long as no other team has these initials. Parts of teams, such as
    /// `libs-contributors`, are called by their whole name.
    fn by_initials(&self, written: &str) -> Option<&str> {
        let initials = |name: &str| name.split('-').filter_map(|word| word.chars().next()).collect::<String>();
        let is_part = |name: &str| name.split_once('-').is_some_and(|(whole, _)| self.teams.contains_key(whole));
        let mut found = self.team_names().filter(|name| initials(name) == written && !is_part(name));
        let first = found.next().filter(|_| written.len() >= MIN_INITIALS)?;
        found.next().is_none().then_some(first)
    }

    /// `language` is the team `lang`: the longest name with which the word begins.
    fn by_stem(&self, written: &str) -> Option<&str> {
        let stems = self.team_names().filter(|name| name.len() >= MIN_STEM && written.starts_with(*name));
        stems.max_by_key(|name| name.len())
    }
}

/// A name in lower case without what people put around it.
fn bare(plain: &str) -> &str {
    let mut bare = plain;
    while let Some(rest) = BEFORE.iter().find_map(|before| bare.strip_prefix(before)).filter(|rest| !rest.is_empty()) {
        bare = rest;
    }
    SUFFIXES.iter().find_map(|after| bare.strip_suffix(after)).filter(|rest| !rest.is_empty()).unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_understood_as_people_write_them() {
        let roster = Roster::built_in().unwrap();
        let certain = |written| roster.resolve(written).filter(|meant| meant.certain).map(|meant| meant.name);
        let written = ["Lang", "T-lang", "lang-team", "lang team", "Lang Team", "rust-lang/lang", "@rust-lang/lang"];
        for written in written {
            assert_eq!(certain(written), Some("lang"), "{written}");
        }
        assert_eq!(certain("crates.io"), Some("crates-io"));
        assert_eq!(certain("lang_docs"), Some("lang-docs"));
        assert_eq!(certain("complier"), None);
        let meant = |written| roster.resolve(written).map(|meant| meant.name);
        assert_eq!(meant("LC"), Some("leadership-council"));
        assert_eq!(meant("complier"), Some("compiler"));
        assert_eq!(meant("T-libs-api"), Some("libs"), "it was merged");
        assert_eq!(meant("language"), Some("lang"));
        assert_eq!(meant("xyzzy"), None);
        assert_eq!(meant(""), None);
        assert_eq!(meant("-"), None);
    }
}
