//! Files that are written beside others, until they take their place: a run that is interrupted takes them along.
//!
//! A signal that cannot be caught, and Windows, leave them there; the next run that writes in the directory removes them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Error, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// Those that this process has at the moment. Whoever makes one or puts one in its place holds the list meanwhile: an
/// interrupted run has none that is not listed.
static LISTED: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

fn listed() -> MutexGuard<'static, BTreeSet<PathBuf>> {
    LISTED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that does not stand in its place yet. Without being put there it is removed.
pub(super) struct Unfinished {
    /// It has one until it is put in its place or dropped.
    file: Option<NamedTempFile>,
    path: PathBuf,
}

impl Unfinished {
    /// The file that `make` makes.
    pub(super) fn new(make: impl FnOnce() -> Result<NamedTempFile>) -> Result<Unfinished> {
        #[cfg(unix)]
        signals::listen();
        let mut listed = listed();
        let file = make()?;
        let path = file.path().to_path_buf();
        listed.insert(path.clone());
        Ok(Unfinished { file: Some(file), path })
    }

    /// The file itself. Unlike those of the one with a name, its errors do not name it: its user has not heard of it.
    pub(super) fn file(&self) -> Result<&File> {
        self.file.as_ref().map(NamedTempFile::as_file).ok_or_else(|| Error::other("the file is gone"))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Puts it in the place of another one.
    pub(super) fn persist(mut self, path: &Path) -> Result<()> {
        let _listed = listed();
        self.file.take().map_or(Ok(()), |file| file.persist(path).map(drop).map_err(|failure| failure.error))
    }

    /// Puts it at a path where nothing may be.
    pub(super) fn persist_new(mut self, path: &Path) -> Result<()> {
        let _listed = listed();
        self.file.take().map_or(Ok(()), |file| file.persist_noclobber(path).map(drop).map_err(|failure| failure.error))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut listed = listed();
        drop(self.file.take());
        listed.remove(&self.path);
    }
}

#[cfg(unix)]
mod signals {
    use std::sync::{Once, mpsc};

    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    /// Listens for what interrupts a run, from the first file on: a run that writes none ends as any program does. SIGHUP is not
    /// among them, since `nohup` would be in vain.
    pub(super) fn listen() {
        static LISTENING: Once = Once::new();
        LISTENING.call_once(|| {
            let (sender, ready) = mpsc::channel();
            let wait = move || {
                let signals = Signals::new([SIGINT, SIGTERM]);
                let _ = sender.send(());
                let Some(signal) = signals.ok().and_then(|mut signals| signals.forever().next()) else { return };
                // Nobody gets the list again.
                let listed = super::listed();
                for path in &*listed {
                    let _ = std::fs::remove_file(path);
                }
                let _ = emulate_default_handler(signal);
            };
            // Without a thread nobody would answer: then the signals are not caught, and what is left is removed by the next run.
            if std::thread::Builder::new().name("interrupts".to_owned()).spawn(wait).is_ok() {
                let _ = ready.recv();
            }
        });
    }
}
