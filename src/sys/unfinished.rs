//! Files that are written beside others, until they take their place: a run that is interrupted takes them along.
//!
//! A signal that cannot be caught, and Windows, leave them there; the next run that writes in the directory removes them.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{Error, ErrorKind, Result};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tempfile::NamedTempFile;

/// Those that this process has at the moment. Whoever makes one or puts one in its place holds the list meanwhile: an
/// interrupted run has none that is not listed.
static LISTED: Mutex<Lists> = Mutex::new(Lists { beside: BTreeSet::new(), made: Vec::new() });

/// What an interrupted run takes along.
struct Lists {
    /// Files beside their places.
    beside: BTreeSet<PathBuf>,
    /// What stands in its place, and does not stay without the rest; in the order in which it was made.
    made: Vec<PathBuf>,
}

fn listed() -> MutexGuard<'static, Lists> {
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
        listed.beside.insert(path.clone());
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
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut listed = listed();
        drop(self.file.take());
        listed.beside.remove(&self.path);
    }
}

/// Files and directories that were made together: all of them stay, or none.
#[derive(Default)]
pub(super) struct Made(Vec<PathBuf>);

impl Made {
    /// Makes a directory, along with those above it that are missing.
    pub(super) fn directory(&mut self, directory: &Path) -> Result<()> {
        let is_missing = |above: &&Path| !above.as_os_str().is_empty() && std::fs::symlink_metadata(above).is_err();
        let missing: Vec<&Path> = directory.ancestors().take_while(is_missing).collect();
        for above in missing.into_iter().rev() {
            let mut listed = listed();
            match std::fs::create_dir(above) {
                Ok(()) => self.add(&mut listed, above),
                // Somebody else was faster, whose it is.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Puts a file at a path where nothing may be.
    pub(super) fn file(&mut self, mut file: Unfinished, path: &Path) -> Result<()> {
        let mut listed = listed();
        let Some(file) = file.file.take() else { return Ok(()) };
        file.persist_noclobber(path).map_err(|failure| failure.error)?;
        self.add(&mut listed, path);
        Ok(())
    }

    fn add(&mut self, listed: &mut Lists, path: &Path) {
        listed.made.push(path.to_path_buf());
        self.0.push(path.to_path_buf());
    }

    /// Lets them stay.
    pub(super) fn keep(mut self) {
        let own = std::mem::take(&mut self.0);
        listed().made.retain(|path| !own.contains(path));
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        let mut listed = listed();
        remove_all(&self.0);
        listed.made.retain(|path| !self.0.contains(path));
    }
}

/// Removes files and directories, the last one first. A directory that holds something else stays.
fn remove_all(made: &[PathBuf]) {
    for path in made.iter().rev() {
        let is_directory = std::fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
        let _ = if is_directory { std::fs::remove_dir(path) } else { std::fs::remove_file(path) };
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
                for path in &listed.beside {
                    let _ = std::fs::remove_file(path);
                }
                super::remove_all(&listed.made);
                let _ = emulate_default_handler(signal);
            };
            // Without a thread nobody would answer: then the signals are not caught, and what is left is removed by the next run.
            if std::thread::Builder::new().name("interrupts".to_owned()).spawn(wait).is_ok() {
                let _ = ready.recv();
            }
        });
    }
}
