//! The rows of metadata tables: what each is, and which one a name means.

use std::ops::Deref;
use std::sync::OnceLock;

use serde::Deserialize;

use super::table_kind::TableKind;
use crate::policy::maps::IndexMap;

/// A metadata row.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowFormat {
    /// What the program reads from the row, if anything.
    pub field: Option<Field>,
    /// What pages of the site read from the row, if anything.
    pub site: Option<SiteField>,
    /// The directive that is its only valid value.
    pub placeholder: Option<String>,
    /// The valid values. Default: any.
    #[serde(default)]
    pub values: IndexMap<String, ValueFormat>,
    /// Whether the value is a year, or the first and last of several.
    #[serde(default)]
    pub years: bool,
    /// The suffix of the repository that the issue has to be in.
    pub repository: Option<String>,
    /// Former names of the row.
    #[serde(default)]
    pub formerly: Vec<String>,
    /// Other names of the row, oldest first. Each slate uses one of its names.
    #[serde(default)]
    pub also: Vec<String>,
    /// Whether the name is read in exactly this case only.
    #[serde(default)]
    pub exact: bool,
    /// Whether the row may be repeated.
    #[serde(default)]
    pub many: bool,
    /// When the row is required.
    #[serde(default)]
    pub required: Required,
    /// Whether it is a later period's row that old slates were given.
    #[serde(skip)]
    pub later: bool,
}

/// A value of a row.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ValueFormat {
    /// Whether the goal is looking for an owner.
    #[serde(default)]
    pub needs_owner: bool,
    /// The tables that say more about it, in which a goal can have such a need without the row.
    pub table: Option<TableKind>,
}

/// What the program reads from a metadata row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Field {
    /// The name in the team tables.
    ShortTitle,
    /// The point of contact: a single user.
    Contact,
    /// The status.
    Status,
    /// The tracking issue.
    TrackingIssue,
    /// The champion of the team in the row's name.
    Champion,
    /// A theme or roadmap of the goal. A goal that has one is a flagship goal.
    Theme,
    /// What the goal needs.
    Need,
    /// A highlight of the RFC that includes the goal.
    Highlight,
    /// The goal in one line.
    WhatAndWhy,
    /// An application area.
    Area,
}

/// What pages of the site read from a metadata row that is nothing to the RFC.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SiteField {
    /// The years that the goal takes.
    Timespan,
    /// Who is to be asked about its funding.
    FundingContact,
}

/// When something is required.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Required {
    /// Never.
    #[default]
    Never,
    /// In all goals.
    Always,
    /// In all goals, if one goal of the slate has it. Slates that were migrated to a newer layout have none.
    WhenUsed,
    /// In goals that are or may still be accepted.
    UnlessNotAccepted,
    /// In accepted goals.
    WhenAccepted,
}

/// Rows by name, in order. `[team]` in a name is a placeholder for any team in brackets.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Rows {
    rows: IndexMap<String, RowFormat>,
    /// Found out when the first name is looked up.
    #[serde(skip)]
    names: OnceLock<Names>,
}

/// The names of rows, to look one up without comparing it with all: every name of a table that may be metadata is.
#[derive(Clone, Debug, Default)]
struct Names {
    /// By their length in bytes; first what rows are called, then other names, both in the order of the rows.
    by_length: Vec<Vec<Name>>,
    /// Those with a team in them.
    patterns: Vec<Pattern>,
}

/// A name of a row.
#[derive(Clone, Copy, Debug)]
struct Name {
    /// The place of the row.
    row: usize,
    /// The place among its other names, if it is one of these.
    other: Option<usize>,
}

/// A name with the placeholder of a team.
#[derive(Clone, Copy, Debug)]
struct Pattern {
    /// The place of the row.
    row: usize,
    /// Where the placeholder begins, in bytes.
    before: usize,
    /// Where it ends.
    after: usize,
}

impl Rows {
    /// The row of this name, in any case, and its name in the slate.
    pub fn named(&self, name: &str) -> Option<(&str, &RowFormat)> {
        let candidates = self.names().by_length.get(name.len())?;
        let mut with_rows = candidates.iter().filter_map(|one| Some((one, self.rows.get_index(one.row)?)));
        let is_exact = |one: &Name, known: &str| one.other.is_none() && known == name;
        let is_name = |one: &Name, known: &str, row: &RowFormat| {
            let called = one.other.map_or(known, |other| row.also[other].as_str());
            !row.exact && called.eq_ignore_ascii_case(name)
        };
        let exact = with_rows.clone().find(|(one, (known, _))| is_exact(one, known));
        let found = exact.or_else(|| with_rows.find(|(one, (known, row))| is_name(one, known, row)));
        found.map(|(_, (known, row))| (known.as_str(), row))
    }

