//! A project: its root, its configuration, its roster, and the slates in it.
//!
//! It puts together what `config`, `period`, `roster` and `slate` know; files come from a `tree`.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::discovery::{NEVER_SEARCHED, is_root, period_directories};
use super::pages::markdown_files;
use super::parse_cache::ParseCache;
use super::selection::Pages;
use crate::links::outside::OutsideFiles;
use crate::links::scan::OutsideScan;
use crate::markdown::document::Document;
use crate::model::goal;
use crate::model::slate::{File, FileKind, GOAL_TEMPLATE_FILE, Slate, TEMPLATE_FILE};
use crate::model::slate_reader::{Parsed, ParsedSlate, SlateParts};
use crate::policy::config::exclusion::Exclusion;
use crate::policy::config::{ASKS_FILE, BOOK_FILE, CONFIG_FILE, Config, ConfigFiles};
use crate::policy::format::Format;
use crate::policy::formats::{FormatError, Formats};
use crate::policy::period::PeriodName;
use crate::policy::roster::pin::ROSTER_FILES;
use crate::policy::roster::{NOTES_FILE, Roster};
use crate::sys::error::Error;
use crate::sys::paths::{absolute, with_slashes};
use crate::sys::symlink_boundary::{SymlinkBoundary, is_there, within_project};
use crate::sys::threads;
use crate::sys::tree::{Entry, OsTree, Tree};
use crate::sys::warning::{IGNORED_GOAL, UNMATCHED_PATTERN, Warning};
use crate::text::source::Source;

/// A project that has been opened.
#[derive(Clone, Debug)]
pub struct Project {
    /// Its root directory, absolute.
    pub root: PathBuf,
    /// Its configuration.
    pub config: Arc<Config>,
    /// Where teams and people are, if not in the program.
    roster_directory: Option<PathBuf>,
    /// Whether one roster was named for everything.
    roster_is_named: bool,
    /// Teams and people, read when they are asked for: pages are parsed in the meantime.
    roster: OnceLock<Result<Arc<Roster>, Error>>,
    /// The formats of periods where the configuration changes one.
    formats: OnceLock<Formats>,
}

/// A slate as read from disk, and what got in the way.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The slate, from all files that could be read.
    pub slate: Slate,
    /// What is known of the files around it; nothing for a slate of texts alone.
    pub outside: Option<OutsideFiles>,
    /// Files that could not be read.
    pub failures: Vec<Error>,
    /// What the reader should know, such as which format is used for an unknown one.
    pub notes: Vec<String>,
    /// What is wrong around the slate without stopping anything.
    pub warnings: Vec<Warning>,
}

/// What is in the directory of a slate.
#[derive(Default)]
pub(super) struct Contents {
    pub(super) parsed: Vec<(Arc<Source>, Parsed)>,
    /// What may have been meant as a page.
    pub(super) others: Vec<Entry>,
    pub(super) failures: Vec<Error>,
}

/// Opening and reading a file and parsing what most have takes about as long as parsing so many bytes.
const WEIGHT: usize = 12 << 10;

impl Project {
    /// Opens the project at `root`. `roster` is a directory that is used for all periods.
    pub fn open(root: &Path, files: ConfigFiles<'_>, roster: Option<&Path>) -> Result<Project, Error> {
        let root = absolute(root);
        let mut config = Config::read(&root, files)?;
        config.check_places(&root)?;
        let unmatched = Project::unmatched_patterns(&root, &config);
        config.warnings.extend(unmatched);
        let own_roster = config.roster.as_ref().map(|path| within_project(&root, path)).transpose()?;
        let project = Project {
            root,
            config: Arc::new(config),
            roster_is_named: roster.is_some(),
            roster_directory: roster.map(Path::to_path_buf).or(own_roster),
            roster: OnceLock::new(),
            formats: OnceLock::new(),
        };
        for (name, period) in &project.config.periods {
            if let Some(period_name) = PeriodName::parse(name).filter(|_| !period.format.is_empty()) {
                project.formats().check(period_name).map_err(|error| error.at(&project.config, name, period.span))?;
            }
        }
        Ok(project)
    }

