//! Periods: their names, and the format of each as data from `rules/periods/*.toml` and `[periods]` of `goals.toml`.
//!
//! Code knows formats only as [`Format`]; nothing in the crate asks which period it is.

use indexmap::IndexMap;
use serde::Deserialize;

use crate::text::similarity::nearest;

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
    pub(super) fn accept_later(&mut self, later: Format) {
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
