//! Running the rules over a slate: what they find, without what an author has suppressed. The same in several places of a file is
//! one finding.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use hashbrown::{HashMap, HashSet};
use typed_index_collections::TiSlice;

use super::fingerprints::name_all;
use super::groups::grouped;
use super::guard::withhold_unsafe_fixes;
use super::levels::Levels;
use super::rereading::{Rereading, is_another_slate, settle};
use super::suppressions::{Suppression, suppressions};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Finding;
use crate::diagnostics::level::Level;
use crate::links::outside::OutsideFiles;
use crate::model::goal::{Goal, is_placeholder_row, is_placeholder_text};
use crate::model::rfc_outline;
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::context::{LintContext, Memos};
use crate::rules::registry::{RULES, find};
use crate::rules::rule::{Check, Rule, RuleLevel};
use crate::sys::threads;
use crate::text::ids::FileId;
use crate::text::order::sort_by;
use crate::text::source::{Source, Span};

/// Puts a slate through every rule that is not off; sorted by file, place and rule. What an author has suppressed is left out.
/// `outside` is what is known of the files around the slate.
pub fn lint(slate: &Slate, outside: Option<&OutsideFiles>, levels: &Levels) -> Vec<Diagnostic> {
    let cx = LintContext::new(slate, outside);
    everything(slate, read_as_meant(&cx, find_all(&cx, levels, |_| Anew::All), levels))
}

/// What [`lint`] finds in the files that are asked for, without judging the others more than that takes.
pub fn lint_files(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    asked: &TiSlice<FileId, bool>,
) -> Vec<Diagnostic> {
    let is_asked = |found: &Diagnostic| asked.get(found.file) == Some(&true);
    let of_asked = |mut found: Vec<Diagnostic>| {
        found.retain(is_asked);
        finish(slate, found)
    };
    let cx = LintContext::new(slate, outside).asking_for(Some(asked));
    let first = find_all(&cx, levels, |_| Anew::All);
    if let Some(found) = read_as_meant(&cx, first.clone(), levels) {
        return of_asked(found);
    }
    // What is meant by a file that is asked for may bring errors in any other. As long as the other goals stay what they are, only
    // rules that look at the whole slate and at pages can find these.
    let pages = |file: FileId| if is_goal(slate, file) { Anew::Nothing } else { Anew::All };
    let cx = LintContext::new(slate, outside).judging(Some(asked)).remembering(&cx.into_memos(), |_| false);
    let mut found = find_all(&cx, levels, pages);
    found.extend(of_unchanged(&first, pages).cloned());
    match read_as_meant(&cx, found, levels) {
        Some(found) => of_asked(found),
        None => {
            let mut all = lint(slate, outside, levels);
            all.retain(is_asked);
            all
        }
    }
}

/// What the rules say of a slate by themselves, kept for the same slate with other texts of some files: then only these are judged
/// anew, and what is about the slate as a whole.
pub(crate) struct Judged {
    found: Vec<Diagnostic>,
    memos: Memos,
}

impl Judged {
    /// Puts a slate through every rule.
    pub(crate) fn of(slate: &Slate, outside: Option<&OutsideFiles>, levels: &Levels) -> Judged {
        let cx = LintContext::new(slate, outside);
        let found = find_all(&cx, levels, |_| Anew::All);
        Judged { found, memos: cx.into_memos() }
    }

    /// The same for another state of the slate `before`, in which no file has come or gone.
    pub(crate) fn after(
        &self,
        before: &Slate,
        slate: &Slate,
        outside: Option<&OutsideFiles>,
        levels: &Levels,
    ) -> Judged {
        let is_other = |file: &File| !Arc::ptr_eq(&file.source, &before.files[file.id].source);
        let others: HashSet<FileId> = slate.files.iter().filter(|file| is_other(file)).map(|file| file.id).collect();
        if is_another_slate(before, slate, others.iter().copied()) {
            return Judged::of(slate, outside, levels);
        }
        let anew = anew(slate, |file| others.contains(&file));
        let cx = LintContext::new(slate, outside).remembering(&self.memos, |file| anew(file) != Anew::Nothing);
        let mut found = find_all(&cx, levels, &anew);
        debug_assert!(texts_stay(&cx, levels, &self.found, &anew));
        found.extend(of_unchanged(&self.found, &anew).cloned());
        Judged { found, memos: cx.into_memos() }
    }

