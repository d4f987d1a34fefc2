//! Which blocks of a goal are still instructions of the template.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Block, BlockKind, Document, HeadingId};
use crate::markdown::suppression::is_suppression;
use crate::model::goal;
use crate::model::goal_template::{Leftover, reads_like_instruction};
use crate::model::slate::{File, FileKind, Slate};
use crate::text::source::Span;

/// How many blocks before a place are asked whether they contain it: an instruction is a block quote of a few paragraphs at
/// most, and a list in it of a few items.
pub(crate) const MAX_AROUND: usize = 32;

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
pub(crate) fn is_inside(slate: &Slate, file: &File, span: Span, known: &mut HashMap<usize, Option<Leftover>>) -> bool {
    let blocks = &file.document.blocks;
    let after = blocks.partition_point(|block| block.span.start <= span.start);
    // A block comes after those that contain it.
    let around =
        blocks[..after].iter().enumerate().rev().take(MAX_AROUND).filter(|(_, block)| block.span.contains(span));
    let mut around = around.filter(|(_, block)| matches!(block.kind, BlockKind::Quote | BlockKind::Paragraph));
    around.any(|(index, block)| match *known.entry(index).or_insert_with(|| leftover(slate, file, index, block)) {
        Some(Leftover::Whole) => true,
        Some(Leftover::Part(part)) => part.contains(span),
        None => false,
    })
}

pub(crate) fn leftover(slate: &Slate, file: &File, index: usize, block: &Block) -> Option<Leftover> {
    // Of quotations in each other, every one holds the text of all that are further in.
    if usize::from(block.depth) > MAX_AROUND {
        return None;
    }
    let source = &file.source;
    let template = slate.goal_template.as_ref();
    let found = template.and_then(|template| template.in_block(source, block.span));
    if found == Some(Leftover::Whole) || !goal::may_be_instruction(source, block) {
        return found;
    }
    let words = goal::words(source, block.span);
    let is_known = template.is_some_and(|template| template.instructions.contains(&words));
    let heading = || heading_above(file, index).map(|(_, text)| text);
    match is_known || reads_like_instruction(&words, block.kind, heading()) {
        true => Some(Leftover::Whole),
        false => found,
    }
}

/// The heading directly above a block, and its text where the block is all that is below it. Words to the linter are no part of
/// the text: one that allows the block stands between both.
pub(crate) fn heading_above(file: &File, index: usize) -> Option<(HeadingId, &str)> {
    let document: &Document = &file.document;
    let is_text = |block: &&Block| block.kind != BlockKind::Html || !is_suppression(file.source.slice(block.span));
    let block = document.blocks[index];
    let above = document.blocks[..index].iter().rev().find(is_text).filter(|above| above.kind == BlockKind::Heading)?;
    let inside = document.blocks[index + 1..].iter().take_while(|other| block.span.contains(other.span)).count();
    let next = document.blocks[index + 1 + inside..].iter().find(is_text);
    let is_alone = next.is_none_or(|next| next.kind == BlockKind::Heading);
    let heading = document.headings.binary_search_by_key(&above.span, |heading| heading.span).ok()?;
    is_alone.then(|| (heading, document.headings[heading].text.as_str()))
}
