//! A table above the title, where no program looks for it.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Table;
use crate::model::goal;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // The template may begin with anything, and a file without a title is reported by `missing-title`.
    let Some(first) = goal::title(&file.document).filter(|_| file.kind != FileKind::Template) else { return vec![] };
    let above = file.document.tables.iter().filter(|table| table.span.start < first.span.start);
    let finding = |table: &Table| match goal::looks_like_metadata(&file.source, table, &cx.slate.format) {
        true if first.level > 1 => {
            Finding::new(table.head(), "missing title before the metadata table").help("add `# Title` before it")
        }
        true => Finding::new(table.head(), "metadata table before the title").help("move it below the title"),
        false => {
            Finding::new(table.head(), "table before the title, outside of any section").help("move it below the title")
        }
    };
    above.map(finding).collect()
}
