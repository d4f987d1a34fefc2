//! A piece of one file's text, as it can be in another file.

use crate::markdown::document::{Document, LinkKind};
use crate::text::edits::Edits;
use crate::text::source::{Source, Span};

/// The text of a part, without comments and footnotes. Links say themselves where they lead, since the definitions of the file
/// stay behind; `relocate` tells what a relative target is in the other file, and nothing where the link becomes its text.
pub(crate) fn carried(
    source: &Source,
    document: &Document,
    part: Span,
    relocate: impl Fn(&str) -> Option<String>,
) -> String {
    let mut edits = Edits::default();
    for comment in document.comments.iter().filter(|comment| part.contains(comment.span)) {
        edits.replace(comment.span, "");
    }
    for link in document.links.iter().filter(|link| part.contains(link.span) && link.kind != LinkKind::Html) {
        let text = source.slice(link.text);
        let is_absolute = link.target.contains("://") || link.target.starts_with("mailto:");
        let target = if is_absolute { Some(link.target.clone()) } else { relocate(&link.target) };
        let is_kept = is_absolute && matches!(link.kind, LinkKind::Inline | LinkKind::Autolink);
        match target {
            _ if is_kept => {}
            Some(target) => {
                let mark = if link.image { "!" } else { "" };
                edits.replace(link.span, format!("{mark}[{text}]({target})"));
            }
            None => edits.replace(link.span, text),
        }
    }
    edits.sort();
    let text = edits.apply(source.text(), part, str::to_owned);
    without_footnotes(&text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without references to footnotes: `[^label]`.
fn without_footnotes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("[^") {
        out.push_str(before);
        match after.split_once(']') {
            Some((_, behind)) => rest = behind,
            None => {
                out.push_str("[^");
                rest = after;
            }
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_do_not_need_their_file() {
        let text =
            "see [a][b], [b], [c](../x.md), [d](https://d.org)[^1] and [lang] <!-- hm -->\n\n[b]: https://b.org\n";
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        let line = source.line_span(0);
        assert_eq!(
            carried(&source, &document, line, |target| Some(format!("../old/{target}"))),
            "see [a](https://b.org), [b](https://b.org), [c](../old/../x.md), [d](https://d.org) and [lang]",
        );
        let bare = carried(&source, &document, line, |_| None);
        assert!(bare.contains("(https://b.org), c, [d]"), "{bare}");
    }
}
