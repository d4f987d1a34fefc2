//! Applying fixes: pass by pass, until nothing is left to fix.
//!
//! What a fix is, the rule has said, and [`super::guard`] whether it is safe by itself. Here those are left out with which an
//! error would appear. Nothing is written to disk.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::apply::{Applied, apply};
use super::guard::is_safe_together;
use super::levels::Levels;
use super::run::Judged;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Fix;
use crate::diagnostics::level::Level;
use crate::links::outside::OutsideFiles;
use crate::model::slate::Slate;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// More passes than any real file needs; a fix that undid another would go on for ever.
const MAX_PASSES: usize = 20;
/// How often a pass checks a slate to find out which fix brings an error; the rest are left out together.
const MAX_TRIES: usize = 64;

/// The result of fixing a slate.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The slate with the fixed texts.
    pub slate: Slate,
    /// The files that changed, by path from the root, each with its new text.
    pub texts: BTreeMap<String, String>,
    /// How many findings were fixed.
    pub count: usize,
    /// What is found in the fixed slate, without the fixes that were left out.
    pub findings: Vec<Diagnostic>,
}

/// What was found, each place of it by itself.
struct Places {
    found: Vec<Diagnostic>,
    /// For each place the number of its finding.
    group: Vec<usize>,
}

impl Places {
    fn of(findings: &[Diagnostic]) -> Places {
        let (mut found, mut group) = (Vec::new(), Vec::new());
        for (number, finding) in findings.iter().enumerate() {
            for place in finding.clone().into_places() {
                found.push(place);
                group.push(number);
            }
        }
        Places { found, group }
    }
}

/// A slate with some fixes in it.
struct Attempt {
    slate: Slate,
    judged: Judged,
    texts: BTreeMap<String, String>,
    count: usize,
    findings: Vec<Diagnostic>,
}

/// Applies the fixes that `wanted` chooses by the path of their file from the root and their level. Fixes that overlap wait for
/// the next pass, in which their rule looks again; so do those that are left out, which may be safe by then.
pub fn fix(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    wanted: impl Fn(&str, Level) -> bool,
) -> Fixed {
    let mut judged = Judged::of(slate, outside, levels);
    let findings = judged.findings(slate, outside, levels);
    let mut fixed = Fixed { slate: slate.clone(), texts: BTreeMap::new(), count: 0, findings };
    let is_wanted = |slate: &Slate, found: &Diagnostic| {
        found.finding.fix.is_some() && wanted(slate.files[found.file].source.path(), found.level)
    };
    for _ in 0..MAX_PASSES {
        let slate = &fixed.slate;
        // Each place on its own: one that has to wait for the next pass does not hold up the others.
        let places = Places::of(&fixed.findings);
        let numbers = places.found.iter().enumerate().filter(|(_, found)| is_wanted(slate, found));
        let candidates: Vec<usize> = numbers.map(|(number, _)| number).collect();
        let Some(next) = apply_most(slate, &judged, outside, levels, &places, candidates) else { break };
        judged = next.judged;
        fixed.slate = next.slate;
        fixed.texts.extend(next.texts);
        fixed.count += next.count;
        fixed.findings = next.findings;
    }
    for found in fixed.findings.iter_mut().filter(|found| is_wanted(&fixed.slate, found)) {
        for place in std::iter::once(&mut found.finding).chain(found.also.iter_mut().map(|other| &mut other.finding)) {
            place.fix = None;
            place.fix_withheld = true;
        }
    }
    fixed
}

/// The slate with as many of the fixes as bring no error; none where that is none of them.
fn apply_most(
    slate: &Slate,
    judged: &Judged,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    places: &Places,
    candidates: Vec<usize>,
) -> Option<Attempt> {
    let mut accepted: Vec<usize> = Vec::new();
    let mut best = None;
    let mut waiting = vec![candidates];
    for _ in 0..MAX_TRIES {
        let Some(group) = waiting.pop() else { break };
        if group.is_empty() {
            continue;
        }
        let mut tried = [accepted.as_slice(), group.as_slice()].concat();
        tried.sort_unstable();
        match attempt(slate, judged, outside, levels, places, &tried) {
            Ok(next) => {
                best = (next.count > 0).then_some(next);
                accepted = tried;
            }
            Err(_) if group.len() == 1 => {}
            Err(worse) => {
                // Those in the files that became worse first of all, then fewer and fewer of them.
                let is_there = |number: &usize| worse.contains(&places.found[*number].file);
                let (there, elsewhere): (Vec<usize>, Vec<usize>) = group.into_iter().partition(is_there);
                match elsewhere.is_empty() || there.is_empty() {
                    true => {
                        let all = if there.is_empty() { elsewhere } else { there };
                        let (some, others) = all.split_at(all.len() / 2);
                        waiting.extend([others.to_vec(), some.to_vec()]);
                    }
                    false => waiting.extend([there, elsewhere]),
                }
            }
        }
    }
    best
}

