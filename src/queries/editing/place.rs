//! Files by their paths, and places by what is around them.

use crate::model::slate::{File, Slate};
use crate::text::source::Span;

/// The file of a slate at a path from the project's root, with `/`.
pub fn file_of<'s>(slate: &'s Slate, path: &str) -> Option<&'s File> {
    slate.file_at(path).map(|file| &slate.files[file])
}

/// Whether a place is in a span or at its end, as a cursor is.
pub(super) fn touches(span: Span, at: Span) -> bool {
    span.start <= at.start && at.start <= span.end && !span.is_empty()
}
