//! Escapes: what they mean, and text made safe where Markdown would read it otherwise.

use std::borrow::Cow;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options};

use super::document::LinkKind;
use crate::text::edits::Edits;
use crate::text::hidden::is_shapeless;
use crate::text::sanitize::hides_something;
use crate::text::source::{Source, Span};

/// An anchor without percent escapes; one that is no UTF-8 then stays as it is.
pub(crate) fn percent_decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

/// What a destination means: without backslashes before punctuation, and with the characters of references such as `&amp;`.
pub(crate) fn unescaped(destination: &str) -> Cow<'_, str> {
    if memchr::memchr2(b'\\', b'&', destination.as_bytes()).is_none() {
        return Cow::Borrowed(destination);
    }
    let mut after = destination.split('\\').skip(1);
    let has_escape = after.any(|rest| rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_punctuation()));
    let has_reference = destination.split_once('&').is_some_and(|(_, rest)| rest.contains(';'));
    if !has_escape && !has_reference {
        return Cow::Borrowed(destination);
    }
    // Only the parser knows all of them.
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &format!("[x](<{destination}>)"), &Options::default());
    let link = root.descendants().find_map(|node| match &node.data.borrow().value {
        NodeValue::Link(link) => Some(link.url.clone()),
        _ => None,
    });
    link.map_or(Cow::Borrowed(destination), Cow::Owned)
}

/// A title as the text of a link: a link in it would end the outer one, and so would a bracketed name that turns out to be
/// defined, so links are taken apart and brackets escaped, outside code and HTML.
pub(crate) fn link_text(title: &str) -> String {
    // What nothing is a link or an escape in, which most titles are, needs no parser.
    if !title.contains(['[', ']', '<', '\\']) {
        return title.to_owned();
    }
    let source = Source::from_bytes("", title.into());
    let document = crate::markdown::document::Document::parse(&source);
    let mut edits = Edits::default();
    // What is put in as it is; brackets in it are no marks.
    let mut kept = document.codes.clone();
    for link in document.links.iter().filter(|link| !link.image) {
        match link.kind {
            // The tags go below.
            LinkKind::Html => {}
            _ => {
                edits.replace(Span { start: link.span.start, end: link.text.start }, "");
                edits.replace(Span { start: link.text.end, end: link.span.end }, "");
            }
        }
    }
    for tag in &document.tags {
        if source.slice(tag.name).eq_ignore_ascii_case("a") {
            edits.replace(tag.span, "");
        } else {
            kept.push(tag.span);
        }
    }
    kept.sort_unstable();
    let mut kept = kept.into_iter().peekable();
    let mut escaped = false;
    for (at, c) in title.char_indices() {
        while kept.next_if(|span| span.end as usize <= at).is_some() {}
        let is_kept = kept.peek().is_some_and(|span| span.start as usize <= at);
        if matches!(c, '[' | ']') && !escaped && !is_kept {
            edits.replace(Span::new(at..at + 1), format!("\\{c}"));
        }
        escaped = c == '\\' && !escaped;
    }
    edits.sort();
    let mut text = edits.apply(title, Span::new(0..title.len()), str::to_owned);
    // A backslash at the end would escape the bracket that closes the link.
    if text.bytes().rev().take_while(|&byte| byte == b'\\').count() % 2 == 1 {
        text.push('\\');
    }
    text
}

/// A path as the destination of a link.
pub(crate) fn encode(path: &str) -> String {
    // Most names of files are these alone.
    if path.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/')) {
        return path.to_owned();
    }
    let mut out = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            ' ' | '(' | ')' | '<' | '>' | '|' | '\\' | '%' | '#' | '?' | '"' => {
                out.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c if c.is_control() || is_shapeless(c) => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            c => out.push(c),
        }
    }
    out
}

/// A full address as the destination of a link: what would end it or be read otherwise is encoded.
pub(crate) fn encode_url(address: &str) -> Cow<'_, str> {
    let is_odd = |c: char| matches!(c, '<' | '>' | '(' | ')' | '|' | '\\' | '"' | '`' | '^' | '{' | '}');
    let is_unseen = |c: char| c.is_whitespace() || hides_something(c.encode_utf8(&mut [0; 4]));
    // What is plain to see is nearly all of any address.
    let is_odd = |c: char| is_odd(c) || !c.is_ascii_graphic() && is_unseen(c);
    if !address.contains(is_odd) {
        return Cow::Borrowed(address);
    }
    let mut out = String::with_capacity(address.len() + 8);
    for c in address.chars() {
        if is_odd(c) {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Plain text as Markdown that shows it: in the text of a link, as a label, in a paragraph. Pipes are left to [`escape_pipes`],
/// since only a table knows them.
pub(crate) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // Nothing that follows it is a directive.
    let has_directive = text.contains("(((");
    for (at, c) in text.char_indices() {
        let is_special = matches!(c, '[' | ']' | '\\' | '`' | '*' | '_' | '<' | '&' | '~');
        if is_special || (c == '(' && has_directive) || (c == '^' && at == 0) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The text as it is written in a table cell: every pipe that is not yet escaped is.
pub(crate) fn escape_pipes(text: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'|', b'\n', b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        match c {
            '|' if !escaped => out.push_str("\\|"),
            '\n' | '\r' => out.push(' '),
            c => out.push(c),
        }
        escaped = c == '\\' && !escaped;
    }
    Cow::Owned(out)
}

/// A target without its escapes; one that could not be written without them keeps them.
pub(crate) fn without_escapes(target: &str) -> Cow<'_, str> {
    let meaning = match unescaped(target) {
        Cow::Borrowed(same) => return Cow::Borrowed(same),
        Cow::Owned(meaning) => meaning,
    };
    let can_stand = !meaning.contains([' ', '(', ')', '<', '>', '\\']) && unescaped(&meaning) == meaning;
    if can_stand { Cow::Owned(meaning) } else { Cow::Borrowed(target) }
}
