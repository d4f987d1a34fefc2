//! A file whose bytes are not text.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let Some(at) = file.source.invalid_utf8() else { return vec![] };
    // The text holds one `?` for each such byte, so that offsets stay those of the file.
    let message = format!("invalid UTF-8 at byte {at}");
    vec![Finding::new(Span::new(at..at + 1), message).label("shown as `?`").help("save the file as UTF-8")]
}
