//! The effective configuration of a project, with where each value comes from.
//!
//! Values are those of `config` and `roster`, which alone decide what wins over what; this module only finds the lines.

use std::path::Path;

use hashbrown::HashMap;
use serde::Serialize;
use toml::de::{DeTable, DeValue};
use toml::{Spanned as TomlSpanned, Table, Value};

use crate::lint::levels::Levels;
use crate::policy::config::{
    ASKS_FILE, BOOK_FILE, CONFIG_FILE, ConfigFiles, LevelSetting, Origin, read_if_there, read_source,
    read_text_if_there,
};
use crate::policy::format::AskFormat;
use crate::rules::registry::RULES;
use crate::rules::rule::RuleLevel;
use crate::sys::error::Error;
use crate::sys::warning::Warning;
use crate::text::source::Source;
use crate::workspace::project::Project;

/// Everything that is configured.
#[derive(Clone, Debug, Serialize)]
pub struct Settings {
    version: u32,
    /// The root of the project, as seen from the current directory.
    pub root: String,
    /// The settings, in the order of the contract's own example.
    pub settings: Vec<Setting>,
    /// What could not be read.
    #[serde(skip)]
    pub warnings: Vec<Warning>,
}

/// One value and where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Setting {
    /// Its key in `goals.toml`, part by part.
    pub key: Vec<String>,
    /// The value.
    pub value: Value,
    /// Where it comes from: a file and a line, an option of the command line, or `built in`.
    pub from: String,
    /// Why it cannot be in a `goals.toml`, where that is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The built-in origin.
const BUILT_IN: &str = "built in";

/// Reads what a project's configuration comes to. `roster` is the directory that the command line names.
pub fn settings(root: &Path, files: ConfigFiles<'_>, roster: Option<&Path>) -> Result<Settings, Error> {
    let project = Project::open(root, files, roster)?;
    Levels::built_in()?.check(&project.config)?;
    let mut found = Found { places: Places::read(&project.root, files)?, settings: Vec::new() };
    found.plain(&project, roster)?;
    found.tables(&project);
    found.levels(&project.config.levels)?;
    found.periods(&project);
    let (root, warnings) = (crate::sys::paths::shown(&project.root), project.config.warnings.clone());
    Ok(Settings { version: 1, root, settings: found.settings, warnings })
}

/// The settings that have been found so far.
struct Found {
    places: Places,
    settings: Vec<Setting>,
}

impl Found {
    fn add(&mut self, key: &[&str], value: impl Into<Value>, from: Option<String>) {
        let key: Vec<String> = key.iter().map(|part| (*part).to_owned()).collect();
        let from = from.unwrap_or_else(|| BUILT_IN.to_owned());
        self.settings.push(Setting { key, value: value.into(), from, note: None });
    }

    /// The single values, and the roster.
    fn plain(&mut self, project: &Project, roster: Option<&Path>) -> Result<(), Error> {
        let config = &project.config;
        let slates = project.path_from_root(&config.slates(&project.root));
        let src = if slates.is_empty() { ".".to_owned() } else { slates };
        let from = self.places.of(&["src"], &["book", "src"]);
        self.add(&["src"], src, from);
        if !config.exclude.is_empty() {
            let patterns: Vec<String> = config.exclude.iter().map(|one| one.pattern.clone()).collect();
            self.add(&["exclude"], patterns, self.places.of(&["exclude"], &[]));
        }
        if let Some(site) = &config.site {
            let from = self.places.of(&["site"], &["output", "html", "cname"]);
            let from = from.or_else(|| self.places.book.get(&["output", "html", "git-repository-url"]));
            self.add(&["site"], site.clone(), from);
        }
        let sites = config.former_sites.iter().map(|former| (former.value.clone(), former.from));
        self.former("former-sites", sites.collect());
        let names = config.former_repositories.iter().map(|former| (former.value.to_string(), former.from));
        self.former("former-repositories", names.collect());
        if !config.ignore_users.is_empty() {
            let list = ["preprocessor", "goals", "ignore_users"];
            let former = ["preprocessor", "goals", "users", "ignore_users"];
            let from = self.places.book.get(&list).or_else(|| self.places.book.get(&former));
            self.add(&["ignore_users"], config.ignore_users.clone(), from);
            self.note("only book.toml can set this");
        }
        match (roster, &config.roster) {
            (Some(path), _) => {
                self.add(&["roster", "path"], crate::sys::paths::with_slashes(path), Some("--roster".to_owned()));
            }
            (None, Some(path)) => {
                let from = self.places.of(&["roster", "path"], &[]);
                self.add(&["roster", "path"], crate::sys::paths::with_slashes(path), from);
            }
            (None, None) => {
                let date = project.roster()?.date().unwrap_or_default();
                self.add(&["roster", "path"], format!("built-in roster of {date}"), None);
                self.note("not a directory");
            }
        }
        for (old, today) in project.roster()?.renamed() {
            let from = self.places.of(&["roster", "renamed", old], &[]);
            self.add(&["roster", "renamed", old], today.clone(), from.or(Some("the roster".to_owned())));
        }
        Ok(())
    }

