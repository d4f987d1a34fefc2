//! Reference definitions (`[label]: target "title"`), for which comrak has no node.

use hashbrown::HashMap;

use super::label::normalize_label;
use crate::text::source::{Source, Span};

/// A reference definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// All its bytes, from the opening bracket.
    pub span: Span,
    /// The label as written.
    pub label: Span,
    /// The label as it is compared: in lower case, runs of whitespace as one space.
    pub normal: String,
    /// The target as written, without angle brackets.
    pub target: Span,
    /// The title with its quotation marks.
    pub title: Option<Span>,
}

impl Definition {
    /// Whether it is a footnote's (`[^1]: text`), which is no link.
    pub fn is_footnote(&self) -> bool {
        self.normal.starts_with('^')
    }
}

/// The longest label that CommonMark allows, in characters.
const MAX_LABEL: usize = 999;

/// Whether a text may hold a definition: a label, and a colon behind it.
pub(crate) fn may_hold(source: &Source) -> bool {
    memchr::memmem::find(source.text().as_bytes(), b"]:").is_some()
}

/// The lines whose own text begins with a bracket, in their order, and where that is.
pub(crate) fn bracketed_lines(source: &Source) -> Vec<(usize, usize)> {
    let bytes = source.text().as_bytes();
    // The ends of lines and of all that precedes their own text, and the last byte of a byte-order mark.
    let may_precede = |byte: u8| matches!(byte, b'\n' | b'\r' | b' ' | b'\t' | b'>' | 0xbf);
    // Within a line of text or a cell something else is before the blanks.
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t');
    let may_end = |byte: &u8| may_precede(*byte) || matches!(byte, b'-' | b'*' | b'+' | b'.' | b')');
    let may_begin = |at: usize| bytes[..at].iter().rev().find(|byte| !is_blank(byte)).is_none_or(may_end);
    let begun = memchr::memchr_iter(b'[', bytes).filter(|at| at.checked_sub(1).is_none_or(|at| may_precede(bytes[at])));
    let begun = begun.filter(|at| may_begin(*at));
    let mut lines: Vec<(usize, usize)> = begun.map(|at| (source.line_index(at), at)).collect();
    // Only the first one of a line can begin it.
    lines.dedup_by_key(|(line, _)| *line);
    lines.retain(|(line, at)| content_start(source, *line) == *at);
    lines
}

/// Everything in the text that may turn out to be a definition: label and target. Used only to resolve what comrak gave
/// up on; a label that no real definition has is dropped afterwards.
pub(crate) fn candidates(source: &Source, bracketed: &[(usize, usize)]) -> HashMap<String, String> {
    let mut found = HashMap::new();
    let mut next_line = 0;
    for &(line, at) in bracketed {
        if line < next_line {
            continue;
        }
        if let Some((definition, next)) = parse(source, at) {
            let target = source.slice(definition.target).to_owned();
            found.entry(definition.normal).or_insert(target);
            next_line = next.max(line + 1);
        }
    }
    found
}

/// Where the text of a paragraph's further line begins: after indentation and the marks of quotations.
pub(crate) fn text_start(source: &Source, line: usize) -> usize {
    let span = source.line_span(line);
    let text = source.slice(span);
    span.start as usize + (text.len() - text.trim_start_matches([' ', '\t', '>']).len())
}

/// Where a line's own text begins: after indentation and the marks of quotations and list items.
pub(crate) fn content_start(source: &Source, line: usize) -> usize {
    let span = source.line_span(line);
    let bytes = source.text().as_bytes().get(span.range()).unwrap_or_default();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b' ' | b'\t' | b'>' => at += 1,
            b'-' | b'*' | b'+' if matches!(bytes.get(at + 1), Some(b' ' | b'\t')) => at += 2,
            b'0'..=b'9' => {
                let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
                let mark = matches!(bytes.get(at + digits), Some(b'.' | b')'));
                if digits > 9 || !mark || !matches!(bytes.get(at + digits + 1), Some(b' ' | b'\t')) {
                    break;
                }
                at += digits + 2;
            }
            _ => break,
        }
    }
    span.start as usize + at
}

