//! Reading a slate: its files are parsed, then each is read as what it is.
//!
//! Parsing needs nothing but a text; only the second step knows the period and the teams.

use std::collections::BTreeMap;
use std::sync::Arc;

use typed_index_collections::TiVec;

use super::goal::{self, Goal, Roadmap};
use super::goal_template::GoalTemplate;
use super::goals::Goals;
use super::meaning::Meaning;
use super::placeholders::{is_gap, is_placeholder_value};
use super::rfc_outline;
use super::slate::{File, FileKind, GOAL_TEMPLATE_FILE, Index, Slate, TEMPLATE_FILE};
use crate::markdown::directive::{Directive, directives};
use crate::markdown::document::{Document, HeadingId};
use crate::policy::config::Config;
use crate::policy::format::Format;
use crate::policy::period::PeriodName;
use crate::policy::roster::Roster;
use crate::sys::threads;
use crate::text::ids::FileId;
use crate::text::order::sort_by;
use crate::text::similarity::did_you_mean;
use crate::text::source::Source;

/// What parsing makes of a file, which takes no more than its text: neither the period nor the teams.
#[derive(Clone, Debug)]
pub(crate) enum Parsed {
    /// What authors copy.
    GoalTemplate(Arc<GoalTemplate>, Page),
    /// Any other file.
    Page(Page),
}

impl Parsed {
    /// Parses a text.
    pub(crate) fn of(source: &Source) -> Parsed {
        let document = Document::parse(source);
        let template = source.file_name() == GOAL_TEMPLATE_FILE;
        let template = template.then(|| Arc::new(GoalTemplate::read(source, &document)));
        let directives = directives(source, &document);
        let page = Page { document: Arc::new(document), directives: directives.into() };
        match template {
            Some(template) => Parsed::GoalTemplate(template, page),
            None => Parsed::Page(page),
        }
    }

    /// Parses a text and keeps it beside what was made of it.
    pub(crate) fn with_source(source: Source) -> (Arc<Source>, Parsed) {
        let parsed = Parsed::of(&source);
        (Arc::new(source), parsed)
    }
}

/// What is parsed of any text.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    document: Arc<Document>,
    directives: Arc<[Directive]>,
}

/// What a file turned out to be.
enum Content {
    Goal(Arc<Goal>),
    /// What authors copy, with what it says as a goal.
    GoalTemplate(Option<Goal>),
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
    /// See [`Slate::is_closed`].
    pub is_closed: bool,
    /// See [`Slate::beside_slates`].
    pub beside_slates: bool,
    /// See [`Slate::format`].
    pub format: Format,
    /// See [`Slate::roster`].
    pub roster: Arc<Roster>,
    /// See [`Slate::config`].
    pub config: Arc<Config>,
}

/// A slate whose files have been parsed, and not yet read as goals: what links lead to can be looked for meanwhile.
pub(crate) struct ParsedSlate(Slate);

/// What each file of a parsed slate turned out to be, in their order.
pub(crate) struct Contents(Vec<Content>);

impl ParsedSlate {
    /// Puts a slate together from its files, which are in any order.
    pub(crate) fn new(parts: SlateParts, mut parsed: Vec<(Arc<Source>, Parsed)>) -> ParsedSlate {
        let SlateParts { name, period, directory, site_path, is_closed, beside_slates, format, roster, config } = parts;
        sort_by(&mut parsed, |(a, _), (b, _)| a.path().cmp(b.path()));
        let (mut files, mut goal_template) = (TiVec::with_capacity(parsed.len()), None);
        for (source, parsed) in parsed {
            let page = match parsed {
                Parsed::GoalTemplate(template, page) => {
                    goal_template = goal_template.or(Some(template));
                    // One that is next to the slate is no file of it.
                    let is_inside = source
                        .path()
                        .strip_prefix(&directory)
                        .is_some_and(|rest| directory.is_empty() || rest.starts_with('/'));
                    Some(page).filter(|_| is_inside)
                }
                Parsed::Page(page) => Some(page),
            };
            let Some(Page { document, directives }) = page else { continue };
            // What it is, is known once the metadata has been read.
            files.push(File { id: files.next_key(), source, document, directives, kind: FileKind::Page });
        }
        ParsedSlate(Slate {
            name,
            period,
            directory,
            site_path,
            is_closed,
            beside_slates,
            format,
            roster,
            config,
            files,
            goals: Goals::default(),
            roadmaps: Vec::new(),
            goal_template,
            template_goal: None,
            index: Index::default(),
        })
    }

    /// The slate as far as it is known: its files and what they are judged by, without goals and roadmaps.
    pub(crate) fn slate(&self) -> &Slate {
        &self.0
    }

    /// Reads what the files are.
    pub(crate) fn contents(&self) -> Contents {
        let slate = &self.0;
        Contents(threads::map(slate.files.len(), slate.text_len(), |index| {
            slate.read(&slate.files[FileId::from(index)])
        }))
    }

