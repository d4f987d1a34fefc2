//! A heading without text, and a summary without a word: the RFC quotes it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Heading;
use crate::model::goal::Goal;
use crate::model::slate::File;
use crate::policy::format::SectionField;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let headings: Vec<&Heading> = file.document.headings.iter().filter(|heading| !heading.nested).collect();
    let text_end = file.source.text().len();
    let summary = cx.slate.format.section_of(SectionField::Summary);
    let mut findings = Vec::new();
    // The title is checked by `missing-title`.
    for (at, heading) in headings.iter().enumerate().skip(1) {
        if heading.content.is_empty() {
            findings.push(
                Finding::new(heading.span, "empty heading").help("add the title of the section, or remove the heading"),
            );
            continue;
        }
        if Some(heading.text.as_str()) != summary {
            continue;
        }
        let next = headings.get(at + 1);
        let end = next.map_or(text_end, |next| next.span.start as usize);
        let below = Span::new(heading.span.end as usize..end);
        if next.is_none_or(|next| next.level <= heading.level) && !has_words(file, below) {
            findings.push(
                Finding::new(heading.content, format!("empty section `{}`", heading.text))
                    .help("describe the goal in a sentence or two"),
            );
        }
    }
    findings
}

/// Whether there is anything but white space and comments in a part of a file.
fn has_words(file: &File, part: Span) -> bool {
    let comments = file.document.comments.iter().filter(|comment| part.contains(comment.span));
    let mut start = part.start;
    let mut gaps = Vec::new();
    for comment in comments {
        gaps.push(Span { start, end: comment.span.start.max(start) });
        start = start.max(comment.span.end);
    }
    gaps.push(Span { start, end: part.end.max(start) });
    gaps.into_iter().any(|gap| !file.source.slice(gap).trim().is_empty())
}
