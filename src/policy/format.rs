//! Periods: their names, and the format of each as data from `rules/periods/*.toml` and `[periods]` of `goals.toml`.
//!
//! Code knows formats only as [`Format`]; nothing in the crate asks which period it is.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use indexmap::IndexMap;
use serde::Deserialize;
use toml::Table;

use super::config::{Config, describe};
use crate::sys::error::Failure;
use crate::text::similarity::nearest;
use crate::text::source::Span;

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

impl PeriodName {
    /// Whether both are of one year.
    pub(crate) fn is_same_year(self, other: PeriodName) -> bool {
        self.year == other.year
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Format {
    /// The metadata table of a goal.
    pub metadata: MetadataFormat,
    /// The valid statuses of a goal.
    pub statuses: IndexMap<String, Status>,
    /// Names of statuses in documents of earlier periods, each with the current status.
    #[serde(default)]
    pub former_statuses: IndexMap<String, String>,
    /// The known sections of a goal, in order.
    pub sections: IndexMap<String, SectionFormat>,
    /// The badge that turns a row of a task table into a team ask, if asks and tasks share a table.
    pub badge: Option<String>,
    /// The image URLs of badges. The configuration takes precedence.
    #[serde(default)]
    pub badges: IndexMap<String, String>,
    /// The support levels, smallest first, if asks have their own table.
    #[serde(default)]
    pub levels: IndexMap<String, LevelFormat>,
    /// The asks that teams can be asked for, in column order.
    #[serde(default)]
    pub asks: IndexMap<String, AskFormat>,
    /// The roadmaps of a slate, if any.
    pub roadmaps: Option<RoadmapFormat>,
    /// The layout of the RFC.
    pub rfc: RfcFormat,
    /// The directives in templates and pages.
    pub directives: IndexMap<String, DirectiveKind>,
}

/// A metadata table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MetadataFormat {
    /// The cells of the header.
    pub header: Vec<String>,
    /// The known rows by name. `[team]` in a name is a placeholder for any team in brackets.
    pub rows: IndexMap<String, RowFormat>,
}

/// A metadata row.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowFormat {
    /// What the program reads from the row, if anything.
    pub fact: Option<Fact>,
    /// The directive that is its only valid value.
    pub placeholder: Option<String>,
    /// The valid values. Default: any.
    #[serde(default)]
    pub values: IndexMap<String, ValueFormat>,
    /// The suffix of the repository that the issue has to be in.
    pub repository: Option<String>,
    /// Former names of the row.
    #[serde(default)]
    pub formerly: Vec<String>,
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
    pub invited: bool,
}

/// What the program reads from a metadata row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
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

/// A status and its three properties.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Status {
    /// The stage of the goal.
    pub stage: Stage,
    /// Whether it is, or is proposed to be, a flagship goal.
    #[serde(default)]
    pub flagship: bool,
    /// Whether the goal is looking for an owner.
    #[serde(default)]
    pub invited: bool,
    /// Whether it is a later period's status that old slates were given.
    #[serde(skip)]
    pub later: bool,
}

/// The stage of a goal.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Not decided yet.
    Proposed,
    /// Accepted into the slate.
    Accepted,
    /// Not accepted.
    NotAccepted,
}

/// A section of a goal.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionFormat {
    /// What the program reads from the row, if anything.
    pub fact: Option<SectionFact>,
    /// When the row is required.
    #[serde(default)]
    pub required: Required,
    /// The section before which it is inserted, if not in the order of the format.
    pub before: Option<String>,
    /// Whether the section is recommended for all goals, although nothing is read from it.
    #[serde(default)]
    pub expected: bool,
    /// Whether the section may be empty.
    #[serde(default)]
    pub may_be_empty: bool,
    /// Wrong names that people use for it, including those of other periods. They are not read.
    #[serde(default)]
    pub not: Vec<String>,
    /// The tables in the section and below its headings, one per heading.
    pub table: Option<TableFormat>,
}

/// What the program reads from a section.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SectionFact {
    /// A short description of the goal.
    Summary,
    /// The asks of teams.
    Asks,
}

/// The tables of a section.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableFormat {
    /// Their content.
    pub holds: Holds,
    /// The cells of the header.
    pub header: Vec<String>,
    /// Other valid headers.
    #[serde(default)]
    pub also: Vec<Vec<String>>,
    /// Whether tables with other headers are allowed too. They are ignored.
    #[serde(default)]
    pub among_others: bool,
    /// When the section must have a table.
    #[serde(default)]
    pub required: Required,
}

