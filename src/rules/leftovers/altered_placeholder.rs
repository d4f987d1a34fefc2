//! A row that a program fills in, holding something else than its placeholder.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, MetadataRow};
use crate::rules::context::LintContext;
use crate::text::blanks::one_line;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (name, format) in &cx.slate.format.metadata.rows {
        let is_it = |row: &&MetadataRow| row.name.value.eq_ignore_ascii_case(name);
        let row = goal.metadata.rows.iter().find(is_it);
        let (Some(placeholder), Some(row)) = (&format.placeholder, row) else { continue };
        let value = row.value.value.as_str();
        let body = value.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).map(str::trim);
        let is_same = |body: &str| one_line(body).eq_ignore_ascii_case(placeholder);
        if body.is_some_and(is_same) {
            continue;
        }
        let (span, message) = match value {
            "" => (row.span, format!("empty row `{name}`: expected its placeholder, which is filled in automatically")),
            _ => (row.value.span, format!("row `{name}` is generated and must contain only its placeholder")),
        };
        findings.push(Finding::new(span, message).help(format!("use `<!-- {placeholder} -->`")));
    }
    findings
}
