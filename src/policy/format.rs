//! Periods: their names, and the format of each as data from `rules/periods/*.toml` and `[periods]` of `goals.toml`.
//!
//! Code knows formats only as [`Format`]; nothing in the crate asks which period it is.

use std::borrow::Cow;

use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::StrDeserializer;

pub(crate) use super::rows::{Field, Required, RowFormat, Rows, SiteField, ValueFormat};
pub(crate) use super::table_kind::TableKind;
use crate::policy::maps::IndexMap;
use crate::text::similarity::{bare_name, did_you_mean};

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
    /// The badge of an ask that has been answered. A goal that goes on does not ask again.
    pub done_badge: Option<String>,
    /// The image URLs of badges. The configuration takes precedence.
    #[serde(default)]
    pub badges: IndexMap<String, String>,
    /// The support levels, smallest first, if asks have their own table.
    #[serde(default)]
    pub levels: IndexMap<String, LevelFormat>,
    /// The asks that teams can be asked for, in column order.
    #[serde(default)]
    pub asks: IndexMap<String, AskFormat>,
    /// What the cells of funding tables may contain, if a section has one.
    pub funding: Option<FundingFormat>,
    /// The roadmaps of a slate, if any.
    pub roadmaps: Option<RoadmapFormat>,
    /// The layout of the RFC.
    pub rfc: RfcFormat,
    /// The directives in templates and pages.
    pub directives: IndexMap<String, DirectiveKind>,
    /// What asks and levels of other periods correspond to, for a goal that continues one of them: their names, each with an
    /// ask or level of this period.
    #[serde(default)]
    pub former_asks: IndexMap<String, String>,
    /// How a new slate begins.
    #[serde(default)]
    pub new_slate: NewSlateFormat,
}

/// How a new slate begins: what of the newest one does not hold for it, and its pages where there is none.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NewSlateFormat {
    /// Words of text that holds for one slate only.
    #[serde(default)]
    pub passing_words: Vec<String>,
    /// Words of text that holds for slates of the same length only.
    #[serde(default)]
    pub length_words: Vec<String>,
    /// The feature name of its RFC. `{period}` is replaced with the period.
    #[serde(default)]
    pub feature_name: String,
    /// The pages by file name, each as Markdown, for a project without a slate. `{period}` is replaced with the period.
    #[serde(default)]
    pub pages: IndexMap<String, String>,
}

/// A metadata table.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct MetadataFormat {
    /// The cells of the header.
    pub header: Vec<String>,
    /// Names of rows that the site adds to each goal by itself: that of the teams, then that of the task owners.
    #[serde(default)]
    pub generated: Vec<String>,
    /// The known rows by name. `[team]` in a name is a placeholder for any team in brackets.
    #[cfg_attr(test, schemars(with = "IndexMap<String, RowFormat>"))]
    pub rows: Rows,
}

/// A status and its properties.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
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
    pub needs_owner: bool,
    /// What follows the title of such a goal in the tables and lists that are generated.
    pub mark: Option<String>,
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
    pub field: Option<SectionField>,
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
    /// What belongs in the section, as one line of a new goal. A section without it is in a new goal only if it is required or
    /// recommended.
    pub hint: Option<String>,
    /// The tables in the section and below its headings, one per heading.
    pub table: Option<TableFormat>,
}

/// What the program reads from a section.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SectionField {
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
    pub holds: TableKind,
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
    /// Whether a goal with a task in such a table is looking for an owner.
    #[serde(default)]
    pub needs_owner: bool,
    /// The columns that may be empty. At the end of a row, their cells need not be there.
    #[serde(default)]
    pub may_be_empty: Vec<String>,
    /// How many levels below the section the headings of subgoals are. Default: any number.
    pub subgoal_depth: Option<u8>,
    /// The rows that a new goal begins with. Those of unknown teams are left out.
    #[serde(default)]
    pub new_rows: Vec<Vec<String>>,
}

/// What the cells of a funding table may contain.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FundingFormat {
    /// The costs besides amounts of dollars.
    pub costs: WordsFormat,
    /// The funding states besides percentages.
    pub states: WordsFormat,
    /// The costs that are told on request; all other words are costs that are not known yet. `X` as in `words`.
    pub on_request: Vec<String>,
    /// The states of what is funded in part. `X` as in `words`.
    pub partial: Vec<String>,
    /// The states of what is funded. `X` as in `words`.
    pub full: Vec<String>,
    /// Who is asked about goals that name nobody, as Markdown.
    pub contact: String,
    /// The header of the tables that are generated: state, goal, cost, contact, sponsors.
    pub heads: [String; 5],
    /// The header of the legend.
    pub legend: [String; 2],
    /// What precedes sponsors.
    pub thanks: String,
    /// The mark of each state, with its meaning.
    pub marks: FundingMarks,
    /// What the goals of no roadmap are grouped under.
    pub others: String,
}

