//! A backtick without a partner: it is shown, and what was meant as code is text.

use crate::finding::Finding;
use crate::markdown::BlockKind;
use crate::slate::{File, Slate};
use crate::source::Span;

pub(crate) fn check(_: &Slate, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings = Vec::new();
    // One in each paragraph or row: the others may be its partners.
    let mut last = None;
    for text in &file.document.texts {
        let Some(run) = backticks(source.text(), *text) else { continue };
        let around = unit(file, run);
        if last == Some(around) {
            continue;
        }
        last = Some(around);
        // A row with too many cells is `surplus-cell`'s business: a bar amid code has cut it.
        if is_surplus_row(file, run) {
            continue;
        }
        let message = match run.end - run.start {
            1 => "this backtick has no partner".to_owned(),
            length => format!("these {length} backticks have no partner of the same number"),
        };
        let help = match in_table(file, run) {
            true => "write as many at the other end of the code, and `\\|` for a bar in it",
            false => "write as many at the other end of the code, or a backslash before each that stands for itself",
        };
        findings.push(Finding::new(run, message).help(help));
    }
    findings
}

/// The first run of backticks in a text that are meant as such.
fn backticks(all: &str, text: Span) -> Option<Span> {
    let bytes = all.as_bytes();
    let start = text.range().find(|at| bytes[*at] == b'`' && (*at == 0 || bytes[*at - 1] != b'\\'))?;
    let length = bytes[start..text.end as usize].iter().take_while(|byte| **byte == b'`').count();
    Some(Span::new(start..start + length))
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

fn table_of(file: &File, place: Span) -> Option<&crate::markdown::Table> {
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