    /// What there is to report: see [`lint`].
    pub(crate) fn findings(&self, slate: &Slate, outside: Option<&OutsideFiles>, levels: &Levels) -> Vec<Diagnostic> {
        let cx = LintContext::new(slate, outside).remembering(&self.memos, |_| false);
        everything(slate, read_as_meant(&cx, self.found.clone(), levels))
    }
}

fn is_goal(slate: &Slate, file: FileId) -> bool {
    matches!(slate.files[file].kind, FileKind::Goal(_))
}

/// What there is to report of a slate all of whose files are asked for: then nothing is left open.
fn everything(slate: &Slate, found: Option<Vec<Diagnostic>>) -> Vec<Diagnostic> {
    finish(slate, found.unwrap_or_default())
}

/// What the rules may find otherwise in a file than before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Anew {
    /// Nothing: it is a goal that is the same.
    Nothing,
    /// All but what its text says by itself: it is a page that is the same, but counts, lists or links goals.
    Around,
    /// All.
    All,
}

impl Anew {
    /// Whether a rule judges the file again; what the others found in it stays.
    fn is_due(self, check: &Check) -> bool {
        match (check, self) {
            (Check::Slate(_), _) | (_, Anew::All) => true,
            (Check::Text(_), _) | (_, Anew::Nothing) => false,
            (_, Anew::Around) => true,
        }
    }
}

/// What the rules may find otherwise in each file, where some have other texts.
fn anew(slate: &Slate, is_changed: impl Fn(FileId) -> bool + Sync) -> impl Fn(FileId) -> Anew + Sync {
    // How much weight what is said of a page has, and where the RFC includes it, is up to other pages.
    let are_goals = slate.files.keys().filter(|file| is_changed(*file)).all(|file| is_goal(slate, file));
    let of_page = if are_goals { Anew::Around } else { Anew::All };
    move |file| match is_goal(slate, file) {
        _ if is_changed(file) => Anew::All,
        true => Anew::Nothing,
        false => of_page,
    }
}

/// What has been found in files as far as they are the same.
fn of_unchanged(found: &[Diagnostic], anew: impl Fn(FileId) -> Anew) -> impl Iterator<Item = &Diagnostic> {
    found.iter().filter(move |one| find(one.rule).is_some_and(|rule| !anew(one.file).is_due(&rule.check)))
}

/// Whether what rules find in the text of a page alone is what was found there before: if not, `registry` says too much of one.
fn texts_stay(
    cx: &LintContext<'_>,
    levels: &Levels,
    before: &[Diagnostic],
    anew: impl Fn(FileId) -> Anew + Sync,
) -> bool {
    let is_of_text = |rule: &str| find(rule).is_some_and(|rule| matches!(rule.check, Check::Text(_)));
    let said = |one: &Diagnostic| (one.file, one.finding.span, one.rule, one.level, one.finding.message.clone());
    let again = find_all(cx, levels, |file| if anew(file) == Anew::Around { Anew::All } else { Anew::Nothing });
    let is_here = |one: &&Diagnostic| anew(one.file) == Anew::Around && is_of_text(one.rule);
    let [mut then, mut now] = [before, &again].map(|found| found.iter().filter(is_here).map(said).collect::<Vec<_>>());
    then.sort();
    now.sort();
    then == now
}

