//! A file without any heading.

use crate::diagnostics::finding::Finding;
use crate::model::goal;
use crate::model::slate::{File, anchor};
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match goal::title(&file.document) {
        Some(title) if title.content.is_empty() => {
            vec![Finding::new(title.span, "empty title").help("add the title after the `#`")]
        }
        Some(_) => vec![],
        None => {
            let first_line = file.source.line_span(file.source.line_index(anchor(file).start as usize));
            let span = if first_line.is_empty() { Span::at(first_line.start as usize) } else { first_line };
            vec![Finding::new(span, "file without a heading").help("add the title at the start: `# Title`")]
        }
    }
}