/// The marks of what is funded.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FundingMarks {
    /// Not funded: the mark, and what it means.
    pub none: [String; 2],
    /// Funded in part.
    pub partial: [String; 2],
    /// Funded.
    pub full: [String; 2],
}

/// A list of words.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WordsFormat {
    /// The valid words, in any case. `X` at the end is a placeholder for any text.
    pub words: Vec<String>,
    /// Words that people use instead, each with the valid one.
    #[serde(default)]
    pub synonyms: IndexMap<String, String>,
}

impl WordsFormat {
    /// Whether a text is one of the words.
    pub fn contains(&self, text: &str) -> bool {
        is_one_of(&self.words, text)
    }

    /// The word that a text most likely stands for.
    pub(crate) fn nearest(&self, text: &str) -> Option<&str> {
        let synonym = self.synonyms.iter().find(|(other, _)| other.eq_ignore_ascii_case(text));
        synonym.map(|(_, word)| word.as_str()).or_else(|| did_you_mean(text, self.words.iter().map(String::as_str)))
    }
}

/// Whether a text is one of some words, in any case. `X` at the end of one is a placeholder for any text.
pub(crate) fn is_one_of(words: &[String], text: &str) -> bool {
    words.iter().any(|word| match word.strip_suffix(" X") {
        Some(start) => text.split_at_checked(start.len()).is_some_and(|(before, after)| {
            before.eq_ignore_ascii_case(start) && after.starts_with(' ') && !after.trim().is_empty()
        }),
        None => word.eq_ignore_ascii_case(text),
    })
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
    #[cfg_attr(test, schemars(with = "IndexMap<String, RowFormat>"))]
    pub rows: Rows,
}

/// The layout of the RFC.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RfcFormat {
    /// The headers of the tables that are generated.
    pub heads: TableHeads,
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

/// The headers of the tables that are generated, cell by cell. A field in braces, as in `{contact}`, is replaced with the name
/// that its row has in the slate.
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct TableHeads {
    /// Goals: the goal, and its contact; `last-column` or `progress` follows.
    pub goals: [String; 2],
    /// The last column of a goal table that shows progress.
    pub progress: String,
    /// Goals by their largest support level: goal, contact, team, champion.
    pub levels: [String; 4],
    /// The asks of a team by kind: the goal; the asks follow.
    pub team_asks: [String; 1],
    /// The asks of a team by support level: goal, level, champion, notes.
    pub team_levels: [String; 4],
    /// Champions: the champion, how many goals, which goals.
    pub champions: [String; 3],
    /// Roadmaps: the roadmap, its contact, what it is about.
    pub roadmaps: [String; 3],
    /// The goals of a highlight: the goal, what it is about.
    pub highlights: [String; 2],
    /// The valid asks: the ask, its short form, what it means.
    pub asks: [String; 3],
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

impl FrontMatterKey {
    /// The key as a configuration spells it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            FrontMatterKey::FeatureName => "feature-name",
            FrontMatterKey::StartDate => "start-date",
            FrontMatterKey::Pr => "pr",
            FrontMatterKey::Issue => "issue",
        }
    }
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
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Hash)]
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
    Nothing {
        /// What it adds to the site, if anything.
        shows: Option<SitePart>,
    },
    /// Content for pages of the published site. Not allowed in an RFC.
    Site {
        /// Whether it may make headings.
        #[serde(default = "default_headings")]
        headings: bool,
        /// What its argument names, if it is known.
        of: Option<ArgumentOf>,
        /// What it expands to there. Default: it stays as it is.
        shows: Option<SitePart>,
    },
}