/// Adds what is found once the texts are read as they were meant, and takes away what was only a consequence and what is
/// suppressed. It is complete for the files that are asked for. Nothing where the others have to be judged in full to know it:
/// another reading of a file that is asked for, or of what is for all of the slate, changes what is found in any of them.
fn read_as_meant(cx: &LintContext<'_>, mut all: Vec<Diagnostic>, levels: &Levels) -> Option<Vec<Diagnostic>> {
    let slate = cx.slate;
    settle(&mut all);
    let says_meant: HashSet<FileId> =
        all.iter().filter(|one| !one.finding.meant.is_empty()).map(|one| one.file).collect();
    let files = slate.files.iter().filter(|file| cx.wants(file.id) || says_meant.contains(&file.id));
    let suppressions = files.map(|file| (file.id, suppressions(file)));
    let suppressions: BTreeMap<FileId, Vec<Suppression>> =
        suppressions.filter(|(_, of_file)| !of_file.is_empty()).collect();
    if !says_meant.is_empty() {
        let mut shown = all.clone();
        if !suppressions.is_empty() {
            suppress(slate, &suppressions, levels, &mut shown);
        }
        if let Some(meant) = Rereading::of(slate, shown.iter()) {
            let again = find_meant(cx, &all, &meant, levels, MAX_REREADINGS - 1)?;
            all = meant.merge(all, again);
        }
    }
    if !suppressions.is_empty() {
        suppress(slate, &suppressions, levels, &mut all);
    }
    Some(all)
}

/// Puts what was found in order, with the fixes that are safe.
fn finish(slate: &Slate, mut all: Vec<Diagnostic>) -> Vec<Diagnostic> {
    // A text that is not the file's own, byte for byte, is not written back, so nothing in it is fixed; nor is one whose path
    // is not the file's own, which may be that of another file.
    let is_ours =
        |source: &Source| source.invalid_utf8().is_none() && !source.path().contains(char::REPLACEMENT_CHARACTER);
    for reported in all.iter_mut().filter(|reported| !is_ours(&slate.files[reported.file].source)) {
        reported.finding.fix = None;
    }
    withhold_unsafe_fixes(slate, &mut all);
    // Files are sorted by path, so their numbers are too.
    sort_by(&mut all, |a, b| (a.file, a.finding.span, a.rule).cmp(&(b.file, b.finding.span, b.rule)));
    // Each place has a name of its own, so that a new one among old ones is known as new.
    name_all(slate, &mut all);
    grouped(all)
}

/// How often a slate is read once more as it was meant: behind a misspelled name there may be a malformed value, and behind that
/// one an unknown name.
const MAX_REREADINGS: usize = 3;

/// What is found in a slate as it was meant, and behind that. `before` is what was found in it as it is. Nothing where files that
/// are not asked for would have to be judged in full.
fn find_meant(
    cx: &LintContext<'_>,
    before: &[Diagnostic],
    meant: &Rereading,
    levels: &Levels,
    more: usize,
) -> Option<Vec<Diagnostic>> {
    // What the rules find in a file by itself stays, unless the file is another now.
    let is_another = meant.is_of_another_slate(cx.slate);
    let anew = anew(cx.slate, |file| is_another || meant.has_changed(file));
    let is_changed = |file: FileId| anew(file) != Anew::Nothing;
    let all_are_asked = cx.slate.files.iter().all(|file| cx.wants(file.id));
    if !all_are_asked && cx.slate.files.iter().any(|file| cx.wants(file.id) && is_changed(file.id))
        || is_another && !cx.judges_all()
    {
        return None;
    }
    let cx = &cx.with_texts(&meant.slate, is_changed);
    let mut found = find_all(cx, levels, &anew);
    debug_assert!(texts_stay(cx, levels, before, &anew));
    found.extend(of_unchanged(before, &anew).cloned());
    settle(&mut found);
    match Rereading::of(cx.slate, found.iter()).filter(|_| more > 0) {
        Some(meant) => {
            let again = find_meant(cx, &found, &meant, levels, more - 1)?;
            Some(meant.merge(found, again))
        }
        None => Some(found),
    }
}

