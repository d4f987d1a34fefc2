//! The form in which labels are compared.

use crate::text::blanks::has_single_spaces;

/// The form in which two labels are compared: case and runs of whitespace do not count (CommonMark 4.7).
pub(crate) fn normalize_label(label: &str) -> String {
    if has_single_spaces(label) {
        return label.to_ascii_lowercase();
    }
    let mut normal = String::with_capacity(label.len());
    if label.is_ascii() {
        for c in label.chars() {
            if !c.is_whitespace() {
                normal.push(c.to_ascii_lowercase());
            } else if !normal.is_empty() && !normal.ends_with(' ') {
                normal.push(' ');
            }
        }
        normal.truncate(normal.trim_end().len());
        return normal;
    }
    for word in label.split_whitespace() {
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.push_str(&word.to_lowercase());
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_compared_by_their_words() {
        for (label, expected) in [
            ("Ada Lovelace", "ada lovelace"),
            (" Ada  Lovelace", "ada lovelace"),
            ("Ada\tLovelace\n", "ada lovelace"),
            ("\u{b}a\u{b}", "a"),
            ("\u{c9}a\u{a0} B", "\u{e9}a b"),
            (" ", ""),
            ("", ""),
        ] {
            assert_eq!(normalize_label(label), expected, "{label:?}");
        }
    }
}
