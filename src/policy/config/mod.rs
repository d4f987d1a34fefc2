//! What a project's files say about how its goals are read: `goals.toml`, and what `book.toml` and
//! `rust-project-goals.toml` of an mdBook goals repository say already.
//!
//! Which slates there are and which format each has is for `project` and `period` to say; where a value comes from, for
//! `settings`.

mod asks;
mod book;
pub(crate) mod checks;
pub(crate) mod exclusion;
mod foreign;
pub(crate) mod keys;
pub(crate) mod linkifier;
mod literals;
pub(crate) mod messages;
mod moved;
#[cfg(test)]
mod schema;
pub(crate) mod site;

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;
use toml::{Spanned as TomlSpanned, Table};

use exclusion::Exclusion;
use keys::KeyPath;
use linkifier::{Linkifier, LinkifierIndex};
use messages::describe;
use site::{Repository, is_address};

use super::format::{AskFormat, FrontMatterKey};
use super::period::PeriodName;
use crate::markdown::escape::{encode, encode_url};
use crate::policy::maps::IndexMap;
use crate::sys::error::Error;
use crate::sys::symlink_boundary::{file_within_boundary, is_there, within_project};
use crate::sys::tree::{OsTree, Tree};
use crate::sys::warning::{IGNORED_KEY, Warning};
use crate::text::source::{Source, Span};

/// The name of the configuration file.
pub(crate) const CONFIG_FILE: &str = "goals.toml";
/// The name of mdBook's configuration file.
pub(crate) const BOOK_FILE: &str = "book.toml";
/// The file in which a goals repository lists its asks.
pub(crate) const ASKS_FILE: &str = "rust-project-goals.toml";

/// The configuration of a project, from all files that state it.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// Where the slates are, from the root; see [`Config::slates`].
    pub src: Option<PathBuf>,
    /// Files that are never looked at, from the root.
    pub exclude: Vec<Exclusion>,
    /// The address under which the pages are published, without a slash at its end.
    pub site: Option<String>,
    /// The addresses under which they were published before, likewise.
    pub former_sites: Vec<Former<String>>,
    /// The repository of the project.
    pub repository: Option<Repository>,
    /// Where a page of the repository is edited, with `{path}` for its path from the root.
    pub edit_url: Option<String>,
    /// The names that the repository had before.
    pub former_repositories: Vec<Former<Repository>>,
    /// The directory of the roster, from the root.
    pub roster: Option<PathBuf>,
    /// Renamed teams: old name = current name.
    pub renamed: IndexMap<String, String>,
    /// Display names by `@user`.
    pub users: IndexMap<String, String>,
    /// `@user`s that stay plain text.
    pub ignore_users: Vec<String>,
    /// URLs of badges and other reference labels.
    pub links: IndexMap<String, String>,
    /// Patterns of bracketed texts that become links; the first that fits counts.
    pub linkifiers: Vec<Linkifier>,
    /// The same, to be looked up.
    pub(crate) linkifier_index: LinkifierIndex,
    /// Published pages that lead on to others, as paths from the site's top: they exist without a file.
    pub redirects: Vec<String>,
    /// The asks that teams can be asked for, in column order. Replaces those of the period.
    pub asks: Option<IndexMap<String, AskFormat>>,
    /// Rule levels.
    pub levels: Vec<LevelSetting>,
    /// What is said about single periods.
    pub periods: IndexMap<String, PeriodConfig>,
    /// The lines above the text of a period's RFC, by period.
    pub front_matter: IndexMap<String, FrontMatter>,
    /// The text of `goals.toml`, for messages that point into it.
    pub source: Option<Source>,
    /// What has no effect, such as what could not be read of `book.toml` and `rust-project-goals.toml`, which other programs own
    /// as well.
    pub warnings: Vec<Warning>,
}

/// Something that a project had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Former<T> {
    /// What it was.
    pub value: T,
    /// Who says so.
    pub from: Origin,
}

