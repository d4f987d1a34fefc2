//! A directive with damaged marks: it stays in the RFC as text, and what it lists is missing.

use crate::diagnostics::finding::Finding;
use crate::model::malformed_directives::malformed_directives;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

/// What stands behind the colon of a directive, without what is left of the marks.
fn argument(written: &str) -> Option<&str> {
    let (_, argument) = written.split_once(':')?;
    let argument = argument.trim_end_matches(|c: char| !c.is_alphanumeric()).trim();
    (!argument.is_empty()).then_some(argument)
}

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if !matches!(file.kind, FileKind::Template | FileKind::Page) {
        return vec![];
    }
    let found = malformed_directives(&file.source, &file.document, &file.directives, &cx.slate.format);
    let finding = |one: crate::model::malformed_directives::MalformedDirective<'_>| {
        let written = file.source.slice(one.span);
        let message = format!("malformed directive: `{written}` is not replaced");
        let argument = argument(written).map_or_else(String::new, |argument| format!(": {argument}"));
        let name = format!("{}{argument}", one.name);
        let right = match written.trim_start().starts_with("<!--") {
            true => format!("<!-- {name} -->"),
            false => format!("((({name})))"),
        };
        // What it would list is not missing for another reason.
        Finding::new(one.span, message).help(format!("use `{right}`")).meant(one.span, right)
    };
    found.into_iter().map(finding).collect()
}
