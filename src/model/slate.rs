//! One slate: the files of a period, the goals in them, the template and the pages.
//!
//! What a file says is read by `goal`; what is wrong with it is found by the rules.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{Arc, OnceLock};

use super::goal::{self, Goal, Roadmap};
use super::goal_template::GoalTemplate;
use crate::diagnostics::finding::Finding;
use crate::links::outside::{Neighbours, Surroundings};
use crate::links::page_index::Pages;
use crate::markdown::directive::{Directive, directives};
use crate::markdown::document::Document;
use crate::markdown::label::normalize_label;
use crate::markdown::plain_text::Masked;
use crate::policy::config::Config;
use crate::policy::format::{DirectiveKind, Fact, Format, GoalFilter, PeriodName, Required, Stage};
use crate::policy::roster::Roster;
use crate::rfc::chapters;
use crate::sys::threads;
use crate::text::similarity::nearest;
use crate::text::source::{Source, Span};

/// The file that becomes the RFC.
pub(crate) const TEMPLATE_FILE: &str = "README.md";
/// The file that authors copy; it is never a goal.
pub(crate) const GOAL_TEMPLATE_FILE: &str = "TEMPLATE.md";

/// A slate and everything that is needed to judge it.
#[derive(Clone, Debug)]
pub struct Slate {
    /// The name of its directory, as written; `2025h1` in most cases.
    pub name: String,
    /// The period, where the directory is named like one.
    pub period: Option<PeriodName>,
    /// The directory from the project's root, with `/`; empty for the root itself.
    pub directory: String,
    /// The directory of its pages on the published site, with `/`.
    pub site_path: String,
    /// Whether the project has a newer slate.
    pub over: bool,
    /// The period's format.
    pub format: Format,
    /// Teams and people.
    pub roster: Arc<Roster>,
    /// What the project's files say.
    pub config: Arc<Config>,
    /// What is known of the files around it; nothing where it was read from texts alone.
    pub neighbours: Option<Arc<Neighbours>>,
    /// All files, sorted by path.
    pub files: Vec<File>,
    /// The goals, in the order of their files.
    pub goals: Vec<Goal>,
    /// The roadmaps, in the order of their files.
    pub roadmaps: Vec<Roadmap>,
    /// What authors copy to begin a goal, where there is such a file.
    pub goal_template: Option<GoalTemplate>,
    /// What rules and the RFC ask for again and again.
    index: Index,
    /// See [`Slate::pages`].
    pages: OnceLock<Pages>,
}

/// What is found out once about all files of a slate, which may have thousands.
#[derive(Clone, Debug, Default)]
struct Index {
    /// The names of all metadata rows of goals.
    rows: HashSet<String>,
    /// The directives with an argument: the file and the place in its directives.
    arguments: Vec<(usize, usize)>,
    /// See [`Slate::in_rfc`].
    in_rfc: Vec<usize>,
}

/// A file of a slate.
#[derive(Clone, Debug)]
pub struct File {
    /// Its text.
    pub source: Source,
    /// What the text holds.
    pub document: Document,
    /// The directives in it.
    pub directives: Vec<Directive>,
    /// What it is.
    pub kind: FileKind,
    /// What several rules ask for, found out when the first one does.
    plain: OnceLock<Masked>,
    targets: OnceLock<Vec<Span>>,
    /// See `undefined_label::judged`.
    pub(crate) undefined: OnceLock<Vec<(Finding, Option<String>)>>,
    /// See `people::owner_cells`.
    pub(crate) owners: OnceLock<Vec<Span>>,
    /// See `missing_section::meant_as`: places in the sections of the format, and in [`Document::headings`].
    pub(crate) meant: OnceLock<Vec<(usize, usize)>>,
}

/// What a file of a slate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A goal; the number is its place in [`Slate::goals`].
    Goal(usize),
    /// A roadmap; the number is its place in [`Slate::roadmaps`].
    Roadmap(usize),
    /// The template of the RFC.
    Template,
    /// A file with the sections of a goal and no metadata table that can be read.
    Broken {
        /// The heading by which it is known as a goal, as a place in [`Document::headings`].
        section: usize,
    },
    /// A file named like a roadmap, without a metadata table that can be read.
    BrokenRoadmap,
    /// Any other page.
    Page,
}

