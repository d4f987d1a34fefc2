//! What a rule is: its data from `rules/<id>.toml`, its check, and its level; and how a slate is put through all of them.
//!
//! What is wrong with a goal is known to the modules below `rules` alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::OnceLock;

use indexmap::IndexMap;
use serde::Deserialize;

use super::fingerprints::name_all;
use super::suppressions::{Suppression, suppressions};
use crate::diagnostics::diagnostic::Reported;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::fingerprint::Fingerprint;
use crate::diagnostics::level::Level;
use crate::model::goal::Goal;
use crate::model::rfc_coverage::Shown;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::config::{Config, LevelSetting, quoted};
use crate::rules::registry::RULES;
use crate::sys::error::Failure;
use crate::sys::threads;
use crate::text::similarity::nearest;
use crate::text::source::{Source, Span};

/// A rule.
#[derive(Debug)]
pub struct Rule {
    /// Its name, the only one it has.
    pub id: &'static str,
    /// The text of `rules/<id>.toml`.
    pub data: &'static str,
    /// What it looks at, and how.
    pub check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
pub enum Check {
    /// Each file of a slate.
    File(fn(&Slate, &File) -> Vec<Finding>),
    /// Each goal.
    Goal(fn(&Slate, &Goal) -> Vec<Finding>),
    /// The slate as a whole; each finding with its file, as a place in the slate's files.
    Slate(fn(&Slate) -> Vec<(usize, Finding)>),
    /// The suppressions, once everything else has been found; the engine itself sees to it.
    Suppressions,
}

/// What `rules/<id>.toml` says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RuleData {
    /// The level where nothing else is said.
    pub level: Level,
    /// The level of findings in what the RFC does not show, where that is another.
    pub elsewhere: Option<Level>,
    /// What holds when the rule is content, in one line.
    pub summary: String,
    /// Why the rule exists.
    pub explanation: String,
    /// Whether its findings are fixable, in one example at least.
    #[serde(default)]
    pub fixable: bool,
    /// Texts that fail, each with its repair.
    #[serde(rename = "example")]
    pub examples: Vec<Example>,
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
    pub fn level(&self) -> Result<RuleLevel, Failure> {
        let mut lines = self.data.lines();
        let mut value = |key: &str| {
            let rest = lines.next()?.strip_prefix(key)?.strip_prefix(" = \"")?;
            Level::parse(rest.strip_suffix('"')?)
        };
        let shown = value("level");
        let elsewhere = value("elsewhere").or(shown);
        let both = shown.zip(elsewhere).map(|(shown, elsewhere)| RuleLevel { shown, elsewhere });
        both.ok_or_else(|| Failure::new(format!("rules/{}.toml: the first line must be the level", self.id)))
    }

    /// Reads what the rule's file says.
    pub fn read(&self) -> Result<RuleData, Failure> {
        toml::from_str(self.data).map_err(|error| Failure::new(format!("rules/{}.toml: {error}", self.id)))
    }
}

/// The rule of this name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.id == name)
}

/// The name that may have been meant by `name`.
pub fn nearest_rule(name: &str) -> Option<&'static str> {
    nearest(name, RULES.iter().map(|rule| rule.id))
}

/// The level of one rule. Most have one; some weigh less in what the RFC does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuleLevel {
    /// In what the RFC shows.
    pub shown: Level,
    /// In everything else: the text of goals, pages of the site, rows that only the site has.
    pub elsewhere: Level,
}

impl RuleLevel {
    /// One level everywhere, which is what configuration and command line set.
    fn everywhere(level: Level) -> RuleLevel {
        RuleLevel { shown: level, elsewhere: level }
    }

    fn is_off(self) -> bool {
        self == RuleLevel::everywhere(Level::Off)
    }
}

/// The level of each rule in one run.
#[derive(Clone, Debug)]
pub struct Levels(Vec<RuleLevel>);

/// The name for all rules.
const ALL: &str = "all";

impl Levels {
    /// The built-in levels.
    pub fn built_in() -> Result<Levels, Failure> {
        RULES.iter().map(Rule::level).collect::<Result<_, _>>().map(Levels)
    }