    /// The teams and people of the project, or why they cannot be read.
    pub fn roster(&self) -> Result<&Arc<Roster>, Error> {
        let read = || self.read_roster(self.roster_directory.as_deref()).map(Arc::new);
        self.roster.get_or_init(read).as_ref().map_err(Clone::clone)
    }

    /// The teams and people of a directory, or those that are built in, with what the configuration says of them.
    fn read_roster(&self, directory: Option<&Path>) -> Result<Roster, Error> {
        let mut roster = match directory {
            Some(directory) => Roster::read(directory)?,
            None => Roster::built_in()?,
        };
        roster.rename(self.config.renamed.clone());
        roster.set_names(self.config.users.iter().map(|(user, name)| (user.as_str(), name.as_str())));
        Ok(roster)
    }

    /// Whether a path, without symbolic links in it, is that of a file with configuration, teams or people.
    pub fn reads(&self, path: &Path) -> bool {
        let (Some(directory), Some(name)) = (path.parent(), path.file_name()) else { return false };
        let is_one = |known: &str| name == known;
        let is_here = |known: &Path| known.canonicalize().is_ok_and(|known| known == directory);
        let of_periods = self.config.periods.values().filter_map(|period| period.roster.as_ref());
        let of_periods: Vec<PathBuf> = of_periods.map(|roster| self.root.join(roster)).collect();
        let is_config = [CONFIG_FILE, BOOK_FILE, ASKS_FILE].into_iter().any(is_one);
        let is_roster = ROSTER_FILES.iter().map(|file| file.name).chain([NOTES_FILE]).any(is_one);
        is_config && is_here(&self.root)
            || is_roster && of_periods.iter().chain(&self.roster_directory).any(|roster| is_here(roster))
    }

    /// The files with configuration, teams or people that the project reads where they exist.
    pub fn settings_files(&self, files: ConfigFiles<'_>) -> Vec<PathBuf> {
        let of_periods = self.config.periods.values().filter_map(|period| period.roster.as_ref());
        let rosters = of_periods.map(|roster| self.root.join(roster)).chain(self.roster_directory.clone());
        let names = || ROSTER_FILES.iter().map(|file| file.name).chain([NOTES_FILE]);
        let of_roster = rosters.flat_map(|roster| names().map(move |name| absolute(&roster.join(name))));
        let own = Project::own_settings_files(&self.root, files);
        let all: BTreeSet<PathBuf> = own.into_iter().chain(of_roster).collect();
        all.into_iter().collect()
    }

    /// The files with the configuration of a project at a root, whether they exist or not.
    pub(crate) fn own_settings_files(root: &Path, files: ConfigFiles<'_>) -> Vec<PathBuf> {
        let own = if files.isolated { vec![] } else { vec![CONFIG_FILE, BOOK_FILE, ASKS_FILE] };
        let path = |name| match files.file {
            Some(file) if name == CONFIG_FILE => absolute(file),
            _ => root.join(name),
        };
        own.into_iter().map(path).collect()
    }

    pub(super) fn formats(&self) -> &Formats {
        let changed = || self.config.periods.iter().filter(|(_, period)| !period.format.is_empty());
        if changed().next().is_none() {
            return Formats::built_in();
        }
        let changed = || changed().map(|(name, period)| (name.clone(), period.format.clone()));
        self.formats.get_or_init(|| Formats::new(changed().collect()))
    }

    /// The directories of all slates of the project, oldest first.
    pub fn slate_directories(&self) -> Vec<PathBuf> {
        self.slate_directories_in(&OsTree)
    }

    /// Where the pages of the project are.
    pub fn pages(&self) -> Pages {
        let (slates, directory) = (self.slate_directories(), self.config.slates(&self.root));
        // A slate may be the root of a project itself.
        let directory = Some(directory).filter(|directory| is_root(&self.root) && !slates.contains(directory));
        Pages { slates, directory }
    }

