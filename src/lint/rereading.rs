//! Judging a file as if what is structurally wrong in it were right already.
//!
//! A misspelled name of a row, a fence that is never closed or a table above its title hide what is wrong below them, and make
//! other rules speak of what only seems to be missing. So a finding may say how the text was meant. The slate is then put through
//! the rules once more with these texts: what is found there in addition is told in the same run, and what is not found there any
//! more was only a consequence.

use std::collections::BTreeMap;

use hashbrown::{HashMap, HashSet};

use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Meant;
use crate::diagnostics::level::Level;
use crate::model::goal::Goal;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::Field;
use crate::text::ids::FileId;
use crate::text::order::sort_by_key;
use crate::text::source::Span;

/// A slate with some of its texts as they were meant.
pub(super) struct Rereading {
    /// The slate.
    pub(super) slate: Slate,
    texts: HashMap<FileId, MeantText>,
}

/// A text as it was meant, and where its parts come from.
struct MeantText {
    text: String,
    /// In the order of the text, without gaps.
    pieces: Vec<Piece>,
}

/// A part of such a text.
struct Piece {
    /// Where it ends in the new text.
    end: u32,
    /// Where it comes from.
    from: Span,
    /// Whether it is the same text; else it replaces it.
    same: bool,
}

/// Takes back what was guessed of a text in which another finding says exactly what is too much: a name with a hidden character
/// looks misspelled.
pub(super) fn settle(all: &mut [Diagnostic]) {
    let is_removal = |meant: &Meant| meant.before.is_empty() && meant.from.is_none() && meant.after.is_empty();
    let removals: HashSet<(FileId, Span)> = all
        .iter()
        .filter(|reported| reported.rule == HIDDEN_CHARACTER)
        .flat_map(|reported| reported.finding.meant.iter().map(move |meant| (reported.file, meant)))
        .filter(|(_, meant)| is_removal(meant))
        .map(|(file, meant)| (file, meant.span))
        .collect();
    if removals.is_empty() {
        return;
    }
    for reported in all.iter_mut().filter(|reported| reported.rule != HIDDEN_CHARACTER) {
        let file = reported.file;
        let holds_one = |meant: &Meant| {
            let is_guess = meant.from.is_none() && !meant.before.is_empty();
            is_guess && removals.iter().any(|(other, span)| *other == file && meant.span.contains(*span))
        };
        if reported.finding.meant.iter().any(holds_one) {
            reported.finding.meant.clear();
        }
    }
}

/// The rule that says what is in a text without being seen.
const HIDDEN_CHARACTER: &str = "hidden-character";

impl MeantText {
    /// Puts a text together; of changes that overlap, the first counts.
    fn new(old: &str, mut changes: Vec<&Meant>) -> MeantText {
        sort_by_key(&mut changes, |change| (change.span, change.from));
        let mut new = MeantText { text: String::with_capacity(old.len() + 64), pieces: Vec::new() };
        let mut at = 0;
        for change in changes {
            if change.span.start < at {
                continue;
            }
            new.add(&old[at as usize..change.span.start as usize], Span { start: at, end: change.span.start }, true);
            new.add(&change.before, change.span, false);
            if let Some(from) = change.from {
                new.add(&old[from.range()], from, true);
            }
            new.add(&change.after, change.span, false);
            at = change.span.end;
        }
        let rest = Span::new(at as usize..old.len());
        new.add(&old[rest.range()], rest, true);
        new
    }

    fn add(&mut self, text: &str, from: Span, same: bool) {
        if !text.is_empty() {
            self.text.push_str(text);
            let end = Span::at(self.text.len()).end;
            self.pieces.push(Piece { end, from, same });
        }
    }

    /// Where a place of the new text is in the old one.
    fn place(&self, span: Span) -> Span {
        let start = match self.pieces.get(self.pieces.partition_point(|piece| piece.end <= span.start)) {
            Some(piece) if piece.same => piece.from.end - (piece.end - span.start),
            Some(piece) => piece.from.start,
            None => self.pieces.last().map_or(0, |last| last.from.end),
        };
        if span.is_empty() {
            return Span { start, end: start };
        }
        let end = match self.pieces.get(self.pieces.partition_point(|piece| piece.end < span.end)) {
            Some(piece) if piece.same => piece.from.end - (piece.end - span.end),
            Some(piece) => piece.from.end,
            None => start,
        };
        Span { start, end: end.max(start) }
    }
}

