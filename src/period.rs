//! Periods: their names, and the format of each as data from `rules/periods/*.toml` and `[periods]` of `goals.toml`.
//!
//! Code knows formats only as [`Format`]; nothing in the crate asks which period it is.

use std::fmt;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Table;

use crate::config::{Config, describe};
use crate::failure::Failure;
use crate::source::Span;

/// A period's name: a year, and the half of it where there are two (`2025h1`, `2026`). Ordered by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodName {
    year: u16,
    /// 0 where the period is a whole year.
    half: u8,
}

impl PeriodName {
    /// Reads four digits, then nothing, `h1` or `h2` in any case.
    pub fn parse(name: &str) -> Option<PeriodName> {
        let (year, half) = (name.get(..4)?, name.get(4..)?);
        let year = if year.bytes().all(|byte| byte.is_ascii_digit()) { year.parse().ok()? } else { return None };
        let half = match half {
            "" => 0,
            "h1" | "H1" => 1,
            "h2" | "H2" => 2,
            _ => return None,
        };
        Some(PeriodName { year, half })
    }
}

impl fmt::Display for PeriodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
        if self.half > 0 { write!(f, "h{}", self.half) } else { Ok(()) }
    }
}

/// One period's format, as a file of `rules/periods/` states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Format {
    /// The metadata table.
    pub metadata: MetadataFormat,
    /// The statuses a goal may have.
    pub statuses: IndexMap<String, Status>,
    /// The sections of a goal that mean something, in their order.
    pub sections: IndexMap<String, SectionFormat>,
    /// The tables in which teams are asked.
    pub ask_table: AskTableFormat,
    /// What a team can be asked for, in the order of the columns.
    pub asks: IndexMap<String, AskFormat>,
    /// What the RFC looks like.
    pub rfc: RfcFormat,
    /// The directives of templates and pages.
    pub directives: IndexMap<String, DirectiveKind>,
}

/// The metadata table of a goal.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MetadataFormat {
    /// The header's cells.
    pub header: Vec<String>,
    /// The rows that are known, by name.
    pub rows: IndexMap<String, RowFormat>,
}

/// One metadata row.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowFormat {
    /// What the program reads from it, if anything.
    pub fact: Option<Fact>,
    /// The directive that has to be its value.
    pub placeholder: Option<String>,
    /// When a goal must have it.
    #[serde(default)]
    pub required: Required,
}

/// What the program reads from a metadata row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The name that the team tables use.
    ShortTitle,
    /// The point of contact, one user.
    Contact,
    /// The status.
    Status,
    /// The tracking issue.
    TrackingIssue,
}

/// When something must be there.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Required {
    /// It need not.
    #[default]
    Never,
    /// In every goal.
    Always,
    /// In every goal, as soon as one goal of the slate has it: slates that were moved to a newer layout have none.
    WhenUsed,
    /// In every goal that is or may yet be accepted.
    UnlessNotAccepted,
}

/// A status and the three facts it carries.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Status {
    /// How far the goal has come.
    pub stage: Stage,
    /// Whether it is (or is proposed to be) a flagship goal.
    #[serde(default)]
    pub flagship: bool,
    /// Whether somebody is sought who does it.
    #[serde(default)]
    pub invited: bool,
}

/// How far a goal has come.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Not yet decided.
    Proposed,
    /// In the slate.
    Accepted,
    /// Decided against.
    NotAccepted,
}

/// A section of a goal.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionFormat {
    /// What the program reads from it, if anything.
    pub fact: Option<SectionFact>,
    /// When a goal must have it.
    #[serde(default)]
    pub required: Required,
}

/// What the program reads from a section.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum SectionFact {
    /// What the goal is, in short.
    Summary,
    /// What is asked of teams, and the work that people do.
    Asks,
}

/// The tables in which teams are asked.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AskTableFormat {
    /// The header's cells: what is to be done, by whom, and notes.
    pub header: Vec<String>,
    /// The badge in the second cell that makes a row an ask.
    pub badge: String,
}

/// One thing that a team can be asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AskFormat {
    /// The head of its column.
    pub short: String,
    /// What the team is asked to do, as Markdown.
    pub about: String,
    /// Whether it gets no column in the team tables.
    #[serde(default)]
    pub elide: bool,
    /// The teams that can be asked; all, where there is no list.
    pub teams: Option<Vec<String>>,
}

