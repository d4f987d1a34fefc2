//! A code block or comment that is never closed, so that it swallows what follows.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Unclosed;
use crate::model::slate::{File, Slate};
use crate::rules::context::LintContext;
use crate::text::similarity::bare_name;
use crate::text::source::{Source, Span};

/// What opens a comment.
const COMMENT: &str = "<!--";

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let blocks = file.document.unclosed.iter().map(|unclosed| judge(cx.slate, file, unclosed));
    // Within a paragraph, what opens a comment and is not closed there is text.
    let mut last = None;
    let first = file.marks(COMMENT).filter(|(text, _)| last.replace(*text) != Some(*text));
    let shown = first.filter(|(_, at)| !source.text()[..at.start as usize].ends_with('\\'));
    let texts = shown.map(|(_, opening)| finding(opening, "unclosed comment is shown as text"));
    blocks.chain(texts).collect()
}

fn judge(slate: &Slate, file: &File, unclosed: &Unclosed) -> Finding {
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
    let end = likely_end(source, after, unclosed.opening.end);
    let meant = |finding: Finding, close: &str| match end {
        Some(end) => finding.meant(Span::at(end), close),
        None => finding,
    };
    if unclosed.comment {
        // A directive was meant to end with its line, and what it lists is not missing for another reason.
        let line = source.line_span(source.line_index(unclosed.opening.start as usize));
        let words = source.slice(Span { start: unclosed.opening.end, end: line.end.max(unclosed.opening.end) });
        let words = words.trim_matches(|c: char| !c.is_alphanumeric() && c != '#');
        if let Some(name) = slate.format.meant_directive(words).filter(|name| bare_name(name) == bare_name(words)) {
            let line = Span { start: unclosed.opening.start, end: line.end };
            let finding = finding(unclosed.opening, &format!("unclosed comment{swallows}"));
            return finding.meant(line, format!("<!-- {name} -->"));
        }
        return meant(finding(unclosed.opening, &format!("unclosed comment{swallows}")), " -->\n\n");
    }
    let what = if mark == '~' { "tildes" } else { "backticks" };
    let found = Finding::new(unclosed.opening, format!("unclosed code block{swallows}"))
        .help(format!("add a line of {} {what} where it ends", fence.len()));
    meant(found, &format!("\n{fence}\n\n"))
}

/// Where a block was most likely meant to end: before the first line after a blank one that looks like a heading. `after` is the
/// text from byte `start` on.
fn likely_end(source: &Source, after: &str, start: u32) -> Option<usize> {
    let first = source.line_index(start as usize);
    let last = source.line_index(start as usize + after.len());
    let text = |line: usize| source.slice(source.line_span(line)).trim();
    let is_heading = |line: &str| {
        let name = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - name.len())) && name.starts_with(' ')
    };
    let mut lines = (first + 1..=last).filter(|line| is_heading(text(*line)) && text(line - 1).is_empty());
    let heading = lines.next()?;
    // Not behind the blank line, which would be part of the block.
    Some(source.line_span(heading - 1).start as usize)
}

pub(crate) fn finding(opening: Span, message: &str) -> Finding {
    Finding::new(opening, message).help("add `-->` where it ends")
}
