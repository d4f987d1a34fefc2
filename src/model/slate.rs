//! One slate: the files of a period, the goals in them, the template and the pages.
//!
//! What a file says is read by `goal`; what is wrong with it is found by the rules.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use typed_index_collections::TiVec;

use super::cell;
use super::cell::Hidden;
use super::goal::{self, Goal, MetadataRow, Roadmap};
use super::goal_template::GoalTemplate;
use super::goals::Goals;
use crate::markdown::directive::Directive;
use crate::markdown::document::{Document, HeadingId};
use crate::policy::config::Config;
use crate::policy::format::{DirectiveKind, Field, Format, GoalFilter, Required, Stage};
use crate::policy::period::PeriodName;
use crate::policy::roster::Roster;
use crate::text::ids::FileId;
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
    pub is_closed: bool,
    /// Whether it is no slate: these are the pages of the project that lie beside its slates.
    pub beside_slates: bool,
    /// The period's format.
    pub format: Format,
    /// Teams and people.
    pub roster: Arc<Roster>,
    /// What the project's files say.
    pub config: Arc<Config>,
    /// All files, sorted by path.
    pub files: TiVec<FileId, File>,
    /// The goals, in the order of their files.
    pub goals: Goals,
    /// The roadmaps, in the order of their files.
    pub roadmaps: Vec<Roadmap>,
    /// What authors copy to begin a goal, where there is such a file.
    pub goal_template: Option<Arc<GoalTemplate>>,
    /// What that file says as a goal, where it is in the slate and has a metadata table; it is none of `goals`.
    pub template_goal: Option<Goal>,
    /// What rules and the RFC ask for again and again.
    pub(super) index: Index,
}

/// What is found out once about all files of a slate, which may have thousands.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// The names of all metadata rows of goals; of known ones, as the format has them.
    pub(super) rows: HashSet<String>,
    /// The directives with an argument: the file and the place in its directives.
    pub(super) arguments: Vec<(FileId, usize)>,
    /// See [`Slate::in_rfc`].
    pub(super) in_rfc: Vec<FileId>,
}

/// A file of a slate.
#[derive(Clone, Debug)]
pub struct File {
    /// Its place in [`Slate::files`].
    pub id: FileId,
    /// Its text.
    pub source: Arc<Source>,
    /// What the text holds.
    pub document: Arc<Document>,
    /// The directives in it.
    pub directives: Arc<[Directive]>,
    /// What it is.
    pub kind: FileKind,
}

/// What a file of a slate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// A goal; the number is its place in [`Slate::goals`].
    Goal(usize),
    /// What authors copy to begin a goal; see [`Slate::template_goal`].
    GoalTemplate,
    /// A roadmap; the number is its place in [`Slate::roadmaps`].
    Roadmap(usize),
    /// The template of the RFC.
    Template,
    /// A file with the sections of a goal and no metadata table that can be read.
    Broken {
        /// The heading by which it is known as a goal.
        section: HeadingId,
    },
    /// A file named like a roadmap, without a metadata table that can be read.
    BrokenRoadmap,
    /// Any other page.
    Page,
}

impl Slate {
    /// The files whose text goes into the RFC: the template, then its chapters in their order.
    pub(crate) fn in_rfc(&self) -> &[FileId] {
        &self.index.in_rfc
    }

    /// The path, from the project's root, of a file of this slate.
    pub fn path_of(&self, file: &str) -> String {
        if self.directory.is_empty() { file.to_owned() } else { format!("{}/{file}", self.directory) }
    }

    /// The directory of the project's pages, from its root, that the slate is in.
    pub(crate) fn pages_directory(&self) -> &str {
        self.directory.strip_suffix(self.site_path.as_str()).map_or("", |above| above.trim_end_matches('/'))
    }

