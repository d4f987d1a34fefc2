//! A link of the RFC to a goal that is not accepted, where it does not say so.

use crate::diagnostics::finding::Finding;
use crate::model::goal;
use crate::model::slate::page_in_slate;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    if !cx.slate.goals.iter().any(goal::Goal::is_not_accepted) {
        return vec![];
    }
    let goals = cx.slate.goals_by_page();
    let mut findings = Vec::new();
    for &id in cx.slate.in_rfc() {
        let file = &cx.slate.files[id];
        let headings = &file.document.headings;
        for (span, target) in cx.targets(file) {
            let goal = page_in_slate(target).and_then(|page| goals.get(page)).filter(|goal| goal.is_not_accepted());
            let Some(goal) = goal else { continue };
            // A part about goals that are not accepted may lead to them.
            let above = headings.partition_point(|heading| heading.span.start < span.start);
            let says_so =
                headings[..above].last().is_some_and(|heading| heading.text.to_lowercase().contains("not accepted"));
            if says_so {
                continue;
            }
            let finding = Finding::new(span, "link to a goal that is not accepted")
                .help("remove the link, or move it below a heading that contains `not accepted`");
            let status = goal.field(Field::Status).map(|row| row.value.span);
            let finding = status.into_iter().fold(finding, |finding, at| finding.related(goal.file, at, "its status"));
            findings.push((id, finding));
        }
    }
    findings
}
