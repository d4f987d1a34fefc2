//! A reference to an undefined label or footnote: the reader sees the brackets.

use crate::diagnostics::finding::Finding;
use crate::markdown::footnote::{footnote_marks, footnotes};
use crate::markdown::label::normalize_label;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::rules::shared::undefined_labels::judged;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let labels = judged(cx, file).iter().map(|(finding, _)| finding.clone());
    let findings = labels.chain(undefined_footnotes(file)).collect();
    instructions::outside(cx.slate, file, findings)
}

/// The marks of footnotes that the file has no text for.
fn undefined_footnotes(file: &File) -> Vec<Finding> {
    let marks = footnote_marks(&file.source, &file.document);
    if marks.is_empty() {
        return vec![];
    }
    let defined = footnotes(&file.source, &file.document);
    let is_defined = |label: &str| defined.iter().any(|one| one.normal == normalize_label(label));
    let judge = |span| {
        let label = file.source.slice(span);
        let help = format!("add a line `[{label}]: …`, or remove the mark");
        (!is_defined(label)).then(|| Finding::new(span, format!("undefined footnote `{label}`")).help(help))
    };
    marks.into_iter().filter_map(judge).collect()
}
