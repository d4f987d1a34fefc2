//! A heading without text, or with nothing below it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Heading;
use crate::model::goal::Goal;
use crate::model::goal_template::is_leftover_heading;
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let headings: Vec<&Heading> = file.document.headings.iter().filter(|heading| !heading.nested).collect();
    let text_end = file.source.text().len();
    let mut findings = Vec::new();
    // The title is checked by `missing-title`.
    for (at, heading) in headings.iter().enumerate().skip(1) {
        if heading.content.is_empty() {
            findings.push(
                Finding::new(heading.span, "empty heading").help("add the title of the section, or remove the heading"),
            );
            continue;
        }
        let next = headings.get(at + 1);
        let end = next.map_or(text_end, |next| next.span.start as usize);
        let below = Span::new(heading.span.end as usize..end);
        let is_empty =
            next.is_none_or(|next| next.level <= heading.level) && file.source.slice(below).trim().is_empty();
        // A section that must have a table is reported by `missing-table`, a heading of the template by `leftover-heading`.
        let section = cx.slate.format.sections.get(&heading.text);
        let is_empty = is_empty && !section.is_some_and(|section| section.may_be_empty);
        let table = section.and_then(|section| section.table.as_ref());
        let lacks_table = table.is_some_and(|table| Slate::requires(table.required, goal, || false));
        if is_empty && !lacks_table && !is_leftover_heading(cx.slate.goal_template.as_deref(), heading) {
            findings.push(
                Finding::new(heading.content, format!("empty section `{}`", heading.text))
                    .help("add its content, or remove the heading"),
            );
        }
    }
    findings
}