/// What parsing makes of a file, which takes no more than its text: neither the period nor the teams.
pub(crate) enum Parsed {
    /// What authors copy.
    GoalTemplate(GoalTemplate),
    /// Any other file.
    Page(Document, Vec<Directive>),
}

impl Parsed {
    /// Parses a text.
    pub(crate) fn of(source: &Source) -> Parsed {
        if source.file_name() == GOAL_TEMPLATE_FILE {
            return Parsed::GoalTemplate(GoalTemplate::read(source));
        }
        let document = Document::parse(source);
        let directives = directives(source, &document);
        Parsed::Page(document, directives)
    }
}

/// What a file turned out to be.
enum Content {
    Goal(Goal),
    Roadmap(Roadmap),
    Other(FileKind),
}

/// What a slate is made of, before its files are read.
#[derive(Clone, Debug)]
pub struct SlateParts {
    /// See [`Slate::name`].
    pub name: String,
    /// See [`Slate::period`].
    pub period: Option<PeriodName>,
    /// See [`Slate::directory`].
    pub directory: String,
    /// See [`Slate::site_path`].
    pub site_path: String,
    /// See [`Slate::over`].
    pub over: bool,
    /// See [`Slate::format`].
    pub format: Format,
    /// See [`Slate::roster`].
    pub roster: Arc<Roster>,
    /// See [`Slate::config`].
    pub config: Arc<Config>,
}

impl Slate {
    /// Reads a slate from the texts of its files. Nothing is known of the files around it.
    pub fn new(parts: SlateParts, sources: Vec<Source>) -> Slate {
        let weight = sources.iter().map(|source| source.text().len()).sum();
        let parsed = threads::map(sources.len(), weight, |index| Parsed::of(&sources[index]));
        Slate::of(parts, sources.into_iter().zip(parsed).collect(), None)
    }

    /// Puts a slate together from its files, which are in any order.
    pub(crate) fn of(parts: SlateParts, mut parsed: Vec<(Source, Parsed)>, around: Option<&Surroundings<'_>>) -> Slate {
        let SlateParts { name, period, directory, site_path, over, format, roster, config } = parts;
        parsed.sort_by(|(a, _), (b, _)| a.path().cmp(b.path()));
        let (mut files, mut goal_template) = (Vec::with_capacity(parsed.len()), None);
        for (source, parsed) in parsed {
            match parsed {
                Parsed::GoalTemplate(template) => goal_template = goal_template.or(Some(template)),
                Parsed::Page(document, directives) => {
                    // What it is, is known once the metadata has been read.
                    let kind = FileKind::Page;
                    let (plain, targets, undefined, owners, meant) = Default::default();
                    files.push(File { source, document, directives, kind, plain, targets, undefined, owners, meant });
                }
            }
        }
        let mut slate = Slate {
            name,
            period,
            directory,
            site_path,
            over,
            format,
            roster,
            config,
            neighbours: None,
            files,
            goals: Vec::new(),
            roadmaps: Vec::new(),
            goal_template,
            index: Index::default(),
            pages: OnceLock::new(),
        };
        // Neither needs what the other finds.
        let (neighbours, contents) = threads::both(
            slate.text_len(),
            || around.map(|around| Neighbours::of(&slate, around)),
            || slate.files.iter().enumerate().map(|(index, file)| slate.read(index, file)).collect::<Vec<_>>(),
        );
        slate.neighbours = neighbours.map(Arc::new);
        for (index, content) in contents.into_iter().enumerate() {
            slate.files[index].kind = match content {
                Content::Goal(goal) => {
                    slate.goals.push(goal);
                    FileKind::Goal(slate.goals.len() - 1)
                }
                Content::Roadmap(roadmap) => {
                    slate.roadmaps.push(roadmap);
                    FileKind::Roadmap(slate.roadmaps.len() - 1)
                }
                Content::Other(kind) => kind,
            };
        }
        slate.index = Index {
            rows: slate.goals.iter().flat_map(|goal| &goal.metadata.rows).map(|row| row.name.value.clone()).collect(),
            arguments: slate.directives_with_arguments(),
            in_rfc: chapters::files_in_rfc(&slate),
        };
        slate
    }

