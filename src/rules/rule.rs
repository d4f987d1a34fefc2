//! What a rule is: its data from `rules/<id>.toml`, and its check.
//!
//! How rules are run, and at which level, is decided in `lint`.

use serde::Deserialize;

use super::context::LintContext;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::level::Level;
use crate::model::goal::Goal;
use crate::model::slate::File;
use crate::policy::maps::IndexMap;
use crate::sys::error::Error;
use crate::text::ids::FileId;

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, the only one it has.
    pub id: &'static str,
    /// The text of `rules/<id>.toml`.
    pub data: &'static str,
    /// What it looks at, and how.
    pub(crate) check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub(crate) enum Check {
    /// Each file of a slate for itself: its text, its own part of the slate, and what holds for all of them, such as the format,
    /// teams, people and the configuration. What it finds in a page stays as long as text and template are the same, whatever
    /// becomes of goals.
    Text(fn(&LintContext<'_>, &File) -> Vec<Finding>),
    /// Each file of a slate, which may be compared with others.
    File(fn(&LintContext<'_>, &File) -> Vec<Finding>),
    /// Each goal.
    Goal(fn(&LintContext<'_>, &Goal) -> Vec<Finding>),
    /// The slate as a whole; each finding with its file.
    Slate(fn(&LintContext<'_>) -> Vec<(FileId, Finding)>),
    /// The suppressions, once everything else has been found; the engine itself sees to it.
    Suppressions,
}

/// What `rules/<id>.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleData {
    /// The level where nothing else is said.
    pub level: Level,
    /// The level of findings in what the RFC does not show; a warning at most, where nothing is said.
    pub outside_rfc: Option<Level>,
    /// What holds when the rule is content, in one line.
    pub summary: String,
    /// Why the rule exists.
    pub explanation: String,
    /// Whether its findings are fixable, in one example at least.
    #[serde(default)]
    pub fixable: bool,
    /// What its fixes may change beside white space, pipes, brackets and letter case.
    #[serde(default)]
    pub fix_changes: Vec<Change>,
    /// Whether it looks into comments.
    #[serde(default)]
    pub in_comments: bool,
    /// Whether it looks at what authors copy, so that a mistake is not copied with it.
    #[serde(default)]
    pub in_template: bool,
    /// Whether it looks at the pages that lie beside the slates.
    #[serde(default)]
    pub beside_slates: bool,
    /// Whether its findings may say how a text was meant: then the slate is read once more as if that were written.
    #[serde(default)]
    pub says_meant: bool,
    /// Texts that fail, each with its repair.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
}

/// What a fix may change. Of what is asked of whom it may only add what the text says already in another spelling.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// Where a link leads, and labels.
    Addresses,
    /// A name in the place of its other spelling or of a synonym.
    Names,
    /// A user in the place of the person's name or the address of their profile.
    Users,
    /// A team in the place of what people call it.
    Teams,
    /// One of two things that are the same goes.
    Duplicates,
    /// Characters that are not shown go.
    HiddenCharacters,
    /// A directive, which may be a comment.
    Directives,
    /// What is a row of a table.
    Rows,
    /// Asks are added.
    Asks,
    /// Champions are added.
    Champions,
    /// A point of contact is added.
    Contact,
    /// People or teams who do work are added.
    People,
    /// A status is added.
    Status,
    /// Themes or roadmaps are added.
    Themes,
    /// Highlights are added.
    Highlights,
    /// Needs are added.
    Needs,
    /// A tracking issue is added.
    Issue,
}

impl Change {
    /// All of them by the names that they have in a rule's file.
    const NAMES: [(&str, Change); 17] = [
        ("addresses", Change::Addresses),
        ("names", Change::Names),
        ("users", Change::Users),
        ("teams", Change::Teams),
        ("duplicates", Change::Duplicates),
        ("hidden-characters", Change::HiddenCharacters),
        ("directives", Change::Directives),
        ("rows", Change::Rows),
        ("asks", Change::Asks),
        ("champions", Change::Champions),
        ("contact", Change::Contact),
        ("people", Change::People),
        ("status", Change::Status),
        ("themes", Change::Themes),
        ("highlights", Change::Highlights),
        ("needs", Change::Needs),
        ("issue", Change::Issue),
    ];
}

/// A text that fails, and the same text repaired.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Example {
    /// What is wrong in it.
    pub title: String,
    /// The text with a finding of the rule.
    pub fails: String,
    /// The text without one.
    pub passes: String,
    /// The period of the slate; the newest known one where nothing is said.
    pub period: Option<String>,
    /// The file's name in the slate.
    pub file: Option<String>,
    /// The file's name once it is repaired, where the repair is another name.
    pub renamed: Option<String>,
    /// Other files of the slate, by name.
    #[serde(default)]
    pub with: IndexMap<String, String>,
    /// Whether the fix of `fails` is exactly `passes`; as the rule says, where nothing is said.
    pub fixable: Option<bool>,
    /// Whether it is a page beside the slates.
    #[serde(default)]
    pub beside_slates: bool,
    /// How `fails` is written to disk, where that is not UTF-8.
    pub encoding: Option<Encoding>,
}

/// An encoding other than UTF-8.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// One byte a character, ISO 8859-1.
    #[serde(rename = "latin-1")]
    Latin1,
}

impl Encoding {
    /// Its name, as editors know it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Latin1 => "Latin-1",
        }
    }
}

impl Rule {
    /// The level where nothing else is said. It is on the first line of the rule's file and, for what the RFC does not
    /// show, on the second, so that a run that explains nothing need not read the examples; a test compares both with
    /// [`Rule::read`].
    pub fn level(&self) -> Result<RuleLevel, Error> {
        let mut lines = self.data.lines();
        let mut value = |key: &str| {
            let rest = lines.next()?.strip_prefix(key)?.strip_prefix(" = \"")?;
            Level::parse(rest.strip_suffix('"')?)
        };
        let in_rfc = value("level");
        let level = in_rfc.map(|in_rfc| RuleLevel::built_in(in_rfc, value("outside-rfc")));
        level.ok_or_else(|| Error::new(format!("rules/{}.toml: the first line must be the level", self.id)))
    }

    /// What its fixes may change, read from the lines above the summary as the level is; a test compares it with
    /// [`Rule::read`].
    pub fn fix_changes(&self) -> impl Iterator<Item = Change> {
        let names = self.header().find_map(|line| line.strip_prefix("fix-changes = [")).unwrap_or_default();
        let names = names.trim_end_matches(']').split(',').map(|name| name.trim().trim_matches('"'));
        names.filter_map(|name| Change::NAMES.iter().find(|(known, _)| *known == name)).map(|(_, change)| *change)
    }

    /// Whether it looks into comments, read in the same way.
    pub fn in_comments(&self) -> bool {
        self.header().any(|line| line == "in-comments = true")
    }

    /// Whether it looks at what authors copy, read in the same way.
    pub fn in_template(&self) -> bool {
        self.header().any(|line| line == "in-template = true")
    }

    /// Whether it looks at the pages that lie beside the slates, read in the same way.
    pub fn beside_slates(&self) -> bool {
        self.header().any(|line| line == "beside-slates = true")
    }

    /// Whether its findings may say how a text was meant, read in the same way. It has to be known before the rule is run: what
    /// such a rule finds in one file may tell what another one means.
    pub fn says_meant(&self) -> bool {
        self.header().any(|line| line == "says-meant = true")
    }

    /// What holds when the rule is content, read in the same way.
    pub fn summary(&self) -> &'static str {
        let quoted = self.data.lines().find_map(|line| line.strip_prefix("summary = \""));
        quoted.and_then(|rest| rest.strip_suffix('"')).unwrap_or_default()
    }

    /// Why the rule exists, read in the same way: what is between the first two triple quotes.
    pub fn explanation(&self) -> &'static str {
        let quoted = self.data.split_once("\nexplanation = '''\n").and_then(|(_, rest)| rest.split_once("'''"));
        quoted.map_or("", |(explanation, _)| explanation)
    }

    /// Whether its findings are fixable, in one example at least, read in the same way.
    pub fn fixable(&self) -> bool {
        self.header().any(|line| line == "fixable = true")
    }

    fn header(&self) -> impl Iterator<Item = &'static str> {
        self.data.lines().take_while(|line| !line.starts_with("summary"))
    }

    /// Reads what the rule's file says.
    pub fn read(&self) -> Result<RuleData, Error> {
        toml::from_str(self.data).map_err(|error| Error::new(format!("rules/{}.toml: {error}", self.id)))
    }
}

/// The level of one rule. What is an error in what the RFC shows weighs less elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleLevel {
    /// In what the RFC shows.
    pub in_rfc: Level,
    /// In everything else: the text of goals, pages of the site, rows that only the site has.
    pub outside_rfc: Level,
    /// In goals that are not accepted, wherever in them.
    pub not_accepted: Level,
}

impl RuleLevel {
    /// One level everywhere, which is what configuration and command line set.
    pub(crate) fn everywhere(level: Level) -> RuleLevel {
        RuleLevel { in_rfc: level, outside_rfc: level, not_accepted: level }
    }

    /// The level of a rule as its file states it.
    pub fn built_in(in_rfc: Level, outside_rfc: Option<Level>) -> RuleLevel {
        let at_most_warn = in_rfc.min(Level::Warn);
        RuleLevel { in_rfc, outside_rfc: outside_rfc.unwrap_or(at_most_warn), not_accepted: at_most_warn }
    }

    pub(crate) fn is_off(self) -> bool {
        self == RuleLevel::everywhere(Level::Off)
    }
}
