//! Raw HTML: the tags in a document, with their attributes.
//!
//! Which of them a text may hold is policy; see `policy::html`.

use super::references::resolved;
use crate::text::source::{Source, Span, trim};

/// A tag, or what else begins with `<` in HTML and is no comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// From `<` to `>`.
    pub span: Span,
    /// Its name as written, without `/`; of a declaration what follows `<`.
    pub name: Span,
    /// What it does.
    pub kind: TagKind,
    /// The attributes, in their order.
    pub attributes: Vec<Attribute>,
    /// Whether it is in a block of HTML, not in running text.
    pub in_block: bool,
}

/// What a tag does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TagKind {
    /// `<b>`, and `<b/>`, which opens an element just the same.
    Open,
    /// `</b>`
    Close,
    /// `<?xml ?>`, `<!DOCTYPE html>`, `<![CDATA[ ]]>`
    Declaration,
    /// A tag that no `>` ends.
    Unfinished,
}

/// An attribute of a tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Span,
    /// Its value without quotation marks, where it has one.
    pub value: Option<Span>,
}

/// The attributes that say where something leads.
const ADDRESSES: [&str; 2] = ["href", "src"];

impl Tag {
    /// The addresses in its attributes: where each is written, and what it means.
    pub(crate) fn addresses(&self, source: &Source) -> impl Iterator<Item = (Span, String)> {
        let is_address = |name: Span| ADDRESSES.iter().any(|known| source.slice(name).eq_ignore_ascii_case(known));
        let values = self.attributes.iter().filter(move |attribute| is_address(attribute.name));
        values.filter_map(|attribute| {
            let value = trim(source, attribute.value?);
            Some((value, resolved(source.slice(value)).into_owned()))
        })
    }
}

/// Adds the tags in a piece of HTML.
pub(super) fn read(source: &Source, html: Span, in_block: bool, tags: &mut Vec<Tag>) {
    let text = source.slice(html);
    let mut from = 0;
    while let Some(start) = text.get(from..).and_then(|rest| rest.find('<')).map(|at| at + from) {
        let rest = &text[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            // Comments are read elsewhere.
            from = comment.find("-->").map_or(text.len(), |length| start + 4 + length + 3);
            continue;
        }
        let Some((tag, end)) = tag(text, start, html, in_block) else {
            from = start + 1;
            continue;
        };
        from = end;
        if tag.kind == TagKind::Open && is_verbatim(source.slice(tag.name)) {
            // What is in it is no HTML.
            from = text[end..].find("</").map_or(end, |length| end + length);
        }
        tags.push(tag);
    }
}

/// Whether what an element holds is no HTML.
fn is_verbatim(name: &str) -> bool {
    ["script", "style"].iter().any(|known| name.eq_ignore_ascii_case(known))
}

/// The tag that begins at `start`, and where it ends.
fn tag(text: &str, start: usize, html: Span, in_block: bool) -> Option<(Tag, usize)> {
    let bytes = text.as_bytes();
    let is_name = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let (kind, name_start) = match bytes.get(start + 1)? {
        b'!' | b'?' => (TagKind::Declaration, start + 1),
        b'/' if is_name(start + 2) => (TagKind::Close, start + 2),
        _ if is_name(start + 1) => (TagKind::Open, start + 1),
        _ => return None,
    };
    let name_end = end_of(bytes, name_start, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
    let mut attributes = Vec::new();
    let end = match kind {
        TagKind::Declaration => {
            let ends = [("<![CDATA[", "]]>"), ("<?", "?>")];
            let rest = &text[start..];
            let end = ends.iter().find(|(open, _)| rest.starts_with(open)).map_or(">", |(_, end)| end);
            rest.find(end).map(|at| start + at + end.len())
        }
        TagKind::Close => text[name_end..].find('>').map(|at| name_end + at + 1),
        _ => read_attributes(bytes, name_end, html, &mut attributes),
    };
    let kind = if end.is_some() { kind } else { TagKind::Unfinished };
    let end = end.unwrap_or(text.len());
    let name = html.part(name_start..name_end);
    Some((Tag { span: html.part(start..end), name, kind, attributes, in_block }, end))
}

/// Reads attributes up to the `>` behind them; answers where that ends.
fn read_attributes(bytes: &[u8], from: usize, html: Span, attributes: &mut Vec<Attribute>) -> Option<usize> {
    let skip_blank = |at: usize| end_of(bytes, at, |byte| !byte.is_ascii_whitespace());
    let mut at = from;
    loop {
        at = end_of(bytes, at, |byte| !byte.is_ascii_whitespace() && byte != b'/');
        if *bytes.get(at)? == b'>' {
            return Some(at + 1);
        }
        // An equals sign at the beginning is part of the name.
        let name_end = end_of(bytes, at + 1, |byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'='));
        let name = html.part(at..name_end);
        let sign = skip_blank(name_end);
        if bytes.get(sign) != Some(&b'=') {
            attributes.push(Attribute { name, value: None });
            at = name_end;
            continue;
        }
        let start = skip_blank(sign + 1);
        let value = match *bytes.get(start)? {
            quote @ (b'"' | b'\'') => {
                let end = start + 1 + memchr::memchr(quote, bytes.get(start + 1..)?)?;
                at = end + 1;
                start + 1..end
            }
            _ => {
                at = end_of(bytes, start, |byte| byte.is_ascii_whitespace() || byte == b'>');
                start..at
            }
        };
        attributes.push(Attribute { name, value: Some(html.part(value)) });
    }
}

