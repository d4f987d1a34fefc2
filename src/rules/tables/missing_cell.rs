//! A row with fewer cells than the header.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::document::TableId;
use crate::markdown::table::{Row, Table, is_delimiter_row};
use crate::model::goal::{Goal, TaskTable};
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::pipes::{ends, has_pipe, is_rest_of_row};
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let goal = match file.kind {
        FileKind::Goal(goal) => cx.slate.goals.get(goal),
        _ => None,
    };
    let tables = file.document.tables.iter_enumerated();
    let free = goal.map(|goal| free_columns(cx.slate, goal)).unwrap_or_default();
    let judged = tables.map(|(id, table)| {
        let metadata_of = goal.filter(|goal| goal.metadata.table == id);
        let free = free.get(&id).map_or(&[][..], Vec::as_slice);
        judge(cx.slate, file, metadata_of, table, free)
    });
    judged.flatten().collect()
}

/// The columns that may be empty of the tables from which a goal is read.
fn free_columns<'s>(slate: &'s Slate, goal: &Goal) -> HashMap<TableId, Vec<&'s str>> {
    let formats = || slate.format.sections.values().filter_map(|section| section.table.as_ref());
    let of_plan = |plan: &TaskTable| {
        let format = formats().find(|format| format.holds == plan.holds)?;
        Some((plan.table, format.may_be_empty.iter().map(String::as_str).collect()))
    };
    goal.plans.iter().filter_map(of_plan).collect()
}

fn judge(slate: &Slate, file: &File, metadata_of: Option<&Goal>, table: &Table, free: &[&str]) -> Vec<Finding> {
    let columns = table.header().len();
    // A metadata table whose header is too long is reported by `unexpected-header`, and each of its rows would be here.
    let expected = &slate.format.metadata.header;
    if metadata_of.is_some() && columns > expected.len() {
        return vec![];
    }
    // How many cells a row has to have: all up to the last column that may not be empty.
    let is_free = |cell: &&Span| free.iter().any(|name| file.source.slice(**cell).eq_ignore_ascii_case(name));
    let needed = columns - table.header().iter().rev().take_while(is_free).count();
    let is_wrong = |row: &&Row| {
        let text = file.source.slice(row.span);
        // A directive expands to whole rows.
        let from = file.directives.partition_point(|directive| directive.span < row.span);
        let is_directive = file.directives.get(from).is_some_and(|directive| row.span.contains(directive.span));
        // A line without pipes is reported by `missing-blank-line`, a row without the last one by `missing-pipe`.
        row.cells.len() < needed && ends(text) && !is_delimiter_row(text) && !is_directive
    };
    // A row that has to have a value is spoken of by the rule that misses it.
    let is_required = |row: &&Row| {
        let name = row.cells.first().map_or("", |cell| file.source.slice(*cell));
        let known = metadata_of.zip(slate.format.row(name));
        known.is_some_and(|(goal, (row, _))| Slate::requires(row.required, goal, || true))
    };
    // A row that a line end broke in two has its other cells on the next line, or the one before.
    let rows = table.body();
    let is_broken = |row: &Row| {
        let at = rows.partition_point(|other| other.span < row.span);
        let is_line = at.checked_sub(1).is_some_and(|above| !has_pipe(&file.source, &rows[above]));
        is_line || is_rest_of_row(&file.source, table, at) || is_rest_of_row(&file.source, table, at + 1)
    };
    let finding = |row: &Row| {
        let count = row.cells.len();
        let noun = if count == 1 { "cell" } else { "cells" };
        let more = "  |".repeat(columns - count);
        Finding::new(row.span, format!("this row has {count} {noun}; expected {columns}"))
            .help("add all cells of the row, including empty ones")
            .maybe_fix((!is_broken(row)).then(|| (Span::at(row.span.end as usize), more)))
    };
    table.body().iter().filter(is_wrong).filter(|row| !is_required(row)).map(finding).collect()
}
