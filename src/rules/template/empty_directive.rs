//! A directive for a highlight, theme, need or area that nothing has.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::directive_argument::{named, unmatched};
use crate::model::slate::{File, Slate};
use crate::policy::format::{DirectiveKind, Field};
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

/// An argument that is none of the names that it can be.
fn unknown(argument: &Spanned<String>, what: &str, known: Vec<&str>) -> Finding {
    let finding = Finding::new(argument.span, format!("no {what} matches `{}`", argument.value));
    match known.is_empty() {
        true => finding.help("use the application area of a roadmap, or remove the directive"),
        false => finding.help(propose(&argument.value, known)),
    }
}

/// A highlight or theme that no goal has: its table would be empty.
fn judge(slate: &Slate, directive: &Directive) -> Option<Finding> {
    let kind = slate.directive(directive)?;
    let argument = directive.argument.as_ref()?;
    unmatched(slate, kind, &argument.value)?;
    let (what, names) = named(slate, kind)?;
    let values: Vec<(FileId, &Spanned<String>)> = match kind {
        DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits => {
            let rows = slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight).map(move |row| (goal, row)));
            rows.map(|(goal, row)| (goal.file, &row.value)).collect()
        }
        DirectiveKind::GoalTable { .. } => {
            slate.goals.iter().flat_map(|goal| goal.themes.iter().map(|theme| (goal.file, theme))).collect()
        }
        _ => return Some(unknown(argument, what, names)),
    };
    // One that is right but for the markup around it is reported by `formatted-value`.
    if names.iter().any(|name| without_format(name) == argument.value) {
        return None;
    }
    let finding = Finding::new(argument.span, format!("no {what} matches `{}`", argument.value));
    let Some(near) = did_you_mean(&argument.value, names) else {
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
