//! Directives of mdBook itself: `{{#include file.md}}`, `{{#title text}}`. Its own preprocessor replaces them, before or after
//! this one, so nothing in them is a name.

use crate::text::source::Span;

/// Where such directives are in a text.
pub(crate) fn directives(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + text[from..].find("{{")?;
            let body = &text[start + 2..];
            from = start + 2;
            if !body.trim_start().starts_with('#') {
                continue;
            }
            from += body.find("}}")? + 2;
            return Some(Span::new(start..from));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directives_have_a_hash_and_an_end() {
        for (text, found) in [
            ("{{#title Of @a}} @b", vec!["{{#title Of @a}}"]),
            ("a {{ #include a.md:2}}{{#include b.md}}", vec!["{{ #include a.md:2}}", "{{#include b.md}}"]),
            ("{{a}} {{ {{#x}}", vec!["{{#x}}"]),
            ("{{#x} @a", vec![]),
            ("{{", vec![]),
        ] {
            assert_eq!(directives(text).map(|span| &text[span.range()]).collect::<Vec<_>>(), found, "{text}");
        }
    }
}
