//! Patterns that make bracketed texts links.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};

/// How big a compiled pattern of `[linkifiers]` may get, in bytes.
const MAX_PATTERN_SIZE: usize = 1 << 20;

/// What makes a pattern one of the whole text.
const WHOLE: (&str, &str) = ("^(?:", ")$");

/// What to do about a pattern that is none.
pub(super) const PATTERN_HELP: &str = "fix the regular expression; the URL can refer to its groups as `$1`, `$2`, …";

/// A pattern that makes a bracketed text a link.
#[derive(Clone, Debug)]
pub struct Linkifier {
    pattern: Regex,
    address: String,
}

impl Linkifier {
    /// The linkifier of a pattern, or why that is none.
    pub(super) fn new(pattern: &str, address: &str) -> Result<Linkifier, String> {
        let whole = format!("{}{pattern}{}", WHOLE.0, WHOLE.1);
        match RegexBuilder::new(&whole).size_limit(MAX_PATTERN_SIZE).build() {
            Ok(pattern) => Ok(Linkifier { pattern, address: address.to_owned() }),
            Err(regex::Error::CompiledTooBig(_)) => Err("invalid pattern: too large".to_owned()),
            Err(error) => {
                let reason = error.to_string().lines().last().unwrap_or_default().trim().replace("error: ", "");
                Err(format!("invalid pattern: {reason}"))
            }
        }
    }

    /// The pattern as it was written.
    pub fn pattern(&self) -> &str {
        let whole = self.pattern.as_str();
        whole.strip_prefix(WHOLE.0).and_then(|rest| rest.strip_suffix(WHOLE.1)).unwrap_or(whole)
    }

    /// The address as it was written, with `$1`, `$2`, … for the groups of the pattern.
    pub fn template(&self) -> &str {
        &self.address
    }

    /// The address of a bracketed text, if the pattern covers all of it.
    pub fn address(&self, text: &str) -> Option<String> {
        let captures = self.pattern.captures(text)?;
        let mut address = String::new();
        captures.expand(&self.address, &mut address);
        Some(address)
    }
}

/// All patterns as one, made when a text is first looked up: with thousands of them, each text would be compared with each.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkifierIndex(OnceLock<Option<RegexSet>>);

/// With fewer patterns than this, one after the other is looked at.
const MIN_INDEXED: usize = 16;

/// How big all patterns together may get, and how much memory looking up may take, in bytes; beyond the first, one after the
/// other is looked at.
const MAX_INDEX_SIZE: usize = 64 << 20;

impl LinkifierIndex {
    /// The address of a bracketed text by the first pattern that covers all of it.
    pub(super) fn address(&self, linkifiers: &[Linkifier], text: &str) -> Option<String> {
        match self.of(linkifiers) {
            Some(index) => linkifiers.get(index.matches(text).iter().next()?)?.address(text),
            None => linkifiers.iter().find_map(|linkifier| linkifier.address(text)),
        }
    }

    fn of(&self, linkifiers: &[Linkifier]) -> Option<&RegexSet> {
        if linkifiers.len() < MIN_INDEXED {
            return None;
        }
        let build = || {
            let patterns = linkifiers.iter().map(|linkifier| linkifier.pattern.as_str());
            RegexSetBuilder::new(patterns).size_limit(MAX_INDEX_SIZE).dfa_size_limit(MAX_INDEX_SIZE).build().ok()
        };
        self.0.get_or_init(build).as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_patterns_find_what_one_after_the_other_would() {
        let mut linkifiers: Vec<Linkifier> = (0..1000)
            .map(|number| {
                Linkifier::new(&format!("P{number} #([0-9]+)"), &format!("https://x.org/{number}/$1")).unwrap()
            })
            .collect();
        linkifiers.push(Linkifier::new("P7 #1|Q", "https://x.org/last").unwrap());
        let index = LinkifierIndex::default();
        for text in ["P0 #1", "P7 #1", "P999 #12", "Q", "P1000 #1", "P7", ""] {
            let expected = linkifiers.iter().find_map(|linkifier| linkifier.address(text));
            assert_eq!(index.address(&linkifiers, text), expected, "{text}");
        }
    }
}
