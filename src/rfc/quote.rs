//! Text of one page as written on another.

use super::linking::Linking;
use crate::markdown::brackets::brackets;
use crate::markdown::document::LinkKind;
use crate::markdown::footnote::is_footnote;
use crate::markdown::html::attribute_value;
use crate::model::slate::File;
use crate::text::edits::Edits;
use crate::text::source::Span;

/// What becomes of a label alone in brackets that the page defines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcuts {
    /// It is left to whoever reads it: it may be a team's name or a linkifier's text as well. Pages keep it; see
    /// [`Linking::keeps_labels`].
    Stay,
    /// It leads where it led.
    Lead,
}

/// A part of a page's text for another place: what leads to a place on that page leads there still, and what only that page
/// defines leads where it led. `footnote` answers the label that a footnote of the page has in the other place. `page` is the path of the file from the slate's directory.
pub(crate) fn quote(
    file: &File,
    page: &str,
    span: Span,
    shortcuts: Shortcuts,
    linking: &dyn Linking,
    footnote: impl Fn(&str) -> Option<String>,
) -> String {
    let source = &file.source;
    let from_here = |target: &str| linking.target(target, page);
    let mut edits = Edits::default();
    let links = &file.document.links;
    let first = links.partition_point(|link| link.span.start < span.start);
    for link in links[first..].iter().take_while(|link| link.span.end <= span.end) {
        let inline = || format!("]({})", from_here(&link.target));
        // From the bracket on, since nothing is put in behind the part.
        let end = Span { start: link.text.end, end: link.span.end };
        match (link.kind, link.destination) {
            (LinkKind::Inline, Some(destination)) => {
                edits.replace(destination, from_here(source.slice(destination)));
            }
            (LinkKind::Html, Some(destination)) => {
                edits.replace(destination, attribute_value(&from_here(&link.target)));
            }
            (LinkKind::Full | LinkKind::Collapsed, _) => edits.replace(end, inline()),
            (LinkKind::Shortcut, _) if shortcuts == Shortcuts::Lead || linking.keeps_labels() => {
                edits.replace(end, inline());
            }
            _ => {}
        }
    }
    let text = source.slice(span);
    for bracket in brackets(text) {
        let parts = std::iter::once(bracket.text).chain(bracket.label);
        for part in parts.filter(|part| is_footnote(&text[part.clone()])) {
            if let Some(label) = footnote(&text[part.clone()]) {
                edits.replace(span.part(part), label);
            }
        }
    }
    edits.sort();
    edits.apply(source.text(), span, str::to_owned)
}
