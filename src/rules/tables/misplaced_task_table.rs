//! A table of tasks or asks outside of the section from which it is read.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Document;
use crate::markdown::table::Table;
use crate::model::cell::cell_text;
use crate::model::goal::{self, Goal};
use crate::model::slate::File;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let document = &file.document;
    // Without the section, `missing-section` speaks.
    let sections = goal::sections_with_tables(document, &cx.slate.format);
    let mut findings = Vec::new();
    for (section, format) in sections {
        let name = &document.headings[section].text;
        let below = goal::headings_below(document, section);
        let end = document.headings.get(below.end).map_or(u32::MAX, |next| next.span.start);
        let range = document.headings[section].span.start..end;
        let outside = document.tables.iter().filter(|table| !range.contains(&table.span.start));
        for table in outside.filter(|table| is_of(file, table, &format.header)) {
            let Some(heading) = heading_above(document, table) else { continue };
            // A second section of that name is reported by `extra-table`.
            if heading.text == *name {
                continue;
            }
            let message = format!("table belongs to the section `{name}`, not below `{}`", heading.text);
            findings.push(
                Finding::new(table.head(), message)
                    .label("ignored")
                    .help(format!("move it below the heading `{name}`"))
                    .related(goal.file, document.headings[section].content, "expected here"),
            );
        }
    }
    findings
}

fn is_of(file: &File, table: &Table, header: &[String]) -> bool {
    let cells = table.header();
    let same =
        |(cell, name): (&crate::text::source::Span, &String)| cell_text(&file.source, *cell).eq_ignore_ascii_case(name);
    cells.len() == header.len() && cells.iter().zip(header).all(same)
}

fn heading_above<'d>(document: &'d Document, table: &Table) -> Option<&'d crate::markdown::document::Heading> {
    let after = document.headings.partition_point(|heading| heading.span.start < table.span.start);
    document.headings[..after].last()
}
