//! The pages of a book: what the site shows of the goals all year.
//!
//! A page keeps its text. Directives become tables by the same code as in the RFC ([`crate::rfc`]), with links that stay
//! between the pages; names and links are found on the tree, as there. What only pages have is here: rows of metadata, progress,
//! funding, sections for goals, and chapters of the sidebar.

pub(crate) mod chapters;
pub(crate) mod directives;
pub(crate) mod funding;
pub(crate) mod include;
pub(crate) mod issues;
pub(crate) mod layout;
pub(crate) mod linking;
pub(crate) mod notes;
pub(crate) mod owners;
pub(crate) mod page;
pub(crate) mod progress;
pub(crate) mod readme;
pub(crate) mod roadmap_rows;
pub(crate) mod rows;
pub(crate) mod sections;

use std::borrow::Cow;
use std::sync::Arc;

use directives::Expander;
use hashbrown::{HashMap, HashSet};
use issues::Issues;
use layout::Layout;
use linking::FromPage;
use page::{PageContext, assemble};

use crate::markdown::directive::directives as directives_of;
use crate::markdown::document::Document;
use crate::model::slate::{File, FileKind, Slate};
use crate::rfc::footnotes::FootnoteLabels;
use crate::rfc::goal_text::GoalTexts;
use crate::sys::error::Error;
use crate::sys::threads;
use crate::text::ids::FileId;
use crate::text::source::Source;

/// What a book is made of.
pub(crate) struct Site {
    /// Its slates, each with what is known of its tracking issues; the last are the pages beside them.
    slates: Vec<(Slate, Issues)>,
    layout: Layout,
    /// The directories of slates that could not be read, from the project's root.
    unread: Vec<String>,
    /// Where each file is, by its path from the project's root.
    places: HashMap<String, (usize, FileId)>,
}

/// A page as the book has it.
#[derive(Clone, Debug)]
pub(crate) struct GivenPage {
    /// The path of its file from the project's root, with `/`.
    pub(crate) path: String,
    /// Its text.
    pub(crate) text: String,
}

/// A page as readers see it.
#[derive(Clone, Debug, Default)]
pub(crate) struct MadePage {
    pub(crate) text: String,
    /// The chapters that come below it.
    pub(crate) chapters: Vec<MadeChapter>,
    /// What its readers would miss, each with its place.
    pub(crate) notes: Vec<Error>,
}

/// A chapter that the book does not have itself.
#[derive(Clone, Debug)]
pub(crate) struct MadeChapter {
    pub(crate) name: String,
    /// The path of its file from the project's root, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A page that is to be made.
struct Job<'a> {
    /// The place of its slate; none where that could not be read.
    slate: Option<usize>,
    file: Cow<'a, File>,
}

impl Site {
    /// A book of slates, each with its issues; the last are the pages beside them. `unread` are the directories of slates that
    /// could not be read.
    pub(crate) fn new(slates: Vec<(Slate, Issues)>, layout: Layout, unread: Vec<String>) -> Site {
        let mut places = HashMap::new();
        for (index, (slate, _)) in slates.iter().enumerate() {
            places.extend(slate.files.iter().map(|file| (file.source.path().to_owned(), (index, file.id))));
        }
        Site { slates, layout, unread, places }
    }

    /// Makes pages, with what comes below each. Whatever is wrong with one is a note, and there is a text.
    /// `renames_readme` says whether pages called `README.md` become `index.md`.
    pub(crate) fn make(&self, given: &[GivenPage], renames_readme: bool) -> Vec<MadePage> {
        let mut jobs: Vec<Job<'_>> = given.iter().map(|page| self.job(page)).collect();
        let mut known: HashSet<&str> = given.iter().map(|page| page.path.as_str()).collect();
        let mut chapters: Vec<(usize, usize)> = Vec::new();
        for page in 0..given.len() {
            let Some(slate) = jobs[page].slate else { continue };
            let (of, _) = &self.slates[slate];
            for file in chapters::chapters(of, &jobs[page].file, &self.layout) {
                let file = &of.files[file];
                if known.insert(file.source.path()) {
                    chapters.push((page, jobs.len()));
                    jobs.push(Job { slate: Some(slate), file: Cow::Borrowed(file) });
                }
            }
        }
        let weight = jobs.iter().map(|job| job.file.source.text().len()).sum();
        let mut made = threads::map(jobs.len(), weight, |index| self.page(&jobs[index], &known, renames_readme));
        for (page, chapter) in chapters {
            let file = &jobs[chapter].file;
            let MadePage { text, notes, .. } = std::mem::take(&mut made[chapter]);
            let chapter = MadeChapter { name: chapters::name(file), path: file.source.path().to_owned(), text };
            made[page].chapters.push(chapter);
            made[page].notes.extend(notes);
        }
        made.truncate(given.len());
        made
    }

    /// What is wrong with the slates of which the book has a page.
    pub(crate) fn notes(&self, given: &[GivenPage]) -> Vec<Error> {
        let shown: HashSet<usize> = given
            .iter()
            .filter_map(|page| self.slate_of(&page.path))
            .filter(|slate| *slate + 1 < self.slates.len())
            .collect();
        let slates = self.slates.iter().enumerate().filter(|(index, _)| shown.contains(index));
        slates.flat_map(|(_, (slate, _))| notes::notes(slate)).collect()
    }

    /// The slate that a path is in, else the pages beside the slates; none where it is in one that could not be read.
    fn slate_of(&self, path: &str) -> Option<usize> {
        let is_in = |directory: &str| path.strip_prefix(directory).is_some_and(|rest| rest.starts_with('/'));
        if self.unread.iter().any(|directory| is_in(directory)) {
            return None;
        }
        let last = self.slates.len().checked_sub(1)?;
        Some(self.slates[..last].iter().position(|(slate, _)| is_in(&slate.directory)).unwrap_or(last))
    }

    fn job(&self, page: &GivenPage) -> Job<'_> {
        if let Some((slate, file)) = self.places.get(&page.path) {
            let file = &self.slates[*slate].0.files[*file];
            if file.source.text() == page.text {
                return Job { slate: Some(*slate), file: Cow::Borrowed(file) };
            }
        }
        // It is no file of the project, or not one that is read.
        let source = Source::from_bytes(page.path.as_str(), page.text.clone().into_bytes());
        let slate = self.slate_of(&page.path);
        let document = Document::parse(&source);
        let directives = directives_of(&source, &document).into();
        let id = FileId::from(slate.map_or(0, |slate| self.slates[slate].0.files.len()));
        let kind = FileKind::Page;
        let file = File { id, source: Arc::new(source), document: Arc::new(document), directives, kind };
        Job { slate, file: Cow::Owned(file) }
    }

    fn page(&self, job: &Job<'_>, book: &HashSet<&str>, renames_readme: bool) -> MadePage {
        let file = &*job.file;
        let Some(slate) = job.slate else {
            return MadePage { text: file.source.text().to_owned(), ..MadePage::default() };
        };
        let (slate, issues) = &self.slates[slate];
        let cx = PageContext { slate, file, layout: &self.layout, issues, book, renames_readme };
        let linking = FromPage::new(slate, slate.page_of_file(file), book);
        let texts = GoalTexts::with(slate, &linking, FootnoteLabels::of_file(file));
        let mut expander = Expander::new(&cx, &texts);
        expander.expand();
        let Expander { mut inserts, notes, .. } = expander;
        inserts.extend(rows::added(&cx, &texts));
        let text = assemble(&cx, &inserts, texts.quoted_footnotes());
        MadePage { text, chapters: Vec::new(), notes }
    }
}
