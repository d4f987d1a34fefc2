//! A link whose target is neither an address nor a path.

use crate::diagnostics::finding::Finding;
use crate::markdown::address;
use crate::markdown::address::Flaw;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;
use crate::text::source::{Span, lies_in};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // The lines above the template's first heading are filled in when the RFC is submitted.
    let first = file.document.headings.first().map_or(0, |heading| heading.span.start);
    let front = if file.kind == FileKind::Template { first } else { 0 };
    let judged = cx.judged_cells(file);
    let targets = cx.targets(file).filter(|(span, _)| span.start >= front && !lies_in(*span, judged));
    targets.filter_map(|(span, target)| Some(finding(span, target, address::flaw(target)?))).collect()
}

pub(crate) fn finding(span: Span, target: &str, flaw: Flaw) -> Finding {
    // Where there is nothing, the parentheses around it show the place.
    let nothing = Span { start: span.start.saturating_sub(1), end: span.end + 1 };
    let bytes = span.part(flaw.range);
    let finding = Finding::new(if target.is_empty() { nothing } else { bytes }, flaw.message).help(flaw.help);
    finding.maybe_fix(flaw.text.map(|text| (bytes, text)))
}
