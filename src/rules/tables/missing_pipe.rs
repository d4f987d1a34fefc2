//! A row without the pipe at its start or end that most lines of its table have: some programs end the table there.

use crate::diagnostics::finding::{Finding, Fix};
use crate::markdown::table::Table;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::pipes::{ends, has_pipe, is_rest_of_row, starts};
use crate::text::source::{Source, Span};

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    file.document.tables.iter().flat_map(|table| judge(&file.source, table)).collect()
}

fn judge(source: &Source, table: &Table) -> Vec<Finding> {
    // What most lines of the table do is the norm; of as many with as without, the header says it. Who leaves the pipes out
    // everywhere does so on purpose.
    let head = source.slice(table.head());
    let lines =
        || std::iter::once(table.delimiter).chain(table.rows.iter().map(|row| row.span)).map(|line| source.slice(line));
    // Nearly every table has all of them.
    if lines().all(|line| starts(line) && ends(line)) {
        return vec![];
    }
    let is_norm = |has: fn(&str) -> bool| {
        let (with, all) = (lines().filter(|line| has(line)).count(), lines().count());
        with * 2 > all || with * 2 == all && has(head)
    };
    let expected = (is_norm(starts), is_norm(ends));
    if !expected.0 && !expected.1 {
        return vec![];
    }
    // A line without any pipe is reported by `missing-blank-line`, and so is the row that it may belong to; the two parts of a
    // row that a line end broke by `broken-table`.
    let rows = table.body();
    let has_pipe = |at: usize| rows.get(at).is_none_or(|row| has_pipe(source, row));
    let is_whole = |at: usize| has_pipe(at) && (at == 0 || has_pipe(at - 1));
    let is_broken = |at: usize| is_rest_of_row(source, table, at) || is_rest_of_row(source, table, at + 1);
    let whole = (0..rows.len()).filter(|at| is_whole(*at) && is_whole(*at + 1) && !is_broken(*at));
    let spans = whole.map(|at| rows[at].span);
    [table.head(), table.delimiter].into_iter().chain(spans).filter_map(|row| missing(source, row, expected)).collect()
}

fn missing(source: &Source, row: Span, (first, last): (bool, bool)) -> Option<Finding> {
    let text = source.slice(row);
    let (first, last) = (first && !starts(text), last && !ends(text));
    let start = (Span::at(row.start as usize), "| ".to_owned());
    let end = (Span::at(row.end as usize), " |".to_owned());
    let (wrong, place, edits) = match (first, last) {
        (true, true) => (row, "start and end", vec![start, end]),
        (true, false) => (first_cell(text, row), "start", vec![start]),
        (false, true) => (last_cell(text, row), "end", vec![end]),
        (false, false) => return None,
    };
    let mut finding = Finding::new(wrong, format!("missing `|` at the {place} of this row"))
        .help(format!("add `|` at the {place} of the row"));
    finding.fix = Some(Fix { message: format!("add `|` at the {place}"), edits });
    Some(finding)
}

fn first_cell(text: &str, row: Span) -> Span {
    let cell = text.find('|').map_or(text, |end| &text[..end]).trim_end();
    row.part(0..cell.len())
}

fn last_cell(text: &str, row: Span) -> Span {
    let start = text.rfind('|').map_or(0, |pipe| pipe + 1);
    let cell = text[start..].trim_start();
    row.part(text.len() - cell.len()..text.len())
}
