//! Definitions and the labels that something uses.

use std::collections::HashSet;

use crate::markdown::label::normalize_label;
use crate::model::slate::{File, Slate};
use crate::policy::format::DirectiveKind;
use crate::text::source::{Source, Span, whole_lines};

/// The labels that something uses: references, and the heads of columns that a directive makes.
pub(crate) fn used(slate: &Slate, file: &File) -> HashSet<String> {
    let labels = file.document.links.iter().filter_map(|link| link.label);
    let mut used: HashSet<String> = labels.map(|label| normalize_label(file.source.slice(label))).collect();
    let kinds = file.directives.iter().filter_map(|directive| slate.directive(directive));
    if kinds.into_iter().any(|kind| *kind == DirectiveKind::TeamAsks) {
        used.extend(slate.format.rfc.ask_label.as_deref().map(normalize_label));
    }
    used
}

/// The lines of a definition, where nothing else is on them.
pub(crate) fn line_of(source: &Source, span: Span) -> Option<Span> {
    let lines = whole_lines(source, span);
    (source.slice(lines).trim() == source.slice(span)).then_some(lines)
}