    /// The file at a path from the project's root.
    pub(crate) fn file_at(&self, path: &str) -> Option<FileId> {
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

    /// The template of the RFC.
    pub fn template(&self) -> Option<FileId> {
        self.files.position(|file| file.kind == FileKind::Template)
    }

    /// Whether it has the template of an RFC: what becomes the RFC has a directive. Any other `README.md` is a page.
    pub fn has_begun(&self) -> bool {
        let files = self.in_rfc().iter().map(|id| &self.files[*id]);
        files.into_iter().any(|file| file.directives.iter().any(|one| self.directive(one).is_some()))
    }

    /// What a file says as a goal: a goal, or what authors copy to begin one.
    pub(crate) fn goal_in(&self, file: &File) -> Option<&Goal> {
        match file.kind {
            FileKind::Goal(goal) => self.goals.get(goal),
            FileKind::GoalTemplate => self.template_goal.as_ref(),
            _ => None,
        }
    }

    /// A goal's file.
    pub fn file_of(&self, goal: &Goal) -> &File {
        &self.files[goal.file]
    }

    /// A file's page as a link from within the slate: the file from the slate's directory.
    pub fn page_of(&self, file: FileId) -> &str {
        self.page_of_file(&self.files[file])
    }

    /// The same for a file.
    pub(crate) fn page_of_file<'f>(&self, file: &'f File) -> &'f str {
        let path = file.source.path();
        path.strip_prefix(&self.directory).map_or(path, |rest| rest.trim_start_matches('/'))
    }

    /// The cells of a goal that have rules of their own, whatever they say: most values of its metadata, and whom an ask
    /// is for. In the order of the text.
    pub(crate) fn judged_cells(&self, file: &File) -> Vec<Span> {
        let Some(goal) = self.goal_in(file) else { return Vec::new() };
        let is_free = |field: Field| matches!(field, Field::ShortTitle | Field::WhatAndWhy | Field::Area);
        let rows = goal.metadata.rows.iter().filter(|row| row.field.is_some_and(|field| !is_free(field)));
        let asked = goal.asks().map(|(_, ask)| ask.cell);
        // All that is beside the name: a value is less than its cell where a part of that is struck out.
        let value = |row: &MetadataRow| Span { start: row.name.span.end.min(row.value.span.start), end: row.span.end };
        let mut cells: Vec<Span> = rows.map(value).chain(asked).collect();
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

    /// What a directive is, if it is known.
    pub fn directive(&self, written: &Directive) -> Option<&DirectiveKind> {
        self.format.directive(&written.name.value, written.is_loose(), written.argument.is_some())
    }

    /// The arguments of all directives of a kind, in all files.
    pub fn arguments<'s>(&'s self, kind: &'s DirectiveKind) -> impl Iterator<Item = &'s str> {
        let places = self.index.arguments.iter();
        let directives = places.map(|(file, directive)| &self.files[*file].directives[*directive]);
        let of_kind = directives.filter(move |one| self.directive(one) == Some(kind));
        of_kind.filter_map(|directive| Some(directive.argument.as_ref()?.value.as_str()))
    }

    /// The name by which goals join a roadmap: its short title, else its title.
    pub fn roadmap_name<'s>(&self, roadmap: &'s Roadmap) -> &'s str {
        let short = roadmap.metadata.field(Field::ShortTitle).map(|row| row.value.value.as_str());
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
    /// A part of the text with spaces in the place of comments and what is struck out, byte for byte.
    pub(crate) fn unstruck(&self, part: Span) -> Cow<'_, str> {
        cell::shown(&self.source, &self.document, part, Hidden::CommentsAndStruck)
    }

    /// The same without code: what a value is read from.
    pub(crate) fn shown(&self, part: Span) -> Cow<'_, str> {
        cell::shown(&self.source, &self.document, part, Hidden::AllButValues)
    }

    /// Every occurrence of a mark in running text, with the piece of text around it, in the order of the file.
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
}

/// The page of its own slate that a link leads to, without extension.
pub(crate) fn page_in_slate(target: &str) -> Option<&str> {
    let path = target.split(['#', '?']).next()?.trim_start_matches("./");
    path.strip_suffix(".md").or_else(|| path.strip_suffix(".html")).filter(|page| !page.contains(':'))
}

/// A place for something that a document should have and has not: its title, else its first byte.
pub(crate) fn anchor(file: &File) -> Span {
    match goal::title(&file.document) {
        Some(title) if !title.content.is_empty() => title.content,
        Some(title) => title.span,
        None => Span::at(file.source.bom_len()),
    }
}
