//! Text of one page as written on another.

use super::scope::{directory, is_footnote, rebased};
use crate::markdown::brackets::brackets;
use crate::markdown::document::LinkKind;
use crate::markdown::escape::encode;
use crate::markdown::label::normalize_label;
use crate::model::goal::MetadataRow;
use crate::model::slate::{File, Slate};
use crate::text::edits::Edits;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// What becomes of a label alone in brackets that the page defines, and of a footnote's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shortcuts {
    /// It is left to whoever reads it: it may be a team's name or a linkifier's text as well. A footnote's mark stays text too.
    Stay,
    /// It leads where it led; a footnote's mark leads to the page, where its text is.
    Lead,
}

/// A part of a page's text for another place: what leads to a place on that page leads there still, and what only that page
/// defines leads where it led.
pub(crate) fn elsewhere(slate: &Slate, file: &File, span: Span, shortcuts: Shortcuts) -> String {
    let source = &file.source;
    let page = slate.page_of_file(file);
    let from_here = |target: &str| match target.strip_prefix('#') {
        Some(anchor) => format!("{}#{anchor}", encode(page)),
        None => rebased(target, directory(page)).unwrap_or_else(|| target.to_owned()),
    };
    let mut edits = Edits::default();
    let links = &file.document.links;
    let first = links.partition_point(|link| link.span.start < span.start);
    for link in links[first..].iter().take_while(|link| link.span.end <= span.end) {
        let inline = || format!("({})", from_here(&link.target));
        let end = Span { start: link.text.end + 1, end: link.span.end };
        match (link.kind, link.destination) {
            (LinkKind::Inline, Some(destination)) => {
                edits.replace(destination, from_here(source.slice(destination)));
            }
            (LinkKind::Full | LinkKind::Collapsed, _) => edits.replace(end, inline()),
            (LinkKind::Shortcut, _) if shortcuts == Shortcuts::Lead => edits.replace(end, inline()),
            _ => {}
        }
    }
    let text = source.slice(span);
    for bracket in brackets(text).into_iter().filter(|_| shortcuts == Shortcuts::Lead) {
        let parts = std::iter::once(bracket.text).chain(bracket.label);
        for part in parts.filter(|part| is_footnote(&text[part.clone()])) {
            let name = normalize_label(&text[part.start + 1..part.end]);
            edits.replace(span.part(part.start - 1..part.end + 1), format!("[\\[{name}\\]]({})", encode(page)));
        }
    }
    edits.sort();
    edits.apply(source.text(), span, str::to_owned)
}

/// A metadata row's value as written on another page.
pub(crate) fn value(slate: &Slate, file: FileId, row: &MetadataRow, shortcuts: Shortcuts) -> String {
    elsewhere(slate, &slate.files[file], row.value.span, shortcuts)
}
