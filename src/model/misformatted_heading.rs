//! Lines that were meant as headings and are none: without the space after their marks, or in bold.

use crate::markdown::document::{BlockKind, Document};
use crate::policy::format::Format;
use crate::text::source::{Source, Span};

/// A line that was meant as a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MisformattedHeading {
    /// The line.
    pub span: Span,
    /// What the heading would say.
    pub text: String,
    /// The heading as it should be written.
    pub proper: String,
}

/// Finds them. A line in bold counts only with the name of a section, one with marks where letters follow: `#123` is an issue
/// and `#[attr]` is code.
pub(crate) fn misformatted_headings(source: &Source, document: &Document, format: &Format) -> Vec<MisformattedHeading> {
    let is_paragraph = |kind: BlockKind| kind == BlockKind::Paragraph;
    let paragraphs = document.blocks.iter().filter(|block| is_paragraph(block.kind) && block.depth == 0);
    let mut found = Vec::new();
    for paragraph in paragraphs.map(|block| block.span) {
        let text = source.slice(paragraph);
        if text.starts_with("**") || text.starts_with("__") {
            found.extend(bold(text, paragraph, format));
        } else if has_line_with_mark(text.as_bytes()) {
            found.extend(without_space(source, paragraph, format));
        }
    }
    found
}

/// Whether a line of a text begins with the mark of a heading.
fn has_line_with_mark(text: &[u8]) -> bool {
    memchr::memchr_iter(b'#', text).any(|at| at == 0 || matches!(text[at - 1], b'\n' | b'\r'))
}

fn bold(text: &str, span: Span, format: &Format) -> Option<MisformattedHeading> {
    let inner = text.trim_end_matches(':');
    let inner = ["**", "__"].iter().find_map(|mark| inner.strip_prefix(mark)?.strip_suffix(mark))?;
    // A section has no user in its name.
    let inner = Some(inner.trim().trim_end_matches(':')).filter(|inner| !inner.contains('@'))?;
    let section = format.meant_section(inner)?;
    Some(MisformattedHeading { span, text: inner.to_owned(), proper: format!("## {section}") })
}

fn without_space(source: &Source, paragraph: Span, format: &Format) -> Vec<MisformattedHeading> {
    let first = source.line_index(paragraph.start as usize);
    let last = source.line_index(paragraph.end.saturating_sub(1).max(paragraph.start) as usize);
    let lines = (first..=last).map(|line| source.line_span(line));
    let lost = |line: Span| {
        let text = source.slice(line);
        let rest = text.trim_start_matches('#');
        let level = text.len() - rest.len();
        let name = rest.trim_end().trim_end_matches('#').trim_end();
        let is_section = || format.meant_section(name).is_some();
        let is_heading =
            (1..=6).contains(&level) && rest.starts_with(char::is_alphabetic) && (level > 1 || is_section());
        let span = line.part(0..text.trim_end().len());
        is_heading.then(|| MisformattedHeading {
            span,
            text: name.to_owned(),
            proper: format!("{} {name}", "#".repeat(level)),
        })
    };
    lines.filter_map(lost).collect()
}
