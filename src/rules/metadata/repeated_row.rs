//! A repeated metadata row: only the first counts.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let rows = &goal.metadata.rows;
    let known = rows.iter_enumerated().filter(|(_, row)| {
        let known = cx.slate.format.row(&row.name.value);
        known.is_some_and(|(known, _)| !known.many)
    });
    let repeated = known.filter_map(|(id, row)| {
        let first = rows[..id].iter().find(|first| cx.slate.format.is_same_row(&first.name.value, &row.name.value))?;
        let finding = Finding::new(row.name.span, format!("repeated row `{}`", row.name.value));
        let line = row.line_of_its_own(&cx.slate.file_of(goal).source).filter(|_| first.value.value == row.value.value);
        let fix = line.map(|line| (line, String::new()));
        Some(finding.label("ignored").help("keep one of the two rows").maybe_fix(fix).related(
            goal.file,
            first.name.span,
            "first occurrence, which is used",
        ))
    });
    repeated.collect()
}
