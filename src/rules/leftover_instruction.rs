//! Instructions of the template that are still in a goal's text, and owners of tasks that are nobody yet.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::period::Holds;
use crate::slate::Slate;
use crate::source::Span;

/// The word for an owner that every template has had.
const OWNER: &str = "*owner*";

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let mut findings = Vec::new();
    if let Some(template) = &slate.goal_template {
        for span in goal::instructions(&file.source, &file.document) {
            if template.instructions.contains(&goal::words(&file.source, span)) {
                let first = file.source.line_span(file.source.line_index(span.start as usize));
                let span = Span { start: span.start, end: span.end.min(first.end) };
                findings.push(
                    Finding::new(span, "this is still an instruction of the template")
                        .help("write your own text in its place, or take it out"),
                );
            }
        }
    }
    let template = slate.goal_template.as_ref();
    let is_known = |owner: &String| owner == OWNER || template.is_some_and(|template| template.owners.contains(owner));
    let holds_work = |holds: Holds| matches!(holds, Holds::Tasks | Holds::TasksAndAsks);
    let work = goal.plans.iter().filter(|plan| holds_work(plan.holds)).flat_map(|plan| &plan.tasks);
    for task in work.filter(|task| is_known(&task.owners.value)) {
        let value = &task.owners.value;
        findings.push(
            Finding::new(task.owners.span, format!("nobody is called `{value}`: these are words of the template"))
                .help("write who does it, `@name`, or `![Help wanted][]` if nobody does yet"),
        );
    }
    findings
}
