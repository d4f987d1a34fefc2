//! Looking for the files around a slate: the only part of `links` that reads the disk.

use std::collections::BTreeMap;
use std::path::Path;

use super::anchors::Anchors;
use super::outside::OutsideFiles;
use super::resolution::Resolution;
use super::target::Target;
use super::{resolution, target};
use crate::markdown::directive::directives;
use crate::markdown::document::Document;
use crate::model::slate::{Slate, TEMPLATE_FILE};
use crate::sys::symlink_boundary::SymlinkBoundary;
use crate::sys::tree::Tree;
use crate::text::source::Source;

/// Where the files around a slate are looked for: a tree whose files are named by their paths from the project's root, with
/// `/`.
pub(crate) struct OutsideScan<'t> {
    pub(crate) tree: &'t dyn Tree,
    pub(crate) root: &'t Path,
    pub(crate) bounds: &'t SymlinkBoundary<'t>,
}

impl OutsideScan<'_> {
    /// What a directory holds, by name and whether it is a directory itself; nothing where there is no such directory. Names
    /// are exact: on some disks a file answers to other letter cases too. `leads_on` is false where the directory is known to
    /// be none of those that lead elsewhere, which spares looking at each part of its path.
    fn entries(&self, directory: &str, leads_on: bool) -> BTreeMap<String, bool> {
        let path = self.root.join(directory);
        let within_boundary = if leads_on { self.tree.check_boundary(&path, self.bounds) } else { Ok(()) };
        let entries = within_boundary.and_then(|()| self.tree.entries(&path)).unwrap_or_default();
        entries.into_iter().map(|entry| (entry.name(), entry.is_directory)).collect()
    }

    /// The bytes of a file, if it can be read.
    fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = self.root.join(path);
        self.tree.check_boundary(&path, self.bounds).and_then(|()| self.tree.read(&path)).ok()
    }
}

impl OutsideFiles {
    /// Looks for whatever the links and definitions of a slate's files name, and the slate itself does not have.
    pub(crate) fn of(slate: &Slate, files: &OutsideScan<'_>) -> OutsideFiles {
        let mut around = OutsideFiles::default();
        // What a text links to that is read otherwise than it stands is in the slate itself, in most cases.
        around.load_above(&slate.path_of(TEMPLATE_FILE), files);
        let mut is_missing = false;
        let mut seen: BTreeMap<String, bool> = BTreeMap::new();
        for file in &slate.files {
            for (_, target) in file.all_targets() {
                let Target::Inside(inside) = target::read(slate, file, target) else { continue };
                if slate.file_at(&inside.path).is_some() {
                    continue;
                }
                let has_anchor = inside.anchor.is_some_and(|anchor| !anchor.is_empty());
                if seen.get(&inside.path).is_some_and(|with_anchor| *with_anchor || !has_anchor) {
                    continue;
                }
                around.load_above(&inside.path, files);
                if let Some(path) = target::seen_from_copy(slate, file, &inside) {
                    around.load_above(&path, files);
                }
                seen.insert(inside.path.clone(), has_anchor);
                let source = match resolution::find(slate, Some(&around), &inside.path) {
                    Resolution::File => inside.path,
                    Resolution::PageOf { from } => from,
                    Resolution::Missing | Resolution::NotChecked => {
                        is_missing = true;
                        continue;
                    }
                };
                let is_page = source.ends_with(".md") && slate.file_at(&source).is_none();
                if has_anchor && is_page && !around.anchors.contains_key(&source) {
                    around
                        .anchors
                        .extend(files.read(&source).map(|bytes| (source.clone(), anchors(slate, &source, bytes))));
                }
            }
        }
        if is_missing {
            around.load_pages(slate.pages_directory(), files);
        }
        around
    }

    /// Lists the directory above a path, and those above it, so that each of their names is compared exactly.
    fn load_above(&mut self, path: &str, files: &OutsideScan<'_>) {
        let mut directory = "";
        let mut leads_on = true;
        for end in path.match_indices('/').map(|(at, _)| at).chain([path.len()]) {
            let entries =
                self.directories.entry(directory.to_owned()).or_insert_with(|| files.entries(directory, leads_on));
            let name = path[directory.len()..end].trim_start_matches('/');
            directory = &path[..end];
            let Some(is_directory) = entries.get(name) else {
                // What is below something that does not exist does not exist either.
                let above = path.rsplit_once('/').map_or("", |(above, _)| above);
                self.directories.entry(above.to_owned()).or_default();
                return;
            };
            leads_on = may_lead_on(name, *is_directory);
        }
    }

    /// One directory further down is enough for slates and whatever is next to them, and no search through a whole disk.
    fn load_pages(&mut self, directory: &str, files: &OutsideScan<'_>) {
        let below = |name: &str| if directory.is_empty() { name.to_owned() } else { format!("{directory}/{name}") };
        for (name, is_directory) in files.entries(directory, true) {
            let path = below(&name);
            if !is_directory {
                self.all.push(path);
            } else if !name.starts_with('.') {
                let entries = files.entries(&path, false).into_iter().filter(|(_, is_directory)| !is_directory);
                self.all.extend(entries.map(|(name, _)| format!("{path}/{name}")));
            }
        }
        self.all.sort();
    }
}

/// Whether an entry of a directory may lead out of the bounds of the directory itself: a link to a directory is none, and
/// what is hidden lies out of all bounds.
fn may_lead_on(name: &str, is_directory: bool) -> bool {
    !is_directory || name.starts_with('.')
}

fn anchors(slate: &Slate, path: &str, bytes: Vec<u8>) -> Anchors {
    let source = Source::from_bytes(path, bytes);
    let document = Document::parse(&source);
    let directives = directives(&source, &document);
    Anchors::of_page(slate, &source, &document, &directives)
}
