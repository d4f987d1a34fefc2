//! A goal without the tracking issue that an accepted goal has.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::{Fact, Stage};

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    if goal.stage() != Stage::Accepted {
        return vec![];
    }
    let Some(name) = slate.format.row_of(Fact::TrackingIssue) else { return vec![] };
    let help = "use `[owner/repository#123]`";
    match goal.fact(Fact::TrackingIssue) {
        Some(row) if row.value.value.is_empty() => {
            let message = format!("accepted goal without a tracking issue: the row `{name}` is empty");
            vec![Finding::new(row.span, message).help(help)]
        }
        Some(_) => vec![],
        None => {
            let required = slate.format.metadata.rows.get(name).map(|row| row.required);
            if !required.is_some_and(|required| Slate::requires(required, goal, || slate.uses_row(name))) {
                return vec![];
            }
            let table = &slate.file_of(goal).document.tables[goal.metadata.table];
            let message = format!("accepted goal without a tracking issue: missing row `{name}`");
            vec![Finding::new(table.head(), message).help(format!("add the row `| {name} | [owner/repository#123] |`"))]
        }
    }
}
