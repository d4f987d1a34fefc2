//! Two task tables under one heading: only the first counts.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::period::SectionFact;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let document = &slate.file_of(goal).document;
    let Some(section) = goal::section(document, &slate.format, SectionFact::Asks) else { return vec![] };
    let mut findings = Vec::new();
    for heading in std::iter::once(section).chain(goal::headings_below(document, section)) {
        let mut tables = goal::tables_under(document, heading);
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
