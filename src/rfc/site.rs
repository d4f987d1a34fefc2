//! Where links lead in the self-contained text: to the published pages.

use crate::markdown::address::has_scheme;
use crate::markdown::escape::{encode, without_escapes};

/// The published site, and where a slate's pages are on it.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    address: String,
    /// The directory of the slate's pages below the address, as links name it, without slashes at its ends.
    directory: String,
}

impl Site {
    pub(crate) fn new(address: &str, directory: &str) -> Site {
        Site { address: address.trim_end_matches('/').to_owned(), directory: encode(directory.trim_matches('/')) }
    }

    /// The address that a target of one of the slate's pages has from outside; `None` where it can stay as it is.
    pub(crate) fn address(&self, target: &str) -> Option<String> {
        let target = &*without_escapes(target);
        if let Some(inside) = target.strip_prefix(self.address.as_str()) {
            // An outside address was appended to the site's own.
            let outside = ["https://", "http://"].iter().filter_map(|scheme| inside.find(scheme)).min()?;
            return Some(inside[outside..].to_owned());
        }
        if target.is_empty() || target.starts_with('#') || target.starts_with("//") || has_scheme(target) {
            return None;
        }
        let end = target.find(['?', '#']).unwrap_or(target.len());
        let (path, rest) = target.split_at(end);
        let mut parts: Vec<&str> = if path.starts_with('/') { vec![] } else { self.directory.split('/').collect() };
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop();
                }
                part => parts.push(part),
            }
        }
        parts.retain(|part| !part.is_empty());
        let mut page = parts.join("/");
        if path.ends_with('/') && !page.is_empty() {
            page.push('/');
        }
        if let Some(stem) = strip_markdown(&page) {
            let stem = match stem.rsplit_once('/') {
                Some((above, "README")) => format!("{above}/index"),
                None if stem == "README" => "index".to_owned(),
                _ => stem.to_owned(),
            };
            page = format!("{stem}.html");
        }
        Some(format!("{}/{page}{rest}", self.address))
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
        let odd = Site::new("https://x.org", "old slates (50%)/2026");
        assert_eq!(odd.address("a.md").unwrap(), "https://x.org/old%20slates%20%2850%25%29/2026/a.html");
        assert_eq!(odd.address("../b.md").unwrap(), "https://x.org/old%20slates%20%2850%25%29/b.html");
    }
}
