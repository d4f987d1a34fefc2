//! The files that a link may have meant that leads nowhere: those of the slate, and those that lie around it.

use hashbrown::HashMap;

use super::outside::OutsideFiles;
use crate::model::slate::Slate;
use crate::text::name_index::NameIndex;
use crate::text::order::sort_by_key;
use crate::text::similarity::did_you_mean;

/// Names that every directory may have, so that a file of the name elsewhere says nothing.
const COMMON: [&str; 3] = ["readme.md", "index.md", "summary.md"];

/// All these files, found by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageIndex {
    /// Their paths from the project's root, sorted.
    paths: Vec<String>,
    /// The names of all.
    everywhere: NameIndex,
    /// The names of those in one directory.
    of_directory: HashMap<String, NameIndex>,
}

impl PageIndex {
    /// The files of a slate, and what is known of those around it.
    pub(crate) fn of(slate: &Slate, outside: Option<&OutsideFiles>) -> PageIndex {
        let around = outside.into_iter().flat_map(OutsideFiles::all);
        let mut paths: Vec<String> =
            slate.files.iter().map(|file| file.source.path()).chain(around).map(str::to_owned).collect();
        paths.sort_unstable();
        paths.dedup();
        let mut by_directory: HashMap<&str, Vec<(usize, &str)>> = HashMap::new();
        for (place, path) in paths.iter().enumerate() {
            by_directory.entry(directory_of(path)).or_default().push((place, file_name(path)));
        }
        let of_directory =
            by_directory.into_iter().map(|(directory, names)| (directory.to_owned(), NameIndex::new(names)));
        let of_directory = of_directory.collect();
        let everywhere = NameIndex::new(paths.iter().map(|path| file_name(path)).enumerate());
        PageIndex { paths, everywhere, of_directory }
    }

    /// The one file that must have been meant by a name in a directory: its own name differs in letter case, hyphens and
    /// underscores at most.
    pub(crate) fn meant(&self, directory: &str, wanted: &str) -> Option<&str> {
        let here = self.of_directory.get(directory).map_or(&[][..], |names| names.exact(wanted));
        if let [(_, place)] = here {
            return Some(&self.paths[*place]);
        }
        let all = self.everywhere.exact(wanted);
        if all.len() != here.len() + 1 || COMMON.contains(&wanted.to_lowercase().as_str()) {
            return None;
        }
        let mut paths = all.iter().map(|(_, place)| self.paths[*place].as_str());
        paths.find(|path| directory_of(path) != directory)
    }

    /// The file that may have been meant, if possible one in the directory itself, else in that of the slate, `own`.
    pub(crate) fn near(&self, directory: &str, wanted: &str, own: &str) -> Option<&str> {
        let among = |paths: &[&'_ str]| -> Option<usize> {
            let name = did_you_mean(wanted, paths.iter().map(|path| file_name(path)))?;
            paths.iter().position(|path| file_name(path) == name)
        };
        let path = |place: usize| self.paths[place].as_str();
        let here = self.of_directory.get(directory).map(|names| names.candidates(wanted)).unwrap_or_default();
        let here: Vec<&str> = here.into_iter().map(path).collect();
        if let Some(found) = among(&here) {
            return Some(here[found]);
        }
        let elsewhere = self.everywhere.candidates(wanted).into_iter().map(path);
        let mut elsewhere: Vec<&str> = elsewhere.filter(|path| directory_of(path) != directory).collect();
        sort_by_key(&mut elsewhere, |path| directory_of(path) != own);
        among(&elsewhere).map(|found| elsewhere[found])
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn directory_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(above, _)| above)
}
