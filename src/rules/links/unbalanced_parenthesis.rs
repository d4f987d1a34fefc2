//! A parenthesis around a link that is never closed: the one of the link was taken for it.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Link, LinkKind};
use crate::markdown::plain_text::PlainTextPart;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::text::source::Span;

/// What may follow the link where its parenthesis was taken for the one that closes.
const STOPS: [char; 6] = ['.', ',', ';', ':', '!', '?'];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let findings = cx.plain(file).parts().filter_map(|part| judge(file, part)).collect();
    instructions::outside(cx.slate, file, findings)
}

fn judge(file: &File, part: PlainTextPart<'_>) -> Option<Finding> {
    let open = unclosed(part.text)?;
    let place = part.span.part(open..open + 1);
    // With another `)` behind it the links say nothing about this one.
    let links = &file.document.links;
    let from = links.partition_point(|link| link.span.start < place.end);
    let behind = links[from..].iter().take_while(|link| link.span.end <= part.span.end);
    let closing: Vec<&Link> =
        behind.filter(|link| link.kind == LinkKind::Inline && ends_there(file, link, part.span)).collect();
    let last = closing.last()?;
    let end = Span::at(last.span.end as usize);
    let fix = (closing.len() == 1).then(|| (end, ")".to_owned()));
    let finding = Finding::new(place, "`(` is never closed: the last `)` belongs to the link");
    Some(finding.help("add `)` after the link").maybe_fix(fix))
}

/// The first parenthesis of a text that nothing closes, where it begins a word and none closes behind it.
fn unclosed(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut open: Vec<usize> = Vec::new();
    let mut last_close = 0;
    for at in memchr::memchr2_iter(b'(', b')', bytes) {
        match bytes[at] {
            _ if at > 0 && bytes[at - 1] == b'\\' => {}
            b'(' => open.push(at),
            _ => {
                open.pop();
                last_close = at;
            }
        }
    }
    let begins_word = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_none_or(char::is_whitespace) && after.is_some_and(|c| !c.is_whitespace())
    };
    open.into_iter().find(|at| *at > last_close || last_close == 0).filter(|at| begins_word(*at))
}

/// Whether a link is the last of its part, or a stop follows it.
fn ends_there(file: &File, link: &Link, part: Span) -> bool {
    let source = &file.source;
    let rest = source.slice(Span { start: link.span.end, end: part.end });
    source.slice(link.span).ends_with(')') && (rest.trim().is_empty() || rest.starts_with(STOPS))
}

#[cfg(test)]
mod tests {
    use super::unclosed;

    #[test]
    fn finds_the_one_that_nothing_closes() {
        assert_eq!(unclosed("words (more"), Some(6));
        assert_eq!(unclosed("(a) words (more"), Some(10));
        for text in ["(a)", "1) a", ":( a", "f(a", "( a", "(a (b)", "\\(a", "(a) b)"] {
            assert_eq!(unclosed(text), None, "{text}");
        }
    }
}
