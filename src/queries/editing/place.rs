//! Files by their paths, and places by what is around them.

use crate::markdown::document::BlockKind;
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

/// Whether a cursor is in code, where no name means anything: between the backticks of a span, or anywhere in a block.
pub(super) fn is_code(file: &File, offset: usize) -> bool {
    let at = Span::at(offset);
    let document = &file.document;
    let blocks = document.blocks.iter().filter(|block| block.kind == BlockKind::Code);
    blocks.map(|block| block.span).any(|block| touches(block, at))
        || document.codes.iter().any(|code| is_between(*code, at))
}

/// Whether a cursor is in a comment, or in one that nothing closes.
pub(super) fn is_comment(file: &File, offset: usize) -> bool {
    let at = Span::at(offset);
    let unclosed = file.document.unclosed.iter().filter(|opened| opened.comment);
    file.document.comments.iter().any(|comment| is_between(comment.span, at))
        || unclosed.map(|opened| opened.span).any(|span| span.start < at.start && at.start <= span.end)
}

/// Whether a place has bytes of a span on both sides.
pub(super) fn is_between(span: Span, at: Span) -> bool {
    span.start < at.start && at.start < span.end
}