impl Rereading {
    /// The slate as what was found says that it was meant; nothing where it says nothing.
    pub(super) fn of<'d>(slate: &Slate, found: impl Iterator<Item = &'d Diagnostic>) -> Option<Rereading> {
        let mut changes: BTreeMap<FileId, Vec<&Meant>> = BTreeMap::new();
        for reported in found {
            changes.entry(reported.file).or_default().extend(&reported.finding.meant);
        }
        changes.retain(|file, changes| {
            // What cannot be read is not read otherwise, and texts are told apart by their paths.
            let source = &slate.files[*file].source;
            let is_known = source.invalid_utf8().is_none() && !source.path().contains(char::REPLACEMENT_CHARACTER);
            !changes.is_empty() && is_known
        });
        if changes.is_empty() {
            return None;
        }
        let text = |(file, changes): (FileId, _)| (file, MeantText::new(slate.files[file].source.text(), changes));
        let texts: HashMap<FileId, MeantText> = changes.into_iter().map(text).collect();
        let by_path = texts.iter().map(|(file, new)| (slate.files[*file].source.path().to_owned(), new.text.clone()));
        Some(Rereading { slate: slate.with_texts(&by_path.collect()), texts })
    }

    /// Whether a file has another text.
    pub(super) fn has_changed(&self, file: FileId) -> bool {
        self.texts.contains_key(&file)
    }

    /// Whether the other goals may have to be judged anew, too.
    pub(super) fn is_of_another_slate(&self, before: &Slate) -> bool {
        is_another_slate(before, &self.slate, self.texts.keys().copied())
    }

    /// What was found in the slate as it is, without what was only a consequence, and with what was found in addition in the slate
    /// as it was meant.
    pub(super) fn merge(&self, found: Vec<Diagnostic>, again: Vec<Diagnostic>) -> Vec<Diagnostic> {
        let key = |reported: &Diagnostic| {
            (reported.rule, reported.file, reported.finding.span, reported.finding.message.clone())
        };
        let again: Vec<Diagnostic> = again.into_iter().map(|reported| self.replaced(reported)).collect();
        let mut left: HashMap<_, usize> = HashMap::new();
        // The same in other words, since what is written there is another text now.
        let place = |reported: &Diagnostic| (reported.rule, reported.file, reported.finding.span);
        let mut places: HashMap<_, Vec<_>> = HashMap::new();
        for reported in &again {
            *left.entry(key(reported)).or_default() += 1;
            places.entry(place(reported)).or_default().push(key(reported));
        }
        let mut all = Vec::with_capacity(found.len());
        // Where an error is only a consequence.
        let mut errors: HashSet<FileId> = HashSet::new();
        for reported in found {
            let mut take = |key: &_| left.get_mut(key).filter(|left| **left > 0).map(|left| *left -= 1);
            let others = places.get(&place(&reported)).map(Vec::as_slice).unwrap_or_default();
            let is_there = take(&key(&reported)).or_else(|| others.iter().find_map(&mut take));
            if is_there.is_some() || !reported.finding.meant.is_empty() {
                all.push(reported);
            } else if reported.level == Level::Error {
                errors.insert(reported.file);
            }
        }
        // What brings an error is one.
        // One elsewhere is brought by what is for all of the slate, such as a directive; where there is no such thing, by any.
        let is_elsewhere = errors.iter().any(|file| !self.texts.contains_key(file));
        let is_for_all = |reported: &Diagnostic| {
            let kind = self.slate.files[reported.file].kind;
            !reported.finding.meant.is_empty() && !matches!(kind, FileKind::Goal(_))
        };
        let has_such = all.iter().any(is_for_all);
        let brings = |reported: &&mut Diagnostic| {
            !reported.finding.meant.is_empty()
                && (errors.contains(&reported.file) || is_elsewhere && (is_for_all(reported) || !has_such))
        };
        all.iter_mut().filter(brings).for_each(|reported| reported.level = Level::Error);
        // Of several that are alike the first were there already.
        let more = again.into_iter().rev().filter(|reported| {
            let new = left.get_mut(&key(reported)).filter(|left| **left > 0).map(|left| *left -= 1);
            new.is_some()
        });
        all.extend(more.map(|mut reported| {
            // It holds once the rest is right, and is fixed then.
            reported.finding.fix = None;
            reported
        }));
        all
    }

    /// A finding at its place in the text as it is.
    fn replaced(&self, mut reported: Diagnostic) -> Diagnostic {
        if let Some(text) = self.texts.get(&reported.file) {
            reported.finding.span = text.place(reported.finding.span);
            // Its own fix is for another text.
            reported.finding.fix = None;
        }
        reported.finding.meant.clear();
        for related in &mut reported.finding.related {
            if let Some(text) = self.texts.get(&related.file) {
                related.span = text.place(related.span);
            }
        }
        reported
    }
}