/// The content of a section's table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Tasks of people: task, owners, notes.
    Tasks,
    /// Tasks of people and asks of teams: task, owners or teams, notes. Asks are marked with a badge.
    TasksAndAsks,
    /// Asks of teams: team, support level, notes.
    Asks,
    /// Help wanted.
    HelpWanted,
    /// Funding: purpose, cost, funding state, sponsors.
    Funding,
}

/// A support level.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LevelFormat {
    /// Whether a champion of the team is required.
    #[serde(default)]
    pub champion: bool,
    /// Whether the team is shown in bold in the tables.
    #[serde(default)]
    pub bold: bool,
}

/// Something that a team can be asked for.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct AskFormat {
    /// The header of its column.
    pub short: String,
    /// What the team is asked to do, as Markdown.
    pub about: String,
    /// Whether it has no column in the team tables.
    #[serde(default)]
    pub elide: bool,
    /// The teams that can be asked. Default: all.
    pub teams: Option<Vec<String>>,
}

/// The roadmaps of a slate: files that are not goals.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoadmapFormat {
    /// The prefix of their file names.
    pub prefix: String,
    /// The rows of their metadata table.
    pub rows: IndexMap<String, RowFormat>,
}

/// The layout of the RFC.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RfcFormat {
    /// The front matter, if the template has none, with the keys of `[rfc.PERIOD]`.
    pub front_matter: IndexMap<FrontMatterKey, String>,
    /// The order of the goals in a goal table.
    pub goal_order: GoalOrder,
    /// The last column of a goal table: its header and content.
    pub last_column: LastColumn,
    /// When the last column of a goal table is `Progress` instead.
    pub progress_when: ProgressWhen,
    /// Whether the table of champions has one row per goal instead of one per champion.
    #[serde(default)]
    pub champion_rows_by_goal: bool,
    /// The reference label that the headers of ask columns link to, if the template defines it.
    pub ask_label: Option<String>,
    /// The level of the heading above each team's table, 1 to 6.
    pub team_heading_level: u8,
    /// Notes longer than this, in bytes, move below the team's table.
    pub longest_note: usize,
    /// Whether a list item of the template that contains only a link to a page of the slate is replaced with that page.
    #[serde(default)]
    pub chapters: bool,
}

/// The last column of a goal table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LastColumn {
    /// Its header.
    pub head: String,
    /// Its content.
    pub holds: LastColumnHolds,
}

/// The content of the last column of a goal table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LastColumnHolds {
    /// The teams with an ask.
    Teams,
    /// The teams with an ask, each with its champion.
    TeamsAndChampions,
    /// The task owners, then the champions with their teams.
    OwnersAndChampions,
}

/// A key of `[rfc.PERIOD]`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum FrontMatterKey {
    /// Feature name.
    FeatureName,
    /// Start date.
    StartDate,
    /// Number of the pull request.
    Pr,
    /// Issue in rust-lang/rust.
    Issue,
}

/// The order of the goals in a table.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalOrder {
    /// By title, in byte order.
    Title,
    /// By file name, in byte order.
    File,
}

/// When a goal table has a progress column.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProgressWhen {
    /// If no goal of the table is still proposed.
    NoneProposed,
    /// If all goals of the table are accepted.
    AllAccepted,
}

/// What a directive expands to.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, tag = "is")]
pub enum DirectiveKind {
    /// The number of goals.
    GoalCount {
        /// Which goals.
        of: GoalFilter,
    },
    /// A table of goals. The optional argument is a theme.
    GoalTable {
        /// Which goals.
        of: GoalFilter,
    },
    /// A table of the goals whose largest support level is this one, with their teams.
    LevelTable {
        /// The support level.
        level: String,
    },
    /// The asks of each team.
    TeamAsks,
    /// The asks that teams can be asked for.
    ValidAsks,
    /// The champions and their goals.
    Champions,
    /// A table of roadmaps. The optional argument is an application area.
    Roadmaps,
    /// A table of the goals of the highlight given as argument.
    HighlightTable,
    /// The people who work on the highlight given as argument.
    HighlightCredits,
    /// A placeholder in a goal's metadata table. It has no effect elsewhere.
    Metadata,
    /// Navigation of the published site. Expands to nothing in the RFC.
    Nothing,
    /// Content for pages of the published site. Not allowed in an RFC.
    Site,
}

