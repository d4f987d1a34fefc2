//! Where the pages of a project are published, and what its repository is called.

use std::fmt;

/// A repository on GitHub: `owner/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// The user or organization.
    pub owner: String,
    /// Its name.
    pub name: String,
}

impl Repository {
    /// Reads `owner/name`.
    pub fn parse(text: &str) -> Option<Repository> {
        let (owner, name) = text.split_once('/')?;
        let is_one = |name: &str, more: &str| {
            !name.is_empty()
                && !matches!(name, "." | "..")
                && name.chars().all(|c| c.is_ascii_alphanumeric() || more.contains(c))
        };
        let found = Repository { owner: owner.to_owned(), name: name.to_owned() };
        (is_one(owner, "-") && is_one(name, "-_.")).then_some(found)
    }

    /// Reads the address of its page; none where that is no page of GitHub.
    pub(super) fn of_address(address: &str) -> Option<Repository> {
        let path =
            ["https://github.com/", "http://github.com/"].iter().find_map(|start| address.strip_prefix(start))?;
        let (owner, rest) = path.split_once('/')?;
        let name = rest.split('/').next().unwrap_or(rest);
        Repository::parse(&format!("{owner}/{}", name.strip_suffix(".git").unwrap_or(name)))
    }

    /// Whether both are one: GitHub does not tell case.
    pub fn is(&self, other: &Repository) -> bool {
        self.owner.eq_ignore_ascii_case(&other.owner) && self.name.eq_ignore_ascii_case(&other.name)
    }

    /// Where GitHub publishes the pages of its owner.
    fn domain(&self) -> String {
        format!("{}.github.io", self.owner.to_lowercase())
    }

    /// The site with the pages of its owner, at a path of it.
    pub(super) fn site_at(&self, path: &str) -> String {
        site(&self.domain(), path)
    }

    /// Where GitHub publishes its pages as long as nobody gives them a domain of their own.
    pub(super) fn site(&self) -> String {
        let is_of_owner = self.name.eq_ignore_ascii_case(&self.domain());
        self.site_at(if is_of_owner { "" } else { &self.name })
    }
}

impl fmt::Display for Repository {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.owner, self.name)
    }
}

/// The address of a site: its domain, and the path of its pages there.
pub(super) fn site(domain: &str, path: &str) -> String {
    let path = path.trim_matches('/');
    let slash = if path.is_empty() { "" } else { "/" };
    format!("https://{domain}{slash}{path}")
}

/// Whether a text is the name of a host alone, such as `goals.example.org`.
pub(super) fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.contains('.') && text.split('.').all(is_label)
}

/// Whether a text is a path of a site, and can be part of a link as it is.
pub(super) fn is_path(text: &str) -> bool {
    text.chars().all(|c| c.is_alphanumeric() || "/-._~%@+,=:".contains(c))
        && !text.contains("//")
        && !text.contains("://")
}

/// Whether a text is the full address of a site, and can be part of a link as it is.
pub(super) fn is_address(text: &str) -> bool {
    let Some(rest) = ["https://", "http://"].iter().find_map(|scheme| text.strip_prefix(scheme)) else { return false };
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    (is_domain(name) || name == "localhost")
        && !port.is_empty()
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && is_path(path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repositories_are_read_from_their_names_and_pages() {
        let of = |address: &str| Repository::of_address(address).map(|found| found.to_string());
        assert_eq!(of("https://github.com/Example-Org/goals").as_deref(), Some("Example-Org/goals"));
        assert_eq!(of("https://github.com/example/goals.git").as_deref(), Some("example/goals"));
        assert_eq!(of("https://github.com/example/goals/").as_deref(), Some("example/goals"));
        assert_eq!(of("https://github.com/example/goals/tree/main").as_deref(), Some("example/goals"));
        for odd in ["https://gitlab.com/a/b", "https://github.com/a", "github.com/a/b"] {
            assert_eq!(of(odd), None, "{odd}");
        }
        assert_eq!(Repository::parse("a b/c"), None);
        let site = |name: &str| Repository::parse(name).unwrap().site();
        assert_eq!(site("Example/Goals"), "https://example.github.io/Goals");
        assert_eq!(site("example/example.github.io"), "https://example.github.io");
    }

    #[test]
    fn addresses_can_stand_in_a_link() {
        for good in ["https://goals.example.org", "https://example.org/a/b_c/", "http://localhost:3000/goals"] {
            assert!(is_address(good), "{good}");
        }
        for odd in [
            "goals.example.org",
            "https://",
            "https://a b.org",
            "https://a.org/b c",
            "https://a.org/(b)",
            "ftp://a.org",
        ] {
            assert!(!is_address(odd), "{odd}");
        }
        assert!(is_domain("goals.rust-lang.org") && is_domain("bücher.example"));
        for odd in ["", "goals", "https://a.org", "a.org/b", "a b.org", "a..org", "-a.org", "a.org:80"] {
            assert!(!is_domain(odd), "{odd}");
        }
    }
}
