//! A reference to an undefined label or footnote: the reader sees the brackets.

use crate::diagnostics::finding::Finding;
use crate::markdown::footnote::undefined_footnotes;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::rules::shared::undefined_labels::judged;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let labels = judged(cx, file).iter().map(|(finding, _)| finding.clone());
    let footnotes = undefined_footnotes(&file.source, &file.document).into_iter().map(|mark| footnote(file, mark));
    instructions::outside(cx.slate, file, labels.chain(footnotes).collect())
}

fn footnote(file: &File, mark: Span) -> Finding {
    let label = file.source.slice(mark);
    Finding::new(mark, format!("undefined footnote `{label}`"))
        .help(format!("add a line `[{label}]: …`, or remove the mark"))
}