/// What the rules find in a slate; those that look at one file only, as far as that may be something else than before.
fn find_all(cx: &LintContext<'_>, levels: &Levels, anew: impl Fn(FileId) -> Anew + Sync) -> Vec<Diagnostic> {
    let slate = cx.slate;
    let items = OnceLock::new();
    let reported = |rule: &Rule, level: RuleLevel, file: FileId, finding: Finding| {
        let is_shown = || cx.is_in_rfc(&slate.files[file], finding.span);
        let depends = level.in_rfc != level.outside_rfc;
        let weighs_more = depends && is_shown();
        let level = match is_never_in_rfc(slate, file) {
            true => level.not_accepted,
            false if !depends || weighs_more => level.in_rfc,
            false => level.outside_rfc,
        };
        // What weighs more because the RFC includes the page is the fault of the item that includes it, too.
        let is_page = weighs_more && slate.files[file].kind == FileKind::Page;
        let item = is_page.then(|| items.get_or_init(|| rfc_outline::including_items(slate)).get(&file)).flatten();
        let finding = match item {
            Some((template, item)) => finding.related(*template, *item, "this item includes the page in the RFC"),
            None => finding,
        };
        debug_assert!(finding.meant.is_empty() || rule.says_meant(), "{}: `says-meant = true` is missing", rule.id);
        (level != Level::Off).then(|| Diagnostic::new(rule.id, level, file, finding.with_blanks_named()))
    };
    let active = RULES.iter().zip(levels.0.iter().copied()).filter(|(_, level)| !level.is_off());
    // In other files than those that are asked for, what is meant by one may still be for all.
    let active: Vec<(&Rule, RuleLevel, bool)> = active.map(|(rule, level)| (rule, level, rule.says_meant())).collect();
    let in_full = |file: FileId| cx.wants(file) && (!is_goal(slate, file) || cx.judges(file));
    // What looks at one file only, or is one rule about the slate, can be done at the same time as the others.
    let of_files = |files: Range<usize>| -> Vec<Diagnostic> {
        let files = files.map(FileId::from).map(|file| (file, anew(file))).filter(|(_, anew)| *anew != Anew::Nothing);
        let mut all: Vec<_> =
            files.map(|(id, anew)| InBatch { id, anew, in_full: in_full(id), found: vec![] }).collect();
        // What a rule does is in the caches of the processor after the first file.
        for &(rule, level, says_meant) in &active {
            let is_due = |file: &InBatch| {
                (file.in_full || says_meant) && file.anew.is_due(&rule.check) && looks_at(rule, slate, file.id)
            };
            for InBatch { id, found, .. } in all.iter_mut().filter(|file| is_due(file)) {
                let file = &slate.files[*id];
                let findings = match rule.check {
                    Check::Text(check) | Check::File(check) => check(cx, file),
                    Check::Goal(check) => slate.goal_in(file).map_or_else(Vec::new, |goal| check(cx, goal)),
                    Check::Slate(_) | Check::Suppressions => continue,
                };
                found.extend(findings.into_iter().filter_map(|finding| reported(rule, level, *id, finding)));
            }
        }
        all.into_iter().flat_map(|file| file.found).collect()
    };
    let about_slate = active.iter().filter_map(|&(rule, level, _)| match rule.check {
        Check::Slate(check) => Some((rule, level, check)),
        _ => None,
    });
    let about_slate: Vec<_> = about_slate.collect();
    let by_rule = |index: usize| -> Vec<Diagnostic> {
        let (rule, level, check) = about_slate[index];
        let found = check(cx).into_iter().filter(|(file, _)| looks_at(rule, slate, *file));
        found.filter_map(|(file, finding)| reported(rule, level, file, finding)).collect()
    };
    // A file that is not judged in full takes a fraction of the time.
    let length = |file: FileId| match (anew(file), slate.files[file].source.text().len()) {
        (Anew::Nothing, _) => 0,
        (Anew::All, length) if in_full(file) => length,
        (Anew::All | Anew::Around, length) => length / 4,
    };
    let batches = batches(&slate.files.keys().map(length).collect::<Vec<_>>());
    let work = |index: usize| match index.checked_sub(about_slate.len()) {
        Some(batch) => of_files(batches[batch].0.clone()),
        None => by_rule(index),
    };
    // How long a rule about the slate takes is not known.
    let length = |index: usize| match index.checked_sub(about_slate.len()) {
        Some(batch) => batches[batch].1,
        None => usize::MAX,
    };
    let found = threads::map_longest_first(about_slate.len() + batches.len(), slate.text_len(), length, work);
    let mut all: Vec<Diagnostic> = found.into_iter().flatten().collect();
    // A comment is no text of the file's.
    all.retain(|found| !is_in_comment(&slate.files[found.file], found.finding.span) || looks_into_comments(found.rule));
    // What authors are to replace is no mistake.
    all.retain(|found| !is_to_be_replaced(&slate.files[found.file], found.finding.span));
    all
}

