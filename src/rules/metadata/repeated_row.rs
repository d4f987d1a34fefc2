//! A repeated metadata row: only the first counts.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, MetadataRow};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let rows = &goal.metadata.rows;
    let known = rows.iter().filter(|row| cx.slate.format.row(&row.name.value).is_some_and(|(known, _)| !known.many));
    let known = known.map(|row| (cx.slate.format.row_name(&row.name.value), row));
    let known: Vec<(&str, &MetadataRow)> = known.collect();
    let repeated = known.iter().enumerate().filter_map(|(index, (name, row))| {
        let (_, first) = known[..index].iter().find(|(first, _)| first.eq_ignore_ascii_case(name))?;
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