    /// The newest slate that holds a goal; where none does, the newest.
    pub fn newest_slate(&self) -> Option<PathBuf> {
        let slates = self.slate_directories();
        let with_goal = slates.iter().rev().find(|slate| self.holds_goal(&OsTree, slate));
        with_goal.or_else(|| slates.last()).cloned()
    }

    /// The newest period whose format is known.
    pub(crate) fn newest_period(&self) -> Result<PeriodName, Error> {
        self.formats().newest().map(|(_, period)| period).map_err(FormatError::failure)
    }

    /// The periods whose formats are known, oldest first.
    pub(crate) fn periods(&self) -> Vec<PeriodName> {
        self.formats().names()
    }

    /// The format of a period, and whose it is: that of the newest known one where it has none.
    pub(crate) fn format(&self, period: PeriodName) -> Result<(Format, PeriodName), Error> {
        self.formats().get(period).map_err(FormatError::failure)
    }

    /// Where a slate is begun: beside the others, else where the configuration says, else in `src`.
    pub(crate) fn directory_of_new_slate(&self, period: PeriodName) -> PathBuf {
        let beside = self.slate_directories().pop().and_then(|slate| slate.parent().map(Path::to_path_buf));
        let above = match (beside, &self.config.src) {
            (Some(beside), _) => beside,
            (None, Some(_)) => self.config.slates(&self.root),
            (None, None) => self.root.join("src"),
        };
        above.join(period.to_string())
    }

    /// Whether a slate holds a goal. Files are read up to the first goal, which most of them are.
    pub(crate) fn holds_goal(&self, tree: &dyn Tree, directory: &Path) -> bool {
        let bounds = &SymlinkBoundary::of(&self.root);
        let format = match PeriodName::of_directory(directory) {
            Some(period) => self.formats().get(period),
            None => self.formats().newest(),
        };
        let Ok((format, _)) = format else { return false };
        let (mut files, mut others, mut failures) = Default::default();
        markdown_files(tree, directory, &|_| false, &mut files, &mut others, &mut failures);
        let is_other = |file: &Entry| matches!(file.name().as_str(), GOAL_TEMPLATE_FILE | TEMPLATE_FILE);
        files.iter().filter(|file| !is_other(file) && !self.is_excluded(&file.path)).any(|file| {
            let page = Project::read_page(tree, file, bounds);
            page.is_ok_and(|bytes| is_goal(&Source::from_bytes(self.path_from_root(&file.path), bytes), &format))
        })
    }

    /// The directories of all slates in a tree, oldest first.
    pub(super) fn slate_directories_in(&self, tree: &dyn Tree) -> Vec<PathBuf> {
        period_directories(tree, &self.config.slates(&self.root))
    }

    /// A path from the root, with `/`.
    pub fn path_from_root(&self, path: &Path) -> String {
        let path = absolute(path);
        with_slashes(path.strip_prefix(&self.root).unwrap_or(&path))
    }

    /// Whether the configuration excludes a file or a directory above it.
    pub fn is_excluded(&self, path: &Path) -> bool {
        if self.config.exclude.is_empty() {
            return false;
        }
        let path = self.path_from_root(path);
        self.config.exclude.iter().any(|excluded| excluded.covers(&path))
    }

    /// The patterns of `exclude` that fit nothing, each as a warning at its place.
    fn unmatched_patterns(root: &Path, config: &Config) -> Vec<Warning> {
        let is_unmatched = |excluded: &&Exclusion| match excluded.is_plain() {
            true => !is_there(&root.join(&excluded.pattern)),
            false => !holds_match(root, &config.slates(root), excluded),
        };
        let warning = |excluded: &Exclusion| {
            let message = format!("`{}` matches no file or directory", excluded.pattern);
            let help = "use a path from the directory of this file, or a pattern such as `src/*/notes.md`";
            Warning { rule: &UNMATCHED_PATTERN, about: config.failure(excluded.span, message).help(help) }
        };
        config.exclude.iter().filter(is_unmatched).map(warning).collect()
    }

