//! Brackets and parentheses directly at a link that nothing opens or closes.

use std::collections::BTreeSet;

use crate::finding::Finding;
use crate::markdown::LinkKind;
use crate::masked::Masked;
use crate::slate::File;
use crate::source::Span;

pub(super) fn check(file: &File, masked: &Masked) -> Vec<Finding> {
    let lonely: BTreeSet<u32> = masked.parts().flat_map(|(part, text)| lonely(part, text)).collect();
    let mut findings = Vec::new();
    let mut behind = 0;
    for link in file.document.links.iter().filter(|link| link.kind == LinkKind::Inline) {
        // What is inside a link is judged with it.
        if link.span.start < behind {
            continue;
        }
        behind = link.span.end;
        let before = link.span.start.checked_sub(1).filter(|at| lonely.contains(at));
        let after = Some(link.span.end).filter(|at| lonely.contains(at));
        for at in before.into_iter().chain(after) {
            let mark = Span { start: at, end: at + 1 };
            let written = file.source.slice(mark);
            let closes = matches!(written, ")" | "]");
            if closes != (at == link.span.end) {
                continue;
            }
            let message = if closes { "nothing opens" } else { "nothing closes" };
            findings.push(
                Finding::new(mark, format!("{message} this `{written}` at a link"))
                    .help("take it out, or write its partner"),
            );
        }
    }
    findings
}

/// The brackets and parentheses of a text without a partner.
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
    lonely.into_iter().map(|at| part.part(at..at).start).collect()
}
