//! A goal that may be accepted and asks nothing of any team.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::policy::format::{SectionField, TableKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let document = &cx.slate.file_of(goal).document;
    // Without a table that can be read, `missing-section`, `missing-table` or `unexpected-header` speaks.
    let has_table = goal.plans.iter().any(|plan| matches!(plan.holds, TableKind::Asks | TableKind::TasksAndAsks));
    if goal.asks().next().is_some() || !has_table || !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let Some(section) = goal::section(document, &cx.slate.format, SectionField::Asks) else { return vec![] };
    // Rows outside of a table may be the asks; they are reported by `broken-table`.
    let below = goal::headings_below(document, section).end;
    let end = document.headings.get(below).map_or(u32::MAX, |next| next.span.start);
    let start = document.headings[section].span.end;
    if !goal::loose_rows(&cx.slate.file_of(goal).source, document, start..end).is_empty() {
        return vec![];
    }
    vec![Finding::new(document.headings[section].content, "goal without team asks").help(
        match &cx.slate.format.badge {
            Some(badge) => format!("add a row such as `| Discussion and moral support | ![{badge}][] [lang] | |`"),
            None if lacks_levels(goal) => "add the support level of at least one team".to_owned(),
            None => "add a row such as `| [lang] | Small | |`".to_owned(),
        },
    )]
}

/// Whether there are rows that would be asks if they had a level.
fn lacks_levels(goal: &Goal) -> bool {
    let mut rows = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks).flat_map(|plan| &plan.tasks);
    rows.any(|row| row.name.value.is_empty() && !row.owners.value.is_empty())
}
