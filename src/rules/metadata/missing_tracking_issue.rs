//! A goal without the tracking issue that an accepted goal has.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if goal.stage() != Stage::Accepted {
        return vec![];
    }
    let Some(name) = cx.slate.format.row_of(Field::TrackingIssue) else { return vec![] };
    let help = "use `[owner/repository#123]`";
    match goal.field(Field::TrackingIssue) {
        Some(row) if row.value.value.is_empty() => {
            let message = format!("accepted goal without a tracking issue: the row `{name}` is empty");
            vec![Finding::new(row.span, message).help(help)]
        }
        Some(_) => vec![],
        None => {
            let required = cx.slate.format.metadata.rows.get(name).map(|row| row.required);
            if !required.is_some_and(|required| Slate::requires(required, goal, || cx.slate.uses_row(name))) {
                return vec![];
            }
            let table = &cx.slate.file_of(goal).document.tables[goal.metadata.table];
            // The status is what asks for one.
            let place = goal.field(Field::Status).map_or_else(|| table.head(), |status| status.value.span);
            let message = format!("accepted goal without a tracking issue: missing row `{name}`");
            vec![Finding::new(place, message).help(format!("add the row `| {name} | [owner/repository#123] |`"))]
        }
    }
}