    /// A slate from texts that need not be on disk. `directory` is its path from the root, `period` the format to be used
    /// where that is not named like one, `is_closed` whether the project has a newer slate.
    pub fn slate(
        &self,
        directory: &str,
        period: Option<PeriodName>,
        is_closed: bool,
        sources: Vec<Source>,
    ) -> Result<Reading, Error> {
        let (parts, notes) = self.parts(directory, period, is_closed)?;
        Ok(Reading {
            slate: Slate::new(parts, sources),
            outside: None,
            failures: Vec::new(),
            notes,
            warnings: Vec::new(),
        })
    }

    /// The pages beside the slates, from texts that need not be on disk. `directory` is their path from the root.
    pub fn pages_beside_slates(&self, directory: &str, sources: Vec<Source>) -> Result<Slate, Error> {
        let (mut parts, _) = self.parts(directory, None, false)?;
        parts.beside_slates = true;
        Ok(Slate::new(parts, sources))
    }

    /// What a slate is judged by, and notes about it; see [`Project::slate`].
    pub(super) fn parts(
        &self,
        directory: &str,
        period: Option<PeriodName>,
        is_closed: bool,
    ) -> Result<(SlateParts, Vec<String>), Error> {
        let name = match directory.rsplit('/').next() {
            Some("") | None => self.root.file_name().unwrap_or_default().to_string_lossy().into_owned(),
            Some(name) => name.to_owned(),
        };
        let wanted = period.or_else(|| PeriodName::parse(&name));
        let (mut format, used) = match wanted {
            Some(wanted) => self.formats().get(wanted).map_err(FormatError::failure)?,
            None => self.formats().newest().map_err(FormatError::failure)?,
        };
        let mut notes = Vec::new();
        if wanted != Some(used) {
            notes.push(format!("unknown period `{name}`: using the format of {used}, the newest known one"));
        }
        if let Some(asks) = &self.config.asks {
            format.asks.clone_from(asks);
        }
        let roster = match wanted.and_then(|wanted| self.config.period(wanted)?.roster.as_ref()) {
            Some(own) if !self.roster_is_named => Arc::new(self.read_roster(Some(&within_project(&self.root, own)?))?),
            _ => Arc::clone(self.roster()?),
        };
        let slates = self.path_from_root(&self.config.slates(&self.root));
        let site_path = directory.strip_prefix(&slates).unwrap_or(directory).trim_start_matches('/').to_owned();
        let directory = directory.to_owned();
        let config = Arc::clone(&self.config);
        Ok((
            SlateParts {
                name,
                period: wanted,
                directory,
                site_path,
                is_closed,
                beside_slates: false,
                format,
                roster,
                config,
            },
            notes,
        ))
    }

    /// Reads the slate in a directory of a tree; see [`Project::slate`]. Configuration and roster are those of the project.
    pub fn read_slate(&self, tree: &dyn Tree, directory: &Path, period: Option<PeriodName>) -> Result<Reading, Error> {
        self.read_slate_with(tree, directory, period, None)
    }

    /// Reads the pages that lie beside the slates, as if they were one of the newest period.
    pub(crate) fn read_pages(&self, tree: &dyn Tree, kept: Option<&ParseCache>) -> Result<Reading, Error> {
        let directory = self.config.slates(&self.root);
        let bounds = &SymlinkBoundary::of(&self.root);
        tree.check_boundary(&directory, bounds)?;
        let slates = self.slate_directories_in(tree);
        let newest = slates.last().and_then(|slate| PeriodName::of_directory(slate));
        let contents = self.contents(tree, &directory, &slates, bounds, kept);
        let (mut parts, _) = self.parts(&self.path_from_root(&directory), newest, false)?;
        parts.beside_slates = true;
        let parsed = ParsedSlate::new(parts, contents.parsed);
        let around = OutsideScan { tree, root: &self.root, bounds };
        let outside = OutsideFiles::of(parsed.slate(), &around);
        let contents_read = parsed.contents();
        let slate = parsed.finish(contents_read);
        let warnings = self.goals_beside(&slate);
        Ok(Reading { slate, outside: Some(outside), failures: contents.failures, notes: Vec::new(), warnings })
    }

