//! Putting fixes into a text.

use std::collections::BTreeMap;

use crate::diagnostics::finding::Fix;
use crate::text::source::{Source, Span};

/// A text with fixes in it.
pub(super) struct Applied {
    /// The text.
    pub(super) text: String,
    /// For each fix whether it is in it: one that overlaps an earlier one is not.
    pub(super) is_in: Vec<bool>,
    /// What was replaced, in the order of the text, each with what took its place in the new text.
    pub(super) replaced: Vec<(Span, Span)>,
}

impl Applied {
    /// Whether something within or at the edge of a part of the old text was replaced.
    pub(super) fn touches(&self, part: Span) -> bool {
        let first = self.replaced.partition_point(|(edit, _)| edit.end < part.start);
        self.replaced.get(first).is_some_and(|(edit, _)| edit.start <= part.end)
    }

    /// Where a part of the old text is in the new one; of what was replaced, all that took its place.
    pub(super) fn moved(&self, span: Span) -> Span {
        let first = self.replaced.partition_point(|(edit, _)| edit.end < span.start);
        let last = self.replaced.partition_point(|(edit, _)| edit.start <= span.end);
        let behind = |at: usize, offset: u32| match at.checked_sub(1).map(|at| &self.replaced[at]) {
            Some((edit, new)) => new.end + offset.saturating_sub(edit.end),
            None => offset,
        };
        let start = match self.replaced.get(first).filter(|(edit, _)| edit.start <= span.start) {
            Some((_, new)) => new.start,
            None => behind(first, span.start),
        };
        Span { start, end: behind(last, span.end).max(start) }
    }
}

/// A text with all fixes that do not overlap an earlier one.
pub(super) fn apply<'f>(source: &Source, fixes: impl IntoIterator<Item = &'f Fix>) -> Applied {
    // By their first byte, so that only those next to a place are compared.
    let mut edits: BTreeMap<u32, (Span, &str)> = BTreeMap::new();
    let mut is_in = Vec::new();
    for fix in fixes {
        let overlaps = |span: Span| {
            let before = edits.range(..=span.end).next_back();
            before.is_some_and(|(_, (other, _))| span.start <= other.end)
        };
        is_in.push(!fix.edits.iter().any(|(span, _)| overlaps(*span)));
        if is_in.last() == Some(&true) {
            edits.extend(fix.edits.iter().map(|(span, text)| (span.start, (*span, text.as_str()))));
        }
    }
    let mut text = String::with_capacity(source.text().len());
    let mut replaced = Vec::with_capacity(edits.len());
    let mut at = 0;
    for (span, replacement) in edits.into_values() {
        text.push_str(&source.text()[at..span.start as usize]);
        let start = text.len();
        text.push_str(replacement);
        replaced.push((span, Span::new(start..text.len())));
        at = span.end as usize;
    }
    text.push_str(&source.text()[at..]);
    Applied { text, is_in, replaced }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_move_with_what_is_before_them() {
        let source = Source::from_bytes("a.md", b"0123456789".to_vec());
        let fix = |from: usize, to: usize, text: &str| Fix {
            message: String::new(),
            edits: vec![(Span::new(from..to), text.to_owned())],
        };
        let applied = apply(&source, &[fix(2, 4, ""), fix(3, 5, "never"), fix(6, 7, "abc")]);
        assert_eq!((applied.text.as_str(), applied.is_in.as_slice()), ("0145abc789", &[true, false, true][..]));
        let moved = |from: usize, to: usize| &applied.text[applied.moved(Span::new(from..to)).range()];
        assert_eq!((moved(0, 2), moved(8, 9), moved(6, 7)), ("01", "8", "abc"));
    }
}