    /// What the project had before, by whoever says so.
    fn former(&mut self, key: &str, values: Vec<(String, Origin)>) {
        let mut origins: Vec<Origin> = values.iter().map(|(_, from)| *from).collect();
        origins.dedup();
        let place = |origin: Origin| match origin {
            Origin::Goals => self.places.own(&[key]),
            Origin::Book => self.places.book.get(&["output", "html", "cname"]),
            Origin::BuiltIn => None,
        };
        let places = origins.into_iter().map(|origin| place(origin).unwrap_or_else(|| BUILT_IN.to_owned()));
        let from = places.collect::<Vec<_>>().join(", ");
        if !values.is_empty() {
            let values: Vec<String> = values.into_iter().map(|(value, _)| value).collect();
            self.add(&[key], values, Some(from));
        }
    }

    /// The tables whose entries come from several files.
    fn tables(&mut self, project: &Project) {
        let config = &project.config;
        for (user, name) in &config.users {
            let from = self.places.of(&["users", user], &["preprocessor", "goals", "users", user]);
            self.add(&["users", user], name.clone(), from);
        }
        for (label, address) in &config.links {
            let from = self.places.of(&["links", label], &["preprocessor", "goals", "links", label]);
            self.add(&["links", label], address.clone(), from);
        }
        let mut seen: Vec<&str> = Vec::new();
        for linkifier in &config.linkifiers {
            let pattern = linkifier.pattern();
            // A pattern that is in both files has no effect the second time.
            if !seen.contains(&pattern) {
                seen.push(pattern);
                let book = ["preprocessor", "goals", "linkifiers", pattern];
                let from = self.places.of(&["linkifiers", pattern], &book);
                self.add(&["linkifiers", pattern], linkifier.template().to_owned(), from);
            }
        }
        for (name, ask) in config.asks.iter().flatten() {
            let from = self.places.own(&["asks", name]).or_else(|| self.places.asks.get(&["team_asks", name]));
            self.add(&["asks", name], ask_table(ask), from);
        }
    }

    /// The level of every rule.
    fn levels(&mut self, stated: &[LevelSetting]) -> Result<(), Error> {
        let mut levels = Levels::built_in()?;
        let mut from: HashMap<&str, &str> = HashMap::new();
        for setting in stated {
            if let Some(level) = crate::diagnostics::level::Level::parse(&setting.level) {
                let _ = levels.set(&setting.rule, level);
            }
            let meant = RULES.iter().map(|rule| rule.id).filter(|id| setting.rule == "all" || setting.rule == *id);
            from.extend(meant.map(|id| (id, setting.rule.as_str())));
        }
        for rule in RULES {
            let RuleLevel { in_rfc, outside_rfc, .. } = levels.of(rule.id);
            let place = from.get(rule.id).and_then(|stated| self.places.own(&["lint", stated]));
            self.add(&["lint", rule.id], in_rfc.setting(), place);
            if in_rfc != outside_rfc {
                self.note(&format!("\"{}\" in parts that the RFC does not show", outside_rfc.setting()));
            }
        }
        Ok(())
    }

