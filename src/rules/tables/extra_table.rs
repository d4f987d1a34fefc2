//! Two task tables under one heading, or below two headings of one section, and a second metadata table: only the first counts.

use std::cell::OnceCell;

use hashbrown::HashSet;

use crate::diagnostics::finding::{Finding, Meant};
use crate::markdown::document::{HeadingId, TableId};
use crate::markdown::table::{Row, Table};
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::policy::format::TableFormat;
use crate::rules::context::LintContext;
use crate::text::ids::each;
use crate::text::source::{Source, Span, whole_lines};

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
    let known: HashSet<u32> = findings.iter().map(|finding| finding.span.start).collect();
    findings.extend(more_metadata(cx.slate, goal).into_iter().filter(|finding| !known.contains(&finding.span.start)));
    findings
}

/// Tables with rows of the metadata that are neither the goal's own nor those of a subgoal.
fn more_metadata(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let (source, tables) = (&file.source, &file.document.tables);
    let own = goal.plans.iter().flat_map(|plan| [Some(plan.table), plan.metadata.as_ref().map(|own| own.table)]);
    let read: HashSet<TableId> = own.flatten().chain([goal.metadata.table]).collect();
    let first = &tables[goal.metadata.table];
    let is_known = |row: &Row| row.cells.first().is_some_and(|cell| slate.format.knows_row(source.slice(*cell)));
    let is_metadata = |table: &Table| {
        // One that is quoted is an example. A single row is one of the metadata where there is no other.
        let line = source.line_span(source.line_index(table.span.start as usize));
        let is_quoted = source.slice(Span { start: line.start, end: table.span.start.max(line.start) }).contains('>');
        let rows = table.body();
        let are_known = table.header().len() == 2 && !rows.is_empty() && rows.iter().all(is_known);
        !is_quoted && (are_known || goal::looks_like_metadata(source, table, &slate.format))
    };
    let more = tables.iter_enumerated().filter(|(id, table)| !read.contains(id) && table.span.start > first.span.start);
    let name = |row: &Row| row.cells.first().map(|cell| slate.format.row_name(source.slice(*cell)).to_lowercase());
    // Few goals have a second one.
    let seen = OnceCell::new();
    let is_seen = |row: &Row| {
        let seen: &HashSet<_> = seen.get_or_init(|| first.rows.iter().map(name).collect());
        seen.contains(&name(row))
    };
    let finding = |table: &Table| {
        let mut finding = Finding::new(table.head(), "second metadata table")
            .label("ignored")
            .help("move its rows to the first one")
            .related(goal.file, first.head(), "first metadata table, which is used");
        // Of two that say the same, one may go.
        if let Some(whole) = duplicate(source, first, table) {
            return finding.help("remove it").fix(whole, "");
        }
        // What a row was meant to be that is there already is not known.
        let rows = table.body();
        let is_new = |row: &Row| is_known(row) && !is_seen(row);
        if let Some((top, bottom)) = rows.first().zip(rows.last()).filter(|_| rows.iter().all(is_new)) {
            let from = Some(Span { start: top.span.start, end: bottom.span.end });
            let place = Span::at(first.span.end as usize);
            finding = finding.meant(table.span, "");
            finding.meant.push(Meant { span: place, before: "\n".to_owned(), from, after: String::new() });
        }
        finding
    };
    more.map(|(_, table)| table).filter(|table| is_metadata(table)).map(finding).collect()
}

/// The lines of a table, with a blank one behind it, where every row of it is in another one, word by word.
fn duplicate(source: &Source, first: &Table, table: &Table) -> Option<Span> {
    let cells = |row: &Row| row.cells.iter().map(|cell| source.slice(*cell).to_owned()).collect::<Vec<_>>();
    let known: HashSet<Vec<String>> = first.rows.iter().map(cells).collect();
    if table.body().is_empty() || !table.rows.iter().all(|row| known.contains(&cells(row))) {
        return None;
    }
    let lines = whole_lines(source, table.span);
    let next = source.whole_line(lines.end as usize);
    let is_blank = source.slice(next).trim().is_empty();
    Some(Span { start: lines.start, end: if is_blank { next.end.max(lines.end) } else { lines.end } })
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
