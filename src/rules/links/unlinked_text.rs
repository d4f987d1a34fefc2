//! Words in brackets that nothing makes a link of, where the RFC shows them: its readers see the brackets.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::rules::shared::undefined_labels;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let unlinked = undefined_labels::unlinked(cx, file).iter().filter(|span| cx.is_in_rfc(file, **span));
    let finding = |span: &Span| {
        let span = *span;
        let text = file.source.slice(span);
        let finding = Finding::new(span, format!("`[{text}]` is not a link: the brackets are shown"));
        finding.help(format!("add a line `[{text}]: https://…`, or remove the brackets"))
    };
    instructions::outside(cx.slate, file, unlinked.map(finding).collect())
}
