//! Two task tables under one heading: only the first counts.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let document = &slate.file_of(goal).document;
    let source = &slate.file_of(goal).source;
    let mut findings = Vec::new();
    let sections = goal::sections_with_tables(document, &slate.format);
    let headings = sections.iter().flat_map(|(section, format)| {
        let below = goal::headings_below(document, *section);
        std::iter::once(*section).chain(below).map(move |heading| (heading, *format))
    });
    for (heading, format) in headings {
        let counts = |table: &usize| !format.among_others || goal::is_meant(source, &document.tables[*table], format);
        let mut tables = goal::tables_under(document, heading).filter(counts);
        let Some(first) = tables.next() else { continue };
        let head =
            |table: usize| document.tables[table].rows.first().map_or(document.tables[table].span, |row| row.span);
        for table in tables {
            findings.push(
                Finding::new(head(table), "this is the second table under its heading")
                    .label("ignored")
                    .help("join the two tables, or give this one a heading of its own")
                    .related(goal.file, head(first), "the first one, which counts"),
            );
        }
    }
    findings
}
