//! A status that the goals process does not know.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_value;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::proposal::propose;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // A missing row is reported by `missing-row`.
    let Some(row) = goal.field(Field::Status).filter(|_| goal.status.is_none()) else { return vec![] };
    let known = cx.slate.format.statuses.iter().filter(|(_, status)| !status.later).map(|(name, _)| name.as_str());
    let value = row.value.value.as_str();
    // Template text is reported by `unfilled-placeholder`.
    if is_placeholder_value(cx.slate, value) {
        return vec![];
    }
    let (span, message) = match value {
        "" => (row.span, format!("empty row `{}`", row.name.value)),
        _ => (row.value.span, format!("unknown status `{value}`")),
    };
    let fix = find_ignoring_case(value, known.clone()).map(|name| (row.value.span, name.to_owned()));
    let former = cx.slate.format.former_statuses.iter().find(|(old, _)| old.eq_ignore_ascii_case(value));
    let help = former.map_or_else(|| propose(value, known.clone()), |(_, today)| format!("use `{today}`"));
    let near = did_you_mean(value, known).filter(|_| former.is_none());
    let finding = Finding::new(span, message).help(help).maybe_fix(fix);
    vec![match near {
        // What the slate lacks without it is not missing for another reason.
        Some(near) => finding.meant(span, near),
        None => finding,
    }]
}
