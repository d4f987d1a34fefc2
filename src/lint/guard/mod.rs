//! Which fixes are safe, whatever rule proposes them.
//!
//! A fix is left out if it takes out a word or a sign, changes a comment, what is struck out or code, mends a part of a cell
//! only, or changes what is asked of whom; unless its rule declares just that in `rules/<id>.toml`.

mod cells;
mod patched;
#[cfg(test)]
mod tests;
mod words;

use std::cell::OnceCell;
use std::collections::BTreeMap;

use self::patched::patched;
use super::apply::{Applied, apply};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Fix;
use crate::markdown::document::BlockKind;
use crate::markdown::prose::{Prose, prose};
use crate::model::cell::inside;
use crate::model::meaning::{FactKind, Meaning};
use crate::model::slate::{File, Slate};
use crate::rules::registry::find;
use crate::rules::rule::{Change, Rule};
use crate::sys::threads;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// How often one file is read again to find out which of its fixes is not safe; the rest are left out together.
const MAX_READINGS: usize = 64;

/// A fix with what its rule declares.
pub(super) struct Candidate<'f> {
    /// Its place among all findings.
    index: usize,
    fix: &'f Fix,
    changes: Changes,
}

/// What a rule declares, each by its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Changes(u32);

impl Changes {
    fn of_rule(rule: &str) -> Changes {
        let declared = find(rule).into_iter().flat_map(Rule::fix_changes);
        Changes(declared.fold(0, |all, change| all | 1 << change as u32))
    }

    fn has(self, change: Change) -> bool {
        self.0 & 1 << change as u32 != 0
    }

    fn may_grow(self, kind: FactKind) -> bool {
        self.has(Change::HiddenCharacters) && kind != FactKind::File && kind != FactKind::Row
            || match kind {
                FactKind::File | FactKind::Title | FactKind::Comment => false,
                FactKind::Row => self.has(Change::Rows),
                FactKind::Ask => self.has(Change::Asks),
                FactKind::Champion => self.has(Change::Champions),
                FactKind::Contact => self.has(Change::Contact),
                FactKind::Person => self.has(Change::People),
                FactKind::Status => self.has(Change::Status),
                FactKind::Theme => self.has(Change::Themes),
                FactKind::Highlight => self.has(Change::Highlights),
                // An owner may be wanted by a status or by a row that is read.
                FactKind::Need => self.has(Change::Needs) || self.has(Change::Status) || self.has(Change::People),
                FactKind::Issue => self.has(Change::Issue),
            }
    }

    fn allow(self, before: &Meaning, after: &Meaning) -> bool {
        let ignored = |kind: FactKind| match kind {
            FactKind::Row => self.has(Change::Rows) || self.has(Change::Duplicates),
            FactKind::Title => self.has(Change::HiddenCharacters),
            FactKind::Comment => self.has(Change::HiddenCharacters) || self.has(Change::Directives),
            _ => false,
        };
        // A comment may be spelled otherwise, but none may come up or go.
        let comments = |meaning: &Meaning| meaning.count(FactKind::Comment);
        before.allows(after, |kind| self.may_grow(kind), ignored) && comments(before) == comments(after)
    }
}

