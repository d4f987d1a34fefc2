//! A link whose text, or a definition whose label, is one of the texts that the site makes links of by itself.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::markdown::document::LinkKind;
use crate::markdown::label::normalize_label;
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::definitions::{line_of, used};
use crate::text::source::{Span, lies_in};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings = Vec::new();
    // The lines above a template's first heading have a form of their own.
    let first = file.document.headings.first().map_or(0, |heading| heading.span.start);
    let front = if file.kind == FileKind::Template { first } else { 0 };
    let judged = cx.judged_cells(file);
    let links = file.document.links.iter().filter(|link| link.kind == LinkKind::Inline && !link.image);
    for link in links.filter(|link| link.span.start >= front && !lies_in(link.span, judged)) {
        let text = source.slice(link.text);
        let Some(address) = linkify(cx.slate, text) else { continue };
        findings.push(if is_same(&address, &link.target) {
            let after = Span { start: link.text.end + 1, end: link.span.end };
            let help = format!("use only `[{text}]`: otherwise the URL is shown after it");
            Finding::new(link.text, "the site already turns this text into a link").help(help).fix(after, "")
        } else {
            differs(link.text, &address).help(other(cx.slate, &link.target, "use different link text"))
        });
    }
    if file.document.definitions.is_empty() {
        return findings;
    }
    // An unused definition is not missed.
    let used = used(cx.slate, file);
    let by_label = file.document.links.iter().filter(|link| link.kind == LinkKind::Full);
    let by_label: HashSet<String> =
        by_label.filter_map(|link| Some(normalize_label(source.slice(link.label?)))).collect();
    for definition in file.document.definitions.iter().filter(|definition| used.contains(&definition.normal)) {
        let Some(address) = linkify(cx.slate, source.slice(definition.label)) else { continue };
        let target = source.slice(definition.target);
        findings.push(if !is_same(&address, target) {
            differs(definition.label, &address).help(other(cx.slate, target, "use a different label"))
        } else {
            let finding = Finding::new(definition.label, "the site already turns this label into a link");
            if by_label.contains(&definition.normal) {
                finding.help("use a different label, also where it is referenced")
            } else {
                let lines = line_of(source, definition.span).map(|lines| (lines, String::new()));
                finding.help("remove the definition, which the site shows as text").maybe_fix(lines)
            }
        });
    }
    findings
}

fn differs(span: Span, address: &str) -> Finding {
    let short = address.strip_prefix("https://").unwrap_or(address);
    Finding::new(span, format!("on the site, this text links to {short}"))
}

fn linkify(slate: &Slate, text: &str) -> Option<String> {
    slate.config.linkified(text)
}

/// What to write where the site would lead elsewhere: the text of which it makes the right link, if there is one.
fn other(slate: &Slate, target: &str, otherwise: &str) -> String {
    let parts: Vec<&str> = target.strip_prefix("https://github.com/").unwrap_or_default().split('/').collect();
    let text = match parts[..] {
        [owner, name, "issues" | "pull", number] => Some(format!("{owner}/{name}#{number}")),
        _ => None,
    };
    match text.filter(|text| linkify(slate, text).is_some_and(|address| is_same(&address, target))) {
        Some(text) => format!("use only `[{text}]` for the intended link"),
        None => otherwise.to_owned(),
    }
}

/// Whether two addresses lead to one page: GitHub sends a reader on from an issue to the pull request of its number.
fn is_same(a: &str, b: &str) -> bool {
    let plain = |address: &str| address.trim_end_matches('/').replace("/pull/", "/issues/").to_lowercase();
    plain(a) == plain(b)
}
