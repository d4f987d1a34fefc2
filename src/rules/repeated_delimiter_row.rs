//! A second row of dashes, which Markdown shows as a row of text.

use crate::finding::Finding;
use crate::markdown::{Table, is_delimiter_row};
use crate::slate::{File, Slate};
use crate::source::whole_lines;

pub(crate) fn check(_: &Slate, file: &File) -> Vec<Finding> {
    let rows = file.document.tables.iter().flat_map(Table::body);
    let repeated = rows.filter(|row| is_delimiter_row(file.source.slice(row.span)));
    let finding = |row: &crate::markdown::Row| {
        Finding::new(row.span, "this table has a second row of dashes, which is shown as text")
            .help("take it out")
            .fix(whole_lines(&file.source, row.span), "")
    };
    repeated.map(finding).collect()
}