/// Who says something of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Its `goals.toml`.
    Goals,
    /// Its `book.toml`.
    Book,
    /// The program itself.
    BuiltIn,
}

/// `rule = "level"` in `[lint]`, or the same of one period.
#[derive(Clone, Debug)]
pub struct LevelSetting {
    /// The rule's name, not yet checked.
    pub rule: String,
    /// The level, not yet checked.
    pub level: String,
    /// Where the rule's name is in `goals.toml`.
    pub span: Span,
    /// Where the level is.
    pub level_span: Span,
}

/// What `[periods.NAME]` says.
#[derive(Clone, Debug, Default)]
pub struct PeriodConfig {
    /// Rule levels in this period.
    pub levels: Vec<LevelSetting>,
    /// The roster of this period, from the root.
    pub roster: Option<PathBuf>,
    /// Differences in the format.
    pub format: Table,
    /// Where the name is in `goals.toml`.
    pub span: Span,
}

/// The front matter in `[rfc.PERIOD]`.
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FrontMatter {
    /// The name of the feature.
    pub feature_name: Option<String>,
    /// When the RFC was started.
    pub start_date: Option<String>,
    /// The number of its pull request; 0 for none yet.
    pub pr: Option<u64>,
    /// The issue in rust-lang/rust.
    pub issue: Option<String>,
}

impl FrontMatter {
    /// These values, and where there is none, those of `other`.
    pub(crate) fn or(&self, other: Option<&FrontMatter>) -> FrontMatter {
        let of_other = |own: &Option<String>, other: Option<&Option<String>>| own.clone().or_else(|| other?.clone());
        FrontMatter {
            feature_name: of_other(&self.feature_name, other.map(|other| &other.feature_name)),
            start_date: of_other(&self.start_date, other.map(|other| &other.start_date)),
            pr: self.pr.or_else(|| other?.pr),
            issue: of_other(&self.issue, other.map(|other| &other.issue)),
        }
    }

    /// The value of a line, as Markdown.
    pub fn value(&self, key: FrontMatterKey) -> Option<String> {
        match key {
            FrontMatterKey::FeatureName => self.feature_name.clone(),
            FrontMatterKey::StartDate => self.start_date.clone(),
            FrontMatterKey::Pr => {
                let number = self.pr?;
                // As in the template of RFCs, `0000` stands for a number that is not known yet.
                let number = if number == 0 { "0000".to_owned() } else { number.to_string() };
                Some(format!("[rust-lang/rfcs#{number}](https://github.com/rust-lang/rfcs/pull/{number})"))
            }
            FrontMatterKey::Issue => self.issue.clone(),
        }
    }
}

type SpannedMap<T> = IndexMap<TomlSpanned<String>, T>;

#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct GoalsFile {
    /// The directory of the slates, relative to the directory of this file.
    src: Option<PathBuf>,
    /// Files and directories to ignore, as paths in which `*`, `?`, and `**` are wildcards.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    exclude: Vec<TomlSpanned<String>>,
    /// The URL of the published site.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    site: Option<TomlSpanned<String>>,
    /// URLs under which the site was published before.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    former_sites: Vec<TomlSpanned<String>>,
    /// Names that the repository had before, as `owner/name`.
    #[cfg_attr(test, schemars(with = "Vec<String>"))]
    former_repositories: Vec<TomlSpanned<String>>,
    /// Teams and people. Default: the built-in roster.
    roster: RosterTable,
    /// Display names by `@user`, which override those of the roster.
    users: IndexMap<String, String>,
    /// URLs of badges and other reference labels.
    links: IndexMap<String, String>,
    /// Patterns for bracketed text that becomes a link, each with a URL. `$1`, `$2`, … refer to groups.
    #[cfg_attr(test, schemars(with = "IndexMap<String, String>"))]
    linkifiers: SpannedMap<TomlSpanned<String>>,
    /// The asks that teams can be asked for, in column order. Replaces those of the period.
    asks: Option<IndexMap<String, AskFormat>>,
    /// Rule levels.
    #[cfg_attr(test, schemars(with = "schema::Lint"))]
    lint: SpannedMap<TomlSpanned<String>>,
    /// Formats of periods: new ones, or overrides for known ones.
    #[cfg_attr(test, schemars(with = "IndexMap<String, PeriodTable>"))]
    periods: SpannedMap<PeriodTable>,
    /// The front matter of the RFC of each period, if its template has none.
    #[cfg_attr(test, schemars(with = "IndexMap<String, FrontMatter>"))]
    rfc: SpannedMap<FrontMatter>,
}

