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
    /// The statuses a goal may have.
    pub statuses: IndexMap<String, Status>,
    /// What people write for a status in documents of earlier periods, each with the status that it is.
    #[serde(default)]
    pub former_statuses: IndexMap<String, String>,
    /// The sections of a goal that mean something, in their order.
    pub sections: IndexMap<String, SectionFormat>,
    /// The badge that makes a row of a task table a team ask, where asks stand among the tasks.
    pub badge: Option<String>,
    /// The addresses of badges, where the configuration states none.
    #[serde(default)]
    pub badges: IndexMap<String, String>,
    /// The support levels a team can be asked for, the smallest first, where asks have a table of their own.
    #[serde(default)]
    pub levels: IndexMap<String, LevelFormat>,
    /// What a team can be asked for, in the order of the columns.
    #[serde(default)]
    pub asks: IndexMap<String, AskFormat>,
    /// The roadmaps of a slate, where it has any.
    pub roadmaps: Option<RoadmapFormat>,
    /// What the RFC looks like.
    pub rfc: RfcFormat,
    /// The directives of templates and pages.
    pub directives: IndexMap<String, DirectiveKind>,
}

/// A metadata table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MetadataFormat {
    /// The header's cells.
    pub header: Vec<String>,
    /// The rows that are known, by name. `[team]` in a name stands for the name of any team in brackets.
    pub rows: IndexMap<String, RowFormat>,
}

/// One metadata row.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RowFormat {
    /// What the program reads from it, if anything.
    pub fact: Option<Fact>,
    /// The directive that has to be its value.
    pub placeholder: Option<String>,
    /// The only values it may have; any, where there are none.
    #[serde(default)]
    pub values: IndexMap<String, ValueFormat>,
    /// The end of the name of the repository that an issue in it has to be of.
    pub repository: Option<String>,
    /// What it was called in earlier periods.
    #[serde(default)]
    pub formerly: Vec<String>,
    /// Whether it may stand several times.
    #[serde(default)]
    pub many: bool,
    /// When a goal must have it.
    #[serde(default)]
    pub required: Required,
    /// Whether it is a later period's row that old slates were given.
    #[serde(skip)]
    pub later: bool,
}

/// One value of a row.
#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ValueFormat {
    /// Whether it says that somebody is sought who does the work.
    #[serde(default)]
    pub invited: bool,
}

/// What the program reads from a metadata row.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// A member of the team of the row's name who sees to the goal.
    Champion,
    /// A theme or roadmap that the goal belongs to; a goal that has one is a flagship goal.
    Theme,
    /// What the goal lacks.
    Need,
    /// A highlight of the RFC that the goal belongs to.
    Highlight,
    /// The goal in one line.
    WhatAndWhy,
    /// A field of application.
    Area,
}

/// When something must be there.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// In every goal that is accepted.
    WhenAccepted,
}

/// A status and the three facts it carries.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
    /// Whether it is a later period's status that old slates were given.
    #[serde(skip)]
    pub later: bool,
}

/// How far a goal has come.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SectionFormat {
    /// What the program reads from it, if anything.
    pub fact: Option<SectionFact>,
    /// When a goal must have it.
    #[serde(default)]
    pub required: Required,
    /// The section above which it stands, where the order of the format says something else.
    pub before: Option<String>,
    /// Whether readers expect it in every goal, though nothing is read from it.
    #[serde(default)]
    pub expected: bool,
    /// Whether its heading may stand alone: nothing has to be said there.
    #[serde(default)]
    pub may_be_empty: bool,
    /// Other names that people give it, which are not read; those of other periods among them.
    #[serde(default)]
    pub not: Vec<String>,
    /// The tables in it and below its headings, one a heading.
    pub table: Option<TableFormat>,
}

/// What the program reads from a section.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SectionFact {
    /// What the goal is, in short.
    Summary,
    /// What is asked of teams.
    Asks,
}

/// The tables of a section.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableFormat {
    /// What is in them.
    pub holds: Holds,
    /// The header's cells.
    pub header: Vec<String>,
    /// Other headers that will do.
    #[serde(default)]
    pub also: Vec<Vec<String>>,
    /// Whether tables with other headers may stand there too; they mean nothing to the program.
    #[serde(default)]
    pub among_others: bool,
    /// Whether the section must have one.
    #[serde(default)]
    pub required: Required,
}

/// What a table of a section holds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Holds {
    /// Tasks of people: what, who, notes.
    Tasks,
    /// Tasks of people and asks of teams: what, who, notes; a badge tells them apart.
    TasksAndAsks,
    /// Asks of teams: team, support level, notes.
    Asks,
    /// Help that is sought.
    HelpWanted,
    /// Money that is sought: purpose, cost, how far it is funded, sponsors.
    Funding,
}

/// A support level.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LevelFormat {
    /// Whether the team must have a champion.
    #[serde(default)]
    pub champion: bool,
    /// Whether the team stands out in the tables.
    #[serde(default)]
    pub bold: bool,
}

/// One thing that a team can be asked for.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

