//! A directive for a highlight or theme that no goal has.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::slate::{File, Slate};
use crate::policy::format::{DirectiveKind, Field};
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::without_format;
use crate::text::ids::FileId;
use crate::text::similarity::did_you_mean;
use crate::text::source::Spanned;

/// How many goals are shown that have another value.
const MAX_PLACES: usize = 3;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    file.directives.iter().filter_map(|directive| judge(cx.slate, directive)).collect()
}

/// A highlight or theme that no goal has: its table would be empty.
fn judge(slate: &Slate, directive: &Directive) -> Option<Finding> {
    let kind = slate.directive(directive)?;
    let argument = directive.argument.as_ref()?;
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
