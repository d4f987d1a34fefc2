//! A row under another valid name than the one that most files of the slate use.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Metadata, MetadataRow};
use crate::model::slate::{File, FileKind};
use crate::policy::format::Rows;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let format = &cx.slate.format;
    match file.kind {
        FileKind::Goal(goal) => judge(&format.metadata.rows, &cx.slate.goals[goal].metadata),
        FileKind::Roadmap(roadmap) => {
            let rows = format.roadmaps.as_ref().map(|roadmaps| &roadmaps.rows);
            rows.map_or_else(Vec::new, |rows| judge(rows, &cx.slate.roadmaps[roadmap].metadata))
        }
        _ => vec![],
    }
}

fn judge(rows: &Rows, metadata: &Metadata) -> Vec<Finding> {
    let is_written = |name: &str| metadata.rows.iter().any(|row| row.name.value.eq_ignore_ascii_case(name));
    let finding = |row: &MetadataRow| {
        let written = row.name.value.as_str();
        // Different case is reported by `misspelled-row`.
        let (used, _) = rows.named(written).filter(|(used, _)| !used.eq_ignore_ascii_case(written))?;
        let message = format!("row `{written}` is called `{used}` in other files of this slate");
        let fix = (!is_written(used)).then(|| (row.name.span, used.to_owned()));
        Some(Finding::new(row.name.span, message).help(format!("use `{used}`")).maybe_fix(fix))
    };
    metadata.rows.iter().filter_map(finding).collect()
}
