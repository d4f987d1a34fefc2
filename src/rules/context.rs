//! What a rule is given: the slate, where its links lead, and what several rules ask for again and again.
//!
//! Whatever is found out here is found out when the first rule asks, once for all of them. None of it starts work on other
//! threads: whoever waits for a value would have to do other work meanwhile, which might need that very value.

use std::sync::{Arc, OnceLock};

use hashbrown::HashSet;
use typed_index_collections::{TiSlice, TiVec};

use crate::diagnostics::finding::Finding;
use crate::links::outside::OutsideFiles;
use crate::links::page_index::PageIndex;
use crate::links::resolution::{self, Resolution};
use crate::links::target::FileTarget;
use crate::markdown::document::{HeadingId, TableId};
use crate::markdown::label::normalize_label;
use crate::markdown::plain_text::PlainText;
use crate::model::goal::{Goal, MetadataRow};
use crate::model::mentions::{Mention, WorkTables, find_owner_cells, mentions_of};
use crate::model::rfc_coverage::RfcCoverage;
use crate::model::slate::{File, Slate};
use crate::policy::format::RowFormat;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// A slate that is being checked.
#[derive(Debug)]
pub(crate) struct LintContext<'s> {
    /// The slate.
    pub(crate) slate: &'s Slate,
    /// What is known of the files around it; nothing where it was read from texts alone.
    pub(crate) outside: Option<&'s OutsideFiles>,
    pages: OnceLock<PageIndex>,
    work_tables: OnceLock<TiVec<FileId, Vec<TableId>>>,
    memos: Memos,
    /// The files that are asked for; nothing for all of them.
    asked: Option<&'s TiSlice<FileId, bool>>,
    /// The goals that are judged in full; nothing for all of them.
    judged: Option<&'s TiSlice<FileId, bool>>,
}

/// What has been found out about each file of a slate.
pub(crate) type Memos = TiVec<FileId, Arc<FileMemo>>;

/// What has been found out about one file.
#[derive(Debug, Default)]
pub(crate) struct FileMemo {
    coverage: OnceLock<RfcCoverage>,
    plain: OnceLock<PlainText>,
    targets: OnceLock<Vec<FileTarget>>,
    judged_cells: OnceLock<Vec<Span>>,
    /// For each row of a goal's metadata the place of what it is among the rows of the format.
    known_rows: OnceLock<Vec<Option<usize>>>,
    owner_cells: OnceLock<Vec<Span>>,
    mentions: OnceLock<Vec<Mention>>,
    /// See `people::unknown_person`: users in running text whom the roster does not know.
    pub(crate) strangers: OnceLock<Vec<Mention>>,
    /// See `people::unmarked_user`.
    pub(crate) unmarked: OnceLock<Unmarked>,
    /// See `people::unmarked_user`: what is found in running text.
    pub(crate) unmarked_in_text: OnceLock<Vec<Finding>>,
    /// See `people::conflicting_user`.
    pub(crate) conflicting_users: OnceLock<Vec<Finding>>,
    /// See `shared::sections::meant_as`: places in the sections of the format, and headings.
    pub(crate) meant_sections: OnceLock<Vec<(usize, HeadingId)>>,
    /// See `slate::duplicate_title`: a goal's title, and the name under which it is listed, as they are compared.
    pub(crate) titles: OnceLock<(String, String)>,
    /// See `shared::undefined_labels`.
    pub(crate) undefined_labels: OnceLock<JudgedBrackets>,
}

/// What has been found out about the bracketed texts of a file.
#[derive(Debug)]
pub(crate) struct JudgedBrackets {
    /// What is wrong with labels, each with the definition that was meant.
    pub(crate) findings: Vec<(Finding, Option<String>)>,
    /// The texts in brackets alone that mean nothing, and look like the words of a link.
    pub(crate) unlinked: Vec<Span>,
}

/// What the tables of a goal hold that could be users without `@`, by themselves.
#[derive(Debug, Default)]
pub(crate) struct Unmarked {
    /// What is found as long as the slate names none of `words`.
    pub(crate) findings: Vec<Finding>,
    /// Words that are a user only if the slate names one of that name elsewhere, in lower case.
    pub(crate) words: Vec<String>,
}