#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
struct RosterTable {
    /// A directory with teams.json, people.json, and optionally archived-teams.json of the Rust team API v1.
    path: Option<PathBuf>,
    /// Renamed teams: old name = current name.
    renamed: IndexMap<String, String>,
}

/// The configuration of one period.
#[derive(Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", default)]
struct PeriodTable {
    /// Rule levels in this period.
    #[cfg_attr(test, schemars(with = "schema::Lint"))]
    lint: SpannedMap<TomlSpanned<String>>,
    /// The directory of the roster for this period.
    roster: Option<PathBuf>,
    #[serde(flatten)]
    #[cfg_attr(test, schemars(skip))]
    format: Table,
}

/// Which files are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct ConfigFiles<'a> {
    /// A file to be read instead of the root's `goals.toml`.
    pub file: Option<&'a Path>,
    /// Whether no file is read at all.
    pub isolated: bool,
}

impl Config {
    /// The address of a bracketed text, by the first linkifier that fits.
    pub(crate) fn linkified(&self, text: &str) -> Option<String> {
        self.linkifier_index.address(&self.linkifiers, text)
    }

    /// Reads the configuration of the project at `root`.
    pub fn read(root: &Path, files: ConfigFiles<'_>) -> Result<Config, Error> {
        let mut config = Config::default();
        if files.isolated {
            return Ok(config);
        }
        let named = files.file.map(Path::to_path_buf);
        let own = match &named {
            Some(file) => Some(read_source(file)?),
            None => read_if_there(&root.join(CONFIG_FILE))?,
        };
        let book = read_text_if_there(&root.join(BOOK_FILE))?.map(Arc::new);
        let asks = read_text_if_there(&root.join(ASKS_FILE))?.map(Arc::new);
        if let Some(source) = &own {
            config.add_own(source)?;
        }
        if let Some(source) = &book {
            config.add_book(source);
        }
        config.add_moved()?;
        if let Some(source) = &asks
            && config.asks.is_none()
        {
            let (asks, warnings) = asks::read(source);
            config.asks = asks;
            config.add_ignored(warnings);
        }
        if let Some(source) = &own {
            checks::check_former_sites(source, &config)?;
        }
        config.source = own;
        Ok(config)
    }

    fn add_own(&mut self, source: &Source) -> Result<(), Error> {
        let file: GoalsFile = parse(source)?;
        checks::check_characters(source)?;
        self.src = file.src;
        self.exclude = exclusions(source, file.exclude)?;
        self.site = file.site.map(|site| address(source, site)).transpose()?;
        for site in file.former_sites {
            self.former_sites.push(Former { value: address(source, site)?, from: Origin::Goals });
        }
        for name in file.former_repositories {
            self.former_repositories.push(Former { value: repository(source, name)?, from: Origin::Goals });
        }
        self.roster = file.roster.path;
        self.renamed = file.roster.renamed;
        self.users = file.users.into_iter().map(|(user, name)| (user, name.trim().to_owned())).collect();
        self.links = file.links;
        self.linkifiers = linkifiers(source, file.linkifiers)?;
        self.asks = file.asks;
        self.levels = level_settings(file.lint);
        for (name, table) in file.periods {
            let span = period_span(source, &name, "periods")?;
            let levels = level_settings(table.lint);
            let period = PeriodConfig { levels, roster: table.roster, format: table.format, span };
            self.periods.insert(name.into_inner(), period);
        }
        for (name, front_matter) in file.rfc {
            period_span(source, &name, "rfc")?;
            self.front_matter.insert(name.into_inner(), front_matter);
        }
        checks::check_values(source, self)
    }

