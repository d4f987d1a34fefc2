//! Where the links of generated text lead. The same tables are part of the RFC, which is read far from the pages of its slate,
//! and on those pages themselves.

use super::scope::{directory, rebased};
use super::site::Site;
use crate::markdown::escape::encode;

/// A way to link the pages of a slate.
pub(crate) trait Linking {
    /// The destination of a link to a page, by its path from the slate's directory.
    fn page(&self, page: &str) -> String;

    /// Whether a link to a page leads anywhere.
    fn has(&self, _: &str) -> bool {
        true
    }

    /// Whether a label alone in brackets leads where the page that it is quoted from says. In an RFC such a label is text: it has
    /// been so in all that were published, and a label that the RFC itself defines makes way for it.
    fn keeps_labels(&self) -> bool {
        false
    }

    /// The destination for which a page has written `target`, as seen from the generated text.
    fn target(&self, target: &str, page: &str) -> String;
}

/// Links lead to the files of the slate, from its directory: nobody says where the pages are published.
#[derive(Clone, Copy, Debug)]
pub(crate) struct AsWritten;

impl Linking for AsWritten {
    fn page(&self, page: &str) -> String {
        encode(page)
    }

    fn target(&self, target: &str, page: &str) -> String {
        match target.strip_prefix('#') {
            Some(anchor) => format!("{}#{anchor}", encode(page)),
            None => rebased(target, directory(page)).unwrap_or_else(|| target.to_owned()),
        }
    }
}

/// Links lead to the published pages.
impl Linking for Site {
    fn page(&self, page: &str) -> String {
        let page = encode(page);
        self.address(&page).unwrap_or(page)
    }

    fn target(&self, target: &str, page: &str) -> String {
        let target = match target.strip_prefix('#') {
            Some(anchor) => format!("{}#{anchor}", encode(page)),
            None => rebased(target, directory(page)).unwrap_or_else(|| target.to_owned()),
        };
        self.address(&target).unwrap_or(target)
    }
}
