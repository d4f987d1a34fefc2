//! Whether a directive has an effect where it stands in the text of an RFC, and why not.

use super::cell::inside;
use super::front_matter::FrontMatterList;
use super::rfc_outline;
use super::slate::{File, FileKind, Slate};
use crate::markdown::definition::content_start;
use crate::markdown::directive::Directive;
use crate::markdown::document::{Block, BlockKind, Document};
use crate::policy::format::{Argument, DirectiveKind};
use crate::text::similarity::bare_name;
use crate::text::source::{Source, Span};

/// What keeps a directive from having an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Obstacle {
    /// The title of a page that the RFC takes in, which it leaves out.
    ChapterTitle,
    /// The site's note on the status, which it leaves out.
    StatusNote,
    /// The front matter.
    FrontMatter,
    /// The definition of a label.
    Definition,
    /// A heading, and what it makes is a table.
    Heading,
    /// A table, and what it makes is one itself.
    Table,
    /// A link, and what it makes is a table.
    Link,
    /// A tag of HTML, or what HTML shows as it is.
    Html,
    /// Emphasis, quotation marks or a full stop beside it, and what it makes is a table.
    Marks,
}

impl Obstacle {
    /// The place that it is, as readers know it.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Obstacle::ChapterTitle => "the title of a page that the RFC includes",
            Obstacle::StatusNote => "the status note",
            Obstacle::FrontMatter => "the front matter",
            Obstacle::Definition => "a link definition",
            Obstacle::Heading => "a heading",
            Obstacle::Table => "a table",
            Obstacle::Link => "a link",
            Obstacle::Html => "HTML",
            Obstacle::Marks => "emphasis or beside punctuation",
        }
    }
}

/// Whether a directive is replaced in a file that the RFC takes in.
pub(crate) fn has_effect(slate: &Slate, file: &File, directive: &Directive) -> bool {
    !stays_as_written(slate, directive) && obstacle(slate, file, directive).is_none()
}

/// Whether a directive stays as it is: it is unknown, it is for other places, or its argument is wrong, all of which are
/// findings.
pub(crate) fn stays_as_written(slate: &Slate, directive: &Directive) -> bool {
    let Some(kind) = slate.directive(directive) else { return true };
    match (kind.argument(), &directive.argument) {
        (Argument::Never, Some(_)) | (Argument::Always, None) => true,
        _ => matches!(kind, DirectiveKind::Metadata | DirectiveKind::Site { .. }),
    }
}

/// Whether something of an unknown name was meant as a directive. A comment may be a comment, and a goal may be about Lisp;
/// elsewhere three parentheses are nothing but a directive.
pub(crate) fn is_meant(slate: &Slate, file: &File, directive: &Directive) -> bool {
    let name = directive.name.value.as_str();
    let near = slate.format.meant_directive(name);
    match (directive.is_comment, file.kind) {
        (true, _) => near.is_some() && directive.in_capitals,
        (false, FileKind::Goal(_)) => {
            let is_same = near.is_some_and(|near| bare_name(near) == bare_name(name));
            is_same || name.chars().all(|c| c.is_alphabetic() || matches!(c, '#' | ' ' | '_'))
        }
        (false, _) => true,
    }
}

/// What keeps a directive from having an effect in a file that the RFC takes in, if anything does.
pub(crate) fn obstacle(slate: &Slate, file: &File, directive: &Directive) -> Option<Obstacle> {
    let span = directive.span;
    let document = &file.document;
    let is_chapter = file.kind != FileKind::Template;
    let first = document.headings.iter().find(|heading| !heading.nested).map(|heading| heading.span);
    if is_chapter && first.is_some_and(|first| first.contains(span)) {
        return Some(Obstacle::ChapterTitle);
    }
    if !is_chapter && first.is_none_or(|first| span.start < first.start) {
        if rfc_outline::status_note(&file.source, document).is_some_and(|note| note.contains(span)) {
            return Some(Obstacle::StatusNote);
        }
        if FrontMatterList::of(slate, file).is_some_and(|list| list.span.contains(span)) {
            return Some(Obstacle::FrontMatter);
        }
    }
    obstacle_in_text(&file.source, document, span, slate.directive(directive)?.makes_blocks())
}

/// What keeps a directive from having an effect where it is in a text; `makes_blocks` says whether it becomes blocks.
pub(crate) fn obstacle_in_text(
    source: &Source,
    document: &Document,
    span: Span,
    makes_blocks: bool,
) -> Option<Obstacle> {
    let below = document.definitions.partition_point(|one| one.span.start <= span.start);
    let definition = document.definitions[..below].last().filter(|one| !one.is_footnote());
    if definition.is_some_and(|one| one.span.contains(span)) {
        return Some(Obstacle::Definition);
    }
    if inside(&document.tags, span, |tag| tag.span).any(|tag| tag.contains(span)) {
        return Some(Obstacle::Html);
    }
    if !makes_blocks {
        return None;
    }
    let leaf = leaf(&document.blocks, span)?;
    match leaf.kind {
        BlockKind::Heading => Some(Obstacle::Heading),
        BlockKind::Table => Some(Obstacle::Table),
        BlockKind::Html if is_verbatim(source.slice(leaf.span)) => Some(Obstacle::Html),
        _ if document.links.iter().any(|link| link.span.contains(span)) => Some(Obstacle::Link),
        _ => has_marks_beside(source, span).then_some(Obstacle::Marks),
    }
}

/// Whether nothing but punctuation is beside a directive on its lines.
fn has_marks_beside(source: &Source, span: Span) -> bool {
    let first = source.line_index(span.start as usize);
    let last = source.line_span(source.line_index(span.end as usize));
    let start = content_start(source, first).min(span.start as usize);
    let beside = [
        source.slice(Span::new(start..span.start as usize)),
        source.slice(Span { start: span.end, end: last.end.max(span.end) }),
    ];
    let is_some = beside.iter().any(|text| !text.trim().is_empty());
    is_some && !beside.iter().any(|text| text.contains(char::is_alphanumeric))
}

/// Whether a blank line does not end a block of HTML, as with `<pre>`; comments are directives themselves.
fn is_verbatim(block: &str) -> bool {
    let block = block.trim_start();
    let begins = |tag: &str| block.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    ["<pre", "<script", "<style", "<textarea"].into_iter().any(begins)
}

/// The block of text that a place is in.
fn leaf(blocks: &[Block], span: Span) -> Option<&Block> {
    let before = &blocks[..blocks.partition_point(|block| block.span.start <= span.start)];
    before.last().filter(|block| block.span.contains(span))
}
