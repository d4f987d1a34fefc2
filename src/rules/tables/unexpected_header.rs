//! A table whose header is not the one that its place asks for.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::markdown::table::{Row, Table};
use crate::model::cell::cell_text;
use crate::model::goal::{self, Goal};
use crate::model::slate::{File, Slate};
use crate::policy::config::messages::quoted;
use crate::policy::format::{TableFormat, TableKind};
use crate::rules::context::LintContext;
use crate::text::ids::each;
use crate::text::similarity::{did_you_mean, find_ignoring_case};
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let document = &file.document;
    let metadata = &document.tables[goal.metadata.table];
    let mut findings: Vec<_> = match goal.metadata.headless {
        true => vec![headless(metadata, &cx.slate.format.metadata.header)],
        false => judge(file, metadata, &cx.slate.format.metadata.header).into_iter().collect(),
    };
    for (section, format) in goal::sections_with_tables(document, &cx.slate.format) {
        for heading in std::iter::once(section).chain(each(goal::headings_below(document, section))) {
            // A second table under one heading is reported by `extra-table`.
            let table = goal::table_of(&file.source, document, heading, format).map(|table| &document.tables[table]);
            let also = |table: &&Table| !format.also.iter().any(|header| has_header(file, table, header));
            findings.extend(table.filter(also).and_then(|table| {
                match starts_with_row(cx.slate, file, table) {
                    true => Some(
                        Finding::new(table.head(), "missing table header before this row")
                            .help(format!("add `{}` and a delimiter row above this row", row(&format.header))),
                    ),
                    false => judge(file, table, &format.header)
                        .map(|finding| as_meant(cx.slate, file, table, format, finding)),
                }
            }));
        }
    }
    findings
}

/// A header over cells that are in the right order may have been meant as the right one: the rows are judged all the same.
fn as_meant(slate: &Slate, file: &File, table: &Table, format: &TableFormat, finding: Finding) -> Finding {
    let level = |row: &Row| row.cells.get(1).map_or("", |cell| cell_text(&file.source, *cell));
    let are_levels =
        || table.body().iter().all(|row| level(row).is_empty() || slate.format.level(level(row)).is_some());
    match format.holds == TableKind::Asks && table.header().len() == format.header.len() && are_levels() {
        true => finding.meant(table.head(), row(&format.header)),
        false => finding,
    }
}

fn headless(table: &Table, expected: &[String]) -> Finding {
    Finding::new(table.head(), "missing header of the metadata table")
        .help(format!("add `{}` and a delimiter row above this row", row(expected)))
}

/// Whether a task or an ask is where the header should be: a badge, a user or a team is in one of the first two cells.
fn starts_with_row(slate: &Slate, file: &File, table: &Table) -> bool {
    let mut cells = table.header().iter().take(2).map(|cell| cell_text(&file.source, *cell));
    cells.any(|text| {
        let mut found = brackets(text).into_iter().map(|bracket| text[bracket.text].to_owned());
        found.any(|name| slate.format.badge.as_ref() == Some(&name) || slate.roster.team(&name).is_some())
            || user_names::single_user(text).is_some()
    })
}

fn has_header(file: &File, table: &Table, header: &[String]) -> bool {
    table.header().iter().map(|cell| cell_text(&file.source, *cell)).eq(header.iter().map(String::as_str))
}

fn judge(file: &File, table: &Table, expected: &[String]) -> Option<Finding> {
    let header: Vec<&str> = table.header().iter().map(|cell| cell_text(&file.source, *cell)).collect();
    if header == expected {
        return None;
    }
    let cell = |at: usize| table.header()[at];
    let finding = one_wrong_cell(&header, expected)
        .map(|(at, message)| {
            let fix = find_ignoring_case(header[at], [expected[at].as_str()]).filter(|name| !name.is_empty());
            Finding::new(cell(at), message).maybe_fix(fix.map(|name| (cell(at), name.to_owned())))
        })
        .or_else(|| repeated(&header, expected).map(|(at, message)| Finding::new(cell(at), message)))
        .unwrap_or_else(|| Finding::new(table.head(), whole_header(&header, expected)));
    Some(finding.help(format!("use `{}`", row(expected))))
}

/// The one cell that is wrong, where all others are right.
fn one_wrong_cell(header: &[&str], expected: &[String]) -> Option<(usize, String)> {
    if header.len() != expected.len() {
        return None;
    }
    let mut wrong = (0..header.len()).filter(|&at| header[at] != expected[at]);
    let at = wrong.next().filter(|_| wrong.next().is_none())?;
    let (found, name) = (header[at], &expected[at]);
    let message = match (found, name.as_str()) {
        (_, "") => format!("expected an empty header cell in the metadata table, found `{found}`"),
        ("", _) => format!("unnamed column; expected `{name}`"),
        _ if did_you_mean(found, [name.as_str()]).is_some() => {
            format!("misspelled column `{found}`; expected `{name}`")
        }
        _ => format!("unexpected column `{found}`; expected `{name}`"),
    };
    Some((at, message))
}

/// A column too many that has the name of another.
fn repeated(header: &[&str], expected: &[String]) -> Option<(usize, String)> {
    let at = (1..header.len()).find(|&at| header[..at].contains(&header[at]))?;
    let name = header[at];
    (header.len() > expected.len() && !name.is_empty()).then(|| (at, format!("repeated column `{name}`")))
}

fn whole_header(header: &[&str], expected: &[String]) -> String {
    let missing: Vec<&str> =
        expected.iter().map(String::as_str).filter(|name| !name.is_empty() && !header.contains(name)).collect();
    let extra: Vec<&str> = header
        .iter()
        .copied()
        .filter(|found| !found.is_empty() && !expected.iter().any(|name| name == found))
        .collect();
    let columns = |names: &[&str]| if names.len() == 1 { "column" } else { "columns" };
    let lacks = format!("missing {} {}", columns(&missing), quoted(&missing));
    let more = format!("unexpected {} {}", columns(&extra), quoted(&extra));
    match (missing.is_empty(), extra.is_empty()) {
        (false, false) => format!("{lacks}, and {more}"),
        (false, true) => lacks,
        (true, false) => more,
        (true, true) if header.len() == expected.len() => "table columns are in the wrong order".to_owned(),
        (true, true) => {
            let cells = if header.len() == 1 { "cell" } else { "cells" };
            format!("header has {} {cells}; expected {}", header.len(), expected.len())
        }
    }
}

fn row(cells: &[String]) -> String {
    format!("| {} |", cells.join(" | ")).replace("|  |", "| |")
}
