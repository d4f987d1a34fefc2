//! Which raw HTML an RFC may hold: `rules/html/allowed.toml`.

use std::sync::OnceLock;

use hashbrown::HashSet;
use serde::Deserialize;

/// The elements and attributes that are known, by what becomes of them.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AllowedHtml {
    inline: HashSet<String>,
    empty: HashSet<String>,
    block: HashSet<String>,
    active: HashSet<String>,
    other: HashSet<String>,
    attributes: HashSet<String>,
}

/// What an element is to the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    /// Part of running text, closed where it begins.
    Inline,
    /// The same without an end.
    Empty,
    /// Around blocks.
    Block,
    /// One that does something.
    Active,
    /// Any other that HTML knows.
    Other,
    /// None that HTML knows.
    Unknown,
}

/// What an attribute is to the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AttributeKind {
    /// One that says something about its element.
    Allowed,
    /// One that runs a script.
    Active,
    /// Any other.
    Other,
}

impl AllowedHtml {
    /// What is built in.
    pub(crate) fn built_in() -> &'static AllowedHtml {
        static ALLOWED: OnceLock<AllowedHtml> = OnceLock::new();
        ALLOWED.get_or_init(|| toml::from_str(TEXT).unwrap_or_default())
    }

    /// What an element of this name is.
    pub(crate) fn element(&self, name: &str) -> Element {
        let name = name.to_ascii_lowercase();
        let kinds = [
            (&self.inline, Element::Inline),
            (&self.empty, Element::Empty),
            (&self.block, Element::Block),
            (&self.active, Element::Active),
            (&self.other, Element::Other),
        ];
        kinds.into_iter().find(|(names, _)| names.contains(&name)).map_or(Element::Unknown, |(_, kind)| kind)
    }

    /// What an attribute of this name is.
    pub(crate) fn attribute(&self, name: &str) -> AttributeKind {
        let name = name.to_ascii_lowercase();
        if self.attributes.contains(&name) || name.starts_with("aria-") || name.starts_with("data-") {
            AttributeKind::Allowed
        } else if name.starts_with("on") {
            AttributeKind::Active
        } else {
            AttributeKind::Other
        }
    }
}

const TEXT: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/html/allowed.toml"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_data_is_read() {
        let allowed: AllowedHtml = toml::from_str(TEXT).unwrap();
        for (name, kind) in [
            ("KBD", Element::Inline),
            ("br", Element::Empty),
            ("details", Element::Block),
            ("Script", Element::Active),
            ("td", Element::Other),
            ("T", Element::Unknown),
        ] {
            assert_eq!(allowed.element(name), kind, "{name}");
        }
        for (name, kind) in [
            ("HREF", AttributeKind::Allowed),
            ("aria-label", AttributeKind::Allowed),
            ("onClick", AttributeKind::Active),
            ("style", AttributeKind::Other),
        ] {
            assert_eq!(allowed.attribute(name), kind, "{name}");
        }
    }
}
