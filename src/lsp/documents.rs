//! The texts that are open in the editor.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_types::{TextDocumentContentChangeEvent, Uri};

use super::places::Places;
use super::uris::path_of;
use crate::text::source::{MAX_FILE_SIZE, Source};

/// A text that is open.
#[derive(Debug)]
pub(super) struct Document {
    /// Its address as the client writes it.
    pub(super) uri: Uri,
    /// Its version; the client counts.
    pub(super) version: i32,
    /// Its file, if it is one.
    pub(super) path: Option<PathBuf>,
    /// Its text.
    pub(super) source: Source,
}

/// All texts that are open, by the addresses of their files.
#[derive(Debug, Default)]
pub(super) struct Documents(BTreeMap<String, Document>);

impl Documents {
    /// Opens a text.
    pub(super) fn open(&mut self, uri: Uri, version: i32, text: String) -> &Document {
        let key = uri.as_str().to_owned();
        let path = path_of(&key);
        let document = Document { uri, version, path, source: Source::from_bytes("", text.into_bytes()) };
        // One that is opened twice has the newer text.
        match self.0.entry(key) {
            std::collections::btree_map::Entry::Occupied(mut entry) => {
                entry.insert(document);
                entry.into_mut()
            }
            std::collections::btree_map::Entry::Vacant(entry) => entry.insert(document),
        }
    }

    /// Changes a text; nothing where it is not open.
    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        places: Places,
    ) -> Option<&Document> {
        let document = self.0.get_mut(uri.as_str())?;
        document.version = version;
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let span = places.span(&document.source, range);
                    let mut text = document.source.text().to_owned();
                    text.replace_range(span.range(), &change.text);
                    text
                }
            };
            // What is larger is read from no file either.
            if text.len() as u64 <= MAX_FILE_SIZE {
                document.source = Source::from_bytes("", text.into_bytes());
            }
        }
        Some(document)
    }

    /// Closes a text.
    pub(super) fn close(&mut self, uri: &Uri) -> Option<Document> {
        self.0.remove(uri.as_str())
    }

    /// The text at an address, if it is open.
    pub(super) fn get(&self, uri: &Uri) -> Option<&Document> {
        self.0.get(uri.as_str())
    }

    /// All of them, in the order of their addresses.
    pub(super) fn all(&self) -> impl Iterator<Item = &Document> {
        self.0.values()
    }

    /// The text of a file, if it is open.
    pub(super) fn of_path(&self, path: &Path) -> Option<&Document> {
        self.all().find(|document| document.path.as_deref() == Some(path))
    }
}