/// What the RFC looks like.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RfcFormat {
    /// The lines above the text, where the template brings none, each with its key of `[rfc.PERIOD]`.
    pub front_matter: IndexMap<FrontMatterKey, String>,
    /// In which order a goal table lists its goals.
    pub goal_order: GoalOrder,
    /// When a goal table ends in a column `Progress` instead of the teams.
    pub progress_when: ProgressWhen,
    /// The label to which the heads of ask columns lead, where the template defines it.
    pub ask_label: Option<String>,
    /// The level of the heading above each team's table, 1 to 6.
    pub team_heading_level: u8,
    /// Notes of more bytes than this move below the team's table.
    pub longest_note: usize,
}

/// A key of `[rfc.PERIOD]`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[serde(rename_all = "kebab-case")]
pub enum FrontMatterKey {
    /// The name of the feature.
    FeatureName,
    /// When the RFC was started.
    StartDate,
    /// The number of its pull request.
    Pr,
    /// The issue in rust-lang/rust.
    Issue,
}

/// The order of the goals in a table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum GoalOrder {
    /// By title, byte by byte.
    Title,
    /// By file name, byte by byte.
    File,
}

/// When a goal table shows progress.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum ProgressWhen {
    /// When no goal of the table is still proposed.
    NoneProposed,
    /// When all goals of the table are accepted.
    AllAccepted,
}

/// What a directive stands for.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, tag = "is")]
pub enum DirectiveKind {
    /// How many goals there are.
    GoalCount {
        /// Which goals.
        of: GoalFilter,
    },
    /// A table of goals.
    GoalTable {
        /// Which goals.
        of: GoalFilter,
    },
    /// For each team, what it is asked for.
    TeamAsks,
    /// What teams can be asked for.
    ValidAsks,
    /// A placeholder in a goal's metadata table; it stands for nothing anywhere else.
    Metadata,
}

/// A choice among the goals of a slate. Goals that are not accepted are in the last only.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum GoalFilter {
    /// All.
    All,
    /// The flagship goals.
    Flagship,
    /// All but the flagship goals.
    Other,
    /// The goals that are not accepted.
    NotAccepted,
}

impl Format {
    /// The name of the row or rows from which `fact` is read.
    pub fn row_of(&self, fact: Fact) -> Option<&str> {
        self.metadata.rows.iter().find(|(_, row)| row.fact == Some(fact)).map(|(name, _)| name.as_str())
    }

    /// The plainest status that a new goal can have: proposed, without flagship or invitation where there is such a one.
    pub(crate) fn first_status(&self) -> &str {
        let proposed = || self.statuses.iter().filter(|(_, status)| status.stage == Stage::Proposed);
        let plain = proposed().find(|(_, status)| !status.flagship && !status.invited);
        plain.or_else(|| proposed().next()).map_or("Proposed", |(name, _)| name)
    }

    /// The name of the section from which `fact` is read.
    pub fn section_of(&self, fact: SectionFact) -> Option<&str> {
        self.sections.iter().find(|(_, section)| section.fact == Some(fact)).map(|(name, _)| name.as_str())
    }
}

/// The formats that are built in, oldest first.
const BUILT_IN: &[(&str, &str)] = &[("2025h1", include_str!("../rules/periods/2025h1.toml"))];

/// A format that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormatError {
    message: String,
    help: Option<String>,
}

impl FormatError {
    fn new(message: String) -> FormatError {
        FormatError { message, help: None }
    }

    /// The failure where nobody can say which line of the configuration it stems from.
    pub(crate) fn failure(self) -> Failure {
        let failure = Failure::new(self.message);
        self.help.into_iter().fold(failure, Failure::help)
    }

    /// The failure that points at the name of the period in the configuration.
    pub(crate) fn at(self, config: &Config, span: Span) -> Failure {
        let failure = config.failure(span, self.message);
        self.help.into_iter().fold(failure, Failure::help)
    }
}

/// All formats of a project: the built-in ones, changed and extended by `[periods]` of its configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formats {
    /// The differences that the configuration states, by name; without `lint` and `roster`.
    overrides: IndexMap<String, Table>,
}

impl Formats {
    /// The built-in formats with the differences of a configuration.
    pub(crate) fn new(overrides: IndexMap<String, Table>) -> Formats {
        Formats { overrides }
    }

