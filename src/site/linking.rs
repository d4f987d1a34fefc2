//! Links on a page of a slate: they lead to the pages of the book, relative to the page.

use hashbrown::HashSet;

use crate::markdown::escape::encode;
use crate::model::slate::Slate;
use crate::rfc::linking::Linking;
use crate::rfc::scope::{directory, rebased};

/// The way of a page to the pages of its slate.
#[derive(Clone, Debug)]
pub(crate) struct FromPage<'p> {
    slate: &'p Slate,
    /// The page, by its path from the slate's directory.
    page: &'p str,
    /// What leads from the directory of the page to that of the slate: `../` as often as needed.
    up: String,
    /// The pages of the book, by their paths from the project's root.
    book: &'p HashSet<&'p str>,
}

impl<'p> FromPage<'p> {
    /// The way of a page, by its path from the slate's directory. `book` has the pages of the book, by their paths from the
    /// project's root.
    pub(crate) fn new(slate: &'p Slate, page: &'p str, book: &'p HashSet<&'p str>) -> FromPage<'p> {
        FromPage { slate, page, up: "../".repeat(page.matches('/').count()), book }
    }

    fn is_in_book(&self, page: &str) -> bool {
        self.book.contains(self.slate.path_of(page).as_str())
    }

    /// Where the file of a page is in the repository.
    fn in_repository(&self, page: &str) -> Option<String> {
        self.slate.config.source_address(&self.slate.path_of(page))
    }
}

impl Linking for FromPage<'_> {
    fn page(&self, page: &str) -> String {
        let relative = || format!("{}{}", self.up, encode(page));
        // A goal that is not accepted has no page.
        if self.is_in_book(page) { relative() } else { self.in_repository(page).unwrap_or_else(relative) }
    }

    fn has(&self, page: &str) -> bool {
        self.is_in_book(page) || self.in_repository(page).is_some()
    }

    /// A page that quotes may define the label itself, and the quoted text would lead there.
    fn keeps_labels(&self) -> bool {
        true
    }

    fn target(&self, target: &str, page: &str) -> String {
        match target.strip_prefix('#') {
            // A link of a page to itself stays one.
            Some(_) if page == self.page => target.to_owned(),
            Some(anchor) => format!("{}#{anchor}", self.page(page)),
            None => {
                let from_slate = rebased(target, directory(page));
                let target = from_slate.as_deref().unwrap_or(target);
                rebased(target, &self.up).unwrap_or_else(|| target.to_owned())
            }
        }
    }
}
