//! The slates of which a file is open, and what is found in them.

use std::collections::{BTreeMap, VecDeque};
use std::path::PathBuf;

use super::documents::{Document, Documents};
use crate::engine::{CheckedSlate, Session};
use crate::model::slate::{File, Slate};
use crate::queries::editing::file_of;
use crate::sys::error::Error;
use crate::workspace::selection::Request;

/// By what a slate is known: its directory, and whether it is one or the pages beside all of them.
pub(super) type Key = (PathBuf, bool);

/// The slates of which a file is open.
#[derive(Default)]
pub(super) struct Slates {
    /// The slate of each text that is open and in one, by its address.
    homes: BTreeMap<String, Key>,
    slates: BTreeMap<Key, State>,
    /// Those that have to be checked again, the most urgent first.
    stale: VecDeque<Key>,
}

/// What is known of a slate.
struct State {
    /// What asks for it; which of its files are open is known when it is checked.
    request: Request,
    /// What has been found in it, if it could be read.
    checked: Option<CheckedSlate>,
}

/// A file of a slate that has been checked.
pub(super) struct Checked<'s> {
    pub(super) slate: &'s CheckedSlate,
    pub(super) file: &'s File,
}

impl<'s> Checked<'s> {
    pub(super) fn model(&self) -> &'s Slate {
        self.slate.slate()
    }
}

impl Slates {
    /// Finds out in which slate each text is, and forgets all that was found.
    pub(super) fn find(&mut self, session: &mut Session<'_>, documents: &Documents) {
        self.homes.clear();
        self.slates.clear();
        self.stale.clear();
        documents.all().for_each(|document| self.add(session, document));
    }

    /// Finds out in which slate a text is.
    pub(super) fn add(&mut self, session: &mut Session<'_>, document: &Document) {
        let request = document.path.as_ref().and_then(|path| session.find_file(path).ok());
        let Some(request) = request else { return };
        let key = (request.directory.clone(), request.beside_slates);
        self.homes.insert(document.uri.as_str().to_owned(), key.clone());
        self.slates.entry(key.clone()).or_insert(State { request, checked: None });
        self.mark(Some(&key));
    }

    /// Forgets a text, and its slate where it was the only one in it.
    pub(super) fn remove(&mut self, document: &Document) {
        self.homes.remove(document.uri.as_str());
        let homes = &self.homes;
        self.slates.retain(|key, _| homes.values().any(|home| home == key));
        self.stale.retain(|key| self.slates.contains_key(key));
        self.mark(None);
    }

    /// Says that texts have changed: of this slate, which is to be checked before all others, or anywhere. The other slates of its
    /// project may link to it, so they are checked again, too.
    pub(super) fn mark(&mut self, first: Option<&Key>) {
        let root = first.and_then(|key| self.slates.get(key)).map(|state| state.request.root.clone());
        let is_near = |state: &State| root.as_ref().is_none_or(|root| state.request.root == *root);
        let near = self.slates.iter().filter(|(_, state)| is_near(state)).map(|(key, _)| key.clone());
        let before = std::mem::take(&mut self.stale);
        for key in first.cloned().into_iter().chain(before).chain(near) {
            if self.slates.contains_key(&key) && !self.stale.contains(&key) {
                self.stale.push_back(key);
            }
        }
    }

    /// The slate of a text.
    pub(super) fn home(&self, document: &Document) -> Option<&Key> {
        self.homes.get(document.uri.as_str())
    }

    /// The slate that has to be checked next.
    pub(super) fn next(&self) -> Option<Key> {
        self.stale.front().cloned()
    }

    /// Whether a slate has to be checked again.
    pub(super) fn is_stale(&self, key: &Key) -> bool {
        self.stale.contains(key)
    }

    /// Checks the open texts of a slate, with all of it as their context. Fails where it cannot be read.
    pub(super) fn check(&mut self, session: &mut Session<'_>, documents: &Documents, key: &Key) -> Result<(), Error> {
        self.stale.retain(|other| other != key);
        let open = documents.all().filter(|document| self.home(document) == Some(key));
        let open = open.filter_map(|document| document.path.clone()).collect();
        let Some(state) = self.slates.get_mut(key) else { return Ok(()) };
        // What was found before goes first: two of them take twice the memory.
        state.checked = None;
        let request = Request { files: Some(open), ..state.request.clone() };
        state.checked = Some(session.check(&request, false)?);
        Ok(())
    }

    /// What was found in a slate.
    pub(super) fn checked(&self, key: &Key) -> Option<&CheckedSlate> {
        self.slates.get(key)?.checked.as_ref()
    }

    /// The file of a text in its slate, as it was checked.
    pub(super) fn of_document(&self, document: &Document) -> Option<Checked<'_>> {
        let slate = self.checked(self.home(document)?)?;
        let path = slate.loaded.project.path_from_root(document.path.as_ref()?);
        let file = file_of(slate.slate(), &path)?;
        // One file can be open under two addresses.
        (file.source.text() == document.source.text()).then_some(Checked { slate, file })
    }

    /// What asks for one text alone.
    pub(super) fn request_of(&self, document: &Document) -> Option<Request> {
        let state = self.slates.get(self.home(document)?)?;
        let path = document.path.clone()?;
        Some(Request { files: Some([path].into()), ..state.request.clone() })
    }
}
