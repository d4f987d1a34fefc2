//! What the goals of a slate say, in the Markdown of the text that is made. Tables only lay it out.
//!
//! Links lead where [`Linking`] says; names stay `@user` and `[team]`, which the last step resolves. A title is read once,
//! however many tables show it, and what is very long is whole in the first of them only: the text grows with the slate.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::sync::Arc;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;

use super::footnotes::FootnoteLabels;
use super::linking::Linking;
use super::quote::{Shortcuts, quote};
use crate::markdown::brackets::brackets;
use crate::markdown::document::Document;
use crate::markdown::escape::link_text;
use crate::markdown::footnote::is_footnote;
use crate::markdown::shown::shown;
use crate::model::goal::{Goal, MetadataRow, Roadmap, Task};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::Field;
use crate::text::blanks::one_line;
use crate::text::ids::FileId;
use crate::text::source::{Source, Span};

/// The goals of a slate as text.
pub(crate) struct GoalTexts<'s> {
    pub(crate) slate: &'s Slate,
    linking: &'s dyn Linking,
    /// By the place of the goal in the slate.
    goals: Vec<GoalText>,
    /// The footnotes of the text that is made.
    pub(crate) footnotes: RefCell<FootnoteLabels>,
    /// The long parts of files that have been shown whole, with their beginnings where they have been asked for again.
    repeats: RefCell<HashMap<(FileId, Span), Option<String>>>,
}

/// What is longer is shown whole only once, in bytes: a row of a few bytes can ask a hundred teams, and each of their tables
/// has title and notes.
const MAX_REPEATED: usize = 4000;

/// How much of it is shown after that, in characters.
const BEGINNING: usize = 200;

/// The beginning of a text as it is shown, as Markdown in which nothing means anything.
fn beginning(markdown: &str) -> String {
    let mut text = String::with_capacity(BEGINNING * 2);
    for c in shown(markdown).chars().take(BEGINNING) {
        match c {
            // Not the name of a user.
            '@' => text.push_str("&#64;"),
            c if c.is_ascii_punctuation() && !matches!(c, ',' | '.' | ':' | ';' | '\'' | '"' | '/' | '?' | '%') => {
                text.push('\\');
                text.push(c);
            }
            c => text.push(c),
        }
    }
    text + "…"
}

/// A title with the mark of the goal's status, if it has one.
fn marked<'t>(goal: &Goal, title: &'t str) -> Cow<'t, str> {
    match goal.status.as_ref().and_then(|status| status.mark.as_ref()) {
        Some(mark) => Cow::Owned(format!("{title} {mark}")),
        None => Cow::Borrowed(title),
    }
}

/// What is made once of a goal, when a table first asks for it.
#[derive(Default)]
struct GoalText {
    link: OnceCell<String>,
    short_link: OnceCell<String>,
    contact: OnceCell<String>,
}