    /// The known periods, oldest first.
    pub(crate) fn names(&self) -> Vec<PeriodName> {
        let built_in = BUILT_IN.iter().map(|(name, _)| *name);
        let mut names: Vec<_> =
            built_in.chain(self.overrides.keys().map(String::as_str)).filter_map(PeriodName::parse).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The format that is used for a slate named `name`, and whether it is the one of that name: a period nobody knows is
    /// read as the newest known one.
    pub(crate) fn get(&self, name: PeriodName) -> Result<(Format, PeriodName), FormatError> {
        let names = self.names();
        let used = if names.contains(&name) { name } else { names.last().copied().unwrap_or(name) };
        let table = self.table(used, 0)?;
        let format = Format::deserialize(table).map_err(|error| {
            let (message, help) = describe(error.message());
            FormatError { message: format!("the format of {used} cannot be used: {message}"), help }
        })?;
        Ok((format, used))
    }

    /// The format of the newest known period.
    pub(crate) fn newest(&self) -> Result<(Format, PeriodName), FormatError> {
        match self.names().last() {
            Some(newest) => self.get(*newest),
            None => Err(FormatError::new("no period is known".to_owned())),
        }
    }

    fn table(&self, name: PeriodName, depth: usize) -> Result<Table, FormatError> {
        let own = self.overrides.iter().find(|(key, _)| PeriodName::parse(key) == Some(name));
        let built_in = BUILT_IN.iter().find(|(built_in, _)| PeriodName::parse(built_in) == Some(name));
        let like = own.and_then(|(_, table)| table.get("like"));
        let mut table = match (like, built_in) {
            (Some(like), _) => {
                let base = like.as_str().and_then(PeriodName::parse).filter(|base| self.names().contains(base));
                let Some(base) = base.filter(|_| depth < self.overrides.len()) else {
                    return Err(FormatError::new(format!(
                        "`[periods.{name}]`: `like` has to name another known period, not {like}"
                    )));
                };
                self.table(base, depth + 1)?
            }
            (None, Some((_, text))) => text
                .parse()
                .map_err(|error: toml::de::Error| FormatError::new(format!("rules/periods/{name}: {error}")))?,
            (None, None) => {
                return Err(FormatError::new(format!(
                    "`[periods.{name}]` has to say which known period it is like: `like = \"...\"`"
                )));
            }
        };
        if let Some((_, own)) = own {
            merge(&mut table, own);
            table.remove("like");
        }
        Ok(table)
    }
}

/// Puts `changes` over `base`, table by table. `asks` is replaced as a whole, since its order is the order of the columns;
/// `false` takes an entry away.
fn merge(base: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) if key != "asks" => merge(old, new),
            (Some(toml::Value::Table(_)), toml::Value::Boolean(false)) => {
                base.remove(key);
            }
            _ => {
                base.insert(key.clone(), value.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_parse_and_sort_by_time() {
        let names = ["2026", "2025H2", "2025h1", "2026h1"].map(|name| PeriodName::parse(name).unwrap());
        let mut sorted = names;
        sorted.sort_unstable();
        assert_eq!(sorted.map(|name| name.to_string()), ["2025h1", "2025h2", "2026", "2026h1"]);
        for odd in ["", "202", "2025h3", "2025x", "x2025h1", "20é5", "2025h1y"] {
            assert_eq!(PeriodName::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn every_built_in_format_reads() {
        for (name, _) in BUILT_IN {
            Formats::default().get(PeriodName::parse(name).unwrap()).unwrap();
        }
    }

    fn formats(text: &str) -> Formats {
        Formats::new(toml::from_str(text).unwrap())
    }

    #[test]
    fn a_new_period_is_an_old_one_with_differences() {
        let formats = formats(
            "[2031]\nlike = \"2025h1\"\nstatuses.Dreamt = { stage = \"proposed\" }\nstatuses.Flagship = false\n\
             [2031.asks]\nApplause = { short = \"Clap\", about = \"clap\" }",
        );
        let (format, used) = formats.get(PeriodName::parse("2031").unwrap()).unwrap();
        assert_eq!(used.to_string(), "2031");
        assert!(format.statuses.contains_key("Dreamt") && format.statuses.contains_key("Accepted"));
        assert!(!format.statuses.contains_key("Flagship"));
        assert_eq!(format.asks.keys().collect::<Vec<_>>(), ["Applause"]);
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        let error = |text: &str| formats(text).get(PeriodName::parse("2031").unwrap()).unwrap_err().message;
        assert!(error("[2031]\nlike = \"2031\"").contains("`like` has to name another known period"));
        assert!(error("[2031]\nsections = {}").contains("has to say which known period"));
        assert!(error("[2031]\nlike = \"2025h1\"\ncolour = 1").contains("unknown key `colour`"));
    }
}
