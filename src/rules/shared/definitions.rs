//! Definitions and the labels that something uses.

use hashbrown::{HashMap, HashSet};

use crate::markdown::definition::Definition;
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

/// The definitions of labels that are defined before, each with the first one of its label.
pub(crate) fn repeated(file: &File) -> Vec<(&Definition, &Definition)> {
    let mut first: HashMap<&str, &Definition> = HashMap::new();
    let definitions = file.document.definitions.iter().filter(|definition| !definition.is_footnote());
    let with_first = definitions.map(|definition| (*first.entry(&definition.normal).or_insert(definition), definition));
    with_first.filter(|(first, definition)| first.span != definition.span).collect()
}

/// The lines of a definition, where nothing else is on them.
pub(crate) fn line_of(source: &Source, span: Span) -> Option<Span> {
    let lines = whole_lines(source, span);
    (source.slice(lines).trim() == source.slice(span)).then_some(lines)
}
