//! A section that a goal must have and has not, or that has tables and another name.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::misformatted_headings;
use crate::model::slate::anchor;
use crate::policy::format::SectionFormat;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{holds_its_table, is_absent, is_required, meant_as, misformatted, misspelt};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let missing = cx.slate.format.sections.iter().filter(|(name, _)| is_absent(file, name));
    missing.filter_map(|(name, section)| judge(cx, goal, name, section)).collect()
}

fn judge(cx: &LintContext<'_>, goal: &Goal, name: &str, section: &SectionFormat) -> Option<Finding> {
    let file = cx.slate.file_of(goal);
    let required = is_required(cx.slate, goal, name, section);
    let meant = meant_as(cx, file, name);
    if !required {
        // A table that would be read under the right name; other misspelled headings are reported by `misspelled-section`.
        let meant = meant.filter(|heading| holds_its_table(file, heading, section))?;
        return Some(misspelt(file, meant, name));
    }
    if let Some(heading) = meant {
        return Some(misspelt(file, heading, name));
    }
    let mut lost = misformatted_headings(&file.source, &file.document, &cx.slate.format).into_iter();
    if let Some(lost) = lost.find(|lost| cx.slate.format.meant_section(&lost.text) == Some(name)) {
        return Some(misformatted(&lost));
    }
    let finding = Finding::new(anchor(file), format!("missing section `{name}`"));
    Some(finding.help(format!("add the heading `## {name}` and its content")))
}
