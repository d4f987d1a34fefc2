//! Prose that stands by itself: paragraphs and lists between blank lines that neither begin nor end anything else of the document.
//!
//! Without them its headings, tables, comments and code are the same, which are parsed in a third of the time.

use super::document::{Block, BlockKind, Document};
use crate::text::source::{Source, Span, whole_lines};

/// A block of prose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Prose {
    /// Its lines, with the end of the last.
    pub(crate) lines: Span,
    /// From the beginning of the block before it to the end of the one behind it: a change within may make it part of something.
    pub(crate) around: Span,
}

/// All prose that stands by itself, in the order of the text.
pub(crate) fn prose(source: &Source, document: &Document) -> Vec<Prose> {
    let blocks = &document.blocks;
    let tops: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].depth == 0).collect();
    let mut found = Vec::new();
    for (place, &at) in tops.iter().enumerate() {
        let next = tops.get(place + 1).copied();
        let Some(lines) = lines_of(source, &blocks[at..next.unwrap_or(blocks.len())]) else { continue };
        let before = place.checked_sub(1).map_or(0, |before| blocks[tops[before]].span.start);
        let behind = next.map_or(source.text().len(), |next| blocks[next].span.end as usize);
        found.push(Prose { lines, around: Span::new(before as usize..behind) });
    }
    found
}

/// The lines of a block, given with what it contains, if it is prose that stands by itself.
fn lines_of(source: &Source, blocks: &[Block]) -> Option<Span> {
    let (block, within) = blocks.split_first()?;
    match block.kind {
        BlockKind::Paragraph => {}
        BlockKind::List if within.iter().all(|one| is_of_list(one.kind)) => {}
        _ => return None,
    }
    let lines = whole_lines(source, block.span);
    let text = source.slice(lines);
    // What ends a comment or HTML has such a character, and so do rows. What is indented could belong to a list above it, and what
    // begins with a bracket could be a definition.
    let is_plain = memchr::memchr3(b'<', b'>', b'|', text.as_bytes()).is_none();
    let is_definite = !text.starts_with([' ', '\t', '[']) && !text.contains("]:");
    let is_apart = |line: Option<usize>| {
        line.is_none_or(|line| line >= source.line_count() || source.slice(source.line_span(line)).trim().is_empty())
    };
    let first = source.line_index(lines.start as usize);
    let behind = source.line_index(lines.end as usize);
    let is_apart =
        || is_apart(first.checked_sub(1)) && (lines.end as usize == source.text().len() || is_apart(Some(behind)));
    (is_plain && is_definite && is_apart()).then_some(lines)
}

fn is_of_list(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::List | BlockKind::Item | BlockKind::Paragraph)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prose_of(text: &str) -> Vec<String> {
        let source = Source::from_bytes("a.md", text.as_bytes().to_vec());
        let document = Document::parse(&source);
        prose(&source, &document).iter().map(|one| source.slice(one.lines).to_owned()).collect()
    }

    #[test]
    fn paragraphs_and_lists_between_blank_lines_are_prose() {
        let text = "# Title\n\nOne\ntwo.\n\n- a\n  - b\n\n- c\n\n| A | B |\n|---|---|\n| 1 | 2 |\n\nThe end";
        assert_eq!(prose_of(text), ["One\ntwo.\n", "- a\n  - b\n\n- c\n", "The end"]);
    }

    #[test]
    fn what_may_belong_to_something_else_is_none() {
        let text = "# Title\ndirectly below\n\nabove\n# Another\n\nends --> here\n\n[label]: nowhere of it\n\nA\n\n```\ncode\n```\n\n\
                    | no table\n\n> quoted\n\n- > quoted\n\n- [label]: https://a.org\n\n  indented\n";
        assert_eq!(prose_of(text), ["A\n"]);
    }
}