    fn add_book(&mut self, source: &Arc<Source>) {
        let book = book::read(source);
        if self.src.is_none() {
            self.src = book.src;
        }
        for (label, address) in book.links {
            if !self.links.keys().any(|own| own.eq_ignore_ascii_case(&label)) {
                self.links.insert(label, address);
            }
        }
        self.linkifiers.extend(book.linkifiers);
        for (user, name) in book.users {
            self.users.entry(user).or_insert(name);
        }
        self.ignore_users = book.ignore_users;
        if self.site.is_none() {
            self.site = book.site;
        }
        self.former_sites.extend(book.former_site.map(|value| Former { value, from: Origin::Book }));
        self.repository = book.repository;
        self.edit_url = book.edit_url;
        self.redirects = book.redirects;
        self.add_ignored(book.warnings);
    }

    fn add_ignored(&mut self, keys: Vec<Error>) {
        self.warnings.extend(keys.into_iter().map(|about| Warning { rule: &IGNORED_KEY, about }));
    }

    /// Adds where the project was before as far as that is built in. What it is today is nothing that it was.
    fn add_moved(&mut self) -> Result<(), Error> {
        if let Some(repository) = &self.repository {
            let moved = moved::of(repository)?;
            let names = moved.repositories.iter().filter_map(|name| Repository::parse(name));
            self.former_repositories.extend(names.map(|value| Former { value, from: Origin::BuiltIn }));
            self.former_sites.extend(moved.sites.into_iter().map(|value| Former { value, from: Origin::BuiltIn }));
            self.former_repositories.retain(|former| !former.value.is(repository));
        }
        let mut seen = Vec::new();
        self.former_repositories.retain(|former| once(&mut seen, former.value.to_string().to_lowercase()));
        seen = self.site.clone().into_iter().collect();
        self.former_sites.retain(|former| once(&mut seen, former.value.clone()));
        Ok(())
    }

    /// The name that the repository of an issue has today.
    pub fn today<'r>(&'r self, written: &'r Repository) -> &'r Repository {
        let is_former = self.former_repositories.iter().any(|former| former.value.is(written));
        // Without today's name one of the former ones is as good as any.
        let today = self.repository.as_ref().or_else(|| Some(&self.former_repositories.first()?.value));
        today.filter(|_| is_former).unwrap_or(written)
    }

    /// Whether a repository is that of the project, by its name of today or a former one.
    pub fn is_own(&self, repository: &Repository) -> bool {
        let former = self.former_repositories.iter().map(|former| &former.value);
        former.chain(&self.repository).any(|own| own.is(repository))
    }

    /// The address of a file in the project's repository, by its path from the root; none where that is not known.
    pub(crate) fn source_address(&self, path: &str) -> Option<String> {
        let path = encode(path);
        match (&self.edit_url, &self.repository) {
            (Some(template), _) => {
                Some(encode_url(&template.replace("/edit/", "/blob/").replace("{path}", &path)).into_owned())
            }
            // What GitHub calls the newest commit of the main branch, whatever that is called.
            (None, Some(repository)) => Some(format!("https://github.com/{repository}/blob/HEAD/{path}")),
            (None, None) => None,
        }
    }

