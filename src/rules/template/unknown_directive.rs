//! An unknown directive: it would stay in the RFC as it is, or vanish as a comment.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Argument, DirectiveKind};
use crate::rules::context::LintContext;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

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
    match known.get(name) {
        Some(kind) => argument(file, directive, kind),
        None => {
            let near = did_you_mean(name, known.keys().map(String::as_str));
            // Three parentheses are nothing but a directive; a comment may be a comment.
            if is_comment(file, directive) && !near.is_some_and(|near| is_meant(name, near)) {
                return None;
            }
            let finding = Finding::new(directive.name.span, format!("unknown directive `{name}`"));
            let fix = find_ignoring_case(name, known.keys().map(String::as_str))
                .map(|known| (directive.name.span, known.to_owned()));
            Some(finding.maybe_fix(fix).help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let names: Vec<&String> = known.keys().collect();
                    format!("remove it, or use one of {}", crate::policy::config::messages::quoted(&names))
                }
            }))
        }
    }
}

/// An argument where there should be none, and none where one is needed.
fn argument(file: &File, directive: &Directive, kind: &DirectiveKind) -> Option<Finding> {
    let name = directive.name.value.as_str();
    let written = directive.argument.as_ref().filter(|argument| !argument.value.is_empty());
    match (kind.argument(), written) {
        (Argument::Never, Some(_)) => Some(
            Finding::new(directive.span, format!("`{name}` takes no argument"))
                .help(format!("use `{}`", spelled(file, directive, name))),
        ),
        (Argument::Always, None) => Some(
            Finding::new(directive.span, format!("missing argument of `{name}`"))
                .help(format!("use `{}`", spelled(file, directive, &format!("{name}: …")))),
        ),
        _ => None,
    }
}

fn is_comment(file: &File, directive: &Directive) -> bool {
    file.source.slice(directive.span).starts_with("<!--")
}

/// Whether a comment is a directive with a mistake in it: written in upper case, or one but for its case. One word in
/// lower case is a word.
fn is_meant(written: &str, near: &str) -> bool {
    let capitals = !written.chars().any(char::is_lowercase);
    capitals || (written.eq_ignore_ascii_case(near) && written.contains([' ', '#']))
}

/// A directive in the spelling that its author chose.
fn spelled(file: &File, directive: &Directive, name: &str) -> String {
    match is_comment(file, directive) {
        true => format!("<!-- {name} -->"),
        false => format!("((({name})))"),
    }
}
