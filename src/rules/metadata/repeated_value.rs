//! A row that may be repeated, twice with one value.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut first = HashMap::new();
    let mut findings = Vec::new();
    for (row, known) in cx.rows(goal) {
        let (name, value) = (row.name.value.as_str(), row.value.value.as_str());
        let known = known.filter(|(_, known)| known.many && !value.is_empty());
        let Some((known, _)) = known else { continue };
        let earlier = *first.entry((known, value)).or_insert(row);
        if earlier.span != row.span {
            let fix = row.line_of_its_own(&cx.slate.file_of(goal).source).map(|line| (line, String::new()));
            let finding =
                Finding::new(row.span, format!("repeated value `{value}` in row `{name}`")).help("remove one of them");
            findings.push(finding.maybe_fix(fix).related(goal.file, earlier.span, "same value here"));
        }
    }
    findings
}