    /// What follows the address of the site, of today or a former one, where an address begins with it, and whether it is a
    /// former one.
    pub fn on_site<'t>(&self, address: &'t str) -> Option<(&'t str, bool)> {
        let former = self.former_sites.iter().map(|former| (former.value.as_str(), true));
        let sites = self.site.iter().map(|site| (site.as_str(), false)).chain(former);
        let below = sites.filter_map(|(site, is_former)| {
            let rest = address.strip_prefix(site)?;
            (rest.is_empty() || rest.starts_with('/')).then_some((rest, is_former))
        });
        // One site may be a part of another.
        below.min_by_key(|(rest, _)| rest.len())
    }

    /// Fails where the slates or a roster would be looked for outside of the project.
    pub(crate) fn check_places(&self, root: &Path) -> Result<(), Error> {
        let of_periods = self.periods.iter().map(|(name, period)| (vec!["periods", name], "roster", &period.roster));
        let places = [(vec![], "src", &self.src), (vec!["roster"], "path", &self.roster)].into_iter().chain(of_periods);
        for (tables, key, path) in places.filter_map(|(tables, key, path)| Some((tables, key, path.as_ref()?))) {
            within_project(root, path).map_err(|failure| {
                // `src` may be that of `book.toml`.
                let value = KeyPath { above: key.to_owned(), key: None };
                let found = self.source.as_ref().and_then(|source| Some((source, value.find(source, &tables)?.0)));
                let advice = failure.advice().map(str::to_owned);
                let failure = match found {
                    Some((source, span)) => {
                        Error::in_text(source.clone(), span, format!("invalid value of `{key}`: {failure}"))
                    }
                    None => failure,
                };
                advice.into_iter().fold(failure, Error::help)
            })?;
        }
        Ok(())
    }

    /// Where the slates of the project at `root` are: where a file says, else in `src`, else in the root itself.
    pub fn slates(&self, root: &Path) -> PathBuf {
        match &self.src {
            Some(src) => root.join(src),
            None if root.join("src").is_dir() => root.join("src"),
            None => root.to_path_buf(),
        }
    }

    /// The lines above the text of a period's RFC, if the configuration states it.
    pub fn front_matter(&self, period: PeriodName) -> Option<&FrontMatter> {
        self.front_matter.iter().find(|(name, _)| PeriodName::parse(name) == Some(period)).map(|(_, found)| found)
    }

    /// What the configuration says about one period.
    pub fn period(&self, period: PeriodName) -> Option<&PeriodConfig> {
        self.periods.iter().find(|(name, _)| PeriodName::parse(name) == Some(period)).map(|(_, found)| found)
    }

    /// Where a key below `[periods.NAME]` is; one that another period states, which this one is like, is there.
    pub(crate) fn period_key(&self, period: &str, path: &KeyPath) -> Option<Span> {
        let source = self.source.as_ref()?;
        let others = self.periods.keys().map(String::as_str).filter(|other| *other != period);
        let found = std::iter::once(period).chain(others).map(|name| path.find(source, &["periods", name]));
        let found: Vec<(Span, bool)> = found.flatten().collect();
        found.iter().find(|(_, is_it)| *is_it).or_else(|| found.first()).map(|(span, _)| *span)
    }

    /// A failure that points into `goals.toml`.
    pub fn failure(&self, span: Span, message: impl Into<String>) -> Error {
        match &self.source {
            Some(source) => Error::in_text(source.clone(), span, message),
            None => Error::new(message),
        }
    }
}

/// Whether a name has not been seen before.
fn once(seen: &mut Vec<String>, name: String) -> bool {
    let is_new = !seen.contains(&name);
    seen.push(name);
    is_new
}

/// The address of a site, without a slash at its end.
fn address(source: &Source, address: TomlSpanned<String>) -> Result<String, Error> {
    let text = address.get_ref().trim_end_matches('/');
    if is_address(text) {
        return Ok(text.to_owned());
    }
    let message = format!("invalid URL `{}`", address.get_ref());
    Err(Error::in_text(source.clone(), Span::new(address.span()), message)
        .help("use the full URL of the published site: `https://…`"))
}

