//! A row with more cells than the header: Markdown drops what is too much.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::TableId;
use crate::markdown::table::{Row, Table};
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let tables = file.document.tables.iter_enumerated();
    // A metadata table whose header is too short is reported by `unexpected-header`, and each of its rows would be here.
    let is_reported = |id: TableId, table: &Table| match file.kind {
        FileKind::Goal(goal) => {
            cx.slate.goals[goal].metadata.table == id && table.header().len() < cx.slate.format.metadata.header.len()
        }
        _ => false,
    };
    let tables = tables.filter(|(id, table)| !is_reported(*id, table));
    tables.flat_map(|(_, table)| table.body().iter().filter_map(|row| judge(file, table, row))).collect()
}

fn judge(file: &File, table: &Table, row: &Row) -> Option<Finding> {
    let columns = table.header().len();
    let surplus = row.cells.get(columns..).filter(|surplus| !surplus.is_empty())?;
    let message = format!("this row has {} cells; expected {columns}", row.cells.len());
    let mut full = surplus.iter().filter(|cell| !cell.is_empty());
    let Some(first) = full.next() else {
        let last = Span::new(row.span.end as usize - 1..row.span.end as usize);
        let pipes = if surplus.len() == 1 { "the last `|`" } else { "the last pipes" };
        let span = if file.source.slice(last) == "|" { last } else { row.span };
        // What is kept ends with the pipe that closes the last column.
        let kept = row.cells.get(columns.wrapping_sub(1)).map_or(row.span.start, |last| last.end);
        let after = Span { start: kept, end: row.span.end };
        let fix = file.source.slice(after).find('|').map(|pipe| after.part(pipe + 1..after.range().len()));
        let finding = Finding::new(span, message).help(format!("remove {pipes}"));
        return Some(finding.maybe_fix(fix.map(|surplus| (surplus, String::new()))));
    };
    let span = Span { start: first.start, end: full.next_back().unwrap_or(first).end };
    Some(Finding::new(span, message).label("dropped").help("escape a `|` in text as `\\|`"))
}