/// Whether a directive takes an argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// It takes none.
    Never,
    /// It may have one.
    Maybe,
    /// It has to have one.
    Always,
}

impl DirectiveKind {
    /// Whether it takes an argument.
    pub fn argument(&self) -> Argument {
        match self {
            DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits => Argument::Always,
            DirectiveKind::GoalTable { of: GoalFilter::Flagship } | DirectiveKind::Roadmaps => Argument::Maybe,
            DirectiveKind::Site | DirectiveKind::Nothing => Argument::Maybe,
            _ => Argument::Never,
        }
    }
}

/// A filter for the goals of a slate. Only `not-accepted` includes goals that are not accepted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalFilter {
    /// All goals.
    All,
    /// Flagship goals.
    Flagship,
    /// Goals that are not flagship goals.
    Other,
    /// Goals that are not accepted.
    NotAccepted,
}

impl Format {
    /// The name of the row from which `fact` is read.
    pub fn row_of(&self, fact: Fact) -> Option<&str> {
        self.metadata.rows.iter().find(|(_, row)| row.fact == Some(fact)).map(|(name, _)| name.as_str())
    }

    /// What a row of this name is, and the team in its name where it has one.
    pub fn row<'n>(&self, name: &'n str) -> Option<(&RowFormat, Option<&'n str>)> {
        if let Some(row) = self.metadata.rows.get(name) {
            return (!row_has_team(name)).then_some((row, None));
        }
        // Asked for every row of every goal: most names have no team in them.
        if !name.contains('[') {
            return None;
        }
        let mut patterns = self.metadata.rows.iter().filter(|(pattern, _)| row_has_team(pattern));
        patterns.find_map(|(pattern, row)| team_in(pattern, name).map(|team| (row, Some(team))))
    }

    /// The row that was called so in an earlier period: its name today, and what it is.
    pub fn former_row(&self, name: &str) -> Option<(&str, &RowFormat)> {
        let mut rows = self.metadata.rows.iter().filter(|(_, row)| !row.later);
        let found = rows.find(|(_, row)| row.formerly.iter().any(|old| old.eq_ignore_ascii_case(name)));
        found.map(|(name, row)| (name.as_str(), row))
    }

    /// Whether a row of this name is known.
    pub fn knows_row(&self, name: &str) -> bool {
        self.row(name).is_some()
    }

    /// The directive that expands to the number of the goals that a filter chooses.
    pub(crate) fn count_directive(&self, of: GoalFilter) -> Option<&str> {
        let kind = DirectiveKind::GoalCount { of };
        self.directives.iter().find(|(_, known)| **known == kind).map(|(name, _)| name.as_str())
    }

    /// The plainest status that a new goal can have: proposed, without flagship or invitation where there is such a one.
    pub(crate) fn first_status(&self) -> &str {
        let proposed = || self.statuses.iter().filter(|(_, status)| status.stage == Stage::Proposed && !status.later);
        let plain = proposed().find(|(_, status)| !status.flagship && !status.invited);
        plain.or_else(|| proposed().next()).map_or("Proposed", |(name, _)| name)
    }

    /// The name of the section from which `fact` is read.
    pub fn section_of(&self, fact: SectionFact) -> Option<&str> {
        self.sections.iter().find(|(_, section)| section.fact == Some(fact)).map(|(name, _)| name.as_str())
    }

    /// The place of a section in the order of a goal.
    pub fn place_of(&self, section: &str) -> Option<usize> {
        let (own, _, format) = self.sections.get_full(section)?;
        let before = format.before.as_ref().and_then(|before| self.sections.get_index_of(before));
        Some(before.map_or(2 * own + 1, |before| 2 * before))
    }

    /// The name of the section whose heading a text was meant to be.
    pub fn meant_section(&self, text: &str) -> Option<&str> {
        let text = text.trim_matches([' ', ':', '.', '*', '_']);
        if let Some((name, _)) = self.sections.get_key_value(text) {
            return Some(name);
        }
        let is_other = |other: &String| other.eq_ignore_ascii_case(text);
        let other = self.sections.iter().find(|(_, section)| section.not.iter().any(is_other));
        // Most headings are of no section's length, which costs less to see than their distance.
        let is_as_long = |name: &&str| 2 * name.len().abs_diff(text.len()) <= name.len().max(text.len());
        let names = self.sections.keys().map(String::as_str).filter(is_as_long);
        other.map(|(name, _)| name.as_str()).or_else(|| nearest(text, names))
    }

    /// A support level by name, in any case: its rank (the smallest is 0), its name and what it means.
    pub fn level(&self, name: &str) -> Option<(usize, &str, LevelFormat)> {
        self.levels
            .get_full(name)
            .or_else(|| {
                let at = self.levels.keys().position(|known| known.eq_ignore_ascii_case(name))?;
                self.levels.get_index(at).map(|(known, level)| (at, known, level))
            })
            .map(|(rank, known, level)| (rank, known.as_str(), *level))
    }

    /// Adds what later periods know: old slates were moved to newer layouts.
    fn accept_later(&mut self, later: Format) {
        for (name, status) in later.statuses {
            self.statuses.entry(name).or_insert(Status { later: true, ..status });
        }
        for (name, row) in later.metadata.rows {
            let row = RowFormat { required: Required::Never, later: true, ..row };
            self.metadata.rows.entry(name).or_insert(row);
        }
        for (name, kind) in later.directives {
            self.directives.entry(name).or_insert(kind);
        }
    }
}

