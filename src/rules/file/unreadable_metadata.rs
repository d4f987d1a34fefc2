//! A file with a goal's sections whose metadata table is missing or cannot be read: without this rule it would silently be
//! no goal.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::{Table, is_delimiter_row};
use crate::model::goal;
use crate::model::metadata_lines::lines_meant_as_table;
use crate::model::slate::{File, FileKind, anchor};
use crate::rules::context::LintContext;
use crate::rules::shared::misnamed_goals::sign_of_goal;
use crate::text::source::{Source, Span};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if file.kind == FileKind::BrokenRoadmap {
        // A goal that its name makes a roadmap is reported by `malformed-file-name`.
        if sign_of_goal(cx.slate, file).is_some() {
            return vec![];
        }
        let finding = Finding::new(anchor(file), "roadmap without a metadata table");
        let header = cx.slate.format.metadata.header.join(" | ");
        return vec![finding.help(format!("add one below the title, with the header `| {header}|`"))];
    }
    let FileKind::Broken { section } = file.kind else { return vec![] };
    let is_metadata = |table: &Table| goal::looks_like_metadata(&file.source, table, &cx.slate.format);
    let first_heading = goal::title(&file.document).map_or(0, |title| title.span.start);
    let above = file.document.tables.iter().filter(|table| table.span.start < first_heading);
    // A metadata table above the title is reported by `misplaced-table`.
    if above.into_iter().any(is_metadata) {
        return vec![];
    }
    let section = &file.document.headings[section];
    let header = cx.slate.format.metadata.header.join(" | ");
    let header = format!("| {header}|");
    let finding = match (lines_meant_as_table(file), goal::first_table(&file.document)) {
        (Some(lines), _) => {
            let source = &file.source;
            let first = source.line_span(source.line_index(lines.start as usize));
            let text = source.slice(lines);
            let lines_span = lines;
            let lines = || (source.line_index(lines.start as usize)..).map(|line| source.line_span(line));
            let delimiter = text.lines().position(is_delimiter_row).and_then(|line| lines().nth(line));
            let (help, place, meant) = match delimiter {
                Some(delimiter) if delimiter == first => {
                    let help = format!("add the header `{header}` directly above the delimiter row");
                    (help, Span::at(first.start as usize), format!("{header}\n"))
                }
                Some(delimiter) => {
                    let help = "use the same number of cells in the header and the delimiter row".to_owned();
                    (help, delimiter, "|---|---|".to_owned())
                }
                None if follows(source, lines_span) => {
                    let gap = gap_after(source, lines_span);
                    ("remove the blank line below the header".to_owned(), gap, source.line_end().to_owned())
                }
                None => {
                    let help = "add a delimiter row below the header: `|---|---|`".to_owned();
                    (help, Span::at(first.end as usize), "\n|---|---|".to_owned())
                }
            };
            Finding::new(first, "malformed table: the file is not read as a goal").help(help).meant(place, meant)
        }
        (None, Some((_, table))) => {
            Finding::new(table.head(), "expected a metadata table, found another table: the file is not read as a goal")
                .help(format!("add the metadata table before it, with the header `{header}`"))
        }
        (None, None) => Finding::new(anchor(file), "missing metadata table: this file has the sections of a goal")
            .help(format!("add the metadata table below the title, with the header `{header}`")),
    };
    vec![finding.related(file.id, section.content, "section of a goal")]
}

/// The blank lines below some lines.
fn gap_after(source: &Source, lines: Span) -> Span {
    let rest = source.slice(Span { start: lines.end, end: Span::at(source.text().len()).end });
    let blank = rest.len() - rest.trim_start().len();
    Span { start: lines.end, end: Span::at(lines.end as usize + blank).end }
}

/// Whether the next line of text is a delimiter row.
fn follows(source: &Source, lines: Span) -> bool {
    let next = gap_after(source, lines).end as usize;
    next < source.text().len() && is_delimiter_row(source.slice(source.line_span(source.line_index(next))))
}
