//! Lines that were meant as a table and are none.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::markdown::table::{Row, Table, is_delimiter_row, split_cells};
use crate::model::goal;
use crate::model::interrupted_tables::{Interruption, interruptions};
use crate::model::metadata_lines::lines_meant_as_table;
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::pipes::{is_rest_of_row, like_pipes};
use crate::text::source::{Source, Span};

/// No table of a goal has more columns.
const MAX_CELLS: usize = 16;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // The lines that keep a file from being a goal are reported by `unreadable-metadata`, with those directly below them.
    let mut reported = match file.kind {
        FileKind::Broken { .. } => lines_meant_as_table(file),
        _ => None,
    };
    let mut findings: Vec<Finding> = file.document.tables.iter().flat_map(|table| broken_rows(file, table)).collect();
    findings.extend(file.document.tables.iter().flat_map(|table| rows_without_pipes(&file.source, table)));
    let interruptions = interruptions(&file.source, &file.document);
    for paragraph in goal::loose_rows(&file.source, &file.document, 0..u32::MAX) {
        let continues = |above: Span| only_blank_between(&file.source, above, paragraph);
        if reported.is_some_and(|above| above == paragraph || continues(above)) {
            reported = Some(paragraph);
            continue;
        }
        let at = interruptions.partition_point(|interruption| interruption.rows.start < paragraph.start);
        if let Some(interruption) = interruptions.get(at).filter(|interruption| interruption.rows == paragraph) {
            findings.push(rows_below(&file.source, *interruption));
            reported = Some(paragraph);
            continue;
        }
        if let Some(finding) = judge(cx.slate, file, paragraph) {
            findings.push(finding);
            reported = Some(paragraph);
        }
    }
    findings
}

/// Rows that a line end broke in two: what stands on the second line would be cells of a row of its own.
fn broken_rows(file: &File, table: &Table) -> Vec<Finding> {
    let rest = (1..table.body().len()).filter(|at| is_rest_of_row(&file.source, table, *at));
    let finding = |at: usize| {
        let row = &table.body()[at];
        Finding::new(row.span, "this line is read as a row of its own, but the row above it has no end")
            .help("put each row on a single line, with `<br>` for line breaks")
    };
    rest.map(finding).collect()
}

/// Rows with other characters in the place of pipes, which are a single cell.
fn rows_without_pipes(source: &Source, table: &Table) -> Vec<Finding> {
    let finding = |row: &Row| {
        let found = like_pipes(source, table, row);
        let (_, first) = found.first()?;
        let name = if *first == '\u{ff5c}' { "fullwidth pipe" } else { "character" };
        let message = format!("row with the {name} `{first}` in place of `|`: it separates no cells");
        let finding = Finding::new(row.span, message).help(format!("replace `{first}` with `|`"));
        let place = |at: usize, c: char| row.span.part(at..at + c.len_utf8());
        Some(found.iter().fold(finding, |finding, (at, c)| finding.meant(place(*at, *c), "|")))
    };
    table.body().iter().filter_map(finding).collect()
}

/// Rows that are read as a part of what ended their table.
fn rows_below(source: &Source, Interruption { kind, lines, rows }: Interruption) -> Finding {
    let what = match kind {
        BlockKind::Quote => "block quote",
        BlockKind::Html => "HTML",
        _ => "list",
    };
    let row = source.line_span(source.line_index(rows.start as usize));
    Finding::new(row, format!("row outside of a table: it is read as part of the {what} above it"))
        .help(format!("move the {what} below the table, with a blank line before it"))
        .meant_at(Span { start: lines.start, end: lines.end }, rows.end as usize)
}

fn only_blank_between(source: &Source, above: Span, below: Span) -> bool {
    above.end <= below.start && source.slice(Span { start: above.end, end: below.start }).trim().is_empty()
}