/// The roadmaps of a slate: files that are no goals.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoadmapFormat {
    /// How the names of their files begin.
    pub prefix: String,
    /// The rows of their metadata table.
    pub rows: IndexMap<String, RowFormat>,
}

/// What the RFC looks like.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RfcFormat {
    /// The lines above the text, where the template brings none, each with its key of `[rfc.PERIOD]`.
    pub front_matter: IndexMap<FrontMatterKey, String>,
    /// In which order a goal table lists its goals.
    pub goal_order: GoalOrder,
    /// The last column of a goal table: its head and what it holds.
    pub last_column: LastColumn,
    /// When a goal table ends in a column `Progress` instead.
    pub progress_when: ProgressWhen,
    /// Whether the table of champions has a row for each goal, instead of one for each champion.
    #[serde(default)]
    pub champion_rows_by_goal: bool,
    /// The label to which the heads of ask columns lead, where the template defines it.
    pub ask_label: Option<String>,
    /// The level of the heading above each team's table, 1 to 6.
    pub team_heading_level: u8,
    /// Notes of more bytes than this move below the team's table.
    pub longest_note: usize,
    /// Whether a list item of the template that is nothing but a link to a page of the slate stands for that page.
    #[serde(default)]
    pub chapters: bool,
}

/// The last column of a goal table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct LastColumn {
    /// Its head.
    pub head: String,
    /// What it holds.
    pub holds: LastColumnHolds,
}

/// What the last column of a goal table holds.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum LastColumnHolds {
    /// The teams that are asked.
    Teams,
    /// The teams that are asked, each with its champion.
    TeamsAndChampions,
    /// The owners of tasks, then the champions, each with the team.
    OwnersAndChampions,
}

/// A key of `[rfc.PERIOD]`.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum GoalOrder {
    /// By title, byte by byte.
    Title,
    /// By file name, byte by byte.
    File,
}

/// When a goal table shows progress.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ProgressWhen {
    /// When no goal of the table is still proposed.
    NoneProposed,
    /// When all goals of the table are accepted.
    AllAccepted,
}

/// What a directive stands for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, tag = "is")]
pub enum DirectiveKind {
    /// How many goals there are.
    GoalCount {
        /// Which goals.
        of: GoalFilter,
    },
    /// A table of goals; its argument, where it has one, is a theme.
    GoalTable {
        /// Which goals.
        of: GoalFilter,
    },
    /// A table of the goals whose largest support level is this one, with the teams.
    LevelTable {
        /// The support level.
        level: String,
    },
    /// For each team, what it is asked for.
    TeamAsks,
    /// What teams can be asked for.
    ValidAsks,
    /// Who sees to which goals.
    Champions,
    /// A table of the roadmaps; its argument, where it has one, is a field of application.
    Roadmaps,
    /// A table of the goals of the highlight that is its argument.
    HighlightTable,
    /// The people behind the highlight that is its argument.
    HighlightCredits,
    /// A placeholder in a goal's metadata table; it stands for nothing anywhere else.
    Metadata,
    /// The navigation of the published site: nothing in the RFC.
    Nothing,
    /// A part of pages of the published site that has no place in an RFC.
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

/// A choice among the goals of a slate. Goals that are not accepted are in the last only.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
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

    /// The directive that stands for the number of the goals that a filter chooses.
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

/// What stands in the name of a row for the name of any team.
const TEAM: &str = "[team]";

fn row_has_team(pattern: &str) -> bool {
    pattern.contains(TEAM)
}

/// The team in a row's name, if that fits the pattern.
fn team_in<'n>(pattern: &str, name: &'n str) -> Option<&'n str> {
    let (before, behind) = pattern.split_once(TEAM)?;
    let team = name.strip_prefix(before)?.strip_suffix(behind)?.strip_prefix('[')?.strip_suffix(']')?;
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

    /// The format that is used for a slate named `name`, and whether it is the one of that name: a period nobody knows is
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
            FormatError { message: format!("the format of {name} cannot be used: {message}"), help }
        })
    }

    /// The format of the newest known period.
    pub(crate) fn newest(&self) -> Result<(Format, PeriodName), FormatError> {
        match self.names().last() {
            Some(newest) => self.get(*newest),
            None => Err(FormatError::new("no period is known".to_owned())),
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
                        "`[periods.{name}]`: `like` has to name another known period, in quotation marks, not {like}"
                    )));
                };
                self.table(base, depth + 1)?
            }
            None if built_in.is_some() => Table::new(),
            None => {
                return Err(FormatError::new(format!(
                    "`[periods.{name}]` has to say which known period it is like: `like = \"...\"`"
                )));
            }
        };
        for layer in layers {
            if let Some(key) = takes_nothing_away(&table, layer) {
                return Err(FormatError {
                    message: format!("`{key} = false` in the format of {name} takes nothing away: there is no `{key}`"),
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
        assert!(error("[2031]\nlike = \"2031\"").contains("`like` has to name another known period"));
        assert!(error("[2031]\nsections = {}").contains("has to say which known period"));
        assert!(error("[2031]\nlike = \"2025h1\"\ncolour = 1").contains("unknown key `colour`"));
    }
}
