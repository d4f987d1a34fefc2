//! A directive where it has no effect: of the site in a text that goes into the RFC, of a goal's metadata anywhere else.

use crate::diagnostics::finding::Finding;
use crate::model::rfc_outline::is_in_rfc;
use crate::model::slate::{File, FileKind};
use crate::policy::format::DirectiveKind;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let in_rfc = is_in_rfc(cx.slate, file);
    let is_page = !matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. });
    let judge = |directive: &crate::markdown::directive::Directive| {
        let name = directive.name.value.as_str();
        match cx.slate.format.directives.get(name)? {
            DirectiveKind::Metadata if is_page => Some(
                Finding::new(directive.span, format!("`{name}` has no effect outside a goal's metadata table"))
                    .help("remove it"),
            ),
            DirectiveKind::Site if in_rfc => Some(
                Finding::new(directive.span, format!("`{name}` works only on pages of the site, not in an RFC"))
                    .help("move it to a page that is not part of the RFC, or remove it"),
            ),
            _ => None,
        }
    };
    file.directives.iter().filter_map(judge).collect()
}