    /// The levels for a slate: the project's above the built-in ones, its period's above those.
    pub fn for_slate(&self, config: &Config, slate: &Slate) -> Result<Levels, Failure> {
        let mut levels = self.clone();
        let own = slate.period.and_then(|period| config.period(period));
        for setting in config.levels.iter().chain(own.iter().flat_map(|own| &own.levels)) {
            levels.apply(config, setting)?;
        }
        Ok(levels)
    }

    /// Checks every level that a configuration sets, also of periods that no slate has.
    pub fn check(&self, config: &Config) -> Result<(), Failure> {
        let periods = config.periods.values().flat_map(|period| &period.levels);
        config.levels.iter().chain(periods).try_for_each(|setting| self.clone().apply(config, setting))
    }

    fn apply(&mut self, config: &Config, setting: &LevelSetting) -> Result<(), Failure> {
        let Some(level) = Level::parse(&setting.level) else {
            let message = format!("invalid level `{}`", setting.level);
            return Err(config.failure(setting.level_span, message).help("use \"error\", \"warn\", or \"off\""));
        };
        self.set(&setting.rule, level)
            .map_err(|help| config.failure(setting.span, format!("unknown rule `{}`", setting.rule)).help(help))
    }

    /// The level of a rule; an unknown one is off.
    pub(crate) fn of(&self, rule: &str) -> RuleLevel {
        let known = RULES.iter().position(|known| known.id == rule);
        known.and_then(|index| self.0.get(index)).copied().unwrap_or(RuleLevel::everywhere(Level::Off))
    }

    /// Sets the level of a rule, or of all; the error says which rule may have been meant.
    pub fn set(&mut self, rule: &str, level: Level) -> Result<(), String> {
        if rule == ALL {
            self.0.fill(RuleLevel::everywhere(level));
            return Ok(());
        }
        match RULES.iter().position(|known| known.id == rule) {
            Some(index) => {
                self.0[index] = RuleLevel::everywhere(level);
                Ok(())
            }
            None => Err(match nearest_rule(rule) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "run `goals explain` for a list of rules".to_owned(),
            }),
        }
    }
}

/// Puts a slate through every rule that is not off; sorted by file, place and rule. What an author has suppressed is left out.
pub fn lint(slate: &Slate, levels: &Levels) -> Vec<Reported> {
    let shown = OnceLock::new();
    let reported = |rule: &Rule, level: RuleLevel, file: usize, finding: Finding| {
        let is_shown = || shown.get_or_init(|| Shown::of(slate)).holds(file, finding.span);
        let level = if level.shown == level.elsewhere || is_shown() { level.shown } else { level.elsewhere };
        (level != Level::Off).then_some(Reported {
            rule: rule.id,
            level,
            file,
            finding,
            fingerprint: Fingerprint::default(),
        })
    };
    let active = || RULES.iter().zip(levels.0.iter().copied()).filter(|(_, level)| !level.is_off());
    // What looks at one file only, or is one rule about the slate, can be done at the same time as the others.
    let of_file = |index: usize| {
        let file = &slate.files[index];
        let goal = if let FileKind::Goal(goal) = file.kind { slate.goals.get(goal) } else { None };
        let mut all = Vec::new();
        for (rule, level) in active() {
            let findings = match (&rule.check, goal) {
                (Check::File(check), _) => check(slate, file),
                (Check::Goal(check), Some(goal)) => check(slate, goal),
                _ => continue,
            };
            all.extend(findings.into_iter().filter_map(|finding| reported(rule, level, index, finding)));
        }
        all
    };
    let about_slate = active().filter_map(|(rule, level)| match rule.check {
        Check::Slate(check) => Some((rule, level, check)),
        _ => None,
    });
    let about_slate: Vec<_> = about_slate.collect();
    let by_rule = |index: usize| {
        let (rule, level, check) = about_slate[index];
        check(slate).into_iter().filter_map(|(file, finding)| reported(rule, level, file, finding)).collect()
    };
    let work = |index: usize| match index.checked_sub(about_slate.len()) {
        Some(file) => of_file(file),
        None => by_rule(index),
    };
    let found = threads::map(about_slate.len() + slate.files.len(), slate.text_len(), work);
    let mut all: Vec<Reported> = found.into_iter().flatten().collect();
    let suppressions = slate.files.iter().enumerate().map(|(index, file)| (index, suppressions(file)));
    let suppressions: BTreeMap<usize, Vec<Suppression>> =
        suppressions.filter(|(_, of_file)| !of_file.is_empty()).collect();
    if !suppressions.is_empty() {
        suppress(&suppressions, levels, &mut all);
    }
    // A text that is not the file's own, byte for byte, is not written back, so nothing in it is fixed; nor is one whose path
    // is not the file's own, which may be that of another file.
    let is_ours =
        |source: &Source| source.invalid_utf8().is_none() && !source.path().contains(char::REPLACEMENT_CHARACTER);
    for reported in all.iter_mut().filter(|reported| !is_ours(&slate.files[reported.file].source)) {
        reported.finding.fix = None;
    }
    // Files are sorted by path, so their numbers are too.
    all.sort_by(|a, b| (a.file, a.finding.span, a.rule).cmp(&(b.file, b.finding.span, b.rule)));
    name_all(slate, &mut all);
    all
}

