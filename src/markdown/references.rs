//! Character references: `&amp;`, `&#8238;`, `&#x202e;`.

use std::borrow::Cow;

use comrak::nodes::NodeValue;
use comrak::{Arena, Options};

/// The longest name of a reference in HTML, with room to spare.
const MAX_NAME: usize = 40;

/// The character that a number stands for, as HTML and CommonMark have it: `None` for what is no number.
fn numbered(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let (digits, radix, most) = match number.strip_prefix(['x', 'X']) {
        Some(digits) => (digits, 16, 6),
        None => (number, 10, 7),
    };
    if digits.is_empty() || digits.len() > most || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    Some(char::from_u32(code).filter(|c| *c != '\0').unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The reference that a text begins with: how long it is, and the characters that it stands for.
pub(crate) fn reference(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(MAX_NAME).position(|byte| !byte.is_ascii_alphanumeric() && byte != b'#')?;
    let name = &rest[..end];
    if !rest[end..].starts_with(';') || name.is_empty() {
        return None;
    }
    let length = end + 2;
    if name.starts_with('#') {
        return numbered(name).map(|c| (length, Cow::Owned(c.to_string())));
    }
    if let Some((_, meaning)) = SHAPELESS.iter().find(|(known, _)| *known == name) {
        return Some((length, Cow::Borrowed(meaning)));
    }
    // Only the parser knows all names.
    let arena = Arena::new();
    let root = comrak::parse_document(&arena, &text[..length], &Options::default());
    let meaning = root.descendants().find_map(|node| match &node.data.borrow().value {
        NodeValue::Text(literal) => Some(literal.to_string()),
        _ => None,
    })?;
    (meaning != text[..length]).then_some((length, Cow::Owned(meaning)))
}

/// The names of characters without a shape, so that most texts need no parser to be looked through.
const SHAPELESS: [(&str, &str); 14] = [
    ("shy", "\u{ad}"),
    ("zwj", "\u{200d}"),
    ("zwnj", "\u{200c}"),
    ("lrm", "\u{200e}"),
    ("rlm", "\u{200f}"),
    ("ZeroWidthSpace", "\u{200b}"),
    ("NegativeVeryThinSpace", "\u{200b}"),
    ("NegativeThinSpace", "\u{200b}"),
    ("NegativeMediumSpace", "\u{200b}"),
    ("NegativeThickSpace", "\u{200b}"),
    ("NoBreak", "\u{2060}"),
    ("ApplyFunction", "\u{2061}"),
    ("InvisibleTimes", "\u{2062}"),
    ("InvisibleComma", "\u{2063}"),
];

/// Short names of the same.
const SHORT: [(&str, &str); 3] = [("af", "\u{2061}"), ("it", "\u{2062}"), ("ic", "\u{2063}")];

/// The same as [`reference()`] for what may be a character without a shape or a control character; other names are not looked up.
pub(crate) fn hidden_reference(text: &str) -> Option<(usize, char)> {
    let rest = text.strip_prefix('&')?;
    let end = rest.bytes().take(MAX_NAME).position(|byte| byte == b';')?;
    let name = &rest[..end];
    let c = match numbered(name) {
        Some(c) => c,
        None => {
            let mut names = SHAPELESS.iter().chain(&SHORT);
            names.find(|(known, _)| *known == name).and_then(|(_, meaning)| meaning.chars().next())?
        }
    };
    Some((end + 2, c))
}

/// A text with every reference in it replaced by the characters that it stands for.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].find('&').map(|next| at + next) {
        out.push_str(&text[at..next]);
        match reference(&text[next..]) {
            Some((length, meaning)) => {
                out.push_str(&meaning);
                at = next + length;
            }
            None => {
                out.push('&');
                at = next + 1;
            }
        }
    }
    out.push_str(&text[at..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved_and_nothing_else() {
        for (text, meaning) in [
            ("a&amp;b &copy; &#65;&#x41;", "a&b © AA"),
            ("&#8238;&rlm;&it;", "\u{202e}\u{200f}\u{2062}"),
            ("&nothing; & &; &#; &#x; a&b;c &amp", "&nothing; & &; &#; &#x; a&b;c &amp"),
            ("&#0; &#xd800; &#12345678;", "\u{fffd} \u{fffd} &#12345678;"),
        ] {
            assert_eq!(resolved(text), meaning, "{text}");
        }
    }

    #[test]
    fn names_of_hidden_characters_are_those_that_the_parser_knows() {
        for (name, meaning) in SHAPELESS.iter().chain(&SHORT) {
            let text = format!("&{name};");
            let arena = Arena::new();
            let root = comrak::parse_document(&arena, &text, &Options::default());
            let is_it = |node: &comrak::nodes::AstNode<'_>| matches!(&node.data.borrow().value, NodeValue::Text(literal) if literal == meaning);
            assert!(root.descendants().any(is_it), "{name}");
            assert_eq!(
                hidden_reference(&text).map(|(length, c)| (length, c.to_string())),
                Some((text.len(), (*meaning).to_owned()))
            );
        }
    }
}