    /// The goals that are in no slate, each once for its directory.
    fn goals_beside(&self, pages: &Slate) -> Vec<Warning> {
        let is_one = |file: &&File| {
            // Templates and descriptions of a goal look like one.
            let is_template = file.source.file_name().to_ascii_lowercase().contains("template");
            file.kind == FileKind::Page && !is_template && is_goal_in(&file.source, &file.document, &pages.format)
        };
        let mut warnings: Vec<Warning> = Vec::new();
        let mut seen = BTreeSet::new();
        for file in pages.files.iter().filter(is_one) {
            let (directory, name) = file.source.path().rsplit_once('/').unwrap_or(("", file.source.path()));
            let is_top = directory == pages.directory;
            if !is_top && !seen.insert(directory) {
                continue;
            }
            let (place, message) = match is_top {
                true => (file.source.path(), "looks like a goal, but is in no slate".to_owned()),
                false => (directory, format!("contains a goal (`{name}`), but is not a slate")),
            };
            let help = match is_top {
                true => "move it to the directory of a slate, or add it to `exclude` in goals.toml",
                false => {
                    "name the directory after a period, such as `2026` or `2025h1`, or add it to `exclude` in goals.toml"
                }
            };
            let about = Error::of(&self.root.join(place), &message).help(help);
            warnings.push(Warning { rule: &IGNORED_GOAL, about });
        }
        warnings
    }

    /// Reads a slate as [`Project::read_slate`] does; what was parsed before may be kept.
    pub(crate) fn read_slate_with(
        &self,
        tree: &dyn Tree,
        directory: &Path,
        period: Option<PeriodName>,
        kept: Option<&ParseCache>,
    ) -> Result<Reading, Error> {
        let directory = absolute(directory);
        let bounds = &SymlinkBoundary::of(&self.root);
        tree.check_boundary(&directory, bounds)?;
        // Pages are parsed while it is found out by what they are judged.
        let (contents, parts) = threads::both(
            usize::MAX,
            || self.contents(tree, &directory, &[], bounds, kept),
            || {
                let is_newer = |named| {
                    let slates = self.slate_directories_in(tree).into_iter().rev();
                    let mut newer = slates.filter(|path| Some(named) < PeriodName::of_directory(path));
                    newer.any(|path| self.holds_goal(tree, &path))
                };
                let is_closed = PeriodName::of_directory(&directory).is_some_and(is_newer);
                self.parts(&self.path_from_root(&directory), period, is_closed)
            },
        );
        let Contents { parsed, others, mut failures } = contents;
        let (parts, notes) = parts?;
        let parsed = ParsedSlate::new(parts, parsed);
        let around = OutsideScan { tree, root: &self.root, bounds };
        // Neither needs what the other finds.
        let (outside, contents) = threads::both(
            parsed.slate().text_len(),
            || OutsideFiles::of(parsed.slate(), &around),
            || parsed.contents(),
        );
        let slate = parsed.finish(contents);
        let mut warnings = Vec::new();
        for file in others.iter().filter(|file| !self.is_excluded(&file.path)) {
            let path = self.path_from_root(&file.path);
            if file.is_link && file.path.is_dir() {
                // It could lead in a circle.
                let failure = Error::new(format!("{path}: symbolic link to a directory not followed"));
                failures.push(failure.help("replace the link with the files, or add it to `exclude` in goals.toml"));
                continue;
            }
            let source = Project::read_page(tree, file, bounds).map(|bytes| Source::from_bytes(path, bytes));
            if let Some(source) = source.ok().filter(|source| is_goal(source, &slate.format)) {
                let stem = Path::new(source.file_name()).file_stem().unwrap_or_default().to_string_lossy();
                let help = format!("rename it to `{stem}.md`, or add it to `exclude` in goals.toml");
                let about = Error::of(&file.path, "looks like a goal, but is not read").help(help);
                warnings.push(Warning { rule: &IGNORED_GOAL, about });
            }
        }
        Ok(Reading { slate, outside: Some(outside), failures, notes, warnings })
    }