    /// The slate with what its files are.
    pub(crate) fn finish(self, contents: Contents) -> Slate {
        let ParsedSlate(mut slate) = self;
        for (file, content) in slate.files.iter_mut().zip(contents.0) {
            file.kind = match content {
                Content::Goal(goal) => {
                    slate.goals.push(goal);
                    FileKind::Goal(slate.goals.len() - 1)
                }
                Content::Roadmap(roadmap) => {
                    slate.roadmaps.push(roadmap);
                    FileKind::Roadmap(slate.roadmaps.len() - 1)
                }
                Content::GoalTemplate(goal) => {
                    slate.template_goal = slate.template_goal.or(goal);
                    FileKind::GoalTemplate
                }
                Content::Other(kind) => kind,
            };
        }
        slate.use_row_names();
        let rows = slate.goals.iter().flat_map(|goal| &goal.metadata.rows).map(|row| row.name.value.as_str());
        let rows = rows.map(|name| slate.format.find_row(name).map_or(name, |(known, ..)| known).to_owned()).collect();
        slate.index =
            Index { rows, arguments: slate.directives_with_arguments(), in_rfc: rfc_outline::files_in_rfc(&slate) };
        slate
    }
}

impl Slate {
    /// Reads a slate from the texts of its files.
    pub fn new(parts: SlateParts, sources: Vec<Source>) -> Slate {
        let weight = sources.iter().map(|source| source.text().len()).sum();
        let parsed = threads::map(sources.len(), weight, |index| Parsed::of(&sources[index]));
        let parsed = ParsedSlate::new(parts, sources.into_iter().map(Arc::new).zip(parsed).collect());
        let contents = parsed.contents();
        parsed.finish(contents)
    }

    /// What a file says.
    pub(crate) fn meaning(&self, file: &File) -> Meaning {
        let meaning = match file.kind {
            FileKind::Goal(goal) => Meaning::of_goal(self, &self.goals[goal]),
            FileKind::GoalTemplate => {
                let nothing = || Meaning::nothing(what(FileKind::GoalTemplate));
                self.template_goal.as_ref().map_or_else(nothing, |goal| Meaning::of_goal(self, goal))
            }
            FileKind::Roadmap(roadmap) => Meaning::of_roadmap(self, &self.roadmaps[roadmap]),
            kind => Meaning::nothing(what(kind)),
        };
        meaning.with_comments(file)
    }

    /// What a file would say with another text.
    pub(crate) fn meaning_of_text(&self, file: &File, text: String) -> Meaning {
        let source = Source::from_bytes(file.source.path(), text.into_bytes());
        let document = Document::parse(&source);
        let (file, content) = self.read_as(file, source, document);
        let meaning = match content {
            Content::Goal(goal) => Meaning::of_goal(self, &goal),
            Content::Roadmap(roadmap) => Meaning::of_roadmap(self, &roadmap),
            Content::GoalTemplate(Some(goal)) => Meaning::of_goal(self, &goal),
            Content::GoalTemplate(None) => Meaning::nothing(what(FileKind::GoalTemplate)),
            Content::Other(kind) => Meaning::nothing(what(kind)),
        };
        meaning.with_comments(&file)
    }

    /// The same where all is known of the document but its links and what no goal is read from; nothing where that may matter.
    pub(crate) fn meaning_of(&self, file: &File, source: Source, document: Document) -> Option<Meaning> {
        match self.read_as(file, source, document) {
            (file, Content::Goal(goal)) if !goal.may_link_themes() => {
                Some(Meaning::of_goal(self, &goal).with_comments(&file))
            }
            _ => None,
        }
    }

    fn read_as(&self, file: &File, source: Source, document: Document) -> (File, Content) {
        let (source, document) = (Arc::new(source), Arc::new(document));
        // No goal is read from its directives.
        let file = File { id: file.id, source, document, directives: Arc::default(), kind: FileKind::Page };
        let content = self.read(&file);
        (file, content)
    }

    /// Calls the rows of the format as the files of this slate do.
    fn use_row_names(&mut self) {
        let Slate { format, goals, roadmaps, .. } = self;
        let rows = || {
            let goals = goals.iter().map(|goal| &goal.metadata);
            goals.chain(roadmaps.iter().map(|roadmap| &roadmap.metadata)).flat_map(|metadata| &metadata.rows)
        };
        format.use_names(|name| rows().filter(|row| row.name.value.eq_ignore_ascii_case(name)).count());
    }

    fn directives_with_arguments(&self) -> Vec<(FileId, usize)> {
        let mut found = Vec::new();
        for file in &self.files {
            let with_argument = file.directives.iter().enumerate().filter(|(_, one)| one.argument.is_some());
            found.extend(with_argument.map(|(directive, _)| (file.id, directive)));
        }
        found
    }