/// Takes fixes away that are not safe, and notes that they were there.
pub(super) fn withhold_unsafe_fixes(slate: &Slate, all: &mut [Diagnostic]) {
    let mut by_file: BTreeMap<FileId, Vec<Candidate<'_>>> = BTreeMap::new();
    let mut declared: BTreeMap<&'static str, Changes> = BTreeMap::new();
    for (index, Diagnostic { rule, file, finding, .. }) in all.iter().enumerate() {
        if let Some(fix) = &finding.fix {
            let changes = *declared.entry(rule).or_insert_with(|| Changes::of_rule(rule));
            by_file.entry(*file).or_default().push(Candidate { index, fix, changes });
        }
    }
    let by_file: Vec<(FileId, Vec<Candidate<'_>>)> = by_file.into_iter().collect();
    let length = |at: usize| slate.files[by_file[at].0].source.text().len();
    let weight = (0..by_file.len()).map(length).sum();
    let judge = |at: usize| unsafe_fixes(slate, by_file[at].0, &by_file[at].1);
    let found = threads::map_longest_first(by_file.len(), weight, length, judge);
    drop(by_file);
    for index in found.into_iter().flatten() {
        all[index].finding.fix = None;
        all[index].finding.fix_withheld = true;
    }
}

/// Whether a file says in one slate what it says in another, but for what these rules declare.
pub(super) fn is_safe_together(
    before: &Slate,
    after: &Slate,
    file: FileId,
    rules: impl Iterator<Item = &'static str>,
) -> bool {
    let (old, new) = (before.meaning(&before.files[file]), after.meaning(&after.files[file]));
    old == new || Changes(rules.fold(0, |all, rule| all | Changes::of_rule(rule).0)).allow(&old, &new)
}

fn unsafe_fixes(slate: &Slate, file: FileId, candidates: &[Candidate<'_>]) -> Vec<usize> {
    let file = &slate.files[file];
    let mut left_out = Vec::new();
    let (kept, lossy): (Vec<_>, Vec<_>) =
        candidates.iter().partition(|candidate| !is_hidden(file, candidate) && words::are_kept(slate, file, candidate));
    left_out.extend(lossy.iter().map(|candidate| candidate.index));
    let (kept, half): (Vec<_>, Vec<_>) = cells::split_by_wholeness(slate, file, kept);
    left_out.extend(half.iter().map(|candidate| candidate.index));
    let deep = kept.into_iter().filter(|candidate| !candidate.fix.edits.iter().all(|edit| is_inline(file, edit)));
    let deep: Vec<&Candidate<'_>> = deep.collect();
    if !deep.is_empty() {
        left_out.extend(meaning_changes(slate, file, deep));
    }
    left_out
}

/// Whether a fix would change a comment, what is struck out, or code.
fn is_hidden(file: &File, candidate: &Candidate<'_>) -> bool {
    let Candidate { fix, changes, .. } = candidate;
    if changes.has(Change::HiddenCharacters) {
        return false;
    }
    let document = &file.document;
    fix.edits.iter().any(|(edit, text)| {
        // What is put in the place of something may hold it again.
        let changes_it = |part: Span| {
            let is_touched = edit.start < part.end && part.start < edit.end
                || edit.is_empty() && part.start < edit.start && edit.start < part.end;
            is_touched && !(edit.contains(part) && text.contains(file.source.slice(part)))
        };
        // An edit without a length lies between two bytes, one of which belongs to what it is in.
        let around = Span { start: edit.start.saturating_sub(1), end: edit.end + 1 };
        let mut comments = inside(&document.comments, around, |comment| comment.span);
        let mut codes = inside(&document.codes, around, |code| *code);
        let mut struck = inside(&document.struck, around, |struck| *struck);
        comments.any(changes_it) && !changes.has(Change::Directives)
            || codes.any(changes_it) && !changes.has(Change::Duplicates)
            || struck.any(changes_it) && !changes.has(Change::Addresses)
    })
}

/// Whether an edit stays within a line of a paragraph, so that no table or heading can be another one afterwards.
fn is_inline(file: &File, (edit, text): &(Span, String)) -> bool {
    let blocks = &file.document.blocks;
    let below = blocks.partition_point(|block| block.span.start <= edit.start);
    let Some(block) = below.checked_sub(1).map(|at| blocks[at]) else { return false };
    if block.kind != BlockKind::Paragraph || !block.span.contains(*edit) {
        return false;
    }
    let line = file.source.line_span(file.source.line_index(edit.start as usize));
    let before = file.source.slice(Span { start: line.start, end: edit.start });
    let is_plain = |text: &str| !text.contains(['\n', '\r', '|', '<', '`', '~', '\\']);
    before.contains(|c: char| c.is_alphanumeric()) && is_plain(text) && is_plain(file.source.slice(*edit))
}

/// Those of the fixes that change what is asked of whom beyond what their rules declare.
fn meaning_changes(slate: &Slate, file: &File, candidates: Vec<&Candidate<'_>>) -> Vec<usize> {
    let before = slate.meaning(file);
    let prose = OnceCell::new();
    let mut left_out = Vec::new();
    let mut readings = 0;
    // All together first, where nothing may change; then those of one declaration, then fewer and fewer of them.
    let mut waiting: Vec<(Vec<&Candidate<'_>>, bool)> = vec![(candidates, true)];
    while let Some((group, is_mixed)) = waiting.pop() {
        if readings == MAX_READINGS {
            left_out.extend(group.iter().map(|candidate| candidate.index));
            continue;
        }
        readings += 1;
        let applied = apply(&file.source, group.iter().map(|candidate| candidate.fix));
        let mut is_in = applied.is_in.iter();
        let (tried, overlapping): (Vec<_>, Vec<_>) = group.into_iter().partition(|_| is_in.next() == Some(&true));
        if !overlapping.is_empty() {
            waiting.push((overlapping, is_mixed));
        }
        let after = meaning_with(slate, file, applied, &prose);
        let changes = tried.first().map_or(Changes::default(), |first| first.changes);
        let is_alike = tried.iter().all(|candidate| candidate.changes == changes);
        if before == after || is_alike && changes.allow(&before, &after) {
            continue;
        }
        match tried.as_slice() {
            [] => {}
            [one] => left_out.push(one.index),
            _ if is_mixed && !is_alike => {
                let mut of_rules: BTreeMap<u32, Vec<&Candidate<'_>>> = BTreeMap::new();
                tried.into_iter().for_each(|one| of_rules.entry(one.changes.0).or_default().push(one));
                waiting.extend(of_rules.into_values().map(|group| (group, false)));
            }
            several => {
                let (some, others) = several.split_at(several.len() / 2);
                waiting.push((some.to_vec(), is_mixed));
                waiting.push((others.to_vec(), is_mixed));
            }
        }
    }
    left_out
}

/// What a file says with fixes in it.
fn meaning_with(slate: &Slate, file: &File, applied: Applied, prose: &OnceCell<Vec<Prose>>) -> Meaning {
    let patched = patched(file, &applied).and_then(|(source, document)| slate.meaning_of(file, source, document));
    let parsed = || {
        let prose = prose.get_or_init(|| self::prose(&file.source, &file.document));
        slate.meaning_of_text(file, without_prose(&applied, prose))
    };
    debug_assert!(
        patched.as_ref().is_none_or(|patched| *patched == parsed()),
        "{}: {}",
        file.source.path(),
        applied.text
    );
    patched.unwrap_or_else(parsed)
}

/// A text with fixes in it, without the prose that they cannot have to do with: it means nothing by itself.
fn without_prose(applied: &Applied, prose: &[Prose]) -> String {
    let mut text = String::with_capacity(applied.text.len());
    let mut at = 0;
    for one in prose.iter().filter(|one| !applied.touches(one.around)) {
        let lines = applied.moved(one.lines);
        text.push_str(&applied.text[at..lines.start as usize]);
        at = lines.end as usize;
    }
    text.push_str(&applied.text[at..]);
    text
}
