//! A line that was meant as a heading and is none.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Heading;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::{MisformattedHeading, misformatted_headings};
use crate::model::rfc_outline::is_in_rfc;
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_missing, misformatted};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = match file.kind {
        FileKind::Goal(goal) => in_goal(cx, file, &cx.slate.goals[goal]),
        FileKind::Roadmap(_) => in_text(cx.slate, file),
        _ if is_in_rfc(cx.slate, file) => in_text(cx.slate, file),
        _ => return vec![],
    };
    findings.extend(underlined(file));
    findings
}

fn in_goal(cx: &LintContext<'_>, file: &File, goal: &Goal) -> Vec<Finding> {
    // The heading of a required section is reported by `missing-section`.
    let is_missed = |lost: &MisformattedHeading| {
        let meant = cx.slate.format.meant_section(&lost.text);
        meant.is_some_and(|name| is_missing(cx.slate, goal, name))
    };
    let lost = misformatted_headings(&file.source, &file.document, &cx.slate.format).into_iter();
    lost.filter(|lost| !is_missed(lost)).map(|lost| misformatted(&lost)).collect()
}

/// Lines that begin like a heading, in a text that has no sections of its own.
fn in_text(slate: &Slate, file: &File) -> Vec<Finding> {
    let lost = misformatted_headings(&file.source, &file.document, &slate.format).into_iter();
    lost.filter(|lost| file.source.slice(lost.span).starts_with('#')).map(|lost| misformatted(&lost)).collect()
}

/// Sentences that a line of dashes makes headings of.
fn underlined(file: &File) -> Vec<Finding> {
    let is_sentence = |heading: &&Heading| {
        let text = heading.text.trim_end();
        heading.setext && (text.ends_with(['.', ';', ',']) || text.contains(". "))
    };
    let finding = |heading: &Heading| {
        let message = "the line below makes a heading of this text";
        Finding::new(heading.content, message).help("add a blank line between them")
    };
    file.document.headings.iter().filter(is_sentence).map(finding).collect()
}