/// A file that is judged together with others, and what has been found in it so far.
struct InBatch {
    id: FileId,
    anew: Anew,
    /// Whether all rules are to judge it; else those that say what was meant.
    in_full: bool,
    found: Vec<Diagnostic>,
}

/// Puts files that follow each other together, given how long each is; each batch with its length. The code of all rules is many
/// times as large as the caches next to the processor, so what a rule needs is fetched once for a batch; batches get smaller
/// towards the end, so that all threads end at about the same time.
fn batches(lengths: &[usize]) -> Vec<(Range<usize>, usize)> {
    let mut left: usize = lengths.iter().sum();
    let mut most = 0;
    let mut batches: Vec<(Range<usize>, usize)> = Vec::new();
    for (file, length) in lengths.iter().enumerate() {
        match batches.last_mut() {
            Some((files, whole)) if *whole + length <= most => {
                files.end = file + 1;
                *whole += length;
            }
            _ => {
                most = (left / PARTS).clamp(SMALLEST_BATCH, LARGEST_BATCH);
                batches.push((file..file + 1, *length));
            }
        }
        left -= length;
    }
    batches
}

/// A batch is at most so large a part of what is left.
const PARTS: usize = 6;
/// Bytes of text in a batch. What is known of a larger one would not fit into the caches, either.
const LARGEST_BATCH: usize = 64 << 10;
const SMALLEST_BATCH: usize = 16 << 10;

/// Whether no RFC shows a file: a goal that is decided against, what authors copy, and what lies beside the slates.
fn is_never_in_rfc(slate: &Slate, file: FileId) -> bool {
    match slate.files[file].kind {
        FileKind::Goal(goal) => slate.goals.get(goal).is_some_and(Goal::is_not_accepted),
        FileKind::GoalTemplate => true,
        _ => slate.beside_slates,
    }
}

/// Whether a rule looks at a file: not all look at what authors copy, nor at what lies beside the slates.
fn looks_at(rule: &Rule, slate: &Slate, file: FileId) -> bool {
    match slate.files[file].kind {
        FileKind::GoalTemplate => rule.in_template(),
        _ => !slate.beside_slates || rule.beside_slates(),
    }
}

/// Whether a place lies between the marks of a comment.
fn is_in_comment(file: &File, span: Span) -> bool {
    let before = file.document.comments.partition_point(|comment| comment.span.start <= span.start);
    let comment = before.checked_sub(1).map(|at| file.document.comments[at]);
    comment.is_some_and(|comment| comment.body.contains(span) && !span.is_empty())
}

/// Whether a place is a placeholder of what authors copy: a cell in italics, or one of dots.
fn is_to_be_replaced(file: &File, span: Span) -> bool {
    let is_placeholder = |cell: &Span| {
        let text = file.source.slice(*cell);
        cell.contains(span) && (is_placeholder_text(text) || is_placeholder_row(std::iter::once(text)))
    };
    let rows = || file.document.tables.iter().filter(|table| table.span.contains(span)).flat_map(|table| &table.rows);
    file.kind == FileKind::GoalTemplate && rows().flat_map(|row| &row.cells).any(is_placeholder)
}

fn looks_into_comments(rule: &str) -> bool {
    find(rule).is_some_and(Rule::in_comments)
}