    /// The row that a name means, in any case: the name or the pattern that it has in this slate, what it is, and the team in the
    /// name where the pattern has one.
    pub(super) fn meant<'n>(&self, name: &'n str) -> Option<(&str, &RowFormat, Option<&'n str>)> {
        if let Some((known, row)) = self.named(name) {
            // The placeholder itself is no team; to see that no bracket is there costs less than to look for it.
            let is_pattern = known.contains('[') && known.contains(TEAM);
            return (!is_pattern).then_some((known, row, None));
        }
        // Most names have no team in them.
        if !name.contains('[') {
            return None;
        }
        self.names().patterns.iter().find_map(|pattern| {
            let (known, row) = self.rows.get_index(pattern.row)?;
            let team = team_in(&known[..pattern.before], &known[pattern.after..], name)?;
            Some((known.as_str(), row, Some(team)))
        })
    }

    /// Adds a row behind the others.
    pub(super) fn insert(&mut self, name: String, row: RowFormat) {
        self.names = OnceLock::new();
        self.rows.insert(name, row);
    }

    /// Reads every row in any letter case.
    pub(crate) fn ignore_case(&mut self) {
        self.names = OnceLock::new();
        self.rows.values_mut().for_each(|row| row.exact = false);
    }

    /// Gives each row that has several names the one that a slate uses: the most used one, among equals the newest. `uses`
    /// tells in how many places a name is used.
    pub(super) fn use_names(&mut self, uses: impl Fn(&str) -> usize) {
        if self.rows.values().all(|row| row.also.is_empty()) {
            return;
        }
        let renamed = std::mem::take(&mut self.rows).into_iter().map(|(name, row)| used_name(name, row, &uses));
        *self = Rows { rows: renamed.collect(), names: OnceLock::new() };
    }

    fn names(&self) -> &Names {
        self.names.get_or_init(|| {
            let mut names = Names::default();
            let mut add = |name: &str, one: Name| {
                if names.by_length.len() <= name.len() {
                    names.by_length.resize_with(name.len() + 1, Vec::new);
                }
                names.by_length[name.len()].push(one);
            };
            for (row, name) in self.rows.keys().enumerate() {
                add(name, Name { row, other: None });
            }
            for (row, format) in self.rows.values().enumerate() {
                let others = format.also.iter().enumerate();
                others.for_each(|(other, name)| add(name, Name { row, other: Some(other) }));
            }
            names.patterns = self
                .rows
                .keys()
                .enumerate()
                .filter_map(|(row, name)| {
                    let before = name.find(TEAM)?;
                    Some(Pattern { row, before, after: before + TEAM.len() })
                })
                .collect();
            names
        })
    }
}

impl Deref for Rows {
    type Target = IndexMap<String, RowFormat>;

    fn deref(&self) -> &Self::Target {
        &self.rows
    }
}

impl<'r> IntoIterator for &'r Rows {
    type Item = (&'r String, &'r RowFormat);
    type IntoIter = indexmap::map::Iter<'r, String, RowFormat>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

/// A row with the name of it that is used most. Its other names stay in their order.
fn used_name(name: String, row: RowFormat, uses: impl Fn(&str) -> usize) -> (String, RowFormat) {
    if row.also.is_empty() {
        return (name, row);
    }
    let names = if row.also.contains(&name) { row.also } else { [vec![name.clone()], row.also].concat() };
    let used = names.iter().enumerate().map(|(place, name)| (uses(name), place));
    let used = used.max().filter(|(uses, _)| *uses > 0).map_or(0, |(_, place)| place);
    (names[used].clone(), RowFormat { also: names, ..row })
}

/// The placeholder for the name of any team in the name of a row.
const TEAM: &str = "[team]";

/// The team in a row's name, if the rest of it is what stands before and after the placeholder.
fn team_in<'n>(before: &str, after: &str, name: &'n str) -> Option<&'n str> {
    let (start, rest) = name.split_at_checked(before.len())?;
    let (team, end) = rest.split_at_checked(rest.len().checked_sub(after.len())?)?;
    if !start.eq_ignore_ascii_case(before) || !end.eq_ignore_ascii_case(after) {
        return None;
    }
    let team = team.strip_prefix('[')?.strip_suffix(']')?;
    let team = team.strip_suffix("][").unwrap_or(team);
    (!team.is_empty() && !team.contains(['[', ']'])).then_some(team)
}
