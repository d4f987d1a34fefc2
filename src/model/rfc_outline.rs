//! Which files become the RFC: the template, and the pages of the slate that it includes as a list item with nothing but a link.

use hashbrown::HashMap;

use super::slate::{File, FileKind, Slate};
use crate::markdown::document::{Block, BlockKind, Document, Link, LinkKind};
use crate::text::ids::FileId;
use crate::text::source::{Source, Span};

/// A list item of the template and the page that replaces it.
pub(crate) struct Chapter {
    /// The item.
    pub(crate) item: Span,
    /// The page.
    pub(crate) page: FileId,
}

/// Whether a file's text goes into the RFC.
pub(crate) fn is_in_rfc(slate: &Slate, file: &File) -> bool {
    matches!(file.kind, FileKind::Template | FileKind::Page) && slate.in_rfc().contains(&file.id)
}

/// Finds [`Slate::in_rfc`].
pub(crate) fn files_in_rfc(slate: &Slate) -> Vec<FileId> {
    let Some(template) = slate.template() else { return Vec::new() };
    let chapters = chapters(slate, &slate.files[template]);
    std::iter::once(template).chain(chapters.into_iter().map(|chapter| chapter.page)).collect()
}

/// For each page that the RFC includes, the template and the first item of it that does so.
pub(crate) fn including_items(slate: &Slate) -> HashMap<FileId, (FileId, Span)> {
    let Some(template) = slate.template() else { return HashMap::new() };
    let chapters = chapters(slate, &slate.files[template]);
    // The first counts, so the last are put in first.
    chapters.into_iter().rev().map(|chapter| (chapter.page, (template, chapter.item))).collect()
}

/// The chapters of a template, in its order.
pub(crate) fn chapters(slate: &Slate, file: &File) -> Vec<Chapter> {
    if !slate.format.rfc.chapters {
        return Vec::new();
    }
    let links = file.document.links.iter().filter(|link| link.kind == LinkKind::Inline && !link.image);
    let links: HashMap<Span, &Link> = links.map(|link| (link.span, link)).collect();
    let items = file.document.blocks.iter().filter(|block| block.kind == BlockKind::Item && block.depth == 1);
    let chapter = |item: &Block| {
        let link = links.get(&content(file, item))?;
        let page = page_at(slate, &link.target)?;
        Some(Chapter { item: item.span, page })
    };
    items.filter_map(chapter).collect()
}

/// The page of the slate, no goal, to which a link from its directory leads.
pub(crate) fn page_at(slate: &Slate, target: &str) -> Option<FileId> {
    let path = slate.path_of(target.trim_start_matches("./"));
    // Files are sorted by path.
    let page = slate.files.binary_search_by(|other| other.source.path().cmp(&path)).ok()?;
    (slate.files[page].kind == FileKind::Page).then_some(page)
}

/// What follows the mark of a list item.
pub(crate) fn content(file: &File, item: &Block) -> Span {
    let text = file.source.slice(item.span).trim_end();
    let content =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' '));
    item.span.part(text.len() - content.len()..text.len())
}

/// The site's status note: a quotation above the first heading that begins with a badge `Status: …`.
pub(crate) fn status_note(source: &Source, document: &Document) -> Option<Span> {
    let first_heading = document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
    let quotes = document.blocks.iter().filter(|block| block.kind == BlockKind::Quote && block.depth == 0);
    let above = quotes.filter(|block| block.span.start < first_heading).map(|block| block.span);
    above.into_iter().find(|quote| {
        let badge = document.links.iter().find(|link| link.image && quote.contains(link.span));
        let begins = |image: Span| {
            let before = source.slice(Span { start: quote.start, end: image.start });
            before.chars().all(|c| matches!(c, '>' | ' ' | '*' | '_'))
        };
        badge.is_some_and(|badge| source.slice(badge.text).starts_with("Status:") && begins(badge.span))
    })
}