/// Takes away what suppressions cover, and adds what is wrong with them. They come by file.
fn suppress(
    slate: &Slate,
    suppressions: &BTreeMap<FileId, Vec<Suppression>>,
    levels: &Levels,
    all: &mut Vec<Diagnostic>,
) {
    let mut used: HashSet<(FileId, usize, &str)> = HashSet::new();
    // Where the findings of each rule begin, in the files that have suppressions.
    let mut starts: HashMap<(FileId, &str), Vec<u32>> = HashMap::new();
    for reported in all.iter().filter(|reported| suppressions.contains_key(&reported.file)) {
        starts.entry((reported.file, reported.rule)).or_default().push(reported.finding.span.start);
    }
    starts.values_mut().for_each(|starts| starts.sort_unstable());
    let mut covered: HashSet<(FileId, &str, u32)> = HashSet::new();
    for (&file, of_file) in suppressions {
        // What one suppression covers, the next need not go through again.
        let mut done: HashMap<&str, Vec<Span>> = HashMap::new();
        for (index, suppression) in of_file.iter().enumerate() {
            let Some(span) = suppression.covered() else { continue };
            for rule in suppression.rules.iter().filter_map(|named| find(&named.value)) {
                let Some(starts) = starts.get(&(file, rule.id)) else { continue };
                let from = starts.partition_point(|start| *start < span.start);
                if starts.get(from).is_some_and(|start| *start <= span.end) {
                    used.insert((file, index, rule.id));
                    done.entry(rule.id).or_default().push(span);
                }
            }
        }
        for (rule, mut spans) in done {
            spans.sort_unstable();
            let starts = starts.get(&(file, rule)).map_or(&[][..], Vec::as_slice);
            let mut at = 0;
            for span in spans {
                at += starts[at..].partition_point(|start| *start < span.start);
                let after = at + starts[at..].partition_point(|start| *start <= span.end);
                covered.extend(starts[at..after].iter().map(|start| (file, rule, *start)));
                at = after;
            }
        }
    }
    all.retain(|reported| !covered.contains(&(reported.file, reported.rule, reported.finding.span.start)));
    for (&file, of_file) in suppressions {
        let mut add = |rule: &'static str, finding: Finding| {
            let level = levels.of(rule);
            let level = if is_never_in_rfc(slate, file) { level.not_accepted } else { level.in_rfc };
            if level != Level::Off {
                all.push(Diagnostic::new(rule, level, file, finding));
            }
        };
        for (index, suppression) in of_file.iter().enumerate() {
            suppression.malformed().into_iter().for_each(|finding| add(MALFORMED_SUPPRESSION, finding));
            suppression.unknown_rules().for_each(|finding| add(UNKNOWN_RULE, finding));
            // A rule that is off finds nothing anywhere, which says nothing about the suppression.
            let is_idle = |rule: &str| {
                let known = find(rule).filter(|known| !levels.of(known.id).is_off());
                known.is_some_and(|known| !used.contains(&(file, index, known.id)))
            };
            if suppression.is_sound() {
                let idle = suppression.rules.iter().filter(|rule| is_idle(&rule.value));
                idle.for_each(|rule| add(UNUSED_SUPPRESSION, Suppression::unused(rule)));
            }
        }
    }
}

/// The rules about suppressions, which the engine itself sees to.
const MALFORMED_SUPPRESSION: &str = "malformed-suppression";
const UNKNOWN_RULE: &str = "unknown-rule";
const UNUSED_SUPPRESSION: &str = "unused-suppression";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_each_file_once_and_get_smaller() {
        let lengths: Vec<usize> = (0..300).map(|file| [9_000, 0, 4_000, 100_000, 1_000][file % 5]).collect();
        let found = batches(&lengths);
        let files: Vec<usize> = found.iter().flat_map(|(files, _)| files.clone()).collect();
        assert_eq!(files, (0..lengths.len()).collect::<Vec<_>>());
        for (files, length) in &found {
            assert_eq!(*length, lengths[files.clone()].iter().sum::<usize>());
            assert!(files.len() == 1 || *length <= LARGEST_BATCH);
        }
        let short = [2_000; 100];
        let sizes: Vec<usize> = batches(&short).iter().map(|(_, length)| *length).collect();
        assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] > SMALLEST_BATCH, "{sizes:?}");
        assert!(batches(&[]).is_empty());
    }
}
