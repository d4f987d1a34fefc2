//! A directive nobody knows: it would stay in the RFC as it is, or vanish as a comment.

use crate::directive::Directive;
use crate::finding::Finding;
use crate::nearest::nearest;
use crate::period::DirectiveKind;
use crate::slate::{File, FileKind, Slate};

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    file.directives.iter().filter_map(|directive| judge(slate, file, directive)).collect()
}

fn judge(slate: &Slate, file: &File, directive: &Directive) -> Option<Finding> {
    let known = &slate.format.directives;
    let name = directive.name.value.as_str();
    let is_comment = file.source.slice(directive.span).starts_with("<!--");
    match known.get(name) {
        Some(DirectiveKind::Metadata) if matches!(file.kind, FileKind::Template | FileKind::Page) => Some(
            Finding::new(directive.span, format!("`{name}` stands for nothing outside a goal's metadata table"))
                .help("take it out"),
        ),
        Some(_) if directive.argument.is_some() => Some(
            Finding::new(directive.span, format!("`{name}` takes no argument"))
                .help(format!("write `{}`", spelt(file, directive, name))),
        ),
        Some(_) => None,
        None => {
            let near = nearest(name, known.keys().map(String::as_str));
            // Three parentheses are nothing but a directive; a comment may be a comment.
            if is_comment && !near.is_some_and(|near| is_meant(name, near)) {
                return None;
            }
            let finding = Finding::new(directive.name.span, format!("no directive is called `{name}`"));
            Some(finding.help(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let names: Vec<&String> = known.keys().collect();
                    format!("take it out, or write one of {}", crate::config::quoted(&names))
                }
            }))
        }
    }
}

/// Whether a comment is a directive with a mistake in it: written in capitals, or one but for its letter case. One word in
/// small letters is a word.
fn is_meant(written: &str, near: &str) -> bool {
    let capitals = !written.chars().any(char::is_lowercase);
    capitals || (written.eq_ignore_ascii_case(near) && written.contains([' ', '#']))
}

/// A directive in the spelling that its author chose.
fn spelt(file: &File, directive: &Directive, name: &str) -> String {
    match file.source.slice(directive.span).starts_with("<!--") {
        true => format!("<!-- {name} -->"),
        false => format!("((({name})))"),
    }
}
