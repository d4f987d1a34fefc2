//! A roadmap that no goal joins.

use crate::diagnostics::finding::Finding;
use crate::model::slate::{Slate, anchor};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let goals = cx.slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
    let themes: hashbrown::HashSet<&str> =
        goals.flat_map(|goal| &goal.themes).map(|theme| theme.value.as_str()).collect();
    // Where no goal joins any, the slate is still being put together.
    if themes.is_empty() {
        return vec![];
    }
    let empty = cx.slate.roadmaps.iter().filter(|roadmap| !themes.contains(cx.slate.roadmap_name(roadmap)));
    empty
        .map(|roadmap| {
            let finding = Finding::new(anchor(&cx.slate.files[roadmap.file]), "roadmap without goals")
                .help(format!("add the row `{}` to a goal, or remove the roadmap", cx.slate.roadmap_name(roadmap)));
            (roadmap.file, finding)
        })
        .collect()
}
