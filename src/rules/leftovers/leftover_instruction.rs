//! Instructions of a template that are still in a goal's text.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::markdown::table::Table;
use crate::model::goal::Goal;
use crate::model::goal_template::{Leftover, is_leftover_heading};
use crate::model::slate::{File, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::instructions::{heading_above, leftover};
use crate::rules::shared::template_rows;
use crate::text::source::Span;

/// Whoever removes one of them removes all.
const WHOLE_FILE: &str = "";

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let mut findings = Vec::new();
    // What lies before this has been judged as a whole.
    let mut judged = 0;
    for (index, block) in file.document.blocks.iter().enumerate() {
        if block.span.start < judged || !matches!(block.kind, BlockKind::Quote | BlockKind::Paragraph) {
            continue;
        }
        match leftover(cx.slate, file, index, block) {
            Some(Leftover::Whole) => {
                judged = block.span.end;
                if !follows_leftover_heading(cx.slate, file, index) {
                    findings.push(finding(first_line(file, block.span)));
                }
            }
            // The paragraphs of a quotation are judged one by one.
            Some(Leftover::Part(_)) if block.kind == BlockKind::Quote => {}
            Some(Leftover::Part(part)) => findings.push(finding(first_line(file, part))),
            None => {}
        }
    }
    findings.extend(remarks(cx.slate, goal));
    findings
}

/// Whether a heading of the template is directly above, which `leftover-heading` is about.
fn follows_leftover_heading(slate: &Slate, file: &File, index: usize) -> bool {
    let heading = heading_above(file, index).map(|(heading, _)| &file.document.headings[heading]);
    heading.is_some_and(|heading| is_leftover_heading(slate.goal_template.as_deref(), heading))
}

/// Cells after the second that say what the template says there, in rows that are the author's own.
fn remarks(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let Some(template) = &slate.goal_template else { return vec![] };
    let file = slate.file_of(goal);
    let rows = file.document.tables.iter().flat_map(Table::body);
    let cells = rows.flat_map(|row| row.cells.iter().skip(2).map(move |cell| (row, *cell)));
    let left = cells.filter(|(row, cell)| {
        let first = row.cells.first().map_or("", |first| file.source.slice(*first));
        template.remarks_on(first, file.source.slice(*cell)) && !template_rows::is_leftover(slate, &file.source, row)
    });
    left.map(|(_, cell)| {
        Finding::new(cell, "leftover template note")
            .help("describe this row, or leave the cell empty")
            .group(WHOLE_FILE)
    })
    .collect()
}

pub(crate) fn finding(span: Span) -> Finding {
    Finding::new(span, "leftover template instruction")
        .help("replace it with your own text, or remove it")
        .group(WHOLE_FILE)
}

fn first_line(file: &File, span: Span) -> Span {
    let first = file.source.line_span(file.source.line_index(span.start as usize));
    Span { start: span.start, end: span.end.min(first.end) }
}
