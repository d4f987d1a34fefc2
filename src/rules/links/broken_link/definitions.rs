//! Lines that look like a definition and are none.

use super::Text;
use crate::diagnostics::finding::Finding;
use crate::markdown::address::is_address_like;
use crate::markdown::plain_text::MASK;
use crate::text::source::Span;

pub(crate) fn check(text: &Text<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for open in memchr::memchr_iter(b'[', text.text.as_bytes()) {
        // What precedes the first word of a line.
        let before = text.text[..open].trim_end_matches([' ', '\t', MASK]);
        if before.is_empty() || before.ends_with('\n') {
            let content = text.text[open..].split_inclusive('\n').next().unwrap_or_default();
            findings.extend(judge(text, before.len(), open, content));
        }
    }
    findings
}

/// Judges a line that begins at `start` with a bracket at `open`, from which on it is `content`.
fn judge(text: &Text<'_>, start: usize, open: usize, content: &str) -> Option<Finding> {
    let (label, rest) = content.strip_prefix('[')?.split_once(']')?;
    let close = open + 1 + label.len();
    let colon = rest.trim_start().strip_prefix(':')?;
    let address = colon.split_whitespace().next()?;
    if label.is_empty() || label.starts_with('^') || !is_address_like(address) {
        return None;
    }
    let at = content.len() - colon.len();
    let whole = text.span(open..open + content.trim_end().len());
    if !rest.starts_with(':') {
        let gap = text.span(close + 1..open + at - 1);
        let finding = Finding::new(gap, "whitespace before the colon breaks this link definition");
        return Some(finding.help("remove the whitespace").meant(gap, "").fix(gap, ""));
    }
    if start > 0 {
        let finding = Finding::new(whole, "a link definition needs a blank line before it");
        let source = &text.file.source;
        let line = source.line_span(source.line_index(whole.start as usize));
        // Only at the very start of a line is it clear what a blank line above would belong to.
        let fix = (line.start == whole.start).then(|| (Span::at(line.start as usize), source.line_end().to_owned()));
        let finding = finding.meant(Span::at(line.start as usize), "\n");
        return Some(finding.help("add a blank line before it").maybe_fix(fix));
    }
    let end = open + at + colon.find(address)? + address.len();
    let surplus = content.get(end - open..)?.trim_end();
    let after = end + surplus.len() - surplus.trim_start().len();
    (!surplus.trim().is_empty()).then(|| {
        let finding =
            Finding::new(text.span(after..end + surplus.len()), "text after the URL breaks this link definition");
        finding.help("end the line after the URL and move the text elsewhere")
    })
}
