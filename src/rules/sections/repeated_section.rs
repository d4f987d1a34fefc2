//! A section that a goal has twice.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::holds_its_table;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let mut first: HashMap<&str, _> = HashMap::new();
    let mut findings = Vec::new();
    for heading in file.document.headings.iter().filter(|heading| !heading.nested) {
        let Some(section) = cx.slate.format.sections.get(&heading.text) else { continue };
        let Some(above) = first.get(heading.text.as_str()) else {
            first.insert(&heading.text, heading.content);
            continue;
        };
        // A table there is reported by `extra-table`.
        if !holds_its_table(file, heading, section) {
            findings.push(
                Finding::new(heading.content, format!("repeated section `{}`", heading.text))
                    .help("merge the two sections")
                    .related(goal.file, *above, "first occurrence, which is used"),
            );
        }
    }
    findings
}
