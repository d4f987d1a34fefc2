//! What a text must have for a regular expression to cover it, as far as that is plain from how the expression is written.

/// Literal text that is in every text that an expression covers. An expression that is hard to read has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Literals {
    /// How all such texts begin.
    prefix: String,
    /// Characters that are somewhere in them.
    needed: Vec<char>,
}

impl Literals {
    /// How much of a beginning is kept, in bytes.
    pub(super) const MAX_PREFIX: usize = 32;

    /// How many characters are looked for.
    const MAX_NEEDED: usize = 4;

    /// The literals of an expression that is valid.
    pub(super) fn of(pattern: &str) -> Literals {
        Literals::read(pattern).unwrap_or_default()
    }

    /// How all texts that the expression covers begin.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// Whether a text has all of them.
    pub(super) fn are_in(&self, text: &str) -> bool {
        text.starts_with(&self.prefix) && self.needed.iter().all(|needed| text.contains(*needed))
    }

    /// Nothing for an expression with alternatives, flags, and other things that make of a literal something else.
    fn read(pattern: &str) -> Option<Literals> {
        let mut found = Literals::default();
        let mut is_prefix = true;
        let mut rest = pattern.chars().peekable();
        while let Some(c) = rest.next() {
            let literal = match c {
                '(' if rest.peek() == Some(&'?') => return None,
                // As a whole it may be optional.
                ')' if matches!(rest.peek(), Some('?' | '*' | '+')) => return None,
                '|' | '{' => return None,
                '(' | ')' | '^' | '$' => continue,
                '?' | '*' | '+' if matches!(rest.peek(), Some('?' | '*' | '+')) => return None,
                '?' | '*' | '+' => continue,
                '.' => None,
                '[' => {
                    skip_class(&mut rest)?;
                    None
                }
                '\\' => match rest.next()? {
                    escaped if escaped.is_ascii_punctuation() => Some(escaped),
                    'd' | 'D' | 's' | 'S' | 'w' | 'W' => None,
                    _ => return None,
                },
                literal => Some(literal),
            };
            let quantifier = rest.peek().filter(|next| matches!(next, '?' | '*' | '+'));
            let literal = literal.filter(|_| matches!(quantifier, None | Some('+')));
            match literal {
                Some(literal) if is_prefix && found.prefix.len() + literal.len_utf8() <= Literals::MAX_PREFIX => {
                    found.prefix.push(literal);
                }
                Some(literal) if found.needed.len() < Literals::MAX_NEEDED && !found.needed.contains(&literal) => {
                    found.needed.push(literal);
                }
                _ => {}
            }
            // What is behind it is no longer at a known place.
            is_prefix &= literal.is_some() && quantifier.is_none() && found.needed.is_empty();
        }
        Some(found)
    }
}

/// Goes behind the class in brackets that has begun; nothing if it has others inside.
fn skip_class(rest: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Option<()> {
    rest.next_if_eq(&'^');
    rest.next_if_eq(&']');
    loop {
        match rest.next()? {
            ']' => return Some(()),
            '[' => return None,
            '\\' => rest.next().map(|_| ())?,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use regex_lite::Regex;

    use super::*;

    #[test]
    fn what_is_plain_is_found() {
        for (pattern, prefix, needed) in [
            ("RFC #([0-9]+)", "RFC #", ""),
            (r"RFC \#(\d+)", "RFC #", ""),
            ("([a-zA-Z0-9-]+)/([a-zA-Z0-9-]+)#([0-9]+)", "", "/#"),
            ("^(#)([0-9]+)$", "#", ""),
            ("ab+c?d*e", "ab", "e"),
            ("a[]x]b", "a", "b"),
            (r"a[^\]x]b", "a", "b"),
            ("a.b", "a", "b"),
            ("a|b", "", ""),
            ("a(b)?", "", ""),
            ("a(b)+*", "", ""),
            ("ab+*", "", ""),
            ("ab+?", "", ""),
            ("ab{0}", "", ""),
            ("(?i)a", "", ""),
            ("(?x)a b", "", ""),
            (r"\x41", "", ""),
            (r"a\b", "", ""),
            ("a[[:digit:]]b", "", ""),
        ] {
            let expected = Literals { prefix: prefix.to_owned(), needed: needed.chars().collect() };
            assert_eq!(Literals::of(pattern), expected, "{pattern}");
        }
        assert_eq!(Literals::of(&"a".repeat(100)).prefix().len(), Literals::MAX_PREFIX);
    }

    #[test]
    fn every_text_that_an_expression_covers_has_them() {
        let alphabet = ["a", "b", "é", "(", ")", "[", "]", "^", "?", "*", "+", "|", "{", "}", "0", "\\", "."];
        let texts =
            ["", "a", "b", "0", "é", "aa", "ab", "ba", "bb", "(", "^", "]", "a]", "ab0", "{0}", "a{0}", "..", "\\"];
        let mut covered = 0;
        for number in 0..alphabet.len().pow(4) {
            let digits = (0..4).scan(number, |rest, _| {
                let digit = *rest % alphabet.len();
                *rest /= alphabet.len();
                Some(digit)
            });
            let pattern: String = digits.map(|digit| alphabet[digit]).collect();
            let Ok(whole) = Regex::new(&format!("^(?:{pattern})$")) else { continue };
            let literals = Literals::of(&pattern);
            for text in texts.iter().filter(|text| whole.is_match(text)) {
                covered += 1;
                assert!(literals.are_in(text), "{pattern} {text}");
            }
        }
        assert!(covered > 1000);
    }
}