/// Reads one definition that begins at `at`; returns it and the line (from 0) after it.
pub(crate) fn parse(source: &Source, at: usize) -> Option<(Definition, usize)> {
    let text = source.text();
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'[') {
        return None;
    }
    let close = label_end(bytes, at + 1)?;
    if bytes.get(close + 1) != Some(&b':') {
        return None;
    }
    let label = Span::new(at + 1..close);
    let normal = normalize_label(source.slice(label));
    if normal.is_empty() {
        return None;
    }

    let target_start = skip_blank(source, close + 2)?;
    let (target, after) = target(source, target_start)?;
    let line = source.line_index(after);
    let line_end = source.line_span(line).end as usize;
    let mut end = after;
    let mut found_title = None;
    let same_line_rest = text.get(after..line_end).unwrap_or_default();
    if let Some(start) = skip_blank(source, after)
        && (start > after)
        && let Some(title_end) = title_end(source, start)
    {
        found_title = Some(Span::new(start..title_end));
        end = title_end;
    } else if !same_line_rest.trim().is_empty() {
        return None;
    }
    let next = source.line_index(end) + 1;
    let definition = Definition { span: Span::new(at..end), label, normal, target, title: found_title };
    Some((definition, next))
}

fn label_end(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() && at - from <= MAX_LABEL * 4 {
        match bytes[at] {
            b'\\' => at += 1,
            b'[' => return None,
            b']' => return Some(at),
            // A blank line ends the paragraph, and with it the label.
            b'\n' if matches!(bytes.get(at + 1), None | Some(b'\n' | b'\r')) => return None,
            _ => {}
        }
        at += 1;
    }
    None
}

/// The first byte that is not whitespace, at most one line further down.
fn skip_blank(source: &Source, from: usize) -> Option<usize> {
    let bytes = source.text().as_bytes();
    let mut at = from;
    while matches!(bytes.get(at), Some(b' ' | b'\t')) {
        at += 1;
    }
    match bytes.get(at) {
        None => None,
        Some(b'\n' | b'\r') => {
            let line = source.line_index(at) + 1;
            let start = content_start(source, line);
            (line < source.line_count() && start < source.line_span(line).end as usize).then_some(start)
        }
        Some(_) => Some(at),
    }
}

/// The target that begins at `at`, and where what follows it begins.
fn target(source: &Source, at: usize) -> Option<(Span, usize)> {
    let bytes = source.text().as_bytes();
    let in_angles = bytes.get(at) == Some(&b'<');
    let start = if in_angles { at + 1 } else { at };
    let mut end = start;
    let mut open = 0;
    while let Some(&byte) = bytes.get(end) {
        match byte {
            b'\\' if bytes.get(end + 1).is_some_and(u8::is_ascii_punctuation) => end += 1,
            b'>' if in_angles => return Some((Span::new(start..end), end + 1)),
            b'<' | b'\n' | b'\r' if in_angles => return None,
            _ if in_angles => {}
            b'(' => open += 1,
            b')' if open == 0 => break,
            b')' => open -= 1,
            _ if byte.is_ascii_whitespace() || byte.is_ascii_control() => break,
            _ => {}
        }
        end += 1;
    }
    // Parentheses come in pairs, and no deeper than comrak reads them.
    (!in_angles && end > start && open == 0).then(|| (Span::new(start..end), end))
}

/// The end of a title that begins at `at` and is the last thing on its line.
fn title_end(source: &Source, at: usize) -> Option<usize> {
    let bytes = source.text().as_bytes();
    let close = match bytes.get(at)? {
        b'"' => b'"',
        b'\'' => b'\'',
        b'(' => b')',
        _ => return None,
    };
    let mut end = at + 1;
    loop {
        match *bytes.get(end)? {
            b'\\' => end += 1,
            b'\n' if matches!(bytes.get(end + 1), None | Some(b'\n' | b'\r')) => return None,
            byte if byte == close => break,
            b'(' if close == b')' => return None,
            _ => {}
        }
        end += 1;
    }
    let line_end = source.line_span(source.line_index(end)).end as usize;
    source.text().get(end + 1..line_end).unwrap_or_default().trim().is_empty().then_some(end + 1)
}
