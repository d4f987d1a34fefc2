//! Two subgoals of one name: links to the second lead to the first.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::anchor;
use crate::markdown::shown::{as_shown, comparable};
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let headings = &cx.slate.file_of(goal).document.headings;
    let mut first: HashMap<String, _> = HashMap::new();
    let mut findings = Vec::new();
    for heading in goal.plans.iter().filter_map(|plan| headings.get(plan.heading?)) {
        // Names that look alike are one name, also where their anchors differ.
        let keys = [format!("#{}", anchor::anchor(&heading.text)), comparable(&as_shown(&heading.text))];
        if let Some(above) = keys.iter().find_map(|key| first.get(key)) {
            let message = format!("repeated subgoal name `{}`: links by name lead to the first", heading.text);
            findings.push(Finding::new(heading.content, message).help("give each a unique name").related(
                goal.file,
                *above,
                "first occurrence",
            ));
        } else {
            first.extend(keys.map(|key| (key, heading.content)));
        }
    }
    findings
}