/// The placeholder for the name of any team in the name of a row.
const TEAM: &str = "[team]";

fn row_has_team(pattern: &str) -> bool {
    pattern.contains(TEAM)
}

/// The team in a row's name, if that fits the pattern.
fn team_in<'n>(pattern: &str, name: &'n str) -> Option<&'n str> {
    let (before, after) = pattern.split_once(TEAM)?;
    let team = name.strip_prefix(before)?.strip_suffix(after)?.strip_prefix('[')?.strip_suffix(']')?;
    let team = team.strip_suffix("][").unwrap_or(team);
    (!team.is_empty() && !team.contains(['[', ']'])).then_some(team)
}

/// The formats that are built in, oldest first.
const BUILT_IN: &[(&str, &str)] = &[
    ("2024h2", include_str!("../../rules/periods/2024h2.toml")),
    ("2025h1", include_str!("../../rules/periods/2025h1.toml")),
    ("2025h2", include_str!("../../rules/periods/2025h2.toml")),
    ("2026", include_str!("../../rules/periods/2026.toml")),
];

/// The periods whose formats are built in, oldest first.
pub fn built_in_periods() -> impl Iterator<Item = PeriodName> {
    BUILT_IN.iter().filter_map(|(name, _)| PeriodName::parse(name))
}

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

    /// The failure without a known line of the configuration.
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
    /// The formats as TOML, of all periods whose format can be used.
    tables: BTreeMap<PeriodName, Table>,
}