/// Whether with other texts of some files the other goals may have to be judged anew, too: a page has other directives or headings
/// or is another part of the RFC, the goals use other rows, or they name other themes or highlights, which are compared with each
/// other. What is no goal counts and lists goals, so it always has to be.
pub(super) fn is_another_slate(before: &Slate, after: &Slate, mut changed: impl Iterator<Item = FileId>) -> bool {
    let rows = |slate: &Slate| {
        let names = slate.format.metadata.rows.keys();
        names.map(|name| (name.clone(), slate.uses_row(name))).collect::<Vec<_>>()
    };
    changed.any(|file| {
        let (before_it, after_it) = (&before.files[file], &after.files[file]);
        match (before_it.kind, after_it.kind) {
            (FileKind::Goal(one), FileKind::Goal(other)) => named(&before.goals[one]) != named(&after.goals[other]),
            (FileKind::Template, FileKind::Template) | (FileKind::Page, FileKind::Page) => {
                !has_same_outline(before_it, after_it)
            }
            _ => true,
        }
    }) || before.in_rfc() != after.in_rfc()
        || rows(before) != rows(after)
}

/// Whether all is the same that goals may be compared with of a page: its headings, and its directives with what they are about.
fn has_same_outline(page: &File, other: &File) -> bool {
    headings(page).eq(headings(other)) && directives(page).eq(directives(other))
}

fn headings(page: &File) -> impl Iterator<Item = (u8, &str)> {
    page.document.headings.iter().map(|heading| (heading.level, heading.text.as_str()))
}

fn directives(page: &File) -> impl Iterator<Item = (&str, Option<&str>, bool)> {
    page.directives.iter().map(|directive| {
        let argument = directive.argument.as_ref().map(|argument| argument.value.as_str());
        (directive.name.value.as_str(), argument, directive.is_loose())
    })
}

/// The themes and highlights that a goal names.
fn named(goal: &Goal) -> (Vec<String>, Vec<String>) {
    let themes = goal.themes.iter().map(|theme| theme.value.clone());
    let highlights = goal.fields(Field::Highlight).map(|row| row.value.value.clone());
    (themes.collect(), highlights.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(span: std::ops::Range<usize>, before: &str, from: Option<std::ops::Range<usize>>, after: &str) -> Meant {
        Meant { span: Span::new(span), before: before.to_owned(), from: from.map(Span::new), after: after.to_owned() }
    }

    #[test]
    fn places_lead_back_to_where_a_text_comes_from() {
        // A word moves, another is replaced.
        let changes = [meant(0..3, "", None, ""), meant(6..6, "<", Some(0..3), ">"), meant(7..9, "XYZ", None, "")];
        let new = MeantText::new("abcdefghij", changes.iter().collect());
        assert_eq!(new.text, "def<abc>gXYZj");
        let place = |range| {
            let place = new.place(Span::new(range));
            (place.start, place.end)
        };
        assert_eq!(place(0..3), (3, 6));
        assert_eq!(place(4..7), (0, 3));
        assert_eq!(place(8..9), (6, 7));
        assert_eq!(place(9..12), (7, 9));
        assert_eq!(place(10..11), (7, 9));
        assert_eq!(place(12..13), (9, 10));
        assert_eq!(place(13..13), (10, 10));
    }
}
