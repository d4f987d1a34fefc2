//! A value of a row that has but a few. Template text is reported by `unfilled-placeholder`.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_value;
use crate::rules::context::LintContext;
use crate::rules::shared::proposal::propose;
use crate::text::similarity::find_ignoring_case;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (row, known) in cx.rows(goal) {
        let (name, value) = (&row.name.value, &row.value.value);
        let Some((_, format)) = known else { continue };
        let is_known = value.is_empty() || is_placeholder_value(cx.slate, value) || format.values.contains_key(value);
        if format.values.is_empty() || is_known {
            continue;
        }
        let finding = Finding::new(row.value.span, format!("invalid value `{value}` of row `{name}`"));
        let known = format.values.keys().map(String::as_str);
        let fix = find_ignoring_case(value, known.clone()).map(|name| (row.value.span, name.to_owned()));
        findings.push(finding.help(propose(value, known)).maybe_fix(fix));
    }
    findings
}
