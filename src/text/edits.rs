//! Changes to a text, by span.

use super::source::Span;

/// Replacements of parts of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Edits(Vec<(Span, String)>);

impl Edits {
    /// Replaces the bytes of `span` by `text`. Of two edits that overlap, the one that begins first counts; of two that begin
    /// together, the longer.
    pub(crate) fn replace(&mut self, span: Span, text: impl Into<String>) {
        self.0.push((span, text.into()));
    }

    /// Leaves out the edits whose place does not count.
    pub(crate) fn retain(&mut self, counts: impl Fn(Span) -> bool) {
        self.0.retain(|(span, _)| counts(*span));
    }

    /// Adds other edits of the same text.
    pub(crate) fn extend(&mut self, other: Edits) {
        self.0.extend(other.0);
    }

    /// Puts the edits into the order of the text, which [`Edits::apply`] needs.
    pub(crate) fn sort(&mut self) {
        // An insertion goes before what it is put in front of.
        self.0.sort_by_key(|(span, _)| (span.start, !span.is_empty(), std::cmp::Reverse(span.end)));
    }

    /// The text of `span` with every edit inside it. `adapt` sees each replacement before it is put in.
    pub(crate) fn apply<'e, S: AsRef<str>>(&'e self, text: &str, span: Span, adapt: impl Fn(&'e str) -> S) -> String {
        let mut out = String::with_capacity(span.range().len() + 64);
        self.apply_to(&mut out, text, span, adapt);
        out
    }

    /// The same at the end of another text.
    pub(crate) fn apply_to<'e, S: AsRef<str>>(
        &'e self,
        out: &mut String,
        text: &str,
        span: Span,
        adapt: impl Fn(&'e str) -> S,
    ) {
        let mut at = span.start;
        let first = self.0.partition_point(|(edit, _)| edit.start < span.start);
        for (edit, replacement) in &self.0[first..] {
            if edit.start >= span.end && !(edit.start == span.end && span.end as usize == text.len()) {
                break;
            }
            if edit.start < at || edit.end > span.end {
                continue;
            }
            out.push_str(&text[at as usize..edit.start as usize]);
            out.push_str(adapt(replacement).as_ref());
            at = edit.end;
        }
        out.push_str(&text[at as usize..span.end as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_inside_a_span_and_the_outer_one_wins() {
        let mut edits = Edits::default();
        edits.replace(Span::new(8..9), "X");
        edits.replace(Span::new(2..6), "[]");
        edits.replace(Span::new(3..4), "never");
        edits.sort();
        assert_eq!(edits.apply("0123456789", Span::new(0..10), str::to_owned), "01[]67X9");
        assert_eq!(edits.apply("0123456789", Span::new(7..10), str::to_lowercase), "7x9");
        assert_eq!(edits.apply("0123456789", Span::new(3..5), str::to_owned), "never4");
    }
}
