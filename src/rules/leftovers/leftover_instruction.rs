//! Instructions of a template that are still in a goal's text.

use std::collections::HashMap;

use super::leftover_row;
use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Block, BlockKind, Document};
use crate::markdown::table::Table;
use crate::model::goal::{self, Goal};
use crate::model::goal_template::{Leftover, is_leftover_heading, reads_like_instruction};
use crate::model::slate::{File, FileKind, Slate};
use crate::text::source::Span;

/// How many blocks before a place are asked whether they contain it: an instruction is a block quote of a few paragraphs at
/// most, and a list in it of a few items.
const MOST_AROUND: usize = 32;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let mut findings = Vec::new();
    // What lies before this has been judged as a whole.
    let mut judged = 0;
    for (index, block) in file.document.blocks.iter().enumerate() {
        if block.span.start < judged || !matches!(block.kind, BlockKind::Quote | BlockKind::Paragraph) {
            continue;
        }
        match leftover(slate, file, index, block) {
            Some(Leftover::Whole) => {
                judged = block.span.end;
                if !follows_leftover_heading(slate, file, index) {
                    findings.push(finding(first_line(file, block.span)));
                }
            }
            // The paragraphs of a quotation are judged one by one.
            Some(Leftover::Part(_)) if block.kind == BlockKind::Quote => {}
            Some(Leftover::Part(part)) => findings.push(finding(first_line(file, part))),
            None => {}
        }
    }
    findings.extend(remarks(slate, goal));
    findings
}

/// Findings of another rule without those in what is to be taken out anyway.
pub(crate) fn outside(slate: &Slate, file: &File, mut findings: Vec<Finding>) -> Vec<Finding> {
    if matches!(file.kind, FileKind::Goal(_)) {
        // A block is read once, however many findings it has.
        let mut known = HashMap::new();
        findings.retain(|finding| !is_inside(slate, file, finding.span, &mut known));
    }
    findings
}

/// Whether a place lies in an instruction; `known` is what has been found out about blocks.
fn is_inside(slate: &Slate, file: &File, span: Span, known: &mut HashMap<usize, Option<Leftover>>) -> bool {
    let blocks = &file.document.blocks;
    let after = blocks.partition_point(|block| block.span.start <= span.start);
    // A block comes after those that contain it.
    let around =
        blocks[..after].iter().enumerate().rev().take(MOST_AROUND).filter(|(_, block)| block.span.contains(span));
    let mut around = around.filter(|(_, block)| matches!(block.kind, BlockKind::Quote | BlockKind::Paragraph));
    around.any(|(index, block)| match *known.entry(index).or_insert_with(|| leftover(slate, file, index, block)) {
        Some(Leftover::Whole) => true,
        Some(Leftover::Part(part)) => part.contains(span),
        None => false,
    })
}

fn leftover(slate: &Slate, file: &File, index: usize, block: &Block) -> Option<Leftover> {
    // Of quotations in each other, every one holds the text of all that are further in.
    if usize::from(block.depth) > MOST_AROUND {
        return None;
    }
    let (source, document) = (&file.source, &file.document);
    let template = slate.goal_template.as_ref();
    let found = template.and_then(|template| template.in_block(source, block.span));
    if found == Some(Leftover::Whole) || !goal::may_be_instruction(source, block) {
        return found;
    }
    let is_known = template.is_some_and(|template| template.instructions.contains(&goal::words(source, block.span)));
    let heading = || heading_above(document, index).map(|(_, text)| text);
    match is_known || reads_like_instruction(source, block.kind, block.span, heading()) {
        true => Some(Leftover::Whole),
        false => found,
    }
}

/// The heading directly above a block, and its text where the block is all that is below it.
fn heading_above(document: &Document, index: usize) -> Option<(usize, &str)> {
    let block = document.blocks[index];
    let above = document.blocks[..index].last().filter(|above| above.kind == BlockKind::Heading)?;
    let inside = document.blocks[index + 1..].iter().take_while(|other| block.span.contains(other.span)).count();
    let next = document.blocks.get(index + 1 + inside);
    let is_alone = next.is_none_or(|next| next.kind == BlockKind::Heading);
    let heading = document.headings.binary_search_by_key(&above.span, |heading| heading.span).ok()?;
    is_alone.then(|| (heading, document.headings[heading].text.as_str()))
}

/// Whether a heading of the template is directly above, which `leftover-heading` is about.
fn follows_leftover_heading(slate: &Slate, file: &File, index: usize) -> bool {
    let heading = heading_above(&file.document, index).map(|(heading, _)| &file.document.headings[heading]);
    heading.is_some_and(|heading| is_leftover_heading(slate.goal_template.as_ref(), heading))
}

/// Cells after the second that say what the template says there, in rows that are the author's own.
fn remarks(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let Some(template) = &slate.goal_template else { return vec![] };
    let file = slate.file_of(goal);
    let rows = file.document.tables.iter().flat_map(Table::body);
    let cells = rows.flat_map(|row| row.cells.iter().skip(2).map(move |cell| (row, *cell)));
    let left = cells.filter(|(row, cell)| {
        template.remarks_on(file.source.slice(*cell)) && !leftover_row::is_leftover(slate, &file.source, row)
    });
    left.map(|(_, cell)| {
        Finding::new(cell, "leftover template note").help("describe this row, or leave the cell empty")
    })
    .collect()
}

fn finding(span: Span) -> Finding {
    Finding::new(span, "leftover template instruction").help("replace it with your own text, or remove it")
}

fn first_line(file: &File, span: Span) -> Span {
    let first = file.source.line_span(file.source.line_index(span.start as usize));
    Span { start: span.start, end: span.end.min(first.end) }
}
