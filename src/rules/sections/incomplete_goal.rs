//! A goal without the section that is quoted elsewhere.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::misformatted_headings;
use crate::model::slate::{Slate, anchor};
use crate::policy::format::SectionField;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_absent, meant_as};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let Some(name) = cx.slate.format.section_of(SectionField::Summary) else { return vec![] };
    // One under another name is reported by `misspelled-section`, one without a word by `empty-section`.
    if !is_absent(file, name) || meant_as(cx, file, name).is_some() || !Slate::may_be_accepted(goal) {
        return vec![];
    }
    // A line that was meant as the heading is `malformed-heading`'s.
    let lost = misformatted_headings(&file.source, &file.document, &cx.slate.format);
    if lost.iter().any(|lost| cx.slate.format.meant_section(&lost.text) == Some(name)) {
        return vec![];
    }
    let finding = Finding::new(anchor(file), format!("missing recommended section `{name}`"));
    vec![finding.help(format!("add the heading `## {name}` and its content"))]
}