/// What a directive adds to the published site.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SitePart {
    /// A chapter below the page for each goal.
    GoalChapters,
    /// A chapter below the page for each roadmap.
    RoadmapChapters,
    /// Pages of progress reports, which are not generated.
    Reports,
    /// A table of roadmaps for each application area.
    Areas,
    /// Rows of a table: the goals and subgoals of the roadmap given as argument.
    RoadmapRows,
    /// A section for each goal of the highlight given as argument.
    HighlightGoals,
    /// A section for each goal that needs what is given as argument.
    NeededGoals,
    /// A table of what goals cost. The optional argument is a roadmap.
    Funding,
    /// The same, grouped by roadmap.
    FundingByRoadmap,
    /// The same, grouped by whom to ask.
    FundingByContact,
    /// What the marks in tables of funding mean.
    FundingLegend,
}

/// What the argument of a directive names.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum ArgumentOf {
    /// A roadmap or flagship theme.
    Theme,
    /// A highlight.
    Highlight,
    /// A value of the row that says what a goal needs.
    Need,
}

/// What is not known of a directive of the site is taken to make headings: no link to one is dead for sure then.
fn default_headings() -> bool {
    true
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
    /// Whether it becomes blocks of their own, which cannot be in a heading, a cell or a link.
    pub fn makes_blocks(&self) -> bool {
        match self {
            DirectiveKind::GoalTable { .. }
            | DirectiveKind::LevelTable { .. }
            | DirectiveKind::TeamAsks
            | DirectiveKind::ValidAsks
            | DirectiveKind::Champions
            | DirectiveKind::Roadmaps
            | DirectiveKind::HighlightTable => true,
            DirectiveKind::GoalCount { .. }
            | DirectiveKind::HighlightCredits
            | DirectiveKind::Metadata
            | DirectiveKind::Nothing { .. }
            | DirectiveKind::Site { .. } => false,
        }
    }

    /// Whether it takes an argument.
    pub fn argument(&self) -> Argument {
        match self {
            DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits => Argument::Always,
            DirectiveKind::GoalTable { of: GoalFilter::Flagship } | DirectiveKind::Roadmaps => Argument::Maybe,
            DirectiveKind::Site { .. } | DirectiveKind::Nothing { .. } => Argument::Maybe,
            _ => Argument::Never,
        }
    }
}

