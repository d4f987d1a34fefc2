//! A line directly below a table: Markdown takes it for a row.

use crate::diagnostics::finding::{Finding, Fix};
use crate::markdown::table::{Row, Table};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::pipes::{ends, has_pipe, like_pipes};
use crate::text::source::{Source, Span};

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let tables = file.document.tables.iter().filter(|table| table.header().len() > 1);
    tables.flat_map(|table| judge(&file.source, table)).collect()
}

fn judge(source: &Source, table: &Table) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut above: Option<&Row> = None;
    // A blank line above a row would cut it off the table.
    let last = table.body().iter().rposition(|row| has_pipe(source, row));
    for (at, row) in table.body().iter().enumerate() {
        // A row with other characters for pipes is reported by `broken-table`.
        let is_line = |row: &Row| !has_pipe(source, row) && like_pipes(source, table, row).is_empty();
        // The lines below the first one go with it.
        if is_line(row) && !above.is_some_and(is_line) {
            let before = above.map_or(table.delimiter, |above| above.span);
            let mut finding = finding(source, source.slice(before), row.span);
            if last.is_some_and(|last| at < last) {
                finding.fix = None;
                // A blank line is not what was meant: it would cut off the rows below.
                let can_move = !finding.meant.is_empty();
                finding.meant.clear();
                let rest = table.body()[at..].iter().find(|row| !is_line(row)).filter(|_| can_move);
                if let Some(rest) = rest {
                    let lines = Span { start: row.span.start, end: rest.span.start };
                    finding = finding.meant_at(lines, table.span.end as usize);
                }
                finding = finding.help("move it below the table, with a blank line before it");
            }
            findings.push(finding);
        }
        above = Some(row);
    }
    findings
}

pub(crate) fn finding(source: &Source, above: &str, line: Span) -> Finding {
    if !ends(above) {
        return Finding::new(line, "this line is read as a separate table row")
            .help("put each row on a single line, with `<br>` for line breaks");
    }
    let text = source.slice(line);
    let what = match text {
        _ if text.starts_with('[') && text.contains("]:") => "definition",
        _ if text.starts_with("<!--") => "comment",
        _ => "line",
    };
    let message = format!("missing blank line: this {what} is read as a row of the table above it");
    let mut finding = Finding::new(line, message).help("add a blank line before it");
    // In a quotation or a list the blank line needs their marks.
    let starts_line = source.line_span(source.line_index(line.start as usize)).start == line.start;
    if starts_line {
        finding = finding.meant(Span::at(line.start as usize), "\n");
    }
    finding.fix = starts_line.then(|| Fix {
        message: "add a blank line before it".to_owned(),
        edits: vec![(Span::at(line.start as usize), source.line_end().to_owned())],
    });
    finding
}
