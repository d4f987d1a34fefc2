//! Patterns that make bracketed texts links.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use regex_lite::{Regex, RegexBuilder};

use super::literals::Literals;
use crate::markdown::escape::encode_url;
use crate::policy::values;

/// How big a compiled pattern of `[linkifiers]` may get, in bytes.
const MAX_PATTERN_SIZE: usize = 128 << 10;

/// How many groups a pattern may have: what it takes to look for a pattern is its size times their number.
const MAX_GROUPS: usize = 16;

/// How deep groups of a pattern may be in each other.
const MAX_NESTING: u32 = 250;

/// What makes a pattern one of the whole text.
const WHOLE: (&str, &str) = ("^(?:", ")$");

/// What to do about a pattern that is none.
const PATTERN_HELP: &str = "fix the regular expression; the URL can refer to its groups as `$1`, `$2`, …";

/// A pattern that makes a bracketed text a link.
#[derive(Clone, Debug)]
pub struct Linkifier {
    pattern: Regex,
    /// What a text must have for the pattern to fit, since most texts are none of any linkifier.
    literals: Literals,
    address: String,
}

/// Why there is no linkifier of a pattern and an address.
#[derive(Debug)]
pub(super) struct LinkifierFault {
    pub(super) message: String,
    pub(super) help: String,
    /// Whether it is the address that is wrong.
    pub(super) is_of_address: bool,
}

impl Linkifier {
    /// The linkifier of a pattern, or why that is none.
    pub(super) fn new(pattern: &str, address: &str) -> Result<Linkifier, LinkifierFault> {
        let of_pattern = |message: String| LinkifierFault { message, help: PATTERN_HELP.into(), is_of_address: false };
        if pattern.trim().is_empty() {
            return Err(of_pattern(format!("invalid pattern `{pattern}`: it matches no text in brackets")));
        }
        // By itself first: what closes a group of ours would be a pattern of another meaning.
        let compile = |pattern: &str| {
            RegexBuilder::new(pattern).size_limit(MAX_PATTERN_SIZE).nest_limit(MAX_NESTING).build().map_err(|error| {
                let reason = error.to_string();
                let reason = if reason.contains("size limit") { "too large" } else { &reason };
                of_pattern(format!("invalid pattern: {}", reason.replace('\'', "`")))
            })
        };
        let alone = compile(pattern)?;
        let compiled = compile(&format!("{}{pattern}{}", WHOLE.0, WHOLE.1))?;
        if compiled.captures_len() > MAX_GROUPS + 1 {
            let mut fault = of_pattern(format!("invalid pattern: more than {MAX_GROUPS} groups"));
            fault.help = "use `(?:…)` for a group that the URL does not refer to".to_owned();
            return Err(fault);
        }
        // Asked of the one that goes, since it keeps the memory that looking for it takes.
        if alone.is_match("") {
            let mut fault = of_pattern(format!("invalid pattern `{pattern}`: it matches empty text"));
            fault.help = "require at least one character: `+` instead of `*`".to_owned();
            return Err(fault);
        }
        check_template(&compiled, address)?;
        Ok(Linkifier { pattern: compiled, literals: Literals::of(pattern), address: address.to_owned() })
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
        if !self.literals.are_in(text) {
            return None;
        }
        let captures = self.pattern.captures(text)?;
        let mut address = String::new();
        captures.expand(&self.address, &mut address);
        Some(encode_url(&address).into_owned())
    }
}

/// Fails where an address is none, whatever the groups are, or refers to a group that the pattern does not have.
fn check_template(pattern: &Regex, address: &str) -> Result<(), LinkifierFault> {
    let of_address = |message: String, help: String| LinkifierFault { message, help, is_of_address: true };
    let mut filled = String::new();
    let mut rest = address;
    while let Some((before, after)) = rest.split_once('$') {
        filled.push_str(before);
        if let Some(after) = after.strip_prefix('$') {
            filled.push('$');
            rest = after;
            continue;
        }
        let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
        let (name, behind) = match after.strip_prefix('{').and_then(|after| after.split_once('}')) {
            Some((name, behind)) => (name, behind),
            None => after.split_at(after.find(|c: char| !is_word(c)).unwrap_or(after.len())),
        };
        let exists = match name.parse::<usize>() {
            Ok(number) => number < pattern.captures_len(),
            Err(_) => pattern.capture_names().flatten().any(|known| known == name),
        };
        if !name.is_empty() && !exists {
            let digits = name.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
            let help = match digits {
                "" => "use `$1` for the first group in parentheses, `$2` for the second, …".to_owned(),
                digits if digits.len() < name.len() => format!("use `${{{digits}}}` in front of letters and digits"),
                _ => "add the group to the pattern: `(…)`".to_owned(),
            };
            return Err(of_address(format!("the pattern has no group `{name}`"), help));
        }
        filled.push('1');
        rest = behind;
    }
    filled.push_str(rest);
    match values::url(&filled) {
        Some(fault) => Err(of_address(fault.message("URL", address), fault.help)),
        None => Ok(()),
    }
}

