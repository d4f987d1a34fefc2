//! The floor of [`processes`](processes.rs) on two threads, with the allocator of the program: what two cores gain where nothing
//! but reading and parsing is done.

#[allow(dead_code)] // nothing is measured here
mod common;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use common::{FLOOR, Outcome, parse_file};

#[cfg(unix)]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const THREADS: usize = 2;

fn main() -> Outcome<()> {
    let arguments: Vec<_> = std::env::args_os().collect();
    let [_, word, directory] = arguments.as_slice() else { return Ok(()) };
    if word != FLOOR {
        return Ok(());
    }
    let entries = std::fs::read_dir(Path::new(directory))?;
    let paths = entries.map(|entry| Ok(entry?.path())).collect::<Outcome<Vec<PathBuf>>>()?;
    let paths: Vec<PathBuf> = paths.into_iter().filter(|path| path.extension() == Some(OsStr::new("md"))).collect();
    let next = AtomicUsize::new(0);
    let work = || -> std::io::Result<()> {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            parse_file(path)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..THREADS).map(|_| scope.spawn(work)).collect();
        work()?;
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().map_err(|_| "a thread of the floor has panicked")?.map_err(Into::into))
    })
}
