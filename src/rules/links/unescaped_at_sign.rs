//! `@name` inside an address, be it a link or not: on the site it becomes a link of its own, which breaks the address.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::order::sort_by_key;
use crate::text::source::{Span, behind_last};

/// What an address begins with.
const ADDRESSES: [&str; 2] = ["https://", "http://"];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bare = bare_addresses(file).map(|span| (span, file.source.slice(span)));
    let signed = cx.targets(file).filter(|(_, target)| memchr::memchr(b'@', target.as_bytes()).is_some());
    let targets = signed.filter(|(_, target)| ADDRESSES.iter().any(|start| target.starts_with(start)));
    for (span, target) in targets.chain(bare) {
        for (at, _) in target.match_indices('@') {
            let name: &str = target[at + 1..]
                .split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')))
                .next()
                .unwrap_or_default();
            // The site replaces the names that it knows.
            if cx.slate.roster.person(name).is_none() {
                continue;
            }
            let sign = span.part(at..at + 1);
            let finding = Finding::new(
                span.part(at..at + 1 + name.len()),
                format!("on the site, `@{name}` becomes a link inside this URL"),
            );
            findings.push(finding.help("replace `@` with `%40`").fix(sign, "%40"));
        }
    }
    sort_by_key(&mut findings, |finding| finding.span);
    findings
}

/// The addresses in running text that hold an `@`.
fn bare_addresses(file: &File) -> impl Iterator<Item = Span> {
    let text_of = |start: u32, end: u32| file.source.slice(Span { start, end });
    // The end of the last word that was looked at, and the address in it, until a sign is found there.
    let (mut end, mut address) = (0, None);
    file.marks("@").filter_map(move |(text, place)| {
        if place.start >= end {
            let before = text_of(text.start.max(end), place.start);
            let start = place.start - Span::at(behind_last(before, char::is_whitespace).len()).start;
            let after = text_of(place.end, text.end);
            end = place.end + Span::at(after.find(char::is_whitespace).unwrap_or(after.len())).start;
            let word = text_of(start, end);
            // Most words have no colon, which costs least to see.
            let colon = memchr::memchr(b':', word.as_bytes());
            let begins = colon.and_then(|_| ADDRESSES.iter().filter_map(|address| word.find(address)).min());
            address = begins.map(|at| Span { start: start + Span::at(at).start, end });
        }
        address.take_if(|address| address.start < place.start)
    })
}
