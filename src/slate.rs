//! One slate: the files of a period, the goals in them, the template and the pages.

use crate::directive::{Directive, directives};
use crate::goal::{self, Goal};
use crate::markdown::Document;
use crate::nearest::nearest;
use crate::period::{Format, GoalFilter, PeriodName, Stage};
use crate::roster::Roster;
use crate::source::{Source, Span};

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
    pub roster: std::sync::Arc<Roster>,
    /// All files, sorted by path.
    pub files: Vec<File>,
    /// The goals, in the order of their files.
    pub goals: Vec<Goal>,
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
}

/// What a file of a slate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A goal; the number is its place in [`Slate::goals`].
    Goal(usize),
    /// The template of the RFC.
    Template,
    /// A file with the sections of a goal and no metadata table that can be read.
    Broken {
        /// The heading by which it is known as a goal, as a place in [`Document::headings`].
        section: usize,
    },
    /// Any other page.
    Page,
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
    pub roster: std::sync::Arc<Roster>,
}

impl Slate {
    /// Reads a slate from the texts of its files.
    pub fn new(parts: SlateParts, mut sources: Vec<Source>) -> Slate {
        sources.sort_by(|a, b| a.path().cmp(b.path()));
        let SlateParts { name, period, directory, site_path, over, format, roster } = parts;
        let mut slate =
            Slate { name, period, directory, site_path, over, format, roster, files: Vec::new(), goals: Vec::new() };
        for source in sources {
            slate.add(source);
        }
        slate
    }

    fn add(&mut self, source: Source) {
        let document = Document::parse(&source);
        let directives = directives(&source, &document);
        let index = self.files.len();
        let kind = if source.file_name() == TEMPLATE_FILE && source.path() == self.path_of(TEMPLATE_FILE) {
            FileKind::Template
        } else {
            let found = goal::first_table(&document);
            match found.filter(|(_, table)| goal::looks_like_metadata(&source, table, &self.format)) {
                Some((table, _)) => {
                    self.goals.push(Goal::read(index, &source, &document, table, &self.format, &self.roster));
                    FileKind::Goal(self.goals.len() - 1)
                }
                None => match goal_section(&document, &self.format) {
                    Some(section) => FileKind::Broken { section },
                    None => FileKind::Page,
                },
            }
        };
        self.files.push(File { source, document, directives, kind });
    }

    /// The path, from the project's root, of a file of this slate.
    pub fn path_of(&self, file: &str) -> String {
        if self.directory.is_empty() { file.to_owned() } else { format!("{}/{file}", self.directory) }
    }

    /// The template of the RFC, as a place in [`Slate::files`].
    pub fn template(&self) -> Option<usize> {
        self.files.iter().position(|file| file.kind == FileKind::Template)
    }

    /// A goal's file.
    pub fn file_of(&self, goal: &Goal) -> &File {
        &self.files[goal.file]
    }

    /// A goal's page as a link from within the slate: the file from the slate's directory.
    pub fn page_of(&self, goal: &Goal) -> &str {
        let path = self.file_of(goal).source.path();
        path.strip_prefix(&self.directory).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    /// The goals that a filter chooses, in the order of their files.
    pub fn choose(&self, filter: GoalFilter) -> Vec<&Goal> {
        let chosen = |goal: &&Goal| {
            let flagship = goal.status.is_some_and(|status| status.flagship);
            match filter {
                GoalFilter::All => !goal.is_not_accepted(),
                GoalFilter::Flagship => !goal.is_not_accepted() && flagship,
                GoalFilter::Other => !goal.is_not_accepted() && !flagship,
                GoalFilter::NotAccepted => goal.is_not_accepted(),
            }
        };
        self.goals.iter().filter(chosen).collect()
    }

    /// Whether any goal of the slate has a row of this name.
    pub fn uses_row(&self, name: &str) -> bool {
        self.goals.iter().any(|goal| goal.row(name).is_some())
    }

    /// Whether a goal may still be, or is, accepted; so is one whose status cannot be read.
    pub fn may_be_accepted(goal: &Goal) -> bool {
        goal.status.is_none_or(|status| status.stage != Stage::NotAccepted)
    }

    /// How many bytes all its texts have.
    pub fn text_len(&self) -> usize {
        self.files.iter().map(|file| file.source.text().len()).sum()
    }
}

/// The heading by which a file without a metadata table is still known as a goal: the section of the team asks, or the second
/// of the sections that goals have.
fn goal_section(document: &Document, format: &Format) -> Option<usize> {
    let names: Vec<&str> = format.sections.keys().map(String::as_str).collect();
    let asks = format.section_of(crate::period::SectionFact::Asks);
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