    fn directives_with_arguments(&self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (file, read) in self.files.iter().enumerate() {
            let with_argument = read.directives.iter().enumerate().filter(|(_, one)| one.argument.is_some());
            found.extend(with_argument.map(|(directive, _)| (file, directive)));
        }
        found
    }

    /// The files whose text goes into the RFC, as places in [`Slate::files`]: the template, then its chapters in their order.
    pub(crate) fn in_rfc(&self) -> &[usize] {
        &self.index.in_rfc
    }

    /// Reads what the file at the place `index` is. It looks at no other file.
    fn read(&self, index: usize, file: &File) -> Content {
        let File { source, document, .. } = file;
        let roadmaps = self.format.roadmaps.as_ref();
        let is_roadmap = roadmaps.is_some_and(|roadmaps| source.file_name().starts_with(&roadmaps.prefix));
        let found = goal::first_table(document);
        let found = found.filter(|(_, table)| goal::looks_like_metadata(source, table, &self.format));
        let table = found.map(|(table, _)| table);
        if source.file_name() == TEMPLATE_FILE && source.path() == self.path_of(TEMPLATE_FILE) {
            Content::Other(FileKind::Template)
        } else if is_roadmap {
            match table {
                Some(table) => Content::Roadmap(Roadmap::read(index, source, document, table, &self.format)),
                None => Content::Other(FileKind::BrokenRoadmap),
            }
        } else {
            match table {
                Some(table) => Content::Goal(Goal::read(index, source, document, table, &self.format, &self.roster)),
                None => Content::Other(match goal_section(document, &self.format) {
                    Some(section) => FileKind::Broken { section },
                    None => FileKind::Page,
                }),
            }
        }
    }

    /// The same slate with other texts of some files, by path from the root.
    pub fn with_texts(&self, texts: &BTreeMap<String, String>) -> Slate {
        let sources = self.files.iter().map(|file| match texts.get(file.source.path()) {
            Some(text) => Source::from_bytes(file.source.path(), text.clone().into_bytes()),
            None => file.source.clone(),
        });
        let mut slate = self.with_sources(sources.collect());
        slate.goal_template.clone_from(&self.goal_template);
        slate.neighbours.clone_from(&self.neighbours);
        slate
    }

    /// A slate like this one of other files.
    pub fn with_sources(&self, sources: Vec<Source>) -> Slate {
        let parts = SlateParts {
            name: self.name.clone(),
            period: self.period,
            directory: self.directory.clone(),
            site_path: self.site_path.clone(),
            over: self.over,
            format: self.format.clone(),
            roster: Arc::clone(&self.roster),
            config: Arc::clone(&self.config),
        };
        Slate::new(parts, sources)
    }

    /// The path, from the project's root, of a file of this slate.
    pub fn path_of(&self, file: &str) -> String {
        if self.directory.is_empty() { file.to_owned() } else { format!("{}/{file}", self.directory) }
    }

    /// The files that a link may have meant that leads nowhere.
    pub(crate) fn pages(&self) -> &Pages {
        self.pages.get_or_init(|| Pages::of(self))
    }

    /// The directory of the project's pages, from its root, in which the slate stands.
    pub(crate) fn pages_directory(&self) -> &str {
        self.directory.strip_suffix(self.site_path.as_str()).map_or("", |above| above.trim_end_matches('/'))
    }

    /// The file at a path from the project's root, as a place in [`Slate::files`].
    pub(crate) fn file_at(&self, path: &str) -> Option<usize> {
        self.files.binary_search_by(|file| file.source.path().cmp(path)).ok()
    }

    /// Whether a path from the project's root is that of the slate's directory, or of one below it with files.
    pub(crate) fn has_directory(&self, path: &str) -> bool {
        let start = format!("{path}/");
        let next = self.files.partition_point(|file| file.source.path() < start.as_str());
        path == self.directory || self.files.get(next).is_some_and(|file| file.source.path().starts_with(&start))
    }

    /// Whether a path from the project's root is that of what authors copy in this slate.
    pub(crate) fn is_goal_template(&self, path: &str) -> bool {
        self.goal_template.is_some() && path == self.path_of(GOAL_TEMPLATE_FILE)
    }