/// The patterns by how their texts begin, made when a text is first looked up: with thousands of them, each text would be compared
/// with each.
#[derive(Clone, Debug, Default)]
pub(crate) struct LinkifierIndex(OnceLock<BTreeMap<String, Vec<usize>>>);

/// With fewer patterns than this, one after the other is looked at.
const MIN_INDEXED: usize = 16;

impl LinkifierIndex {
    /// The address of a bracketed text by the first pattern that covers all of it.
    pub(super) fn address(&self, linkifiers: &[Linkifier], text: &str) -> Option<String> {
        if linkifiers.len() < MIN_INDEXED {
            return linkifiers.iter().find_map(|linkifier| linkifier.address(text));
        }
        let index = self.0.get_or_init(|| by_prefix(linkifiers));
        let ends = (0..=text.len().min(Literals::MAX_PREFIX)).filter_map(|end| text.get(..end));
        let mut fitting: Vec<usize> = ends.filter_map(|prefix| index.get(prefix)).flatten().copied().collect();
        fitting.sort_unstable();
        fitting.into_iter().find_map(|place| linkifiers.get(place)?.address(text))
    }
}

/// The places of the patterns whose texts all begin in the same way.
fn by_prefix(linkifiers: &[Linkifier]) -> BTreeMap<String, Vec<usize>> {
    let mut index: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, linkifier) in linkifiers.iter().enumerate() {
        index.entry(linkifier.literals.prefix().to_owned()).or_default().push(place);
    }
    index
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_any_text_can_be_written() {
        let any = Linkifier::new("x (.*)", "https://x.org/$1?a=${1}b").unwrap();
        assert_eq!(any.address("x a b|(c)>").unwrap(), "https://x.org/a%20b%7C%28c%29%3E?a=a%20b%7C%28c%29%3Eb");
        assert_eq!(any.address("y"), None);
        assert_eq!((any.pattern(), any.template()), ("x (.*)", "https://x.org/$1?a=${1}b"));
    }

    #[test]
    fn what_can_be_no_linkifier_says_why() {
        for (pattern, address, message) in [
            ("(", "https://x.org", "invalid pattern: found open group without closing `)`"),
            ("a)(b", "https://x.org", "invalid pattern: found closing `)` without matching `(`"),
            (r"\p{L}+", "https://x.org", "invalid pattern: Unicode character classes are not supported"),
            ("", "https://x.org", "it matches no text"),
            (".*", "https://x.org", "it matches empty text"),
            ("a*|b", "https://x.org", "it matches empty text"),
            ("(a{1000}){1000}", "https://x.org", "invalid pattern: too large"),
            (&"(a)".repeat(MAX_GROUPS + 1), "https://x.org", "invalid pattern: more than 16 groups"),
            ("#([0-9]+)", "https://x.org/$2", "the pattern has no group `2`"),
            ("#([0-9]+)", "https://x.org/$1_x", "the pattern has no group `1_x`"),
            ("#([0-9]+)", "https://x.org/$n", "the pattern has no group `n`"),
            ("#([0-9]+)", "https://x.org/the issue/$1", "contains whitespace"),
            ("#([0-9]+)", "x.org/$1", "does not start with"),
            ("#([0-9]+)", "$1", "does not start with"),
        ] {
            let fault = Linkifier::new(pattern, address).unwrap_err();
            assert!(
                fault.message.contains(message) && !fault.help.is_empty(),
                "{pattern} {address}: {}",
                fault.message
            );
        }
        for (pattern, address) in [
            ("(?P<n>[0-9]+)", "https://x.org/$n"),
            ("a", "https://x.org/$$1"),
            ("a", "https://x.org/$0"),
            ("(a)", "https://x.org/${1}0"),
            ("a|b", "https://x.org/(c)"),
            (&"(a)".repeat(MAX_GROUPS), "https://x.org/$16"),
        ] {
            assert!(Linkifier::new(pattern, address).is_ok(), "{pattern} {address}");
        }
    }

    #[test]
    fn many_patterns_find_what_one_after_the_other_would() {
        let mut linkifiers: Vec<Linkifier> = (0..1000)
            .map(|number| {
                Linkifier::new(&format!("P{number} #([0-9]+)"), &format!("https://x.org/{number}/$1")).unwrap()
            })
            .collect();
        linkifiers.insert(7, Linkifier::new("P(7+) #2", "https://x.org/first/$1").unwrap());
        linkifiers.push(Linkifier::new("P7 #1|Q", "https://x.org/last").unwrap());
        let index = LinkifierIndex::default();
        for text in ["P0 #1", "P7 #1", "P7 #2", "P777 #2", "Pé", "P999 #12", "Q", "P1000 #1", "P7", ""] {
            let expected = linkifiers.iter().find_map(|linkifier| linkifier.address(text));
            assert_eq!(index.address(&linkifiers, text), expected, "{text}");
        }
    }
}
