//! What was meant as a link and is none to Markdown, or carries a bracket too many: readers see its marks.

pub(crate) mod definitions;
pub(crate) mod edges;

use std::ops::Range;

use crate::diagnostics::finding::Finding;
use crate::markdown::address::{is_address_like, may_begin_address};
use crate::markdown::brackets::{Bracket, brackets};
use crate::markdown::document::LinkKind;
use crate::markdown::plain_text::{MASK, PlainTextPart};
use crate::model::slate::{File, Slate};
use crate::rules::context::LintContext;
use crate::text::source::{Span, boundary_before, lies_in};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = Vec::new();
    let judged = cx.judged_cells(file);
    let parts = cx.plain(file).parts().filter(|part| !lies_in(part.span, judged));
    for PlainTextPart { span, text, brackets } in parts {
        let text = Text { slate: cx.slate, file, part: span, text, brackets };
        findings.extend(text.labels());
        findings.extend(text.swapped());
        findings.extend(text.parentheses());
        findings.extend(definitions::check(&text));
    }
    findings.extend(edges::check(cx.plain(file), file));
    findings.extend(swapped_labels(file, judged));
    findings.extend(without_text(file));
    findings
}

/// `[](address)`: a link that nobody sees.
fn without_text(file: &File) -> Vec<Finding> {
    let inline = file.document.links.iter().filter(|link| link.kind == LinkKind::Inline && !link.image);
    let empty = inline.filter(|link| file.source.slice(link.text).trim().is_empty());
    empty.map(|link| Finding::new(link.span, "link without text").help("add the text of the link")).collect()
}

/// `(text)[label]`, where the file defines the label: Markdown makes a link of the label alone.
fn swapped_labels(file: &File, judged: &[Span]) -> Vec<Finding> {
    let source = &file.source;
    let references = file.document.links.iter().filter(|link| {
        matches!(link.kind, LinkKind::Shortcut | LinkKind::Collapsed) && !link.image && !lies_in(link.span, judged)
    });
    let swapped = references.filter_map(|link| {
        let start = boundary_before(source.text(), (link.span.start as usize).saturating_sub(FAR));
        let before = source.text()[start..link.span.start as usize].strip_suffix(')')?;
        let open = before.rfind('(')?;
        let text = &before[open + 1..];
        // What stands before it would be a call, and what is within it another link.
        let is_apart = before[..open].chars().next_back().is_none_or(|c| c.is_whitespace() || "*_".contains(c));
        if text.trim().is_empty() || text.contains(['[', ']', '`', '\n', '|']) || !is_apart {
            return None;
        }
        let whole = Span { start: Span::at(start + open).start, end: link.span.end };
        let right = format!("[{text}][{}]", source.slice(link.text));
        let finding = Finding::new(whole, "link is written `(text)[label]`; expected `[text][label]`");
        Some(finding.help(format!("use `{right}`")).fix(whole, right))
    });
    swapped.collect()
}

/// How far from a mark, in bytes, its partner is looked for: a text may be megabytes of marks without one.
const FAR: usize = 2048;

/// One paragraph, heading or cell.
pub(crate) struct Text<'a> {
    slate: &'a Slate,
    file: &'a File,
    part: Span,
    /// Its plain text, everything else masked.
    text: &'a str,
    brackets: &'a [Bracket],
}

