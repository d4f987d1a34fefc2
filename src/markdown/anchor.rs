//! The anchors that a published page has for its headings.

/// The anchor of a heading by its visible text, as mdBook makes it: lower case, whitespace as `-`, and nothing but letters,
/// digits, `_` and `-`.
pub(crate) fn anchor(text: &str) -> String {
    let kept = text.chars().filter_map(|c| match c {
        c if c.is_whitespace() => Some('-'),
        c if c.is_alphanumeric() || matches!(c, '_' | '-') => Some(c),
        _ => None,
    });
    kept.flat_map(char::to_lowercase).collect()
}
