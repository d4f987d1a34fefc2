//! Where links lead in the self-contained text: to the published pages.

use crate::markdown::address::{address_within, has_scheme};
use crate::markdown::escape::{encode, without_escapes};

/// The published site, and where a slate's pages are on it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    address: String,
    /// The addresses that it had before.
    former: Vec<String>,
    /// The directory of the slate's pages below the address, as links name it, without slashes at its ends.
    directory: String,
}

impl Site {
    pub(crate) fn new(address: &str, directory: &str) -> Site {
        let address = address.trim_end_matches('/').to_owned();
        let directory = encode(directory).split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        Site { address, former: Vec::new(), directory }
    }

    /// The same site with the addresses that it had before.
    pub(crate) fn moved_from(self, former: impl IntoIterator<Item = String>) -> Site {
        Site { former: former.into_iter().collect(), ..self }
    }

    /// What follows the address of the site in a target, and whether that is a former one.
    fn below<'t>(&self, target: &'t str) -> Option<(&'t str, bool)> {
        let sites = std::iter::once((&self.address, false)).chain(self.former.iter().map(|former| (former, true)));
        let below = sites.filter_map(|(site, is_former)| {
            let inside = target.strip_prefix(site.as_str())?;
            (inside.is_empty() || inside.starts_with(['/', '?', '#'])).then_some((inside, is_former))
        });
        // One may be a part of another.
        below.min_by_key(|(inside, _)| inside.len())
    }

    /// The address that a target of one of the slate's pages has from outside; `None` where it can stay as it is.
    pub(crate) fn address(&self, target: &str) -> Option<String> {
        let target = &*without_escapes(target);
        if let Some((inside, is_former)) = self.below(target) {
            // An outside address was appended to the site's own.
            return match address_within(inside) {
                Some(outside) => Some(inside[outside..].to_owned()),
                None => is_former.then(|| format!("{}{inside}", self.address)),
            };
        }
        if target.is_empty() || target.starts_with('#') || target.starts_with("//") || has_scheme(target) {
            return None;
        }
        let end = target.find(['?', '#']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        // Most texts have hundreds of these, so each is made in one piece. What follows `top` is the path, with a slash before
        // each part.
        let top = self.address.len();
        let mut page = String::with_capacity(top + self.directory.len() + target.len() + 8);
        page.push_str(&self.address);
        if !path.starts_with('/') && !self.directory.is_empty() {
            page.push('/');
            page.push_str(&self.directory);
        }
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => page.truncate(page[top..].rfind('/').map_or(top, |slash| top + slash)),
                part => {
                    page.push('/');
                    page.push_str(part);
                }
            }
        }
        if page.len() == top || path.ends_with('/') {
            page.push('/');
        }
        if let Some(stem) = strip_markdown(&page[top..]) {
            page.truncate(top + stem.len());
            if page[top..].ends_with("/README") {
                page.truncate(page.len() - "README".len());
                page.push_str("index");
            }
            page.push_str(".html");
        }
        page.push_str(rest);
        Some(page)
    }
}

fn strip_markdown(path: &str) -> Option<&str> {
    let at = path.len().checked_sub(3).filter(|at| path.is_char_boundary(*at))?;
    path[at..].eq_ignore_ascii_case(".md").then_some(&path[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_lead_to_the_published_pages() {
        let site = Site::new("https://x.org/goals/", "2025h1");
        let address = |target: &str| site.address(target).unwrap_or_else(|| target.to_owned());
        for (target, expected) in [
            ("./a.md", "https://x.org/goals/2025h1/a.html"),
            ("a.md#b", "https://x.org/goals/2025h1/a.html#b"),
            ("a.html?x=1#b", "https://x.org/goals/2025h1/a.html?x=1#b"),
            ("../2024h2/./README.md", "https://x.org/goals/2024h2/index.html"),
            ("../README.md", "https://x.org/goals/index.html"),
            ("../../../a.md", "https://x.org/goals/a.html"),
            ("/about/a.md", "https://x.org/goals/about/a.html"),
            ("a\\_b\\.md\\#c", "https://x.org/goals/2025h1/a_b.html#c"),
            ("a&#45;b&amp;c.md#d", "https://x.org/goals/2025h1/a-b&c.html#d"),
            ("a&amp;copy;.md", "https://x.org/goals/2025h1/a&amp;copy;.html"),
            ("a\\(b.md", "https://x.org/goals/2025h1/a\\(b.html"),
            ("img/a.png", "https://x.org/goals/2025h1/img/a.png"),
            ("../about/", "https://x.org/goals/about/"),
            ("#b", "#b"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("https://y.org/a.md", "https://y.org/a.md"),
            ("https://x.org/goals/2025h1/a.html", "https://x.org/goals/2025h1/a.html"),
            ("https://x.org/goals/2025h1/https://y.org/a#b", "https://y.org/a#b"),
        ] {
            assert_eq!(address(target), expected, "{target}");
        }
        let moved =
            Site::new("https://x.org", "2025h1").moved_from(["https://a.b/c".to_owned(), "https://x.org/d".to_owned()]);
        for (target, expected) in [
            ("https://a.b/c/2025h1/a.html#b", Some("https://x.org/2025h1/a.html#b")),
            ("https://a.b/c", Some("https://x.org")),
            ("https://x.org/d/e.html", Some("https://x.org/e.html")),
            ("https://x.org/2025h1/a.html", None),
            ("https://a.b/cd/a.html", None),
            ("https://a.b/c/https://y.org/a", Some("https://y.org/a")),
        ] {
            assert_eq!(moved.address(target).as_deref(), expected, "{target}");
        }
        let odd = Site::new("https://x.org", "old slates (50%)/2026");
        assert_eq!(odd.address("a.md").unwrap(), "https://x.org/old%20slates%20%2850%25%29/2026/a.html");
        assert_eq!(odd.address("../b.md").unwrap(), "https://x.org/old%20slates%20%2850%25%29/b.html");
    }
}
