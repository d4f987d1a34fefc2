//! A directive for a highlight or theme that no goal has.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::slate::{File, Slate};
use crate::policy::format::{DirectiveKind, Field};
use crate::rules::context::LintContext;
use crate::text::similarity::did_you_mean;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    file.directives.iter().filter_map(|directive| judge(cx.slate, directive)).collect()
}

/// A highlight or theme that no goal has: its table would be empty.
fn judge(slate: &Slate, directive: &Directive) -> Option<Finding> {
    let kind = slate.directive(directive)?;
    let argument = directive.argument.as_ref()?;
    let mut names: Vec<&str> = match kind {
        DirectiveKind::HighlightTable | DirectiveKind::HighlightCredits => {
            let rows = slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight));
            rows.map(|row| row.value.value.as_str()).collect()
        }
        DirectiveKind::GoalTable { .. } => {
            slate.goals.iter().flat_map(|goal| &goal.themes).map(|theme| theme.value.as_str()).collect()
        }
        _ => return None,
    };
    names.sort_unstable();
    names.dedup();
    if names.contains(&argument.value.as_str()) {
        return None;
    }
    let finding = Finding::new(argument.span, format!("no goal matches `{}`", argument.value));
    Some(finding.help(match did_you_mean(&argument.value, names.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "use a value that goals have in that row, or remove the directive".to_owned(),
    }))
}
