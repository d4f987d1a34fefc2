//! Chapters that the sidebar gets below a page: one for each goal or roadmap of its slate.

use super::directives::shown_part;
use super::layout::Layout;
use crate::model::goal;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::SitePart;
use crate::text::ids::FileId;
use crate::text::order::sort_by_key;

/// The files that the directives of a page make chapters of, in the order of the sidebar.
pub(crate) fn chapters(slate: &Slate, file: &File, layout: &Layout) -> Vec<FileId> {
    let kinds = file.directives.iter().filter_map(|one| slate.directive(one).or_else(|| layout.directive(one)));
    let mut chapters = Vec::new();
    for part in kinds.filter_map(shown_part) {
        let is_one = |file: &&File| match (part, file.kind) {
            (SitePart::GoalChapters, FileKind::Goal(goal)) => !slate.goals[goal].is_not_accepted(),
            // One that cannot be read is to be seen, so that somebody fixes it.
            (SitePart::GoalChapters, FileKind::Broken { .. }) => true,
            (SitePart::RoadmapChapters, FileKind::Roadmap(_) | FileKind::BrokenRoadmap) => true,
            _ => false,
        };
        let mut found: Vec<&File> = slate.files.iter().filter(is_one).collect();
        sort_by_key(&mut found, |file| name(file).to_lowercase());
        chapters.extend(found.into_iter().map(|file| file.id));
    }
    chapters
}

/// What a chapter is called: the title as written, else the name of the file.
pub(crate) fn name(file: &File) -> String {
    let title = goal::title(&file.document).map(|title| file.source.slice(title.content).trim());
    let stem = || file.source.file_name().trim_end_matches(".md");
    title.filter(|title| !title.is_empty()).unwrap_or_else(stem).to_owned()
}