fn judge(slate: &Slate, file: &File, paragraph: Span) -> Option<Finding> {
    let source = &file.source;
    let first = source.line_index(paragraph.start as usize);
    let last = source.line_index(paragraph.end.saturating_sub(1).max(paragraph.start) as usize);
    let mut lines = (first..=last).map(|line| source.line_span(line));
    let Some(delimiter) = lines.clone().find(|line| is_delimiter_row(source.slice(*line))) else {
        let is_row = |line: &Span| {
            let line = source.slice(*line).trim();
            line.len() > 2 && line.starts_with('|') && line.ends_with('|')
        };
        let row = lines.next().filter(is_row)?;
        // A table may end one blank line above.
        let above = file.document.tables.iter().rev().find(|table| table.span.end <= paragraph.start);
        let below = above.filter(|table| only_blank_between(source, table.span, paragraph));
        // Without a blank line it is a quotation or a list that ends between the two.
        let is_next = |table: &Table| source.line_index(table.span.end as usize) + 1 >= first;
        let directly_below = below.is_some_and(is_next);
        let torn_off = below.is_some() && !directly_below;
        let behind_comment =
            below.is_none() && above.is_some_and(|table| only_comments_between(file, table.span, paragraph));
        let help = match (torn_off, directly_below, behind_comment) {
            (true, ..) => "remove the blank line before it, which ends the table",
            (_, true, _) => "indent or quote it like the row above",
            (.., true) => "move the comment above it, which ends the table",
            _ => "add a delimiter row below the header",
        };
        // A row of the metadata table can have been meant as nothing else, nor can one with the cells of the table above.
        let belongs = |table: &Table| {
            are_metadata_rows(slate, file, paragraph)
                || !is_metadata(slate, file, table) && fits(source, table, paragraph)
        };
        let gap = above.filter(|table| torn_off && belongs(table));
        let gap = gap.map(|above| Span { start: above.span.end, end: paragraph.start });
        let finding = Finding::new(row, "row outside of a table").help(help);
        let finding = match gap {
            Some(gap) => finding.meant(gap, source.line_end()),
            None => finding,
        };
        return Some(finding.maybe_fix(gap.map(|gap| (gap, source.line_end().to_owned()))));
    };
    let above = source.line_index(delimiter.start as usize).checked_sub(1).filter(|above| *above >= first);
    let header = above.map(|line| source.line_span(line)).filter(|line| source.slice(*line).contains('|'));
    let Some(header) = header else {
        return Some(
            Finding::new(delimiter, "delimiter row without a header")
                .help("add the header directly above it, without a blank line"),
        );
    };
    let count = |line: Span| split_cells(source.slice(line).trim(), line).len();
    let (cells, dashes) = (count(header), count(delimiter));
    if cells == dashes {
        return Some(
            Finding::new(header, "table is not separated from the text above it")
                .help("add a blank line before it")
                .meant(Span::at(header.start as usize), "\n"),
        );
    }
    let noun = if cells == 1 { "cell" } else { "cells" };
    let message = format!("header has {cells} {noun} but the delimiter row has {dashes}, so this is not a table");
    let finding =
        Finding::new(delimiter, message).help("use the same number of cells in the header and the delimiter row");
    // An empty line with a pipe is no header, and what was meant by it is not known.
    if cells == 0 || cells > MAX_CELLS {
        return Some(finding);
    }
    Some(finding.meant(delimiter, format!("|{}", "---|".repeat(cells))))
}

/// Whether there is nothing but comments between two places. Read from the end, no comment is read for several paragraphs.
fn only_comments_between(file: &File, above: Span, below: Span) -> bool {
    if above.end > below.start {
        return false;
    }
    let mut rest = file.source.slice(Span { start: above.end, end: below.start }).trim_end();
    let is_comment = rest.ends_with("-->");
    while let Some(start) = rest.strip_suffix("-->").and_then(|comment| comment.rfind("<!--")) {
        rest = rest[..start].trim_end();
    }
    is_comment && rest.is_empty()
}

fn is_metadata(slate: &Slate, file: &File, table: &Table) -> bool {
    slate.goal_in(file).is_some_and(|goal| file.document.tables[goal.metadata.table].span == table.span)
}

/// Whether every line of a paragraph has as many cells as a table.
fn fits(source: &Source, table: &Table, paragraph: Span) -> bool {
    let mut lines = source.slice(paragraph).lines().map(str::trim);
    lines.all(|line| line.starts_with('|') && split_cells(line, Span::new(0..line.len())).len() == table.header().len())
}

/// Whether every line of a paragraph is a row that a goal's metadata table has not yet: then all of them belong to it.
fn are_metadata_rows(slate: &Slate, file: &File, paragraph: Span) -> bool {
    let Some(goal) = slate.goal_in(file) else { return false };
    let rows = &goal.metadata.rows;
    let format = &slate.format;
    let mut seen: Vec<&str> = rows.iter().map(|row| format.row_name(&row.name.value)).collect();
    file.source.slice(paragraph).lines().all(|line| {
        let cells = split_cells(line, Span::new(0..line.len()));
        let written = cells.first().map_or("", |cell| &line[cell.range()]);
        let name = format.row_name(written);
        let is_new = format
            .row(written)
            .is_some_and(|(known, _)| known.many || !seen.iter().any(|other| other.eq_ignore_ascii_case(name)));
        seen.push(name);
        is_new
    })
}
