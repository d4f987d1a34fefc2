//! What has been parsed, kept for who reads the same slates again and again.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use hashbrown::HashMap;

use crate::model::slate_reader::Parsed;
use crate::text::source::Source;

/// Parsed texts by the paths of their files. A text that has changed is parsed anew: texts are compared, not their dates.
#[derive(Debug, Default)]
pub(crate) struct ParseCache(Mutex<HashMap<PathBuf, (Arc<Source>, Parsed)>>);

impl ParseCache {
    /// The parsed text of a file, from before where it is the same as then.
    pub(crate) fn parse(&self, path: &Path, source: Source) -> (Arc<Source>, Parsed) {
        let known = |kept: &(Arc<Source>, Parsed)| kept.0.path() == source.path() && kept.0.is_same_text(&source);
        if let Some((source, parsed)) = self.lock().get(path).filter(|kept| known(kept)) {
            return (Arc::clone(source), parsed.clone());
        }
        let source = Arc::new(source);
        let parsed = Parsed::of(&source);
        self.lock().insert(path.to_path_buf(), (Arc::clone(&source), parsed.clone()));
        (source, parsed)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<PathBuf, (Arc<Source>, Parsed)>> {
        // A text is put in whole or not at all, so what a thread that stopped has left is good.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
