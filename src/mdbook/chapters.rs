//! The chapters of a book, whatever they are nested in: their texts go out and come back, and new ones come below them.

use mdbook_preprocessor::book::{BookItem, Chapter, SectionNumber};

use crate::engine::{BookPage, RenderedPage};
use crate::sys::paths::with_slashes;

/// The pages of the chapters that have one, each before those below it. Drafts have none.
pub(super) fn pages(items: &[BookItem]) -> Vec<BookPage> {
    let mut pages = Vec::new();
    for item in items {
        let BookItem::Chapter(chapter) = item else { continue };
        // Other preprocessors may have moved it, but links are written as seen from its file.
        if let Some(path) = chapter.source_path.as_ref().or(chapter.path.as_ref()) {
            let (name, text) = (chapter.name.clone(), chapter.content.clone());
            pages.push(BookPage { name, path: with_slashes(path), text });
        }
        pages.extend(self::pages(&chapter.sub_items));
    }
    pages
}

/// Gives each chapter the text of its page, and the chapters that come below it. The pages come in the order of [`pages`].
pub(super) fn fill(items: &mut [BookItem], pages: &mut impl Iterator<Item = RenderedPage>) {
    for item in items {
        let BookItem::Chapter(chapter) = item else { continue };
        let has_page = chapter.source_path.is_some() || chapter.path.is_some();
        let page = if has_page { pages.next() } else { None };
        fill(&mut chapter.sub_items, pages);
        if let Some(page) = page {
            chapter.content = page.text;
            page.chapters.into_iter().for_each(|below| add(chapter, below));
        }
    }
}

/// Adds a chapter below another, numbered on from those that are there.
fn add(above: &mut Chapter, page: BookPage) {
    let is_numbered = |item: &&BookItem| matches!(item, BookItem::Chapter(chapter) if chapter.number.is_some());
    let before = above.sub_items.iter().filter(is_numbered).count();
    let next = u32::try_from(before + 1).unwrap_or(u32::MAX);
    let number = above.number.as_ref().map(|number| number.iter().copied().chain([next]).collect::<SectionNumber>());
    let parents = above.parent_names.iter().chain([&above.name]).cloned().collect();
    let chapter = Chapter { number, ..Chapter::new(&page.name, page.text, page.path, parents) };
    above.sub_items.push(BookItem::Chapter(chapter));
}
