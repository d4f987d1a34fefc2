//! Two task tables under one heading, or below two headings of one section: only the first counts.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{HeadingId, TableId};
use crate::markdown::table::Table;
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::policy::format::TableFormat;
use crate::rules::context::LintContext;
use crate::text::ids::each;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let document = &cx.slate.file_of(goal).document;
    let source = &cx.slate.file_of(goal).source;
    let mut findings = Vec::new();
    let sections = goal::sections_with_tables(document, &cx.slate.format);
    let headings = sections.iter().flat_map(|(section, format)| {
        let below = goal::headings_below(document, *section);
        std::iter::once(*section).chain(each(below)).map(move |heading| (heading, *format))
    });
    for (heading, format) in headings {
        let counts = |table: &TableId| !format.among_others || goal::is_meant(source, &document.tables[*table], format);
        let mut tables = goal::tables_under(document, heading).filter(counts);
        let Some(first) = tables.next() else { continue };
        let head =
            |table: TableId| document.tables[table].rows.first().map_or(document.tables[table].span, |row| row.span);
        for table in tables {
            findings.push(
                Finding::new(head(table), "second table below the same heading")
                    .label("ignored")
                    .help("merge the two tables, or add a heading before this one")
                    .related(goal.file, head(first), "first table, which is used"),
            );
        }
    }
    findings.extend(sections.iter().flat_map(|(section, format)| below_repeated(cx.slate, goal, *section, format)));
    findings
}

/// The tables below a second heading of a section.
fn below_repeated(slate: &Slate, goal: &Goal, section: HeadingId, format: &TableFormat) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let headings = &file.document.headings;
    let name = &headings[section].text;
    let rest =
        each(section.next()..headings.next_key()).filter(|at| !headings[*at].nested && headings[*at].text == *name);
    let tables = rest.flat_map(|heading| goal::tables_under(&file.document, heading));
    let tables = tables.map(|table| &file.document.tables[table]);
    let finding = |table: &Table| {
        Finding::new(table.head(), format!("table below a second heading `{name}`"))
            .label("ignored")
            .help("merge it with the content of the first one")
            .related(goal.file, headings[section].content, "first heading, which is used")
    };
    tables.filter(|table| goal::is_meant(&file.source, table, format)).map(finding).collect()
}
