//! Applying fixes: pass by pass, until nothing is left to fix.
//!
//! What a fix is, the rule has said; nothing is written to disk here.

use std::collections::{BTreeMap, BTreeSet};

use super::levels::Levels;
use super::run::lint;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Fix;
use crate::diagnostics::level::Level;
use crate::links::outside::OutsideFiles;
use crate::model::slate::Slate;
use crate::text::ids::FileId;
use crate::text::source::{Source, Span};

/// More passes than any real file needs; a fix that undid another would go on for ever.
const MAX_PASSES: usize = 20;

/// The result of fixing a slate.
#[derive(Clone, Debug)]
pub struct Fixed {
    /// The slate with the fixed texts.
    pub slate: Slate,
    /// The files that changed, by path from the root, each with its new text.
    pub texts: BTreeMap<String, String>,
    /// How many findings were fixed.
    pub count: usize,
}

/// Applies the fixes that `wanted` chooses by the path of their file from the root and their level. Fixes that overlap wait for the next
/// pass, in which their rule looks again.
pub fn fix(
    slate: &Slate,
    outside: Option<&OutsideFiles>,
    levels: &Levels,
    wanted: impl Fn(&str, Level) -> bool,
) -> Fixed {
    let mut fixed = Fixed { slate: slate.clone(), texts: BTreeMap::new(), count: 0 };
    for _ in 0..MAX_PASSES {
        let mut by_file: BTreeMap<FileId, Vec<(usize, Fix)>> = BTreeMap::new();
        for (number, found) in lint(&fixed.slate, outside, levels).into_iter().enumerate() {
            // Each place on its own: one that has to wait for the next pass does not hold up the others.
            for Diagnostic { file, level, finding, .. } in found.into_places() {
                let is_wanted = || wanted(fixed.slate.files[file].source.path(), level);
                if let Some(fix) = finding.fix.filter(|_| is_wanted()) {
                    by_file.entry(file).or_default().push((number, fix));
                }
            }
        }
        if by_file.is_empty() {
            break;
        }
        for (file, mut fixes) in by_file {
            fixes.sort_by_key(|(_, fix)| fix.edits.first().map(|(span, _)| *span));
            let source = &fixed.slate.files[file].source;
            let (text, count) = apply(source, &fixes);
            fixed.count += count;
            fixed.texts.insert(source.path().to_owned(), text);
        }
        fixed.slate = fixed.slate.with_texts(&fixed.texts);
    }
    fixed
}

/// A text with all fixes that do not overlap an earlier one, and how many findings are fixed by that in all of their places.
/// With each fix comes the number of its finding.
fn apply(source: &Source, fixes: &[(usize, Fix)]) -> (String, usize) {
    // By their first byte, so that only those next to a place are compared.
    let mut edits: BTreeMap<u32, (Span, &str)> = BTreeMap::new();
    let (mut applied, mut waiting) = (BTreeSet::new(), BTreeSet::new());
    for (number, fix) in fixes {
        let overlaps = |span: Span| {
            let before = edits.range(..=span.end).next_back();
            before.is_some_and(|(_, (other, _))| span.start <= other.end)
        };
        if fix.edits.iter().any(|(span, _)| overlaps(*span)) {
            waiting.insert(*number);
            continue;
        }
        edits.extend(fix.edits.iter().map(|(span, text)| (span.start, (*span, text.as_str()))));
        applied.insert(*number);
    }
    let mut text = String::with_capacity(source.text().len());
    let mut at = 0;
    for (span, replacement) in edits.into_values() {
        text.push_str(&source.text()[at..span.start as usize]);
        text.push_str(replacement);
        at = span.end as usize;
    }
    text.push_str(&source.text()[at..]);
    (text, applied.difference(&waiting).count())
}