    /// What is said about single periods, and the lines above their RFCs.
    fn periods(&mut self, project: &Project) {
        for (name, period) in &project.config.periods {
            for setting in &period.levels {
                let key = ["periods", name, "lint", &setting.rule];
                self.add(&key, setting.level.clone(), self.places.own(&key));
            }
            if let Some(path) = &period.roster {
                let key = ["periods", name, "roster"];
                self.add(&key, crate::sys::paths::with_slashes(path), self.places.own(&key));
            }
            self.format(&["periods", name], &period.format);
        }
        for (name, lines) in &project.config.front_matter {
            let pr = lines.pr.and_then(|number| i64::try_from(number).ok()).map(Value::from);
            let text = |value: &Option<String>| value.clone().map(Value::from);
            let values = [
                ("feature-name", text(&lines.feature_name)),
                ("start-date", text(&lines.start_date)),
                ("pr", pr),
                ("issue", text(&lines.issue)),
            ];
            for (key, value) in values {
                if let Some(value) = value {
                    let key = ["rfc", name, key];
                    self.add(&key, value, self.places.own(&key));
                }
            }
        }
    }

    /// The differences of a format, down to what is no table.
    fn format(&mut self, above: &[&str], table: &Table) {
        for (name, value) in table {
            let key = [above, &[name.as_str()]].concat();
            match value {
                Value::Table(inner) if !inner.is_empty() => self.format(&key, inner),
                value => self.add(&key, value.clone(), self.places.own(&key)),
            }
        }
    }

    fn note(&mut self, note: &str) {
        if let Some(last) = self.settings.last_mut() {
            last.note = Some(note.to_owned());
        }
    }
}

fn ask_table(ask: &AskFormat) -> Table {
    let mut table = Table::new();
    table.insert("short".to_owned(), ask.short.clone().into());
    table.insert("about".to_owned(), ask.about.clone().into());
    if ask.elide {
        table.insert("elide".to_owned(), true.into());
    }
    if let Some(teams) = &ask.teams {
        table.insert("teams".to_owned(), teams.clone().into());
    }
    table
}

/// Where the keys of the three files are.
#[derive(Default)]
struct Places {
    goals: Lines,
    book: Lines,
    asks: Lines,
}

impl Places {
    fn read(root: &Path, files: ConfigFiles<'_>) -> Result<Places, Error> {
        if files.isolated {
            return Ok(Places::default());
        }
        let own = match files.file {
            Some(file) => Some(read_source(file)?),
            None => read_if_there(&root.join(CONFIG_FILE))?,
        };
        let lines = |source: Option<Source>| source.as_ref().map(Lines::of).unwrap_or_default();
        let (book, asks) = (read_text_if_there(&root.join(BOOK_FILE))?, read_text_if_there(&root.join(ASKS_FILE))?);
        Ok(Places { goals: lines(own), book: lines(book), asks: lines(asks) })
    }

    fn own(&self, key: &[&str]) -> Option<String> {
        self.goals.get(key)
    }

    /// The line of a key in `goals.toml`, else that of another one in `book.toml`.
    fn of(&self, own: &[&str], book: &[&str]) -> Option<String> {
        self.goals.get(own).or_else(|| self.book.get(book))
    }
}

/// The line of each key of a file.
#[derive(Default)]
struct Lines {
    path: String,
    by_key: HashMap<Vec<String>, usize>,
}

impl Lines {
    fn of(source: &Source) -> Lines {
        let mut lines = Lines { path: source.path().to_owned(), by_key: HashMap::new() };
        // What is no TOML has been refused or reported by `config` before.
        if let Ok(table) = DeTable::parse(source.text()) {
            lines.add(source, &[], table.get_ref());
        }
        lines
    }

    fn add(&mut self, source: &Source, above: &[String], table: &DeTable<'_>) {
        for (name, value) in table {
            let key = [above, &[name.get_ref().to_string()]].concat();
            if let DeValue::Table(inner) = TomlSpanned::get_ref(value) {
                self.add(source, &key, inner);
            }
            self.by_key.insert(key, source.position(name.span().start).line);
        }
    }

    fn get(&self, key: &[&str]) -> Option<String> {
        let key: Vec<String> = key.iter().map(|part| (*part).to_owned()).collect();
        self.by_key.get(&key).map(|line| format!("{}:{line}", self.path))
    }
}
