//! Two accepted goals with one tracking issue.

use std::collections::HashMap;

use crate::finding::Finding;
use crate::period::{Fact, Stage};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate) -> Vec<(usize, Finding)> {
    let mut issues = HashMap::new();
    let mut findings = Vec::new();
    // Goals that are still proposed may continue one old goal, and get issues of their own once they are accepted.
    for goal in slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted) {
        let Some(row) = goal.fact(Fact::TrackingIssue).filter(|row| row.value.value.contains('#')) else { continue };
        let here = (goal.file, row.value.span);
        let first: (usize, _) = *issues.entry(row.value.value.to_lowercase()).or_insert(here);
        if first != here {
            let finding = Finding::new(row.value.span, "another goal has this tracking issue")
                .help("write the issue that tracks this goal alone, or open one")
                .related(first.0, first.1, "the other goal");
            findings.push((goal.file, finding));
        }
    }
    findings
}
