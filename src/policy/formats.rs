//! The formats of all periods: the built-in ones, and what `[periods]` of `goals.toml` changes and adds.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;
use toml::Table;

use super::config::Config;
use super::config::checks::format_fault;
use super::config::keys::KeyPath;
use super::config::messages::{describe_with, unknown_key};
use super::format::{DirectiveKind, Format};
use super::period::PeriodName;
use crate::policy::maps::IndexMap;
use crate::sys::error::Error;
use crate::text::similarity::did_you_mean;
use crate::text::source::Span;

/// The formats that are built in, oldest first.
pub(crate) const BUILT_IN: &[(&str, &str)] = &[
    ("2024h2", include_str!("../../rules/periods/2024h2.toml")),
    ("2025h1", include_str!("../../rules/periods/2025h1.toml")),
    ("2025h2", include_str!("../../rules/periods/2025h2.toml")),
    ("2026", include_str!("../../rules/periods/2026.toml")),
];

/// The same with what each inherits from others, a line each: read from here a format takes a fifth of the time. Tests keep it
/// up to date; a period that it lacks is put together.
const WHOLE: &str = include_str!("../../rules/formats.json");

/// The built-in formats as they are, read once a process.
pub(crate) fn whole_formats() -> &'static BTreeMap<PeriodName, Format> {
    static FORMATS: LazyLock<BTreeMap<PeriodName, Format>> = LazyLock::new(|| {
        let of_line = |line: &str| {
            let (name, format) = line.strip_prefix('"')?.split_once("\": ")?;
            Some((PeriodName::parse(name)?, serde_json::from_str(format.trim_end_matches(',')).ok()?))
        };
        WHOLE.lines().filter_map(of_line).collect()
    });
    &FORMATS
}

/// The periods whose formats are built in, oldest first.
pub fn built_in_periods() -> impl Iterator<Item = PeriodName> {
    BUILT_IN.iter().filter_map(|(name, _)| PeriodName::parse(name))
}

/// A format that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FormatError {
    message: String,
    help: Option<String>,
    /// Which key below that of the period is wrong, where that is known.
    key: Option<KeyPath>,
}

impl FormatError {
    fn new(message: String) -> FormatError {
        FormatError { message, help: None, key: None }
    }

    /// The failure without a known line of the configuration.
    pub(crate) fn failure(self) -> Error {
        let failure = Error::new(self.message);
        self.help.into_iter().fold(failure, Error::help)
    }

    /// The failure that points at its key in the configuration, else at the name of the period.
    pub(crate) fn at(self, config: &Config, name: &str, span: Span) -> Error {
        let key = self.key.as_ref().and_then(|key| config.period_key(name, key));
        let failure = config.failure(key.unwrap_or(span), self.message);
        self.help.into_iter().fold(failure, Error::help)
    }
}

/// The keys of a period beside those of its format.
const OF_PERIOD: [&str; 3] = ["like", "lint", "roster"];

/// All formats of a project: the built-in ones, changed and extended by `[periods]` of its configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Formats {
    /// The differences that the configuration states, by name; without `lint` and `roster`.
    overrides: IndexMap<String, Table>,
    /// The formats as TOML, of all periods whose format can be used; none where nothing is changed.
    tables: BTreeMap<PeriodName, Table>,
}