    /// Reads what a file is. It looks at no other file.
    fn read(&self, file: &File) -> Content {
        let File { id, source, document, .. } = file;
        let roadmaps = self.format.roadmaps.as_ref();
        let is_roadmap = roadmaps.is_some_and(|roadmaps| source.file_name().starts_with(&roadmaps.prefix));
        let found = goal::first_table(document);
        let found = found.filter(|(_, table)| goal::looks_like_metadata(source, table, &self.format));
        let table = found.map(|(table, _)| table);
        if source.file_name() == GOAL_TEMPLATE_FILE {
            let read = |table| Goal::read(*id, source, document, table, &self.format, &self.roster);
            return Content::GoalTemplate(table.map(read));
        }
        // What lies beside the slates is for the site alone.
        if self.beside_slates {
            return Content::Other(FileKind::Page);
        }
        if source.file_name() == TEMPLATE_FILE && source.path() == self.path_of(TEMPLATE_FILE) {
            Content::Other(FileKind::Template)
        } else if is_roadmap {
            match table {
                Some(table) => Content::Roadmap(Roadmap::read(*id, source, document, table, &self.format)),
                None => Content::Other(FileKind::BrokenRoadmap),
            }
        } else {
            match table {
                Some(table) => {
                    let mut goal = Goal::read(*id, source, document, table, &self.format, &self.roster);
                    goal.needs_owner |= has_open_task(self, &goal);
                    Content::Goal(Arc::new(goal))
                }
                None => Content::Other(match goal_section(document, &self.format) {
                    Some(section) => FileKind::Broken { section },
                    None => FileKind::Page,
                }),
            }
        }
    }

    /// The same slate with other texts of some files, by path from the root. Only these are parsed and read anew.
    pub fn with_texts(&self, texts: &BTreeMap<String, String>) -> Slate {
        let weight = texts.values().map(String::len).sum();
        let parsed = threads::map(self.files.len(), weight, |index| {
            let file = &self.files[FileId::from(index)];
            match texts.get(file.source.path()) {
                Some(text) if text != file.source.text() => {
                    Parsed::with_source(Source::from_bytes(file.source.path(), text.clone().into_bytes()))
                }
                _ => (Arc::clone(&file.source), self.parsed(file)),
            }
        });
        let mut parsed = ParsedSlate::new(self.parts(), parsed);
        parsed.0.goal_template = parsed.0.goal_template.or_else(|| self.goal_template.clone());
        // Files come in the order of their paths, which are the same.
        let contents = parsed.0.files.iter().zip(&self.files).map(|(file, before)| match before.kind {
            _ if !Arc::ptr_eq(&file.source, &before.source) => parsed.0.read(file),
            FileKind::Goal(goal) => Content::Goal(self.goals.shared(goal)),
            FileKind::Roadmap(roadmap) => Content::Roadmap(self.roadmaps[roadmap].clone()),
            FileKind::GoalTemplate => parsed.0.read(file),
            kind => Content::Other(kind),
        });
        let contents = Contents(contents.collect());
        parsed.finish(contents)
    }

    /// What was parsed of a file.
    fn parsed(&self, file: &File) -> Parsed {
        let page = Page { document: Arc::clone(&file.document), directives: Arc::clone(&file.directives) };
        match (file.kind, &self.goal_template) {
            (FileKind::GoalTemplate, Some(template)) => Parsed::GoalTemplate(Arc::clone(template), page),
            _ => Parsed::Page(page),
        }
    }

    /// A slate like this one of other files.
    pub fn with_sources(&self, sources: Vec<Source>) -> Slate {
        Slate::new(self.parts(), sources)
    }

    fn parts(&self) -> SlateParts {
        SlateParts {
            name: self.name.clone(),
            period: self.period,
            directory: self.directory.clone(),
            site_path: self.site_path.clone(),
            is_closed: self.is_closed,
            beside_slates: self.beside_slates,
            format: self.format.clone(),
            roster: Arc::clone(&self.roster),
            config: Arc::clone(&self.config),
        }
    }
}

/// What a file is, in a word.
fn what(kind: FileKind) -> &'static str {
    match kind {
        FileKind::Goal(_) => "goal",
        FileKind::GoalTemplate => "goal template",
        FileKind::Roadmap(_) => "roadmap",
        FileKind::Template => "template",
        FileKind::Broken { .. } => "broken goal",
        FileKind::BrokenRoadmap => "broken roadmap",
        FileKind::Page => "page",
    }
}

/// Whether a goal has a task for which an owner is wanted, other than a row of the template.
fn has_open_task(slate: &Slate, goal: &Goal) -> bool {
    let tasks = goal.plans.iter().filter(|plan| plan.needs_owner).flat_map(|plan| &plan.tasks);
    let mut names = tasks.map(|task| task.name.value.as_str());
    names.any(|name| !name.is_empty() && !is_placeholder_value(slate, name) && !is_gap(name))
}

/// The heading by which a file without a metadata table is still known as a goal: the section of the team asks, or the second
/// of the sections that goals have.
fn goal_section(document: &Document, format: &Format) -> Option<HeadingId> {
    let names: Vec<&str> = format.sections.keys().map(String::as_str).collect();
    let asks = format.section_of(crate::policy::format::SectionField::Asks);
    let mut seen = Vec::new();
    for (id, heading) in document.headings.iter_enumerated().filter(|(_, heading)| !heading.nested) {
        let Some(name) = did_you_mean(&heading.text, names.iter().copied()) else { continue };
        if Some(name) == asks {
            return Some(id);
        }
        if !seen.contains(&name) {
            seen.push(name);
        }
        if seen.len() == 2 {
            return Some(id);
        }
    }
    None
}