/// A filter for the goals of a slate. Only `not-accepted` includes goals that are not accepted.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Hash)]
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
    /// The name of the row from which `field` is read.
    pub fn row_of(&self, field: Field) -> Option<&str> {
        self.metadata.rows.iter().find(|(_, row)| row.field == Some(field)).map(|(name, _)| name.as_str())
    }

    /// What a row of this name is, in any case, and the team in its name where it has one.
    pub fn row<'n>(&self, name: &'n str) -> Option<(&RowFormat, Option<&'n str>)> {
        self.find_row(name).map(|(_, row, team)| (row, team))
    }

    /// The same with the name or the pattern that the row has in this slate.
    pub fn find_row<'n>(&self, name: &'n str) -> Option<(&str, &RowFormat, Option<&'n str>)> {
        self.metadata.rows.meant(name)
    }

    /// The name by which a row is told from others, in any case: that of the slate, or as written for the row of a team and for
    /// one that is not known.
    pub fn row_name<'n>(&'n self, written: &'n str) -> &'n str {
        match self.find_row(written) {
            Some((name, _, None)) => name,
            _ => written,
        }
    }

    /// A header of a table with the names of rows for fields in braces.
    pub fn head<'h>(&self, head: &'h str) -> Cow<'h, str> {
        match field_in(head) {
            Some((range, Ok(field))) => {
                let name = self.row_of(field).unwrap_or(&head[range.start + 1..range.end - 1]);
                Cow::Owned(format!("{}{name}{}", &head[..range.start], &head[range.end..]))
            }
            _ => Cow::Borrowed(head),
        }
    }

    /// A header of a table with a field in braces that does not exist.
    pub(super) fn unknown_field(&self) -> Option<(String, &str)> {
        self.heads().find(|(_, head)| matches!(field_in(head), Some((_, Err(_)))))
    }

    /// The headers of the tables that are generated, cell by cell, each with the keys of its list.
    pub(super) fn heads(&self) -> impl Iterator<Item = (String, &str)> {
        let heads = &self.rfc.heads;
        let lists: [(&str, &[String]); 10] = [
            ("heads.goals", &heads.goals),
            ("heads.levels", &heads.levels),
            ("heads.team-asks", &heads.team_asks),
            ("heads.team-levels", &heads.team_levels),
            ("heads.champions", &heads.champions),
            ("heads.roadmaps", &heads.roadmaps),
            ("heads.highlights", &heads.highlights),
            ("heads.asks", &heads.asks),
            ("heads.progress", std::slice::from_ref(&heads.progress)),
            ("last-column.head", std::slice::from_ref(&self.rfc.last_column.head)),
        ];
        lists.into_iter().flat_map(|(key, list)| list.iter().map(move |head| (format!("rfc.{key}"), head.as_str())))
    }

    /// Gives each row that has several names the one that a slate uses: the most used one, among equals the newest. `uses`
    /// tells in how many places a name is used.
    pub(crate) fn use_names(&mut self, uses: impl Fn(&str) -> usize) {
        let roadmaps = self.roadmaps.as_mut().map(|roadmaps| &mut roadmaps.rows);
        std::iter::once(&mut self.metadata.rows).chain(roadmaps).for_each(|rows| rows.use_names(&uses));
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

    /// What the directive of this name is, if it is known. One that is loose, a comment in other letters than capitals, is a
    /// directive only where it has several words, or an argument as it should be: `<!-- Goals: as agreed -->` says something
    /// else.
    pub fn directive(&self, name: &str, is_loose: bool, has_argument: bool) -> Option<&DirectiveKind> {
        let kind = self.directives.get(name)?;
        let fits = match kind.argument() {
            Argument::Never => !has_argument,
            Argument::Maybe => true,
            Argument::Always => has_argument,
        };
        (!is_loose || fits || name.contains([' ', '#'])).then_some(kind)
    }

    /// The known name that an unknown directive was meant to have: that with the same letters, else one near to it.
    pub fn meant_directive(&self, name: &str) -> Option<&str> {
        let bare = bare_name(name);
        let names = || self.directives.keys().map(String::as_str);
        // A number sign tells the count from the table.
        let exact = names().find(|known| known.eq_ignore_ascii_case(name.trim()));
        exact.or_else(|| names().find(|known| bare_name(known) == bare)).or_else(|| did_you_mean(name, names()))
    }

    /// The directive that expands to the number of the goals of which a directive makes a table.
    pub(crate) fn count_of(&self, table: &DirectiveKind) -> Option<&str> {
        match table {
            DirectiveKind::GoalTable { of } => self.count_directive(*of),
            _ => None,
        }
    }

    /// The directive that expands to the number of the goals that a filter chooses.
    pub(crate) fn count_directive(&self, of: GoalFilter) -> Option<&str> {
        let kind = DirectiveKind::GoalCount { of };
        self.directives.iter().find(|(_, known)| **known == kind).map(|(name, _)| name.as_str())
    }

    /// The plainest status that a new goal can have: proposed, without flagship or invitation where there is such a one.
    pub(crate) fn first_status(&self) -> &str {
        let proposed = || self.statuses.iter().filter(|(_, status)| status.stage == Stage::Proposed && !status.later);
        let plain = proposed().find(|(_, status)| !status.flagship && !status.needs_owner);
        plain.or_else(|| proposed().next()).map_or("Proposed", |(name, _)| name)
    }

    /// The name of the section from which `field` is read.
    pub fn section_of(&self, field: SectionField) -> Option<&str> {
        self.sections.iter().find(|(_, section)| section.field == Some(field)).map(|(name, _)| name.as_str())
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
        other.map(|(name, _)| name.as_str()).or_else(|| did_you_mean(text, names))
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
    pub(super) fn accept_later(&mut self, later: &Format) {
        for (name, status) in &later.statuses {
            if !self.statuses.contains_key(name) {
                self.statuses.insert(name.clone(), Status { later: true, ..status.clone() });
            }
        }
        for (name, row) in &later.metadata.rows {
            // A row of this period may have that name too.
            if self.metadata.rows.named(name).is_none() {
                let row = RowFormat { required: Required::Never, later: true, ..row.clone() };
                self.metadata.rows.insert(name.clone(), row);
            }
        }
        for (name, kind) in &later.directives {
            if !self.directives.contains_key(name) {
                self.directives.insert(name.clone(), kind.clone());
            }
        }
    }
}

/// The first text in braces, and the field of that name or an error if there is none.
fn field_in(head: &str) -> Option<(std::ops::Range<usize>, Result<Field, serde::de::value::Error>)> {
    let start = head.find('{')?;
    let end = start + head[start..].find('}')?;
    let name: StrDeserializer<'_, serde::de::value::Error> = head[start + 1..end].into_deserializer();
    Some((start..end + 1, Field::deserialize(name)))
}
