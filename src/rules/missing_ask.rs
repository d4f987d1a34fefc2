//! A goal that may be accepted and asks nothing of any team.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::period::SectionFact;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let document = &slate.file_of(goal).document;
    let has_ask = goal.tasks().any(|task| task.ask.is_some());
    // Without a table that can be read, `missing-section`, `missing-table` or `unexpected-header` speaks.
    if has_ask || goal.plans.is_empty() || !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let Some(section) = goal::section(document, &slate.format, SectionFact::Asks) else { return vec![] };
    let badge = &slate.format.ask_table.badge;
    vec![
        Finding::new(document.headings[section].content, "this goal asks nothing of any team")
            .help(format!("add a row such as `| Discussion and moral support | ![{badge}][] [lang] | |`")),
    ]
}
