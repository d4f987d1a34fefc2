//! A backtick without a partner: it is shown, and what was meant as code is text.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    // One in each paragraph or row: the others may be its partners.
    let mut last = None;
    for run in runs(file) {
        let around = unit(file, run);
        if last == Some(around) {
            continue;
        }
        last = Some(around);
        // A row with too many cells is reported by `extra-cell`: a `|` in code has cut it.
        if is_surplus_row(file, run) {
            continue;
        }
        let message = match run.end - run.start {
            1 => "unmatched backtick".to_owned(),
            length => format!("unmatched run of {length} backticks"),
        };
        let help = match in_table(file, run) {
            true => "add the same number of backticks at the other end of the code, and escape a `|` in it as `\\|`",
            false => "add the same number of backticks at the other end of the code, or escape each with a backslash",
        };
        findings.push(Finding::new(run, message).help(help));
    }
    findings
}

/// The first run of backticks in each piece of text that are meant as such.
fn runs(file: &File) -> impl Iterator<Item = Span> {
    let all = file.source.text().as_bytes();
    let meant = file.marks("`").filter(|(_, place)| place.start == 0 || all[place.start as usize - 1] != b'\\');
    let mut last = None;
    let first = meant.filter(move |(text, _)| last.replace(*text) != Some(*text));
    first.map(|(text, place)| {
        let rest = &all[place.start as usize..text.end as usize];
        let length = rest.iter().take_while(|byte| **byte == b'`').count();
        Span::new(place.start as usize..place.start as usize + length)
    })
}

/// The paragraph, heading or row around a place.
fn unit(file: &File, place: Span) -> Span {
    let blocks = &file.document.blocks;
    let before = blocks.partition_point(|block| block.span.start <= place.start);
    match before.checked_sub(1).map(|index| blocks[index]) {
        Some(block) if block.kind != BlockKind::Table => block.span,
        _ => file.source.line_span(file.source.line_index(place.start as usize)),
    }
}

fn table_of(file: &File, place: Span) -> Option<&crate::markdown::table::Table> {
    let tables = &file.document.tables;
    let before = tables.partition_point(|table| table.span.start <= place.start);
    tables[..before].last().filter(|table| table.span.contains(place))
}

fn in_table(file: &File, place: Span) -> bool {
    table_of(file, place).is_some()
}

fn is_surplus_row(file: &File, place: Span) -> bool {
    let Some(table) = table_of(file, place) else { return false };
    let before = table.rows.partition_point(|row| row.span.start <= place.start);
    table.rows[..before].last().is_some_and(|row| row.cells.len() > table.header().len())
}
