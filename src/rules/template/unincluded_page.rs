//! A list item of the template that was meant to include a page, and only links to it.

use crate::diagnostics::finding::Finding;
use crate::model::slate::{File, FileKind};
use crate::model::unincluded_pages::{UnincludedPage, unincluded_pages};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if file.kind != FileKind::Template {
        return vec![];
    }
    let finding = |one: UnincludedPage| {
        let name = cx.slate.page_of(one.page);
        let title = file.source.slice(one.title);
        let message = format!("`{name}` is linked, not included in the RFC");
        let help = format!("to include it, use a list item with nothing but the link: `- [{title}](./{name})`");
        Finding::new(one.span, message).help(help)
    };
    unincluded_pages(cx.slate).into_iter().map(finding).collect()
}