impl<'s> LintContext<'s> {
    /// The context of a slate about which nothing has been found out yet.
    pub(crate) fn new(slate: &'s Slate, outside: Option<&'s OutsideFiles>) -> LintContext<'s> {
        let memos = slate.files.iter().map(|_| Arc::default()).collect();
        let (pages, work_tables) = Default::default();
        LintContext { slate, outside, pages, work_tables, memos, asked: None, judged: None }
    }

    /// The same for some of its files only.
    pub(crate) fn asking_for(self, asked: Option<&'s TiSlice<FileId, bool>>) -> LintContext<'s> {
        LintContext { asked, ..self }
    }

    /// The same where rules that look at one file only judge just some of the goals; others say how they were meant.
    pub(crate) fn judging(self, judged: Option<&'s TiSlice<FileId, bool>>) -> LintContext<'s> {
        LintContext { judged, ..self }
    }

    /// Whether rules that look at one file only judge a goal in full.
    pub(crate) fn judges(&self, goal: FileId) -> bool {
        self.judged.is_none_or(|judged| judged.get(goal) == Some(&true))
    }

    /// Whether they judge all goals.
    pub(crate) fn judges_all(&self) -> bool {
        self.judged.is_none()
    }

    /// Whether what is found in a file is asked for. A rule that looks at the whole slate need not judge the others, unless it
    /// says how a text was meant.
    pub(crate) fn wants(&self, file: FileId) -> bool {
        self.asked.is_none_or(|asked| asked.get(file) == Some(&true))
    }

    /// The context of the same slate with other texts of some files: what has been found out about the others still holds.
    pub(crate) fn with_texts<'t>(&self, slate: &'t Slate, is_changed: impl Fn(FileId) -> bool) -> LintContext<'t>
    where
        's: 't,
    {
        LintContext::new(slate, self.outside)
            .asking_for(self.asked)
            .judging(self.judged)
            .remembering(&self.memos, is_changed)
    }

    /// The same with what has been found out about files with the same texts.
    pub(crate) fn remembering(mut self, memos: &Memos, is_changed: impl Fn(FileId) -> bool) -> LintContext<'s> {
        let known = self.memos.iter_mut_enumerated().zip(memos).filter(|((file, _), _)| !is_changed(*file));
        known.for_each(|((_, memo), known)| *memo = Arc::clone(known));
        self
    }

    /// What has been found out so far.
    pub(crate) fn into_memos(self) -> Memos {
        self.memos
    }

    /// What has been found out about a file.
    pub(crate) fn memo(&self, file: &File) -> &FileMemo {
        &self.memos[file.id]
    }

    /// What lies at a path of the project.
    pub(crate) fn find(&self, path: &str) -> Resolution {
        resolution::find(self.slate, self.outside, path)
    }

    /// The files that a link may have meant that leads nowhere.
    pub(crate) fn pages(&self) -> &PageIndex {
        self.pages.get_or_init(|| PageIndex::of(self.slate, self.outside))
    }

    /// Whether a place in a file begins in a part of it that the RFC shows.
    pub(crate) fn is_in_rfc(&self, file: &File, span: Span) -> bool {
        let coverage = self.memo(file).coverage.get_or_init(|| RfcCoverage::of(self.slate, file));
        coverage.holds(span.start)
    }

    /// The plain text of a file, in place.
    pub(crate) fn plain(&self, file: &File) -> &PlainText {
        self.memo(file).plain.get_or_init(|| PlainText::of(&file.source, &file.document, &file.directives))
    }

    /// Where the links and images of a file lead: destinations, and the targets of definitions that something uses.
    pub(crate) fn targets<'f>(&'f self, file: &'f File) -> impl Iterator<Item = (Span, &'f str)> {
        let used = self.all_targets(file).filter(|(target, _)| target.is_used);
        used.map(|(target, text)| (target.span, text))
    }

    /// The same with the targets of definitions that nothing uses, and where each leads.
    pub(crate) fn all_targets<'f>(&'f self, file: &'f File) -> impl Iterator<Item = (&'f FileTarget, &'f str)> {
        let targets = self.memo(file).targets.get_or_init(|| {
            let links = file.document.links.iter();
            let inline = links.clone().filter_map(|link| Some((link.destination?, true)));
            let used: HashSet<String> =
                links.filter_map(|link| Some(normalize_label(file.source.slice(link.label?)))).collect();
            let definitions = file.document.definitions.iter().filter(|definition| !definition.is_footnote());
            let defined = definitions.map(|definition| (definition.target, used.contains(&definition.normal)));
            inline.chain(defined).map(|(span, is_used)| FileTarget::read(self.slate, file, span, is_used)).collect()
        });
        targets.iter().map(|target| (target, file.source.slice(target.span)))
    }

    /// The cells of a file that have rules of their own, see [`Slate::judged_cells`].
    pub(crate) fn judged_cells(&self, file: &File) -> &[Span] {
        self.memo(file).judged_cells.get_or_init(|| self.slate.judged_cells(file))
    }

    /// The rows of a goal's metadata, each with the row of the format that it is and the name or pattern that this has there.
    pub(crate) fn rows<'g>(
        &'g self,
        goal: &'g Goal,
    ) -> impl Iterator<Item = (&'g MetadataRow, Option<(&'g str, &'g RowFormat)>)> {
        let format = &self.slate.format;
        let memo = self.memo(self.slate.file_of(goal));
        let known = memo.known_rows.get_or_init(|| {
            let place = |row: &MetadataRow| {
                let (known, ..) = format.find_row(&row.name.value)?;
                format.metadata.rows.keys().position(|name| name == known)
            };
            goal.metadata.rows.iter().map(place).collect()
        });
        let known = known.iter().map(|place| format.metadata.rows.get_index((*place)?));
        let known = known.map(|known| known.map(|(name, row)| (name.as_str(), row)));
        goal.metadata.rows.iter().zip(known)
    }

    /// The cells of a goal that say who does the work.
    pub(crate) fn owner_cells(&self, goal: &Goal) -> &[Span] {
        let file = self.slate.file_of(goal);
        self.memo(file).owner_cells.get_or_init(|| find_owner_cells(self.slate, goal, self.work_tables(goal)))
    }

    /// The tables of a goal that are meant to say who does what.
    pub(crate) fn work_tables(&self, goal: &Goal) -> &[TableId] {
        let of_all = self.work_tables.get_or_init(|| {
            let mut tables = WorkTables::new(self.slate);
            let goals = self.slate.files.iter().map(|file| self.slate.goal_in(file));
            goals.map(|goal| goal.map_or_else(Vec::new, |goal| tables.of(goal))).collect()
        });
        &of_all[goal.file]
    }

    /// Every place in the metadata and the tables of a goal where a user is named.
    pub(crate) fn mentions(&self, goal: &Goal) -> &[Mention] {
        let file = self.slate.file_of(goal);
        self.memo(file).mentions.get_or_init(|| mentions_of(self.slate, goal, self.owner_cells(goal)))
    }

    /// The same for all goals, in the order of their files.
    pub(crate) fn all_mentions(&self) -> impl Iterator<Item = &Mention> {
        self.slate.goals.iter().flat_map(|goal| self.mentions(goal))
    }
}
