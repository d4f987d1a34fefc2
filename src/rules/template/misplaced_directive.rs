//! A directive where it has no effect: of the site in a text that goes into the RFC, of a goal's metadata anywhere else, a table
//! where none can be.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::markdown::document::BlockKind;
use crate::model::directive_effect::{Obstacle, obstacle, stays_as_written};
use crate::model::rfc_outline::is_in_rfc;
use crate::model::slate::{File, FileKind};
use crate::policy::format::DirectiveKind;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if matches!(file.kind, FileKind::Goal(_) | FileKind::Roadmap(_)) {
        return in_goal(cx, file);
    }
    let in_rfc = is_in_rfc(cx.slate, file);
    let is_page = !matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. });
    let judge = |directive: &Directive| {
        let name = directive.name.value.as_str();
        match cx.slate.directive(directive)? {
            DirectiveKind::Metadata if is_page => Some(
                Finding::new(directive.span, format!("`{name}` has no effect outside a goal's metadata table"))
                    .help("remove it"),
            ),
            DirectiveKind::Site { .. } if in_rfc => Some(
                Finding::new(directive.span, format!("`{name}` works only on pages of the site, not in an RFC"))
                    .help("move it to a page that is not part of the RFC, or remove it"),
            ),
            _ if !in_rfc || stays_as_written(cx.slate, directive) => None,
            kind => {
                let obstacle = obstacle(cx.slate, file, directive)?;
                // A number in what the RFC leaves out is for the site.
                let is_left_out = matches!(obstacle, Obstacle::ChapterTitle | Obstacle::StatusNote);
                if is_left_out && !kind.makes_blocks() {
                    return None;
                }
                let place = obstacle.place();
                let message = format!("`{name}` has no effect in {place}");
                let finding = Finding::new(directive.span, message);
                let finding = finding.help("put it on a line of its own below the first heading");
                // What it would list is not missing for another reason.
                Some(match alone_in(file, directive).filter(|_| obstacle == Obstacle::Marks) {
                    Some(paragraph) => finding.meant(paragraph, file.source.slice(directive.span)),
                    None => finding,
                })
            }
        }
    };
    file.directives.iter().filter_map(judge).collect()
}

/// The paragraph of a directive, where nothing but signs stands beside it.
fn alone_in(file: &File, directive: &Directive) -> Option<Span> {
    let mut around = file.document.blocks.iter().filter(|block| block.span.contains(directive.span));
    let paragraph = around.find(|block| block.kind == BlockKind::Paragraph)?.span;
    let before = Span { start: paragraph.start, end: directive.span.start };
    let after = Span { start: directive.span.end, end: paragraph.end };
    let is_bare = |part: Span| !file.source.slice(part).contains(char::is_alphanumeric);
    (is_bare(before) && is_bare(after)).then_some(paragraph)
}

/// A directive in what the RFC quotes from a goal or roadmap, where nothing replaces it.
fn in_goal(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let judge = |directive: &Directive| {
        let kind = cx.slate.directive(directive).filter(|_| !directive.is_loose())?;
        if *kind == DirectiveKind::Metadata || !cx.is_in_rfc(file, directive.span) {
            return None;
        }
        let message =
            format!("`{}` has no effect in what the RFC quotes: it would be shown as it is", directive.name.value);
        Some(Finding::new(directive.span, message).help("remove it"))
    };
    file.directives.iter().filter_map(judge).collect()
}