impl Text<'_> {
    fn span(&self, range: Range<usize>) -> Span {
        self.part.part(range)
    }

    /// What the file has at a place, masked or not.
    fn written(&self, range: Range<usize>) -> &str {
        self.file.source.slice(self.span(range))
    }

    /// `[text][address]`
    fn labels(&self) -> Vec<Finding> {
        let found = self.brackets.iter();
        let labels = found
            .filter_map(|bracket| bracket.label.clone())
            .filter(|label| is_address_like(self.written(label.clone())));
        let finding = |label: Range<usize>| {
            let written = self.written(label.clone());
            let around = label.start - 1..label.end + 1;
            let finding = Finding::new(self.span(around.clone()), "URL in `[]` is read as a reference label");
            finding.help(format!("use `({written})`")).fix(self.span(around), format!("({written})"))
        };
        labels.map(finding).collect()
    }

    /// `(text)[address]` and `(address)[text]`
    fn swapped(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let bytes = self.text.as_bytes();
        let marks = memchr::memchr_iter(b'[', bytes).filter_map(|open| open.checked_sub(1));
        for at in marks.filter(|at| bytes[*at] == b')') {
            let (before, after) = (self.start_before(at), self.end_after(at));
            let open = self.text[before..at].rfind('(').map(|open| before + open);
            let (Some(open), Some(close)) = (open, self.text[at..after].find(']')) else { continue };
            let (first, second) = (open + 1..at, at + 2..at + close);
            let (one, other) = (self.written(first), self.written(second.clone()));
            let (text, address) = match (is_address_like(one), is_address_like(other)) {
                (false, true) => (one, other),
                (true, false) => (other, one),
                _ => continue,
            };
            let whole = self.span(open..second.end + 1);
            let link = format!("[{text}]({address})");
            let finding = Finding::new(whole, "link is written `(text)[url]`; expected `[text](url)`");
            findings.push(finding.help(format!("use `{link}`")).fix(whole, link));
        }
        findings
    }

    /// `(address)` after something that should be the text of the link and is not, and after which nothing else is wrong.
    fn parentheses(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut after = 0;
        let (mut next_close, mut next_space) = (0, 0);
        let (mut before_word, mut behind_word) = (Depth::default(), Depth::default());
        let bytes = self.text.as_bytes();
        let mut may_be_page = None;
        for open in memchr::memchr_iter(b'(', bytes) {
            let start = open + 1;
            // What most parentheses hold begins like no address, and names no page.
            let may_lead = bytes.get(start).is_some_and(|first| may_begin_address(*first))
                || *may_be_page.get_or_insert_with(|| self.may_name_page());
            if open < after || !may_lead {
                continue;
            }
            let far = self.end_after(open);
            // Looked for once for all parentheses before it, of which there may be many.
            if next_close < start {
                next_close = self.place_behind(start, |c| c == ')');
            }
            if next_space < start {
                next_space = self.place_behind(start, char::is_whitespace);
            }
            let close = Some(next_close).filter(|close| *close < far);
            let word_end = next_space.min(far);
            let address = &self.text[start..next_close.min(word_end)];
            let is_page = close.is_some_and(|close| self.text[start..close].ends_with(".md"));
            if is_address_like(address) || is_page {
                // Parentheses within the address have to come in pairs.
                let has_pairs = before_word.at(self.text, start) <= behind_word.at(self.text, word_end);
                let is_cut = next_close < word_end && has_pairs;
                let word = &self.text[start..word_end];
                let length = if is_cut { word.trim_end_matches(['.', ',', ';', ':']).len() } else { address.len() };
                findings.extend(self.judge(open, start + length, close.filter(|_| !is_cut)));
                after = start + address.len();
            }
        }
        findings
    }

    /// Whether the extension of a page is anywhere in the text.
    fn may_name_page(&self) -> bool {
        let bytes = self.text.as_bytes();
        memchr::memchr_iter(b'.', bytes)
            .any(|dot| bytes.get(dot + 1..dot + 3).is_some_and(|end| end.eq_ignore_ascii_case(b"md")))
    }

    /// Judges the parenthesis at `open` with an address that ends at `end`; `close` is the next one that closes.
    fn judge(&self, open: usize, end: usize, close: Option<usize>) -> Option<Finding> {
        // Places are counted from here.
        let from = self.start_before(open);
        let before = &self.text[from..open];
        let bare = before.trim_end_matches([' ', '\t']);
        let opened = before.rfind('[').map(|at| from + at);
        if bare.len() < before.len() && bare.ends_with(']') {
            let label =
                brackets(bare).pop().filter(|bracket| bracket.whole.end == bare.len() && bracket.label.is_none())?;
            let gap = self.span(from + bare.len()..open);
            let finding = Finding::new(gap, "whitespace between `]` and `(` breaks this link");
            let is_known = self.means_something(&bare[label.text]);
            return (!is_known).then(|| finding.help("remove the whitespace").fix(gap, ""));
        }
        if before.ends_with("]]") {
            let surplus = self.span(open - 1..open);
            let finding = Finding::new(surplus, "an extra bracket breaks this link");
            return Some(finding.help("remove it").fix(surplus, ""));
        }
        if before.ends_with(']') {
            let finding = |range, message: &str| Finding::new(self.span(range), message);
            if opened.is_none() && from > 0 {
                return None;
            }
            if opened.is_none() {
                return Some(
                    finding(open - 1..open, "missing `[` before the text of this link").help("add `[` before the text"),
                );
            }
            // Before another opening parenthesis the closing one must be missing.
            let close = close.filter(|close| !self.text[end..*close].contains(['(', '\n']));
            return Some(match close {
                Some(close) if close > end => finding(end..close, "whitespace in a URL breaks this link")
                    .help("use `%20` for a space in the URL, and remove any other whitespace"),
                Some(_) => finding(open - 1..end, "malformed link").help("use `[text](url)`"),
                None => {
                    let all = finding(open..end, "missing `)` after the URL of this link").help("add `)` after it");
                    // Within code, which may run over lines, or where a second one is open, it would close nothing.
                    let address = &self.text[open + 1..end];
                    let is_paired = address.matches('(').count() <= address.matches(')').count();
                    let closes = is_paired && !address.contains(MASK);
                    all.maybe_fix(closes.then(|| (Span::at(self.span(end..end).start as usize), ")".to_owned())))
                }
            });
        }
        if before.ends_with('}') {
            let start = from + before.rfind('{')?;
            let whole = self.span(start..open);
            let text = format!("[{}]", self.written(start + 1..open - 1));
            let finding = Finding::new(whole, "link text is in braces instead of brackets");
            return Some(finding.help(format!("use `{text}`")).fix(whole, text));
        }
        // `[text(address)`: a bracket that nothing closes, on either side.
        let start = opened.filter(|start| !self.text[*start..open].contains(']'))?;
        let after = &self.text[open..self.end_after(open)];
        let is_open = after.split('[').next().is_none_or(|rest| !rest.contains(']'));
        let finding = Finding::new(self.span(start..start + 1), "missing `]` after the text of this link");
        let place = Span::at(self.span(open..open).start as usize);
        let is_plain = before.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '*' | '`' | '_' | '\u{1}'));
        let fix = is_plain.then(|| (place, "]".to_owned()));
        is_open.then(|| finding.help("add `]` after the text").maybe_fix(fix))
    }

    /// The place before `at` from which partners are looked for.
    fn start_before(&self, at: usize) -> usize {
        boundary_before(self.text, at.saturating_sub(FAR))
    }

    /// The place after `at` up to which counterparts are looked for.
    fn end_after(&self, at: usize) -> usize {
        boundary_before(self.text, (at + FAR).min(self.text.len()))
    }

    /// The first such place from `start` on, or the end of the text.
    fn place_behind(&self, start: usize, what: impl Fn(char) -> bool) -> usize {
        self.text[start..].find(what).map_or(self.text.len(), |length| start + length)
    }

    /// Whether a text in brackets is a link by itself: a team, a badge, or what a linkifier knows.
    fn means_something(&self, label: &str) -> bool {
        let config = &self.slate.config;
        self.slate.roster.team(label).is_some()
            || config.links.keys().any(|badge| badge.eq_ignore_ascii_case(label))
            || config.linkified(label).is_some()
    }
}

/// How many parentheses are open at a place, more than were closed; places are asked for from left to right.
#[derive(Default)]
struct Depth {
    place: usize,
    depth: isize,
}

impl Depth {
    fn at(&mut self, text: &str, place: usize) -> isize {
        for byte in text[self.place..place].bytes() {
            self.depth += isize::from(byte == b'(') - isize::from(byte == b')');
        }
        self.place = place;
        self.depth
    }
}
