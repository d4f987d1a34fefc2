//! Raw HTML that would break the page of the RFC, or run something on it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::model::raw_html::{HtmlFlaw, HtmlFlawKind, flaws};
use crate::model::slate::{File, FileKind};
use crate::policy::html::{AllowedHtml, Element};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    // Of what cannot be read, the RFC shows nothing.
    let is_read = !matches!(file.kind, FileKind::Broken { .. } | FileKind::BrokenRoadmap);
    let is_shown = |flaw: &HtmlFlaw| is_read && cx.is_in_rfc(file, flaw.span);
    let found = flaws(&file.source, &file.document).into_iter();
    found.filter(|flaw| flaw.kind.is_active() || is_shown(flaw)).map(|flaw| finding(file, flaw)).collect()
}

fn finding(file: &File, flaw: HtmlFlaw) -> Finding {
    let tag = &file.document.tags[flaw.tag];
    let name = file.source.slice(tag.name);
    let allowed = "remove it, or use inline HTML such as `<br>`, `<sup>`, or `<kbd>`";
    let (message, help) = match flaw.kind {
        HtmlFlawKind::ActiveElement => (format!("HTML element `{name}` can run or load something"), allowed.to_owned()),
        HtmlFlawKind::ForbiddenElement => {
            (format!("HTML element `{name}` would break the layout of the RFC"), allowed.to_owned())
        }
        HtmlFlawKind::UnknownElement => (
            format!("`<{name}>` is read as an HTML tag, and not shown"),
            "use backticks around it, or `&lt;` for `<`".to_owned(),
        ),
        HtmlFlawKind::Declaration => {
            ("HTML declaration".to_owned(), "remove it, or use backticks around it".to_owned())
        }
        HtmlFlawKind::ActiveAttribute => {
            ("HTML attribute runs a script".to_owned(), "remove it, or link to a web page (`https://…`)".to_owned())
        }
        HtmlFlawKind::ForbiddenAttribute => ("HTML attribute is not allowed".to_owned(), "remove it".to_owned()),
        HtmlFlawKind::Unfinished => ("HTML tag is not closed with `>`".to_owned(), "add `>` after it".to_owned()),
        HtmlFlawKind::Unclosed => {
            let place = place(file, flaw, name);
            (format!("HTML element `{name}` is not closed in {place}"), format!("add `</{name}>`"))
        }
        HtmlFlawKind::Unopened => {
            let place = place(file, flaw, name);
            let help = format!("remove it, or add `<{name}>` before it");
            (format!("`</{name}>` closes nothing in {place}"), help)
        }
    };
    Finding::new(flaw.span, message).help(help)
}

/// In what an element has to be closed.
fn place(file: &File, flaw: HtmlFlaw, name: &str) -> &'static str {
    let blocks = &file.document.blocks;
    let before = &blocks[..blocks.partition_point(|block| block.span.start <= flaw.span.start)];
    match before.last().map(|block| block.kind) {
        Some(BlockKind::Table) => "this cell",
        Some(BlockKind::Heading) => "this heading",
        Some(BlockKind::Html) if AllowedHtml::built_in().element(name) == Element::Block => "this file",
        Some(BlockKind::Html) => "this block of HTML",
        _ => "this paragraph",
    }
}