/// Takes away what suppressions cover, and adds what is wrong with them. They come by file.
fn suppress(suppressions: &BTreeMap<usize, Vec<Suppression>>, levels: &Levels, all: &mut Vec<Reported>) {
    let mut used: HashSet<(usize, usize, &str)> = HashSet::new();
    // Where the findings of each rule begin, in the files that have suppressions.
    let mut starts: HashMap<(usize, &str), Vec<u32>> = HashMap::new();
    for reported in all.iter().filter(|reported| suppressions.contains_key(&reported.file)) {
        starts.entry((reported.file, reported.rule)).or_default().push(reported.finding.span.start);
    }
    starts.values_mut().for_each(|starts| starts.sort_unstable());
    let mut covered: HashSet<(usize, &str, u32)> = HashSet::new();
    for (&file, of_file) in suppressions {
        // What one suppression covers, the next need not go through again.
        let mut done: HashMap<&str, Vec<Span>> = HashMap::new();
        for (index, suppression) in of_file.iter().enumerate() {
            let Some(span) = suppression.covered() else { continue };
            for rule in suppression.rules.iter().filter_map(|named| find(&named.value)) {
                let Some(starts) = starts.get(&(file, rule.id)) else { continue };
                let from = starts.partition_point(|start| *start < span.start);
                if starts.get(from).is_some_and(|start| *start <= span.end) {
                    used.insert((file, index, rule.id));
                    done.entry(rule.id).or_default().push(span);
                }
            }
        }
        for (rule, mut spans) in done {
            spans.sort_unstable();
            let starts = starts.get(&(file, rule)).map_or(&[][..], Vec::as_slice);
            let mut at = 0;
            for span in spans {
                at += starts[at..].partition_point(|start| *start < span.start);
                let after = at + starts[at..].partition_point(|start| *start <= span.end);
                covered.extend(starts[at..after].iter().map(|start| (file, rule, *start)));
                at = after;
            }
        }
    }
    all.retain(|reported| !covered.contains(&(reported.file, reported.rule, reported.finding.span.start)));
    for (&file, of_file) in suppressions {
        let mut add = |rule: &'static str, finding: Finding| {
            let level = levels.of(rule).shown;
            if level != Level::Off {
                all.push(Reported { rule, level, file, finding, fingerprint: Fingerprint::default() });
            }
        };
        for (index, suppression) in of_file.iter().enumerate() {
            suppression.malformed().into_iter().for_each(|finding| add(MALFORMED_SUPPRESSION, finding));
            suppression.unknown_rules().for_each(|finding| add(UNKNOWN_RULE, finding));
            // A rule that is off finds nothing anywhere, which says nothing about the suppression.
            let is_idle = |rule: &str| {
                let known = find(rule).filter(|known| !levels.of(known.id).is_off());
                known.is_some_and(|known| !used.contains(&(file, index, known.id)))
            };
            if suppression.is_sound() {
                let idle = suppression.rules.iter().filter(|rule| is_idle(&rule.value));
                idle.for_each(|rule| add(UNUSED_SUPPRESSION, Suppression::unused(rule)));
            }
        }
    }
}

/// The rules about suppressions, which the engine itself sees to.
const MALFORMED_SUPPRESSION: &str = "malformed-suppression";
const UNKNOWN_RULE: &str = "unknown-rule";
const UNUSED_SUPPRESSION: &str = "unused-suppression";

/// A list of names for a help text: the nearest one to what was written, or all where they are few.
pub(crate) fn propose<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    match nearest(written, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("use one of {}", quoted(&known)),
    }
}