/// The first place from `at` on whose byte is an end; the end of all where there is none.
fn end_of(bytes: &[u8], at: usize, is_end: impl Fn(u8) -> bool) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    rest.iter().position(|byte| is_end(*byte)).map_or(bytes.len(), |length| at + length)
}

/// An address as the value of an attribute, whether that is quoted or not.
pub(crate) fn attribute_value(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            ' ' | '"' | '\'' | '<' | '>' | '`' | '|' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c if c.is_control() => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::document::Document;

    type Attributes = Vec<(String, Option<String>)>;

    fn found(text: &str) -> Vec<(String, TagKind, Attributes)> {
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        let attribute = |one: &Attribute| {
            (source.slice(one.name).to_owned(), one.value.map(|value| source.slice(value).to_owned()))
        };
        let tags = document.tags.iter();
        tags.map(|tag| (source.slice(tag.name).to_owned(), tag.kind, tag.attributes.iter().map(attribute).collect()))
            .collect()
    }

    #[test]
    fn tags_and_their_attributes_are_read() {
        let attributes = |written: &[(&str, Option<&str>)]| -> Attributes {
            written.iter().map(|(name, value)| ((*name).to_owned(), value.map(str::to_owned))).collect()
        };
        for (text, expected) in [
            ("a <br> b", vec![("br", TagKind::Open, attributes(&[]))]),
            ("a <B>b</B >", vec![("B", TagKind::Open, attributes(&[])), ("B", TagKind::Close, attributes(&[]))]),
            (
                "a <a HREF = 'x y' id=b\n title=\"c > d\" hidden/> b",
                vec![(
                    "a",
                    TagKind::Open,
                    attributes(&[("HREF", Some("x y")), ("id", Some("b")), ("title", Some("c > d")), ("hidden", None)]),
                )],
            ),
            (
                "<div>\n<p class=a>x",
                vec![
                    ("div", TagKind::Open, attributes(&[])),
                    ("p", TagKind::Open, attributes(&[("class", Some("a"))])),
                ],
            ),
            (
                "<script>\na <b>\n</script>",
                vec![("script", TagKind::Open, attributes(&[])), ("script", TagKind::Close, attributes(&[]))],
            ),
            ("a <?b c?> d", vec![("?b", TagKind::Declaration, attributes(&[]))]),
            ("<div class=\"x\n\nb", vec![("div", TagKind::Unfinished, attributes(&[]))]),
            ("`<b>` <!-- <i> --> \\<u> <https://x.org> a < b", vec![]),
        ] {
            let expected: Vec<_> =
                expected.into_iter().map(|(name, kind, attributes)| (name.to_owned(), kind, attributes)).collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn addresses_are_what_they_mean() {
        let text = "<img SRC=\" a&amp;b.png \"> <a href=x>y</a>";
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        let links: Vec<(&str, &str)> =
            document.links.iter().map(|link| (source.slice(link.destination.unwrap()), link.target.as_str())).collect();
        assert_eq!(links, [("a&amp;b.png", "a&b.png"), ("x", "x")]);
        assert_eq!(attribute_value("https://x.org/a b?c=d&e\"f"), "https://x.org/a%20b?c=d&amp;e%22f");
    }
}