impl Formats {
    /// The built-in formats as they are; read once a process.
    pub(crate) fn built_in() -> &'static Formats {
        static FORMATS: LazyLock<Formats> = LazyLock::new(|| Formats::new(IndexMap::new()));
        &FORMATS
    }

    /// The built-in formats with the differences of a configuration.
    pub(crate) fn new(overrides: IndexMap<String, Table>) -> Formats {
        let mut formats = Formats { overrides, tables: BTreeMap::new() };
        // Periods are like earlier ones, which are read before them. What is wrong with one is said when it is asked for.
        for name in formats.names() {
            if let Ok(table) = formats.table(name, 0) {
                formats.tables.insert(name, table);
            }
        }
        formats
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

    /// The format that is used for a slate named `name`, and whether it is the one of that name: an unknown period is
    /// read as the newest known one.
    pub(crate) fn get(&self, name: PeriodName) -> Result<(Format, PeriodName), FormatError> {
        let names = self.names();
        let used = if names.contains(&name) { name } else { names.last().copied().unwrap_or(name) };
        let mut format = self.read(used)?;
        for later in names.into_iter().filter(|later| *later > used) {
            format.accept_later(self.read(later)?);
        }
        Ok((format, used))
    }

    fn read(&self, name: PeriodName) -> Result<Format, FormatError> {
        Format::deserialize(self.table(name, 0)?).map_err(|error| {
            let (message, help) = describe(error.message());
            FormatError { message: format!("invalid format of {name}: {message}"), help }
        })
    }

    /// The format of the newest known period.
    pub(crate) fn newest(&self) -> Result<(Format, PeriodName), FormatError> {
        match self.names().last() {
            Some(newest) => self.get(*newest),
            None => Err(FormatError::new("no known periods".to_owned())),
        }
    }

    /// The format of a period as TOML: the built-in one, or the one it is like, with the differences on top.
    fn table(&self, name: PeriodName, depth: usize) -> Result<Table, FormatError> {
        if let Some(table) = self.tables.get(&name) {
            return Ok(table.clone());
        }
        let is_meant = |known: &str| PeriodName::parse(known) == Some(name);
        let own = self.overrides.iter().find(|(known, _)| is_meant(known)).map(|(_, table)| table);
        let built_in = BUILT_IN.iter().find(|(known, _)| is_meant(known)).map(|(_, text)| text.parse::<Table>());
        let built_in = built_in
            .transpose()
            .map_err(|error| FormatError::new(format!("rules/periods/{name}.toml: {}", error.message())))?;
        // What the configuration is like takes the place of what is built in.
        let built_in = built_in.filter(|_| own.is_none_or(|own| !own.contains_key("like")));
        let layers: Vec<&Table> = built_in.iter().chain(own).collect();
        let mut table = match layers.iter().find_map(|layer| layer.get("like")) {
            Some(like) => {
                let base = like.as_str().and_then(PeriodName::parse).filter(|base| self.names().contains(base));
                // A chain longer than there are periods is a circle.
                let Some(base) = base.filter(|_| depth < self.names().len()) else {
                    return Err(FormatError::new(format!(
                        "`[periods.{name}]`: `like` must be the name of another known period, found {like}"
                    )));
                };
                self.table(base, depth + 1)?
            }
            None if built_in.is_some() => Table::new(),
            None => {
                return Err(FormatError::new(format!(
                    "`[periods.{name}]` must say which known period to inherit from: `like = \"...\"`"
                )));
            }
        };
        for layer in layers {
            if let Some(key) = takes_nothing_away(&table, layer) {
                return Err(FormatError {
                    message: format!(
                        "`{key} = false` in the format of {name} has no effect: there is no `{key}` to remove"
                    ),
                    help: nearest_key(&table, &key).map(|near| format!("did you mean `{near}`?")),
                });
            }
            merge(&mut table, layer);
        }
        table.remove("like");
        Ok(table)
    }
}

/// The first key that is to be taken away and is not there.
fn takes_nothing_away(base: &Table, changes: &Table) -> Option<String> {
    changes.iter().find_map(|(key, value)| match (base.get(key), value) {
        (Some(toml::Value::Table(base)), toml::Value::Table(changes)) => takes_nothing_away(base, changes),
        // In tables of names `false` can mean nothing else; a switch that is not there yet may be set to it.
        (None, toml::Value::Boolean(false)) if base.values().any(toml::Value::is_table) => Some(key.clone()),
        _ => None,
    })
}

/// The key nearest to one, anywhere in a table.
fn nearest_key(table: &Table, key: &str) -> Option<String> {
    let here = nearest(key, table.keys().map(String::as_str)).map(str::to_owned);
    here.or_else(|| table.values().filter_map(toml::Value::as_table).find_map(|inner| nearest_key(inner, key)))
}

/// Puts `changes` over `base`, table by table. `asks` and `levels` are replaced as a whole, since their order means
/// something; `false` takes away what is no switch itself.
fn merge(base: &mut Table, changes: &Table) {
    for (key, value) in changes {
        match (base.get_mut(key), value) {
            (Some(toml::Value::Table(old)), toml::Value::Table(new)) if key != "asks" && key != "levels" => {
                merge(old, new);
            }
            (Some(old), toml::Value::Boolean(false)) if !old.is_bool() => {
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
    fn every_file_of_a_format_is_built_in() {
        let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/periods");
        let mut files: Vec<String> = std::fs::read_dir(directory)
            .unwrap()
            .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let built_in: Vec<&str> = BUILT_IN.iter().map(|(name, _)| *name).collect();
        assert_eq!(files, built_in, "rules/periods/ and BUILT_IN differ");
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
        assert!(error("[2031]\nlike = \"2031\"").contains("`like` must be the name of another known period"));
        assert!(error("[2031]\nsections = {}").contains("must say which known period"));
        assert!(error("[2031]\nlike = \"2025h1\"\ncolour = 1").contains("unknown key `colour`"));
    }
}