impl<'s> GoalTexts<'s> {
    /// The goals of a slate, of which nothing has been made yet.
    pub(crate) fn new(slate: &'s Slate, linking: &'s dyn Linking) -> GoalTexts<'s> {
        GoalTexts::with(slate, linking, FootnoteLabels::new(slate))
    }

    /// The goals of a slate for a text that has these footnotes already.
    pub(crate) fn with(slate: &'s Slate, linking: &'s dyn Linking, footnotes: FootnoteLabels) -> GoalTexts<'s> {
        let goals = slate.goals.iter().map(|_| GoalText::default()).collect();
        GoalTexts { slate, linking, goals, footnotes: RefCell::new(footnotes), repeats: RefCell::default() }
    }

    fn of(&self, goal: &Goal) -> Option<&GoalText> {
        match self.slate.file_of(goal).kind {
            FileKind::Goal(index) => self.goals.get(index),
            _ => None,
        }
    }

    fn once(
        &self,
        goal: &Goal,
        cell: impl Fn(&GoalText) -> &OnceCell<String>,
        make: impl FnOnce() -> String,
    ) -> String {
        let cell = self.of(goal).map(&cell);
        if let Some(made) = cell.and_then(OnceCell::get) {
            return made.clone();
        }
        let made = make();
        // A long one is another when it is asked for again; see `repeats`.
        if let Some(cell) = cell.filter(|_| made.len() <= MAX_REPEATED) {
            return cell.get_or_init(|| made).clone();
        }
        made
    }

    /// The title as a link to the goal's page.
    pub(crate) fn link(&self, goal: &Goal) -> String {
        self.once(goal, |text| &text.link, || self.page_link(goal.file, &marked(goal, &self.title(goal))))
    }

    /// The same with the short title, where the goal has one.
    pub(crate) fn short_link(&self, goal: &Goal) -> String {
        let short = || goal.field(Field::ShortTitle).filter(|row| !row.value.value.is_empty());
        let title = || short().map_or_else(|| self.title(goal), |row| self.cell(goal.file, row.value.span));
        self.once(goal, |text| &text.short_link, || self.page_link(goal.file, &marked(goal, &title())))
    }

    /// The title as a link to a heading of the goal's page, by the anchor of that.
    pub(crate) fn link_to_heading(&self, goal: &Goal, anchor: &str) -> String {
        if !self.linking.has(self.slate.page_of(goal.file)) {
            return self.link(goal);
        }
        format!("[{}]({}#{anchor})", link_text(&marked(goal, &self.title(goal))), self.page(goal))
    }

    /// The title.
    fn title(&self, goal: &Goal) -> String {
        goal.title.as_ref().map_or_else(String::new, |title| self.part(goal.file, title.span, Shortcuts::Stay))
    }

    /// What a cell of a table says, without the escapes of its pipes.
    fn cell(&self, file: FileId, span: Span) -> String {
        self.part(file, span, Shortcuts::Stay).replace("\\|", "|")
    }

    /// The point of contact, or the badge where somebody is sought.
    pub(crate) fn contact(&self, goal: &Goal) -> String {
        self.once(
            goal,
            |text| &text.contact,
            || {
                if goal.needs_owner {
                    return "![Help Wanted][]".to_owned();
                }
                // What is not one user stays as it was written.
                self.field(goal, Field::Contact).unwrap_or_default()
            },
        )
    }

    /// The tracking issue.
    pub(crate) fn tracking_issue(&self, goal: &Goal) -> String {
        self.field(goal, Field::TrackingIssue).unwrap_or_else(|| "(no tracking issue)".to_owned())
    }

    /// The value of a row from which a field is read, where it has one.
    pub(crate) fn field(&self, goal: &Goal, field: Field) -> Option<String> {
        let row = goal.field(field).filter(|row| !row.value.value.is_empty())?;
        Some(self.value(goal.file, row, Shortcuts::Stay))
    }

    /// The value of a row of a roadmap from which a field is read; empty where there is none.
    pub(crate) fn roadmap_field(&self, roadmap: &Roadmap, field: Field) -> String {
        let row = roadmap.metadata.field(field);
        row.map_or_else(String::new, |row| self.value(roadmap.file, row, Shortcuts::Stay))
    }

    /// The name of a roadmap as a link to its page.
    pub(crate) fn roadmap_link(&self, roadmap: &Roadmap) -> String {
        let short = roadmap.metadata.field(Field::ShortTitle).filter(|row| !row.value.value.is_empty());
        let span = short.map(|row| row.value.span).or_else(|| Some(roadmap.title.as_ref()?.span));
        self.page_link(roadmap.file, &span.map_or_else(String::new, |span| self.cell(roadmap.file, span)))
    }

    /// A subgoal as a link to its heading, by the anchor of that.
    pub(crate) fn subgoal_link(&self, goal: &Goal, heading: Span, anchor: &str) -> String {
        let page = self.linking.page(self.slate.page_of(goal.file));
        format!("[{}]({page}#{anchor})", link_text(&self.subgoal(goal, heading)))
    }

    /// The heading of a subgoal.
    pub(crate) fn subgoal(&self, goal: &Goal, heading: Span) -> String {
        marked(goal, &self.part(goal.file, heading, Shortcuts::Stay)).into_owned()
    }

    /// The notes of a task.
    pub(crate) fn notes(&self, goal: &Goal, task: &Task) -> String {
        self.cell(goal.file, task.notes.span)
    }

    /// Where the page of a goal is.
    pub(crate) fn page(&self, goal: &Goal) -> String {
        self.linking.page(self.slate.page_of(goal.file))
    }

    /// The value of a metadata row.
    pub(crate) fn value(&self, file: FileId, row: &MetadataRow, shortcuts: Shortcuts) -> String {
        self.part(file, row.value.span, shortcuts)
    }

    /// A part of a file. A long one is whole the first time, and after that its beginning as plain text.
    pub(crate) fn part(&self, id: FileId, span: Span, shortcuts: Shortcuts) -> String {
        let file = &self.slate.files[id];
        let footnote = |written: &str| self.footnotes.borrow_mut().quote(file, written);
        let whole = || quote(file, self.slate.page_of_file(file), span, shortcuts, self.linking, footnote);
        if span.range().len() <= MAX_REPEATED {
            return whole();
        }
        match self.repeats.borrow_mut().entry((id, span)) {
            Entry::Vacant(first) => {
                first.insert(None);
                whole()
            }
            Entry::Occupied(mut again) => {
                again.get_mut().get_or_insert_with(|| beginning(file.source.slice(span))).clone()
            }
        }
    }

    /// The footnotes to which quoted text refers, each a paragraph.
    pub(crate) fn quoted_footnotes(&self) -> String {
        let mut text = String::new();
        for place in 0.. {
            // The text of one may refer to another.
            let Some((file, label, body)) = self.footnotes.borrow().quoted(place) else { break };
            let words = self.footnote(file, body);
            text.push_str(&format!("[{label}]: {}\n\n", words.trim_end()));
        }
        text
    }

    /// The words of a footnote. Several paragraphs become one: the indentation that holds them together would be code to whoever
    /// does not know footnotes.
    fn footnote(&self, id: FileId, body: Span) -> String {
        let file = &self.slate.files[id];
        let text = file.source.slice(body);
        if !text.contains("\n\n") && !text.contains("\r\n\r\n") {
            return self.part(id, body, Shortcuts::Lead);
        }
        let words = one_line(text);
        let definitions = file.document.definitions.iter().filter(|one| !one.is_footnote());
        let definitions: Vec<&str> = definitions.map(|one| file.source.slice(one.span)).collect();
        let alone = format!("{words}\n\n{}\n", definitions.join("\n"));
        let source = Source::from_bytes(file.source.path(), alone.into());
        let document = Arc::new(Document::parse(&source));
        let alone = File { source: Arc::new(source), document, ..file.clone() };
        let footnote = |written: &str| self.footnotes.borrow_mut().quote(file, written);
        let span = Span::new(0..words.len());
        quote(&alone, self.slate.page_of_file(file), span, Shortcuts::Lead, self.linking, footnote)
    }

    /// A title as a link to its page; the marks of footnotes in it come behind the link, in which they cannot be.
    fn page_link(&self, file: FileId, title: &str) -> String {
        if !self.linking.has(self.slate.page_of(file)) {
            return title.to_owned();
        }
        let marks: Vec<Range<usize>> = brackets(title)
            .into_iter()
            .filter(|bracket| is_footnote(&title[bracket.text.clone()]) && bracket.label.is_none())
            .map(|bracket| bracket.whole)
            .collect();
        let (mut text, mut notes, mut from) = (String::new(), String::new(), 0);
        for mark in marks {
            let written = &title[mark.start + 1..mark.end - 1];
            let Some(label) = self.footnotes.borrow_mut().quote(&self.slate.files[file], written) else { continue };
            text.push_str(&title[from..mark.start]);
            notes.push_str(&format!("[{label}]"));
            from = mark.end;
        }
        text.push_str(&title[from..]);
        format!("[{}]({}){notes}", link_text(text.trim_end()), self.linking.page(self.slate.page_of(file)))
    }
}