/// The slate with these fixes, or the files in which they bring an error or change what is asked.
fn attempt(
    slate: &Slate,
    judged: &Judged,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    places: &Places,
    tried: &[usize],
) -> Result<Attempt, BTreeSet<FileId>> {
    let mut by_file: BTreeMap<FileId, Vec<(&'static str, usize, &Fix)>> = BTreeMap::new();
    for &number in tried {
        let Diagnostic { rule, file, finding, .. } = &places.found[number];
        let group = places.group[number];
        by_file.entry(*file).or_default().extend(finding.fix.iter().map(|fix| (*rule, group, fix)));
    }
    let mut texts = BTreeMap::new();
    let mut replaced = BTreeMap::new();
    let (mut done, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    for (file, fixes) in &by_file {
        let source = &slate.files[*file].source;
        let applied = apply(source, fixes.iter().map(|(.., fix)| *fix));
        for ((_, group, _), is_in) in fixes.iter().zip(&applied.is_in) {
            if *is_in {
                done.insert(*group)
            } else {
                waiting.insert(*group)
            };
        }
        texts.insert(source.path().to_owned(), applied.text.clone());
        replaced.insert(*file, applied);
    }
    let next = slate.with_texts(&texts);
    let rules = |file: &FileId| by_file[file].iter().map(|(rule, ..)| *rule);
    let changed = by_file.keys().filter(|file| !is_safe_together(slate, &next, **file, rules(file)));
    let mut worse: BTreeSet<FileId> = changed.copied().collect();
    if !worse.is_empty() {
        return Err(worse);
    }
    let judged = judged.after(slate, &next, outside, levels);
    let after = judged.findings(&next, outside, levels);
    let found = Places::of(&after).found;
    worse.extend(new_errors(&places.found, &found, &replaced).map(|error| error.file));
    // What several places have in common is fixed with the last of them.
    let count = done.difference(&waiting).count();
    if worse.is_empty() { Ok(Attempt { slate: next, judged, texts, count, findings: after }) } else { Err(worse) }
}

/// The errors that were not there before: neither in other words at their place, nor in their words at another.
fn new_errors<'d>(
    before: &[Diagnostic],
    after: &'d [Diagnostic],
    replaced: &BTreeMap<FileId, Applied>,
) -> impl Iterator<Item = &'d Diagnostic> {
    let is_error = |found: &&Diagnostic| found.level == Level::Error;
    let mut known: HashMap<(FileId, &str, &str), Vec<&Diagnostic>> = HashMap::new();
    for error in before.iter().filter(is_error) {
        known.entry((error.file, error.rule, error.finding.message.as_str())).or_default().push(error);
    }
    let mut unknown = Vec::new();
    for error in after.iter().filter(is_error) {
        let same = known.get_mut(&(error.file, error.rule, error.finding.message.as_str()));
        if same.and_then(Vec::pop).is_none() {
            unknown.push(error);
        }
    }
    let mut places: HashMap<(FileId, &str), Vec<Span>> = HashMap::new();
    if !unknown.is_empty() {
        for error in known.into_values().flatten() {
            let span = error.finding.span;
            let moved = replaced.get(&error.file).map_or(span, |applied| applied.moved(span));
            places.entry((error.file, error.rule)).or_default().push(moved);
        }
    }
    unknown.into_iter().filter(move |error| {
        let span = error.finding.span;
        let there = places.get_mut(&(error.file, error.rule));
        let found = there.and_then(|there| {
            let at = there.iter().position(|other| other.start <= span.end && span.start <= other.end)?;
            Some(there.swap_remove(at))
        });
        found.is_none()
    })
}
