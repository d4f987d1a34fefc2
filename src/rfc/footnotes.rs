//! Footnotes of text that is put together from several files: whoever quotes a mark brings its text along.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use crate::markdown::footnote::{footnote_marks, footnotes};
use crate::markdown::label::normalize_label;
use crate::model::slate::{File, Slate};
use crate::text::ids::FileId;
use crate::text::source::Span;

/// The labels of the footnotes of a text, and those that were quoted from elsewhere.
#[derive(Debug, Default)]
pub(crate) struct FootnoteLabels {
    taken: BTreeSet<String>,
    /// By file and normal label; with the `^`.
    labels: BTreeMap<(FileId, String), String>,
    /// Footnotes whose text comes along, in the order in which they were first quoted.
    quoted: Vec<(FileId, String, Span)>,
    /// The footnotes of files that were quoted from: where the text of each is, by normal label.
    of_file: HashMap<FileId, HashMap<String, Span>>,
}

impl FootnoteLabels {
    /// The labels of the files whose whole text is in the RFC: each keeps its own unless an earlier one has it.
    pub(crate) fn new(slate: &Slate) -> FootnoteLabels {
        let mut labels = FootnoteLabels::default();
        for &id in slate.in_rfc() {
            let file = &slate.files[id];
            for span in footnote_marks(&file.source, &file.document) {
                labels.label(file, file.source.slice(span));
            }
        }
        labels
    }

    /// The labels of one file, whose whole text is there: each keeps its own.
    pub(crate) fn of_file(file: &File) -> FootnoteLabels {
        let mut labels = FootnoteLabels::default();
        for span in footnote_marks(&file.source, &file.document) {
            labels.label(file, file.source.slice(span));
        }
        labels
    }

    /// The label of a footnote of a file, which nothing else in the text has.
    pub(crate) fn label(&mut self, file: &File, written: &str) -> String {
        let normal = normalize_label(written);
        if let Some(label) = self.labels.get(&(file.id, normal.clone())) {
            return label.clone();
        }
        let stem = file
            .source
            .file_name()
            .trim_end_matches(".md")
            .replace(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')), "-");
        let base = format!("^{stem}-{}", written.trim_start_matches('^'));
        let further = (2..).map(|number| format!("{base}-{number}"));
        let mut names = std::iter::once(written.to_owned()).chain([base.clone()]).chain(further);
        let label = names.find(|name| !self.taken.contains(&normalize_label(name))).unwrap_or(base);
        self.taken.insert(normalize_label(&label));
        self.labels.insert((file.id, normal), label.clone());
        label
    }

    /// The label of a footnote that is quoted from a file, whose text comes along; `None` where the file does not define it.
    pub(crate) fn quote(&mut self, file: &File, written: &str) -> Option<String> {
        let normal = normalize_label(written);
        let own = self.of_file.entry(file.id).or_insert_with(|| {
            // Of several with one label the first counts, which is put in last.
            footnotes(&file.source, &file.document).into_iter().rev().map(|one| (one.normal, one.body)).collect()
        });
        let body = *own.get(&normal)?;
        // A file that is quoted is never whole in the text, so that its labels are those that were quoted.
        if !self.labels.contains_key(&(file.id, normal.clone())) {
            self.quoted.push((file.id, normal, body));
        }
        Some(self.label(file, written))
    }

    /// The footnote that was quoted as this one in order: its file, its label, and where its text is.
    pub(crate) fn quoted(&self, place: usize) -> Option<(FileId, String, Span)> {
        let (file, normal, body) = self.quoted.get(place)?;
        let label = self.labels.get(&(*file, normal.clone()))?;
        Some((*file, label.clone(), *body))
    }
}
