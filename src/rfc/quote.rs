//! Text of one page as it stands on another.

use super::edit::Edits;
use super::tables::encode;
use crate::markdown::{Document, LinkKind};
use crate::source::{Source, Span};

/// A part of a page's text for another place: what leads to a place on that page leads there still, and what only that page
/// defines leads where it led. A label alone in brackets is left to whoever reads it, unless `shortcuts` is set: it may be a
/// team's name or a linkifier's text as well.
pub(super) fn elsewhere(source: &Source, document: &Document, span: Span, page: &str, shortcuts: bool) -> String {
    let from_here = |target: &str| match target.strip_prefix('#') {
        Some(anchor) => format!("{}#{anchor}", encode(page)),
        None => target.to_owned(),
    };
    let mut edits = Edits::default();
    for link in document.links.iter().filter(|link| span.contains(link.span)) {
        match (link.kind, link.destination) {
            (LinkKind::Inline, Some(destination)) if source.slice(destination).starts_with('#') => {
                edits.replace(destination, from_here(source.slice(destination)));
            }
            (LinkKind::Full | LinkKind::Collapsed, _) => {
                let mark = if link.image { "!" } else { "" };
                edits.replace(link.span, format!("{mark}[{}]({})", source.slice(link.text), from_here(&link.target)));
            }
            (LinkKind::Shortcut, _) if shortcuts => {
                edits.replace(link.span, format!("[{}]({})", source.slice(link.text), from_here(&link.target)));
            }
            _ => {}
        }
    }
    edits.sort();
    edits.apply(source.text(), span, str::to_owned)
}
