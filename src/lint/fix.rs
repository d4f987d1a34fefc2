//! Applying fixes: pass by pass, until nothing is left to fix.
//!
//! What a fix is, the rule has said, and [`super::guard`] whether it is safe by itself. Here those are left out with which an
//! error would appear. Nothing is written to disk.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::apply::{Applied, apply};
use super::guard::is_safe_together;
use super::levels::Levels;
use super::run::lint;
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

/// A slate with some fixes in it.
struct Attempt {
    slate: Slate,
    texts: BTreeMap<String, String>,
    count: usize,
    findings: Vec<Diagnostic>,
}

/// Applies the fixes in the files that `wanted` chooses by their path from the root. Fixes that overlap wait for the next
/// pass, in which their rule looks again; so do those that are left out, which may be safe by then.
pub fn fix(slate: &Slate, outside: Option<&OutsideFiles>, levels: &Levels, wanted: impl Fn(&str) -> bool) -> Fixed {
    let findings = lint(slate, outside, levels);
    let mut fixed = Fixed { slate: slate.clone(), texts: BTreeMap::new(), count: 0, findings };
    let is_wanted = |slate: &Slate, found: &Diagnostic| {
        found.finding.fix.is_some() && wanted(slate.files[found.file].source.path())
    };
    for _ in 0..MAX_PASSES {
        let Fixed { slate, findings, .. } = &fixed;
        let numbers = findings.iter().enumerate().filter(|(_, found)| is_wanted(slate, found));
        let candidates: Vec<usize> = numbers.map(|(number, _)| number).collect();
        let Some(next) = apply_most(slate, outside, levels, findings, candidates) else { break };
        fixed.slate = next.slate;
        fixed.texts.extend(next.texts);
        fixed.count += next.count;
        fixed.findings = next.findings;
    }
    for found in fixed.findings.iter_mut().filter(|found| is_wanted(&fixed.slate, found)) {
        found.finding.fix = None;
        found.finding.fix_withheld = true;
    }
    fixed
}

/// The slate with as many of the fixes as bring no error; none where that is none of them.
fn apply_most(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    findings: &[Diagnostic],
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
        match attempt(slate, outside, levels, findings, &tried) {
            Ok(next) => {
                best = (next.count > 0).then_some(next);
                accepted = tried;
            }
            Err(_) if group.len() == 1 => {}
            Err(worse) => {
                // Those in the files that became worse first of all, then fewer and fewer of them.
                let is_there = |number: &usize| worse.contains(&findings[*number].file);
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
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    findings: &[Diagnostic],
    tried: &[usize],
) -> Result<Attempt, BTreeSet<FileId>> {
    let mut by_file: BTreeMap<FileId, Vec<(&'static str, &Fix)>> = BTreeMap::new();
    for Diagnostic { rule, file, finding, .. } in tried.iter().map(|number| &findings[*number]) {
        by_file.entry(*file).or_default().extend(finding.fix.iter().map(|fix| (*rule, fix)));
    }
    let mut texts = BTreeMap::new();
    let mut replaced = BTreeMap::new();
    let mut count = 0;
    for (file, fixes) in &by_file {
        let source = &slate.files[*file].source;
        let applied = apply(source, fixes.iter().map(|(_, fix)| *fix));
        count += applied.is_in.iter().filter(|is_in| **is_in).count();
        texts.insert(source.path().to_owned(), applied.text.clone());
        replaced.insert(*file, applied);
    }
    let next = slate.with_texts(&texts);
    let rules = |file: &FileId| by_file[file].iter().map(|(rule, _)| *rule);
    let changed = by_file.keys().filter(|file| !is_safe_together(slate, &next, **file, rules(file)));
    let mut worse: BTreeSet<FileId> = changed.copied().collect();
    if !worse.is_empty() {
        return Err(worse);
    }
    let after = lint(&next, outside, levels);
    worse.extend(new_errors(findings, &after, &replaced).map(|error| error.file));
    if worse.is_empty() { Ok(Attempt { slate: next, texts, count, findings: after }) } else { Err(worse) }
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
