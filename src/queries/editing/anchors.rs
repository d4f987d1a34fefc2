//! The places of a page to which `#x` leads.

use hashbrown::HashMap;

use crate::markdown::anchor::anchor;
use crate::markdown::document::Document;
use crate::markdown::html::Tag;
use crate::text::source::{Source, Span};

/// The headings of a document, each with its anchor: of two with one text the second ends in `-1`.
pub(super) fn headings(document: &Document) -> impl Iterator<Item = (String, Span)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    document.headings.iter().map(move |heading| {
        let base = anchor(&heading.text);
        let number = seen.entry(base.clone()).or_insert(0);
        let own = if *number == 0 { base } else { format!("{base}-{number}") };
        *number += 1;
        (own, heading.span)
    })
}

/// Where an anchor leads: to a heading, or to what has this name in HTML.
pub(super) fn find(source: &Source, document: &Document, wanted: &str) -> Option<Span> {
    let heading = headings(document).find(|(own, _)| own == wanted).map(|(_, span)| span);
    let is_named = |tag: &&Tag| {
        let names = tag.attributes.iter().filter(|attribute| matches!(source.slice(attribute.name), "id" | "name"));
        names.filter_map(|attribute| attribute.value).any(|value| source.slice(value) == wanted)
    };
    heading.or_else(|| document.tags.iter().find(is_named).map(|tag| tag.span))
}