    /// Reads and parses the pages in a directory, without those of the slates in it.
    pub(super) fn contents(
        &self,
        tree: &dyn Tree,
        directory: &Path,
        slates: &[PathBuf],
        bounds: &SymlinkBoundary<'_>,
        kept: Option<&ParseCache>,
    ) -> Contents {
        let mut contents = Contents::default();
        let mut files = Vec::new();
        let is_skipped = |path: &Path| {
            let name = path.file_name().and_then(OsStr::to_str);
            slates.iter().any(|slate| slate == path)
                || !slates.is_empty() && name.is_some_and(|name| NEVER_SEARCHED.contains(&name))
        };
        markdown_files(tree, directory, &is_skipped, &mut files, &mut contents.others, &mut contents.failures);
        files.retain(|file| !self.is_excluded(&file.path));
        // What authors copy is in the slate or next to it.
        let is_template = |file: &Entry| file.name() == GOAL_TEMPLATE_FILE;
        let beside = directory.parent().map(|above| above.join(GOAL_TEMPLATE_FILE));
        let beside = beside.filter(|path| !files.iter().any(is_template) && tree.is_there(path));
        let beside = beside.filter(|path| !self.is_excluded(path));
        let page = |file: &Entry| {
            let bytes = Project::read_page(tree, file, bounds)?;
            Ok(Source::from_bytes(self.path_from_root(&file.path), bytes))
        };
        let template = |path: &PathBuf| {
            tree.check_boundary(path, bounds)?;
            Ok(Source::from_bytes(GOAL_TEMPLATE_FILE, tree.read(path)?))
        };
        let count = files.len() + usize::from(beside.is_some());
        let read = threads::map(count, count * WEIGHT, |index| {
            let (path, source) = match files.get(index) {
                Some(file) => (&file.path, page(file)),
                None => (beside.as_ref()?, template(beside.as_ref()?)),
            };
            Some(source.map(|source| match kept {
                Some(kept) => kept.parse(path, source),
                None => Parsed::with_source(source),
            }))
        });
        contents.parsed.reserve(count);
        for read in read.into_iter().flatten() {
            match read {
                Ok(parsed) => contents.parsed.push(parsed),
                Err(failure) => contents.failures.push(failure),
            }
        }
        contents
    }

    fn read_page(tree: &dyn Tree, file: &Entry, bounds: &SymlinkBoundary<'_>) -> Result<Vec<u8>, Error> {
        if file.is_link {
            tree.check_boundary(&file.path, bounds)?;
        }
        tree.read(&file.path)
    }
}

/// Whether a directory holds something that a pattern fits.
fn holds_match(root: &Path, directory: &Path, excluded: &Exclusion) -> bool {
    let entries = OsTree.entries(directory).unwrap_or_default();
    entries.into_iter().filter(|entry| !entry.name().starts_with('.')).any(|entry| {
        let path = with_slashes(entry.path.strip_prefix(root).unwrap_or(&entry.path));
        excluded.covers(&path) || (entry.is_directory && holds_match(root, &entry.path, excluded))
    })
}

/// Whether a text has the metadata table of a goal.
fn is_goal(source: &Source, format: &Format) -> bool {
    is_goal_in(source, &Document::parse(source), format)
}

fn is_goal_in(source: &Source, document: &Document, format: &Format) -> bool {
    goal::first_table(document).is_some_and(|(_, table)| goal::looks_like_metadata(source, table, format))
}
