//! What lies at a path of the project: among the files of a slate, then in what is known of those around it.

use super::outside::OutsideFiles;
use crate::model::slate::Slate;
use crate::policy::period::PeriodName;

/// What lies at a path of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Resolution {
    /// What the path names.
    File,
    /// Nothing, but the file from which a page of this name is made.
    PageOf {
        /// Its path.
        from: String,
    },
    /// Nothing.
    Missing,
    /// Nobody has looked.
    NotChecked,
}

/// Looks for a path of the project: among the files of `slate`, then in what is known of those `outside` of it.
pub(crate) fn find(slate: &Slate, outside: Option<&OutsideFiles>, path: &str) -> Resolution {
    let is_there =
        |path: &str| slate.file_at(path).is_some() || outside.is_some_and(|outside| outside.has(path) == Some(true));
    if is_there(path) || path.is_empty() || slate.has_directory(path) || slate.is_goal_template(path) {
        return Resolution::File;
    }
    let page = path.strip_suffix(".html");
    let made = page.into_iter().flat_map(sources_of).find(|source| is_there(source) || slate.is_goal_template(source));
    if let Some(from) = made {
        return Resolution::PageOf { from };
    }
    let from_top = path.strip_prefix(slate.pages_directory()).unwrap_or(path).trim_start_matches('/');
    if slate.config.redirects.iter().any(|old| old.trim_start_matches('/') == from_top) {
        return Resolution::File;
    }
    match outside {
        Some(outside) => outside.has(path).map_or(Resolution::NotChecked, |_| Resolution::Missing),
        // Only the slate's own pages are known.
        None => {
            let is_own = path.strip_prefix(slate.directory.as_str()).is_some_and(|rest| rest.starts_with('/'));
            let is_page = page.is_some() || path.ends_with(".md");
            if is_page && (is_own || slate.directory.is_empty()) { Resolution::Missing } else { Resolution::NotChecked }
        }
    }
}

/// Whether a path of the project leads into a slate, be it there or not.
pub(crate) fn leads_into_slate(slate: &Slate, path: &str) -> bool {
    let from_top = path.strip_prefix(slate.pages_directory()).unwrap_or(path);
    from_top.split('/').any(|part| PeriodName::parse(part).is_some())
}

/// The files from which a published page can have been made, by its path without `.html`.
pub(crate) fn sources_of(page: &str) -> Vec<String> {
    let mut sources = vec![format!("{page}.md")];
    match page.rsplit_once('/') {
        Some((above, "index")) => sources.push(format!("{above}/README.md")),
        None if page == "index" => sources.push("README.md".to_owned()),
        _ => {}
    }
    sources
}