fn repository(source: &Source, name: TomlSpanned<String>) -> Result<Repository, Error> {
    Repository::parse(name.get_ref()).ok_or_else(|| {
        let message = format!("invalid repository `{}`", name.get_ref());
        Error::in_text(source.clone(), Span::new(name.span()), message).help("use `owner/name`")
    })
}

/// Paths that are not looked at. One that leads out of the project excludes nothing, whatever its author believes.
fn exclusions(source: &Source, paths: Vec<TomlSpanned<String>>) -> Result<Vec<Exclusion>, Error> {
    let check = |path: TomlSpanned<String>| {
        let is_below = |part| matches!(part, Component::Normal(_) | Component::CurDir);
        if Path::new(path.get_ref()).components().all(is_below) {
            let span = Span::new(path.span());
            return Ok(Exclusion { pattern: path.into_inner(), span });
        }
        let message = format!("invalid path `{}`: expected a path within the project", path.get_ref());
        Err(Error::in_text(source.clone(), Span::new(path.span()), message)
            .help("use a path relative to the directory of this file, without `..`: `src/2024h2/notes.md`"))
    };
    paths.into_iter().map(check).collect()
}

fn linkifiers(source: &Source, patterns: SpannedMap<TomlSpanned<String>>) -> Result<Vec<Linkifier>, Error> {
    let compile = |(pattern, address): (TomlSpanned<String>, TomlSpanned<String>)| {
        Linkifier::new(pattern.get_ref(), address.get_ref()).map_err(|fault| {
            let span = if fault.is_of_address { address.span() } else { pattern.span() };
            Error::in_text(source.clone(), Span::new(span), fault.message).help(fault.help)
        })
    };
    patterns.into_iter().map(compile).collect()
}

fn level_settings(table: SpannedMap<TomlSpanned<String>>) -> Vec<LevelSetting> {
    let setting = |(rule, level): (TomlSpanned<String>, TomlSpanned<String>)| LevelSetting {
        span: Span::new(rule.span()),
        level_span: Span::new(level.span()),
        rule: rule.into_inner(),
        level: level.into_inner(),
    };
    table.into_iter().map(setting).collect()
}

fn period_span(source: &Source, name: &TomlSpanned<String>, table: &str) -> Result<Span, Error> {
    let span = Span::new(name.span());
    if PeriodName::parse(name.get_ref()).is_some() {
        return Ok(span);
    }
    let message = format!("invalid period name in `[{table}.{}]`", name.get_ref());
    Err(Error::in_text(source.clone(), span, message)
        .help("use a year, optionally followed by `h1` or `h2`: `2025h1`, `2026`"))
}

/// The text of a file, if it is there; it may be no UTF-8.
pub(crate) fn read_text_if_there(path: &Path) -> Result<Option<Source>, Error> {
    if !is_there(path) {
        return Ok(None);
    }
    file_within_boundary(path, path.parent().unwrap_or(path))?;
    read_text(path).map(Some)
}

fn read_text(path: &Path) -> Result<Source, Error> {
    Ok(Source::from_bytes(crate::sys::paths::shown(path), OsTree.read(path)?))
}

pub(crate) fn read_if_there(path: &Path) -> Result<Option<Source>, Error> {
    read_text_if_there(path)?.map(valid).transpose()
}

pub(crate) fn read_source(path: &Path) -> Result<Source, Error> {
    read_text(path).and_then(valid)
}

fn valid(source: Source) -> Result<Source, Error> {
    match source.invalid_utf8() {
        Some(at) => Err(Error::in_text(source, Span::new(at..at + 1), "invalid UTF-8, so the file is not valid TOML")),
        None => Ok(source),
    }
}

fn parse<T: for<'de> Deserialize<'de>>(source: &Source) -> Result<T, Error> {
    toml::from_str(source.text()).map_err(|error| {
        let span = error.span().map_or(Span::at(0), Span::new);
        let (message, help) = describe(error.message());
        let failure = Error::in_text(source.clone(), span, message);
        help.into_iter().fold(failure, Error::help)
    })
}
