//! Brackets and parentheses directly at a link that nothing opens or closes.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::LinkKind;
use crate::markdown::plain_text::PlainText;
use crate::model::slate::File;
use crate::text::source::Span;

pub(crate) fn check(plain: &PlainText, file: &File) -> Vec<Finding> {
    let mut parts = plain.parts().peekable();
    // Those of the part that was asked about last.
    let mut lonely_in: Option<(Span, Vec<u32>)> = None;
    let mut is_lonely = |at: u32| {
        while parts.next_if(|part| part.span.end <= at).is_some() {}
        let Some(part) = parts.peek().filter(|part| part.span.start <= at) else { return false };
        match &lonely_in {
            Some((span, _)) if *span == part.span => {}
            _ => lonely_in = Some((part.span, lonely(part.span, part.text))),
        }
        lonely_in.as_ref().is_some_and(|(_, lonely)| lonely.binary_search(&at).is_ok())
    };
    let mut findings = Vec::new();
    let mut after = 0;
    for link in file.document.links.iter().filter(|link| link.kind == LinkKind::Inline) {
        // What is inside a link is judged with it.
        if link.span.start < after {
            continue;
        }
        after = link.span.end;
        let before = link.span.start.checked_sub(1);
        for (at, closes) in before.map(|at| (at, false)).into_iter().chain([(link.span.end, true)]) {
            let mark = Span { start: at, end: at + 1 };
            let written = file.source.text().get(mark.range()).unwrap_or_default();
            let is_mark = if closes { matches!(written, ")" | "]") } else { matches!(written, "(" | "[") };
            if !is_mark || !is_lonely(at) {
                continue;
            }
            let message = if closes { "unmatched closing" } else { "unmatched opening" };
            findings.push(
                Finding::new(mark, format!("{message} `{written}` next to a link"))
                    .help("remove it or add its counterpart"),
            );
        }
    }
    findings
}

/// The brackets and parentheses of a text without a partner, in their order.
fn lonely(part: Span, text: &str) -> Vec<u32> {
    let mut lonely = Vec::new();
    for (open, close) in [(b'(', b')'), (b'[', b']')] {
        let mut stack = Vec::new();
        let mut is_escaped = false;
        for (at, byte) in text.bytes().enumerate() {
            if is_escaped {
                is_escaped = false;
            } else if byte == b'\\' {
                is_escaped = true;
            } else if byte == open {
                stack.push(at);
            } else if byte == close && stack.pop().is_none() {
                lonely.push(at);
            }
        }
        lonely.append(&mut stack);
    }
    lonely.sort_unstable();
    lonely.into_iter().map(|at| part.part(at..at).start).collect()
}
