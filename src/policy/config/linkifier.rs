//! Patterns that make bracketed texts links.

use regex::{Regex, RegexBuilder};

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
