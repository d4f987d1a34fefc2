//! A directive that makes a table amid the words of a sentence, which the table cuts in two.

use crate::diagnostics::finding::Finding;
use crate::markdown::directive::Directive;
use crate::model::directive_effect::has_effect;
use crate::model::rfc_outline::is_in_rfc;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if !is_in_rfc(cx.slate, file) {
        return vec![];
    }
    let judge = |directive: &Directive| {
        let kind = cx.slate.directive(directive).filter(|kind| kind.makes_blocks())?;
        let is_cut = has_effect(cx.slate, file, directive) && cuts_sentence(file, directive);
        let name = directive.name.value.as_str();
        let finding = Finding::new(directive.span, format!("the table of `{name}` cuts this sentence in two"));
        let help = match cx.slate.format.count_of(kind) {
            Some(count) => {
                format!("use `{}` for the number, or put it on a line of its own", directive.spelled(count))
            }
            None => "put it on a line of its own".to_owned(),
        };
        is_cut.then(|| finding.help(help))
    };
    file.directives.iter().filter_map(judge).collect()
}

/// Whether words stand on both sides of a directive in its line.
fn cuts_sentence(file: &File, directive: &Directive) -> bool {
    let source = &file.source;
    let first = source.line_span(source.line_index(directive.span.start as usize));
    let last = source.line_span(source.line_index(directive.span.end as usize));
    let before = source.slice(Span { start: first.start, end: directive.span.start });
    let after = source.slice(Span { start: directive.span.end, end: last.end.max(directive.span.end) });
    before.contains(char::is_alphanumeric) && after.contains(char::is_alphanumeric)
}
