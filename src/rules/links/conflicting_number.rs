//! A link whose text names another RFC, issue or pull request than its address.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Link, LinkKind};
use crate::markdown::shown::shown;
use crate::model::slate::{File, Slate};
use crate::policy::config::site::Repository;
use crate::rules::context::LintContext;
use crate::text::source::behind_last;

/// What people call what has a number, in lower case; longer ones first.
const NOUNS: [&str; 6] = ["pull request", "issue", "rfcs", "rfc", "pull", "pr"];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let links = file.document.links.iter().filter(|link| !link.image && !is_bare(link));
    links.filter_map(|link| judge(cx.slate, file, link)).collect()
}

/// Whether the address is the text.
fn is_bare(link: &Link) -> bool {
    matches!(link.kind, LinkKind::Autolink | LinkKind::Html)
}

fn judge(slate: &Slate, file: &File, link: &Link) -> Option<Finding> {
    let written = file.source.slice(link.text);
    // Most texts name no number, which costs least to see; a reference to a digit has one itself.
    written.bytes().find(u8::is_ascii_digit)?;
    let place = Reference::of_address(&link.target)?;
    let text = shown(written);
    let named = Reference::of_text(&text)?;
    let finding = |message: String| {
        // What the site makes a link of by itself leads elsewhere there, which is reported by `conflicting-linkifier`.
        if link.kind == LinkKind::Inline && slate.config.linkified(written).is_some() {
            return None;
        }
        let help = format!("correct the text or the URL, so that both are about the same {}", place.noun());
        Some(Finding::new(link.text, message).help(help))
    };
    if named.number != place.number {
        // The RFC of something else: its number says nothing about an issue.
        if named.is_rfc && !place.is_rfc() {
            return None;
        }
        return finding(format!("link text names number {}, but the URL leads to {}", named.number, place.number));
    }
    let (said, led) = (named.repository?, place.repository.as_ref()?);
    // A repository may be named without its owner.
    let said = if said.contains('/') { said } else { format!("{}/{said}", led.owner) };
    let said = Repository::parse(&said)?;
    let is_same = slate.config.today(&said).is(slate.config.today(led));
    if is_same { None } else { finding(format!("link text names `{said}`, but the URL leads to `{led}`")) }
}

/// An RFC, issue or pull request.
struct Reference {
    /// Its number, without zeros before it.
    number: String,
    /// Whether it is said to be an RFC.
    is_rfc: bool,
    repository: Option<Repository>,
}

/// The one that a text names.
struct TextReference {
    number: String,
    is_rfc: bool,
    /// `name` or `owner/name`.
    repository: Option<String>,
}

impl Reference {
    /// What an address leads to.
    fn of_address(address: &str) -> Option<Reference> {
        let path = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"))?;
        let path = path.split(['#', '?']).next()?.trim_end_matches('/');
        let parts: Vec<&str> = path.split('/').collect();
        match parts[..] {
            ["github.com", owner, name, "issues" | "pull", number, ..] => {
                let repository = Repository::parse(&format!("{owner}/{name}"));
                Some(Reference { number: whole_number(number)?, is_rfc: false, repository })
            }
            ["rust-lang.github.io", "rfcs", page] => {
                let number = page.split('-').next()?;
                Some(Reference { number: whole_number(number)?, is_rfc: true, repository: None })
            }
            ["github.com", _, "rfcs", "blob", .., "text", page] => {
                let number = page.split('-').next()?;
                Some(Reference { number: whole_number(number)?, is_rfc: true, repository: None })
            }
            _ => None,
        }
    }

    /// The only one that a text names: `RFC 12`, `#12`, `rust#12`, `rust-lang/rust#12`, `issue 12`, `PR #12`.
    fn of_text(text: &str) -> Option<TextReference> {
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let length = text[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - start);
        let (before, after) = (&text[..start], &text[start + length..]);
        if after.contains(|c: char| c.is_ascii_digit())
            || after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/'))
        {
            return None;
        }
        let number = whole_number(&text[start..start + length])?;
        if let Some(before) = before.strip_suffix('#') {
            let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '-' | '_' | '.');
            let name = behind_last(before, |c| !is_name(c));
            if before.trim().is_empty() {
                return Some(TextReference { number, is_rfc: false, repository: None });
            }
            if let Some(noun) = noun_at_end(before) {
                return Some(TextReference { number, is_rfc: noun.starts_with("rfc"), repository: None });
            }
            // `Problem #3` is something else, and `RFL#3` an abbreviation.
            let is_repository = name.contains(|c: char| c.is_ascii_lowercase());
            let repository = is_repository.then(|| name.to_owned());
            let is_rfc = name.rsplit('/').next() == Some("rfcs");
            return (!name.is_empty()).then_some(TextReference { number, is_rfc, repository });
        }
        let noun = noun_at_end(before)?;
        Some(TextReference { number, is_rfc: noun.starts_with("rfc"), repository: None })
    }

    /// Whether it can be an RFC: one has the number of its pull request.
    fn is_rfc(&self) -> bool {
        self.is_rfc || self.repository.as_ref().is_some_and(|repository| repository.name == "rfcs")
    }

    fn noun(&self) -> &'static str {
        if self.is_rfc() { "RFC" } else { "issue or pull request" }
    }
}

/// The noun with which a text ends.
fn noun_at_end(text: &str) -> Option<&'static str> {
    let lower = text.trim_end_matches([' ', '\u{a0}', '-']).to_lowercase();
    let is_last = |noun: &&&str| {
        lower.strip_suffix(**noun).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '/'))
    };
    NOUNS.iter().find(is_last).copied()
}

/// A number without zeros before it.
fn whole_number(text: &str) -> Option<String> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.trim_start_matches('0').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_names_one_number() {
        let read = |text| Reference::of_text(text).map(|one| (one.number, one.is_rfc, one.repository));
        for (text, number, is_rfc, repository) in [
            ("RFC 3716", "3716", true, None),
            ("the RFC #3716", "3716", true, None),
            ("rfcs#0012", "12", true, None),
            ("rust-lang/rust#9", "9", false, Some("rust-lang/rust")),
            ("cargo#9", "9", false, Some("cargo")),
            ("see issue 7", "7", false, None),
            ("PR #7", "7", false, None),
            ("#7 (old)", "7", false, None),
        ] {
            assert_eq!(read(text), Some((number.to_owned(), is_rfc, repository.map(str::to_owned))), "{text}");
        }
        for text in ["Rust 2024", "version 1.2", "#1 and #2", "RFC", "surf 3", "issue 7a", "2025h1", "Problem Case #3"]
        {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
