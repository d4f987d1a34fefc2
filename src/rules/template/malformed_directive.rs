//! A directive with damaged marks: it stays in the RFC as text, and what it lists is missing.

use crate::diagnostics::finding::Finding;
use crate::model::malformed_directives::malformed_directives;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if !matches!(file.kind, FileKind::Template | FileKind::Page) {
        return vec![];
    }
    let found = malformed_directives(&file.source, &file.document, &file.directives, &cx.slate.format);
    let finding = |one: crate::model::malformed_directives::MalformedDirective<'_>| {
        let written = file.source.slice(one.span);
        let message = format!("malformed directive: `{written}` is not replaced");
        let name = one.name;
        Finding::new(one.span, message).help(match written.trim_start().starts_with("<!--") {
            true => format!("use `<!-- {name} -->`"),
            false => format!("use `((({name})))`"),
        })
    };
    found.into_iter().map(finding).collect()
}
