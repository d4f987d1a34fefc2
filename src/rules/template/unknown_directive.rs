//! An unknown directive: it would stay in the RFC as it is, or vanish as a comment.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::directive_effect::is_meant;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::config::messages::quoted;
use crate::policy::format::{Argument, DirectiveKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // In a goal's metadata table a placeholder is checked by `altered-placeholder`.
    let metadata = match file.kind {
        FileKind::Goal(goal) => Some(file.document.tables[cx.slate.goals[goal].metadata.table].span),
        _ => None,
    };
    let elsewhere = |directive: &&Directive| metadata.is_none_or(|table| !table.contains(directive.span));
    file.directives.iter().filter(elsewhere).filter_map(|directive| judge(cx.slate, file, directive)).collect()
}

fn judge(slate: &Slate, file: &File, directive: &Directive) -> Option<Finding> {
    let known = &slate.format.directives;
    let name = directive.name.value.as_str();
    if let Some(kind) = slate.directive(directive) {
        // In a goal such words are hardly meant to be replaced.
        let is_words = directive.is_comment && !directive.in_capitals && matches!(file.kind, FileKind::Goal(_));
        return argument(directive, kind).filter(|_| !is_words);
    }
    if known.contains_key(name) {
        // Words in a comment that happen to be a name.
        return None;
    }
    let near = slate.format.meant_directive(&directive.name.value);
    let finding =
        || Finding::new(directive.name.span, format!("unknown directive `{}`", file.source.slice(directive.name.span)));
    let help = || match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("remove it, or use one of {}", quoted(&known.keys().collect::<Vec<_>>())),
    };
    let meant = |finding: Finding| match near {
        // What it would list is not missing for another reason.
        Some(near) => finding.meant(directive.name.span, near),
        None => finding,
    };
    is_meant(slate, file, directive).then(|| meant(finding().help(help())))
}

/// An argument where there should be none, and none where one is needed.
fn argument(directive: &Directive, kind: &DirectiveKind) -> Option<Finding> {
    let name = directive.name.value.as_str();
    let written = directive.argument.as_ref().filter(|argument| !argument.value.is_empty());
    match (kind.argument(), written) {
        (Argument::Never, Some(_)) => Some(
            Finding::new(directive.span, format!("`{name}` takes no argument"))
                .help(format!("use `{}`", directive.spelled(name))),
        ),
        (Argument::Always, None) => Some(
            Finding::new(directive.span, format!("missing argument of `{name}`"))
                .help(format!("use `{}`", directive.spelled(&format!("{name}: …")))),
        ),
        _ => None,
    }
}
