//! Text of one page of the RFC that ends up below a heading of the page before it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{BlockKind, Document};
use crate::model::rfc_outline::{Chapter, chapters};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let slate = cx.slate;
    let Some(template) = slate.template() else { return vec![] };
    let file = &slate.files[template];
    let chapters = chapters(slate, file);
    let judge = |pair: &[Chapter]| {
        let [before, chapter] = pair else { return None };
        // A heading of the template between the two takes the text in.
        let between = Span { start: before.item.end, end: chapter.item.start };
        if file.document.headings.iter().any(|heading| between.contains(heading.span)) {
            return None;
        }
        let heading = last_heading(&slate.files[before.page])?;
        let text = first_text(&slate.files[chapter.page].document)?;
        let (page, above) = (slate.page_of(chapter.page), slate.page_of(before.page));
        let message = format!("the introduction of `{page}` would be part of the last section of `{above}`");
        let finding = Finding::new(chapter.item, message)
            .help("add a heading above this item, or give the text in the page a heading of its own")
            .related(before.page, heading, "this section")
            .related(chapter.page, text, "this introduction");
        Some((template, finding))
    };
    chapters.windows(2).filter_map(judge).collect()
}

/// The last heading of a page that stays when the page is included.
fn last_heading(file: &File) -> Option<Span> {
    let mut headings = file.document.headings.iter().filter(|heading| !heading.nested);
    headings.next()?;
    headings.next_back().map(|heading| heading.content)
}

/// What a page says above its first heading but for its title.
fn first_text(document: &Document) -> Option<Span> {
    let mut headings = document.headings.iter().filter(|heading| !heading.nested).map(|heading| heading.span);
    let title = headings.next()?;
    let next = headings.next().map_or(u32::MAX, |next| next.start);
    let is_text = |kind| !matches!(kind, BlockKind::Heading | BlockKind::Html | BlockKind::Rule);
    let mut blocks = document.blocks.iter().filter(|block| block.depth == 0 && is_text(block.kind));
    blocks.find(|block| block.span.start >= title.end && block.span.end <= next).map(|block| block.span)
}
