//! What the argument of a directive names, and whether there is anything of that name.

use super::slate::Slate;
use crate::policy::format::{ArgumentOf, DirectiveKind, Field};

/// What the argument of a directive can name: what matches it, as messages say it, and all names, sorted and each once.
pub(crate) fn named<'s>(slate: &'s Slate, kind: &DirectiveKind) -> Option<(&'static str, Vec<&'s str>)> {
    let (what, mut names) = match kind {
        DirectiveKind::Site { of: Some(ArgumentOf::Theme), .. } => ("roadmap", slate.themes()?),
        DirectiveKind::Site { of: Some(ArgumentOf::Need), .. } => {
            let rows = slate.format.metadata.rows.values().filter(|row| row.field == Some(Field::Need));
            ("need", rows.flat_map(|row| row.values.keys().map(String::as_str)).collect())
        }
        DirectiveKind::Roadmaps => {
            let rows = slate.roadmaps.iter().filter_map(|roadmap| roadmap.metadata.field(Field::Area));
            ("roadmap", rows.map(|row| row.value.value.as_str()).collect())
        }
        DirectiveKind::Site { of: Some(ArgumentOf::Highlight), .. }
        | DirectiveKind::HighlightTable
        | DirectiveKind::HighlightCredits => {
            let rows = slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight));
            ("goal", rows.map(|row| row.value.value.as_str()).collect())
        }
        DirectiveKind::GoalTable { .. } => {
            let themes = slate.goals.iter().flat_map(|goal| &goal.themes);
            ("goal", themes.map(|theme| theme.value.as_str()).collect())
        }
        _ => return None,
    };
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    Some((what, names))
}

/// What nothing of an argument's name is: a roadmap, a goal, a need. `None` where there is one, or where nobody can tell: while a
/// slate is still being put together, pages of the site list what no goal has yet.
pub(crate) fn unmatched(slate: &Slate, kind: &DirectiveKind, argument: &str) -> Option<&'static str> {
    let (what, names) = named(slate, kind)?;
    let is_early = names.is_empty() && what != "roadmap" && matches!(kind, DirectiveKind::Site { .. });
    (!is_early && !names.contains(&argument)).then_some(what)
}