    /// The template of the RFC, as a place in [`Slate::files`].
    pub fn template(&self) -> Option<usize> {
        self.files.iter().position(|file| file.kind == FileKind::Template)
    }

    /// A goal's file.
    pub fn file_of(&self, goal: &Goal) -> &File {
        &self.files[goal.file]
    }

    /// A file's page as a link from within the slate: the file from the slate's directory.
    pub fn page_of(&self, file: usize) -> &str {
        self.page_of_file(&self.files[file])
    }

    /// The same for a file.
    pub(crate) fn page_of_file<'f>(&self, file: &'f File) -> &'f str {
        let path = file.source.path();
        path.strip_prefix(&self.directory).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    /// The cells of a goal that have rules of their own, whatever stands in them: most values of its metadata, and whom an ask
    /// is for. In the order of the text.
    pub(crate) fn judged_cells(&self, file: &File) -> Vec<Span> {
        let FileKind::Goal(goal) = file.kind else { return Vec::new() };
        let goal = &self.goals[goal];
        let is_free = |fact: Fact| matches!(fact, Fact::ShortTitle | Fact::WhatAndWhy | Fact::Area);
        let rows = goal.metadata.rows.iter().filter(|row| row.fact.is_some_and(|fact| !is_free(fact)));
        let asked = goal.asks().map(|(task, _)| task.owners.span);
        let mut cells: Vec<Span> = rows.map(|row| row.value.span).chain(asked).collect();
        cells.sort_unstable();
        cells
    }

    /// The goals by their pages without extension, as links name them.
    pub(crate) fn goals_by_page(&self) -> HashMap<&str, &Goal> {
        let page = |goal: &Goal| self.page_of(goal.file);
        self.goals.iter().filter_map(|goal| Some((page(goal).strip_suffix(".md")?, goal))).collect()
    }

    /// The goals that a filter chooses, in the order of their files.
    pub fn choose(&self, filter: GoalFilter) -> Vec<&Goal> {
        let chosen = |goal: &&Goal| {
            let flagship = goal.is_flagship();
            match filter {
                GoalFilter::All => !goal.is_not_accepted(),
                GoalFilter::Flagship => !goal.is_not_accepted() && flagship,
                GoalFilter::Other => !goal.is_not_accepted() && !flagship,
                GoalFilter::NotAccepted => goal.is_not_accepted(),
            }
        };
        self.goals.iter().filter(chosen).collect()
    }

    /// Whether something must be there in a goal; `used` tells whether any goal of the slate has it.
    pub fn requires(required: Required, goal: &Goal, used: impl FnOnce() -> bool) -> bool {
        match required {
            Required::Never => false,
            Required::Always => true,
            Required::WhenUsed => used(),
            Required::UnlessNotAccepted => Slate::may_be_accepted(goal),
            Required::WhenAccepted => goal.stage() == Stage::Accepted,
        }
    }

    /// The themes that a goal can belong to: the names of the roadmaps, or where a period has none, the arguments of the
    /// directives that list flagship goals. None where the slate says nothing about them.
    pub fn themes(&self) -> Option<Vec<&str>> {
        let mut themes: Vec<&str> = match &self.format.roadmaps {
            Some(_) => self.roadmaps.iter().map(|roadmap| self.roadmap_name(roadmap)).collect(),
            None => self.arguments(&DirectiveKind::GoalTable { of: GoalFilter::Flagship }).collect(),
        };
        themes.sort_unstable();
        themes.dedup();
        (!themes.is_empty()).then_some(themes)
    }

    /// The arguments of all directives of a kind, in all files.
    pub fn arguments<'s>(&'s self, kind: &'s DirectiveKind) -> impl Iterator<Item = &'s str> {
        let places = self.index.arguments.iter();
        let directives = places.map(|(file, directive)| &self.files[*file].directives[*directive]);
        let of_kind = directives.filter(move |one| self.format.directives.get(&one.name.value) == Some(kind));
        of_kind.filter_map(|directive| Some(directive.argument.as_ref()?.value.as_str()))
    }

    /// The name by which goals join a roadmap: its short title, else its title.
    pub fn roadmap_name<'s>(&self, roadmap: &'s Roadmap) -> &'s str {
        let short = roadmap.metadata.fact(Fact::ShortTitle).map(|row| row.value.value.as_str());
        let title = roadmap.title.as_ref().map_or("", |title| title.value.as_str());
        short.filter(|short| !short.is_empty()).unwrap_or(title)
    }

    /// Whether any goal of the slate has a row of this name.
    pub fn uses_row(&self, name: &str) -> bool {
        self.index.rows.contains(name)
    }

    /// Whether a goal may still be, or is, accepted; so is one whose status cannot be read.
    pub fn may_be_accepted(goal: &Goal) -> bool {
        goal.stage() != Stage::NotAccepted
    }

    /// How many bytes all its texts have.
    pub fn text_len(&self) -> usize {
        self.files.iter().map(|file| file.source.text().len()).sum()
    }
}

