//! Pages that a template was meant to include in the RFC, and only links to.

use super::rfc_outline::{Chapter, chapters, page_at};
use super::slate::{File, Slate};
use crate::markdown::document::{Block, BlockKind, Link};
use crate::policy::format::DirectiveKind;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// An item, or a paragraph, that stays a link.
#[derive(Clone, Debug)]
pub(crate) struct UnincludedPage {
    /// The item or paragraph.
    pub(crate) span: Span,
    /// The text of its link.
    pub(crate) title: Span,
    /// Where the link leads.
    pub(crate) page: FileId,
}

/// So many words beside a link do not make a sentence of an item.
const WORDS: usize = 3;

/// The pages with tables of an RFC to which an item or a paragraph of the template does hardly more than link. In a slate that
/// is over, the template has become a page, and its links are links.
pub(crate) fn unincluded_pages(slate: &Slate) -> Vec<UnincludedPage> {
    let Some(template) = slate.template().filter(|_| slate.format.rfc.chapters && !slate.is_closed) else {
        return Vec::new();
    };
    let file = &slate.files[template];
    let included = chapters(slate, file);
    let blocks = &file.document.blocks;
    let is_candidate = |(place, block): &(usize, &Block)| match block.kind {
        // Of a list within a list, the inner item.
        BlockKind::Item => {
            let mut inside = blocks[place + 1..].iter().take_while(|inner| inner.span.start < block.span.end);
            !inside.any(|inner| inner.kind == BlockKind::Item)
        }
        BlockKind::Paragraph => block.depth == 0,
        _ => false,
    };
    blocks
        .iter()
        .enumerate()
        .filter(is_candidate)
        .filter_map(|(_, block)| judge(slate, file, block, &included))
        .collect()
}

fn judge(slate: &Slate, file: &File, block: &Block, included: &[Chapter]) -> Option<UnincludedPage> {
    if included.iter().any(|chapter| chapter.item.contains(block.span)) {
        return None;
    }
    let links = &file.document.links;
    let mut inside = links[links.partition_point(|link| link.span.start < block.span.start)..].iter();
    let link = inside.next().filter(|link| block.span.contains(link.span) && !link.image)?;
    if inside.next().is_some_and(|next| block.span.contains(next.span)) {
        return None;
    }
    let page = page_meant(slate, &link.target)?;
    let makes_tables = || {
        let mut kinds = slate.files[page].directives.iter().filter_map(|directive| slate.directive(directive));
        kinds.any(DirectiveKind::makes_blocks)
    };
    let beside = words_beside(file, block, link);
    let is_item = block.kind == BlockKind::Item;
    let is_meant = beside <= WORDS || is_item && has_own_line(file, block, link);
    let found = UnincludedPage { span: block.span, title: link.text, page };
    (is_meant && !slate.in_rfc().contains(&page) && makes_tables()).then_some(found)
}

/// The page that a target leads to, in whatever way it says so.
fn page_meant(slate: &Slate, target: &str) -> Option<FileId> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let site = slate.config.site.as_deref().map(|site| format!("{}/{}/", site.trim_end_matches('/'), slate.site_path));
    let target = site.and_then(|site| target.strip_prefix(site.as_str())).unwrap_or(target);
    let own = format!("../{}/", slate.name);
    let target = target.trim_start_matches("./");
    let target = target.strip_prefix(own.as_str()).unwrap_or(target);
    match target.strip_suffix(".html") {
        Some(page) => page_at(slate, &format!("{page}.md")),
        None => page_at(slate, target),
    }
}

/// The words of a block that are not in its link.
fn words_beside(file: &File, block: &Block, link: &Link) -> usize {
    let text = file.source.slice(block.span);
    let (start, end) = (link.span.start - block.span.start, link.span.end - block.span.start);
    let beside = [&text[..start as usize], &text[end as usize..]];
    beside.iter().flat_map(|part| part.split_whitespace()).filter(|word| word.contains(char::is_alphabetic)).count()
}

/// Whether a link has the first line of its item to itself.
fn has_own_line(file: &File, block: &Block, link: &Link) -> bool {
    let line = file.source.line_span(file.source.line_index(link.span.end as usize));
    let before = file.source.slice(Span { start: block.span.start, end: link.span.start });
    let after = file.source.slice(Span { start: link.span.end, end: line.end.max(link.span.end) });
    !before.contains(char::is_alphanumeric) && after.trim().is_empty()
}
