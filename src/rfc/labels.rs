//! The labels that definitions have in the finished text.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashSet;

use super::scope::{Reference, Scope};
use crate::markdown::label::normalize_label;

/// Labels for the references in the text.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// The label of each reference, by its number.
    by_number: BTreeMap<usize, String>,
    /// Label and target of each definition.
    pub(crate) definitions: Vec<(String, String)>,
}

impl Labels {
    /// Gives labels to the references that are used. Where one label leads to several targets, the file that comes first keeps
    /// it, and the others' are named after their files. `taken` are labels in their normal form that mean something else in the
    /// text; those that are given are added.
    pub(crate) fn new(
        scope: &Scope,
        used: &BTreeSet<String>,
        address: impl Fn(&str) -> String,
        taken: &mut HashSet<String>,
    ) -> Labels {
        let mut labels = Labels::default();
        let mut given: BTreeMap<(String, String), String> = BTreeMap::new();
        let numbers: BTreeMap<usize, &Reference> = used.iter().filter_map(|name| scope.get(name)).collect();
        for (number, reference) in numbers {
            let address = address(&reference.target);
            let address = if address.contains(' ') || address.is_empty() { format!("<{address}>") } else { address };
            let title = reference.title.as_ref().map_or_else(String::new, |title| format!(" {title}"));
            let target = format!("{address}{title}");
            let label = given.entry((normalize_label(&reference.label), target.clone())).or_insert_with(|| {
                let label = free(reference, taken);
                labels.definitions.push((label.clone(), target));
                label
            });
            labels.by_number.insert(number, label.clone());
        }
        labels
    }

    /// What a reference ends in, after its text, given what that reads as a label.
    pub(crate) fn ending(&self, number: usize, reference: &Reference, text: &str) -> String {
        use crate::markdown::document::LinkKind;
        let own = normalize_label(&reference.written);
        let label = self.by_number.get(&number).map_or(reference.written.as_str(), String::as_str);
        let stays = normalize_label(label) == own;
        match reference.kind {
            LinkKind::Collapsed if stays && normalize_label(text) == own => "[]".to_owned(),
            LinkKind::Shortcut if stays && normalize_label(text) == own => String::new(),
            LinkKind::Full if stays => format!("[{}]", reference.written),
            _ => format!("[{label}]"),
        }
    }
}

/// A label that nothing else has.
fn free(reference: &Reference, taken: &mut HashSet<String>) -> String {
    let Reference { label, stem, .. } = reference;
    let further = (2..).map(|number| format!("{label} ({stem} {number})"));
    let mut labels = [label.clone(), format!("{label} ({stem})")].into_iter().chain(further);
    labels.find(|label| taken.insert(normalize_label(label))).unwrap_or_default()
}
