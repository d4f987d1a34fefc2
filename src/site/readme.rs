//! Links to `README.md`: mdBook's own preprocessor `index` makes `index.md` of such a page, and lets the links to it lead
//! nowhere.

use std::ops::Range;

use hashbrown::HashSet;

use crate::markdown::document::{Document, LinkKind};
use crate::text::edits::Edits;
use crate::text::source::Source;

/// The names of such a page in links.
const NAMES: [&str; 2] = ["README.md", "README.html"];

/// Replaces the name in the links of a text to pages of the book, which `book` has by their paths from the project's root. `page`
/// is the path of the page that the text is on.
pub(crate) fn rename(source: &Source, document: &Document, page: &str, book: &HashSet<&str>, edits: &mut Edits) {
    if memchr::memmem::find(source.text().as_bytes(), b"README.").is_none() {
        return;
    }
    let inline = document.links.iter().filter(|link| link.kind != LinkKind::Autolink);
    let inline = inline.filter_map(|link| link.destination);
    let definitions = document.definitions.iter().filter(|one| !one.is_footnote()).map(|one| one.target);
    for span in inline.chain(definitions) {
        if let Some(name) = name(source.slice(span), page, book).map(|name| span.part(name)) {
            edits.replace(name, if name.range().len() == NAMES[0].len() { "index.md" } else { "index.html" });
        }
    }
}

/// Where the name is in a target that leads to such a page of the book.
fn name(target: &str, page: &str, book: &HashSet<&str>) -> Option<Range<usize>> {
    let path = &target[..target.find(['?', '#']).unwrap_or(target.len())];
    let name = NAMES.into_iter().find(|name| path.ends_with(name))?;
    let above = path.strip_suffix(name)?;
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in above.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    parts.push(NAMES[0]);
    let is_relative = !path.starts_with('/') && !path.contains(':');
    let is_page = is_relative && book.contains(parts.join("/").as_str());
    is_page.then_some(above.len()..path.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_the_book_are_renamed() {
        let book = HashSet::from(["src/README.md", "src/2026/README.md"]);
        for (target, expected) in [
            ("README.md", Some(0..9)),
            ("./README.md#goals", Some(2..11)),
            ("../README.html?x#y", Some(3..14)),
            ("../2025h1/README.md", None),
            ("../../README.md", None),
            ("https://example.org/README.md", None),
            ("/README.md", None),
            ("MYREADME.md", None),
            ("#README.md", None),
        ] {
            assert_eq!(name(target, "src/2026/goals.md", &book), expected, "{target}");
        }
    }
}
