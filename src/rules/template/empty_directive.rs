//! A directive for a highlight, theme, need or area that nothing has.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::slate::{File, Slate};
use crate::policy::format::{ArgumentOf, DirectiveKind, Field};
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::without_format;
use crate::rules::shared::proposal::propose;
use crate::text::ids::FileId;
use crate::text::similarity::did_you_mean;
use crate::text::source::Spanned;

/// How many goals are shown that have another value.
const MAX_PLACES: usize = 3;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    file.directives.iter().filter_map(|directive| judge(cx.slate, directive)).collect()
}

/// What the argument of a directive can name: what that is, and all names.
fn named(slate: &Slate, of: ArgumentOf) -> Option<(&'static str, Vec<&str>)> {
    Some(match of {
        ArgumentOf::Theme => ("roadmap", slate.themes()?),
        ArgumentOf::Highlight => {
            let rows = slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight));
            ("goal", rows.map(|row| row.value.value.as_str()).collect())
        }
        ArgumentOf::Need => {
            let rows = slate.format.metadata.rows.values().filter(|row| row.field == Some(Field::Need));
            ("need", rows.flat_map(|row| row.values.keys().map(String::as_str)).collect())
        }
    })
}

/// An argument that is none of the names that it can be. Where there is no name at all, the slate is still being put together.
fn unknown(argument: &Spanned<String>, what: &str, mut known: Vec<&str>) -> Option<Finding> {
    known.retain(|name| !name.is_empty());
    known.sort_unstable();
    known.dedup();
    if known.is_empty() && what != "roadmap" || known.contains(&argument.value.as_str()) {
        return None;
    }
    let finding = Finding::new(argument.span, format!("no {what} matches `{}`", argument.value));
    Some(match known.is_empty() {
        true => finding.help("use the application area of a roadmap, or remove the directive"),
        false => finding.help(propose(&argument.value, known)),
    })
}

/// A highlight or theme that no goal has: its table would be empty.
fn judge(slate: &Slate, directive: &Directive) -> Option<Finding> {
    let kind = slate.directive(directive)?;
    let argument = directive.argument.as_ref()?;
    let known = match kind {
        DirectiveKind::Site { of: Some(of), .. } => named(slate, *of),
        DirectiveKind::Roadmaps => {
            let rows = slate.roadmaps.iter().filter_map(|roadmap| roadmap.metadata.field(Field::Area));
            Some(("roadmap", rows.map(|row| row.value.value.as_str()).collect()))
        }
        _ => None,
    };
    if let Some((what, known)) = known {
        return unknown(argument, what, known);
    }
    let values: Vec<(FileId, &Spanned<String>)> = match kind {
        DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits => {
            let rows = slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight).map(move |row| (goal, row)));
            rows.map(|(goal, row)| (goal.file, &row.value)).collect()
        }
        DirectiveKind::GoalTable { .. } => {
            slate.goals.iter().flat_map(|goal| goal.themes.iter().map(|theme| (goal.file, theme))).collect()
        }
        _ => return None,
    };
    // One that is right but for the markup around it is reported by `formatted-value`.
    let is_it = |value: &str| value == argument.value || without_format(value) == argument.value;
    if values.iter().any(|(_, value)| is_it(&value.value)) {
        return None;
    }
    let mut names: Vec<&str> = values.iter().map(|(_, value)| value.value.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let finding = Finding::new(argument.span, format!("no goal matches `{}`", argument.value));
    let Some(near) = did_you_mean(&argument.value, names.iter().copied()) else {
        return Some(finding.help("use a value that goals have in that row, or remove the directive"));
    };
    let finding = finding.help(format!("did you mean `{near}`?"));
    let mut uses = values.iter().filter(|(_, value)| value.value == near);
    // Several goals that agree are right, and none of them is named for it.
    if uses.clone().count() < 2 {
        return Some(finding);
    }
    let finding = finding.meant(argument.span, near);
    let places = uses.by_ref().take(MAX_PLACES);
    Some(places.fold(finding, |finding, (file, value)| finding.related(*file, value.span, "used by this goal")))
}