impl File {
    /// Its plain text in place.
    pub(crate) fn plain(&self) -> &Masked {
        self.plain.get_or_init(|| Masked::of(self))
    }

    /// Every place where a mark stands in running text, with the piece of text around it, in the order of the file.
    ///
    /// Most marks are rare, so one search through the file finds them sooner than one through each piece.
    pub(crate) fn marks<'f>(&'f self, mark: &'f str) -> impl Iterator<Item = (Span, Span)> + 'f {
        let found = memchr::memmem::find_iter(self.source.text().as_bytes(), mark.as_bytes());
        let mut next = 0;
        found.filter_map(move |at| {
            let place = Span::new(at..at + mark.len());
            let texts = &self.document.texts;
            next += texts[next..].partition_point(|text| text.end < place.end);
            Some((*texts.get(next).filter(|text| text.contains(place))?, place))
        })
    }

    /// Where everything in the file leads: destinations of links and images, and definitions, used or not.
    pub fn all_targets(&self) -> impl Iterator<Item = (Span, &str)> {
        let inline = self.document.links.iter().filter_map(|link| link.destination);
        let definitions = self.document.definitions.iter().filter(|definition| !definition.is_footnote());
        let spans = inline.chain(definitions.map(|definition| definition.target));
        spans.map(|span| (span, self.source.slice(span)))
    }

    /// Where the links and images of the file lead: destinations, and the targets of definitions that somebody uses.
    pub fn targets(&self) -> impl Iterator<Item = (Span, &str)> {
        let targets = self.targets.get_or_init(|| {
            let links = self.document.links.iter();
            let inline = links.clone().filter_map(|link| link.destination);
            let used: HashSet<String> =
                links.filter_map(|link| Some(normalize_label(self.source.slice(link.label?)))).collect();
            let defined = self.document.definitions.iter().filter(|definition| used.contains(&definition.normal));
            inline.chain(defined.map(|definition| definition.target)).collect()
        });
        targets.iter().map(|span| (*span, self.source.slice(*span)))
    }
}

/// The page of its own slate that a link leads to, without extension.
pub(crate) fn page_in_slate(target: &str) -> Option<&str> {
    let path = target.split(['#', '?']).next()?.trim_start_matches("./");
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).filter(|page| !page.contains(':'))
}

/// The heading by which a file without a metadata table is still known as a goal: the section of the team asks, or the second
/// of the sections that goals have.
fn goal_section(document: &Document, format: &Format) -> Option<usize> {
    let names: Vec<&str> = format.sections.keys().map(String::as_str).collect();
    let asks = format.section_of(crate::policy::format::SectionFact::Asks);
    let mut seen = Vec::new();
    for (index, heading) in document.headings.iter().enumerate().filter(|(_, heading)| !heading.nested) {
        let Some(name) = nearest(&heading.text, names.iter().copied()) else { continue };
        if Some(name) == asks {
            return Some(index);
        }
        if !seen.contains(&name) {
            seen.push(name);
        }
        if seen.len() == 2 {
            return Some(index);
        }
    }
    None
}

/// A place for something that a document should have and has not: its title, else its first byte.
pub(crate) fn anchor(file: &File) -> Span {
    match goal::title(&file.document) {
        Some(title) if !title.content.is_empty() => title.content,
        Some(title) => title.span,
        None => Span::at(file.source.bom_len()),
    }
}
