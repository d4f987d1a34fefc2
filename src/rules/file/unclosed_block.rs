//! A code block or comment that is never closed, so that it swallows what follows.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Unclosed;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What opens a comment.
const COMMENT: &str = "<!--";

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let blocks = file.document.unclosed.iter().map(|unclosed| judge(file, unclosed));
    // Within a paragraph, what opens a comment and is not closed there is text.
    let mut last = None;
    let first = file.marks(COMMENT).filter(|(text, _)| last.replace(*text) != Some(*text));
    let shown = first.filter(|(text, at)| !source.slice(Span { end: at.start, ..*text }).ends_with('\\'));
    let texts = shown.map(|(_, opening)| finding(opening, "unclosed comment is shown as text"));
    blocks.chain(texts).collect()
}

fn judge(file: &File, unclosed: &Unclosed) -> Finding {
    let source = &file.source;
    let opening = source.slice(unclosed.opening);
    let mark = if opening.starts_with('~') { '~' } else { '`' };
    let fence: String = opening.chars().take_while(|c| *c == mark).collect();
    let closing = if unclosed.comment { "-->" } else { &fence };
    let after = source.slice(Span { start: unclosed.opening.end, end: unclosed.span.end });
    let rest = source.slice(Span { start: unclosed.span.end, end: Span::at(source.text().len()).start });
    let swallows = if after.trim().is_empty() {
        ""
    } else if after.ends_with(closing) {
        ": everything up to the end of the next one is part of it"
    } else if rest.trim().is_empty() {
        ": the rest of the file is part of it"
    } else {
        ": the rest of the list or block quote is part of it"
    };
    if unclosed.comment {
        return finding(unclosed.opening, &format!("unclosed comment{swallows}"));
    }
    let what = if mark == '~' { "tildes" } else { "backticks" };
    Finding::new(unclosed.opening, format!("unclosed code block{swallows}"))
        .help(format!("add a line of {} {what} where it ends", fence.len()))
}

pub(crate) fn finding(opening: Span, message: &str) -> Finding {
    Finding::new(opening, message).help("add `-->` where it ends")
}
