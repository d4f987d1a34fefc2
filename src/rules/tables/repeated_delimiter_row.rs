//! A second delimiter row, which Markdown shows as a row of text.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::{Table, is_delimiter_row};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::whole_lines;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let rows = file.document.tables.iter().flat_map(Table::body);
    let repeated = rows.filter(|row| is_delimiter_row(file.source.slice(row.span)));
    let finding = |row: &crate::markdown::table::Row| {
        Finding::new(row.span, "second delimiter row is shown as text")
            .help("remove it")
            .fix(whole_lines(&file.source, row.span), "")
    };
    repeated.map(finding).collect()
}