impl Formats {
    /// The built-in formats as they are.
    pub(crate) fn built_in() -> &'static Formats {
        static FORMATS: LazyLock<Formats> = LazyLock::new(Formats::default);
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
        let mut format = self.read(used)?.into_owned();
        for later in names.into_iter().filter(|later| *later > used) {
            format.accept_later(&*self.read(later)?);
        }
        Ok((format, used))
    }

    /// The directives of all periods, the newest first.
    pub(crate) fn directives(&self) -> Vec<IndexMap<String, DirectiveKind>> {
        let names = self.names().into_iter().rev();
        names.filter_map(|name| Some(self.read(name).ok()?.directives.clone())).collect()
    }

    /// Fails where the format of a period has a value that would make a text wrong.
    pub(crate) fn check(&self, name: PeriodName) -> Result<(), FormatError> {
        let (format, _) = self.get(name)?;
        let Some((key, value, fault)) = format_fault(&format) else { return Ok(()) };
        let of = key.key.as_deref().or_else(|| key.above.rsplit('.').next()).unwrap_or_default();
        let message = match &key.key {
            Some(_) => format!("invalid format of {name}: the name `{value}` {}", fault.reason),
            None => format!("invalid format of {name}: the value `{value}` of `{of}` {}", fault.reason),
        };
        Err(FormatError { message, help: Some(fault.help), key: Some(key) })
    }

    fn read(&self, name: PeriodName) -> Result<Cow<'static, Format>, FormatError> {
        if self.overrides.is_empty()
            && let Some(format) = whole_formats().get(&name)
        {
            return Ok(Cow::Borrowed(format));
        }
        let format = Format::deserialize(self.table(name, 0)?).map_err(|error| {
            let unknown = unknown_key(error.message());
            let key = KeyPath::of(&error, unknown);
            let more: &[&str] = if key.above.is_empty() { &OF_PERIOD } else { &[] };
            let (message, help) = describe_with(error.message(), more);
            FormatError { message: format!("invalid format of {name}: {message}"), help, key: Some(key) }
        })?;
        if !(1..=6).contains(&format.rfc.team_heading_level) {
            let message = format!("invalid format of {name}: invalid heading level {}", format.rfc.team_heading_level);
            let key = KeyPath { above: "rfc.team-heading-level".to_owned(), key: None };
            return Err(FormatError { message, help: Some("use a level from 1 to 6".to_owned()), key: Some(key) });
        }
        match format.unknown_field() {
            Some((above, head)) => Err(FormatError {
                message: format!("invalid format of {name}: unknown field in the table header `{head}`"),
                help: Some("use the name of a field of a metadata row, such as `{contact}`".to_owned()),
                key: Some(KeyPath { above, key: None }),
            }),
            None => Ok(Cow::Owned(format)),
        }
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
                    let message =
                        format!("`[periods.{name}]`: `like` must be the name of another known period, found {like}");
                    return Err(FormatError { key: Some(KeyPath::top("like")), ..FormatError::new(message) });
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
            if let Some(path) = takes_nothing_away(&table, layer) {
                let key = path.key.clone().unwrap_or_default();
                return Err(FormatError {
                    message: format!(
                        "`{key} = false` in the format of {name} has no effect: there is no `{key}` to remove"
                    ),
                    help: nearest_key(&table, &key).map(|near| format!("did you mean `{near}`?")),
                    key: Some(path),
                });
            }
            merge(&mut table, layer);
        }
        table.remove("like");
        Ok(table)
    }
}

/// The first key that is to be taken away and is not there.
pub(crate) fn takes_nothing_away(base: &Table, changes: &Table) -> Option<KeyPath> {
    changes.iter().find_map(|(key, value)| match (base.get(key), value) {
        (Some(toml::Value::Table(base)), toml::Value::Table(changes)) => {
            let path = takes_nothing_away(base, changes)?;
            let above = if path.above.is_empty() { key.clone() } else { format!("{key}.{}", path.above) };
            Some(KeyPath { above, ..path })
        }
        // In tables of names `false` can mean nothing else; a switch that is not there yet may be set to it.
        (None, toml::Value::Boolean(false)) if base.values().any(toml::Value::is_table) => Some(KeyPath::top(key)),
        _ => None,
    })
}

/// The key nearest to one, anywhere in a table.
pub(crate) fn nearest_key(table: &Table, key: &str) -> Option<String> {
    let here = did_you_mean(key, table.keys().map(String::as_str)).map(str::to_owned);
    here.or_else(|| table.values().filter_map(toml::Value::as_table).find_map(|inner| nearest_key(inner, key)))
}

/// Puts `changes` over `base`, table by table. `asks` and `levels` are replaced as a whole, since their order means
/// something; `false` takes away what is no switch itself.
pub(crate) fn merge(base: &mut Table, changes: &Table) {
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
    use crate::policy::period::PeriodName;

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
    fn whole_formats_are_current() {
        let formats = Formats::default();
        let line = |name: &&str| {
            let format = formats.table(PeriodName::parse(name).unwrap(), 0).unwrap();
            format!("\"{name}\": {}", serde_json::to_string(&format).unwrap())
        };
        let lines: Vec<String> = BUILT_IN.iter().map(|(name, _)| line(name)).collect();
        let current = format!("{{\n{}\n}}\n", lines.join(",\n"));
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/formats.json");
        if std::env::var_os("UPDATE_FORMATS").is_some() {
            std::fs::write(path, current).unwrap();
        } else {
            assert!(WHOLE == current, "rules/formats.json is out of date: UPDATE_FORMATS=1 cargo test --lib formats");
        }
    }

    #[test]
    fn a_format_is_the_same_whole_and_put_together() {
        // As soon as something is changed, all formats are put together.
        let changed = formats("[2031]\nlike = \"2025h1\"");
        for name in built_in_periods() {
            let together = changed.read(name).unwrap();
            assert_eq!(format!("{:?}", whole_formats()[&name]), format!("{together:?}"), "{name}");
        }
    }

    #[test]
    fn every_built_in_format_reads() {
        for (name, _) in BUILT_IN {
            Formats::default().check(PeriodName::parse(name).unwrap()).unwrap();
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
