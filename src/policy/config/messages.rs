//! What serde and the TOML parser say, in words that whoever writes a configuration knows.

use crate::text::similarity::did_you_mean;

/// The words in which serde names what it found, with ours; the longest that begins a message counts.
const FOUND: [(&str, &str); 9] = [
    ("string", "a string"),
    ("integer", "an integer"),
    ("floating point", "a float"),
    ("boolean", "a boolean"),
    ("sequence", "a list"),
    ("map", "a table"),
    ("unit", "nothing"),
    ("enum", "a string"),
    ("newtype", "a value of another kind"),
];

/// The words in which serde names what it expected, with ours.
const EXPECTED: [(&str, &str); 24] = [
    ("path string", "a path"),
    ("string or map", "a string or a table"),
    ("a string", "a string"),
    ("string", "a string"),
    ("a boolean", "`true` or `false`"),
    ("a map", "a table"),
    ("map", "a table"),
    ("struct ", "a table"),
    ("a sequence", "a list"),
    ("an array", "a list"),
    ("tuple", "a list"),
    ("internally tagged enum ", "a table"),
    ("enum ", "a string"),
    ("variant identifier", "a string"),
    ("u8", NATURAL),
    ("u16", NATURAL),
    ("u32", NATURAL),
    ("u64", NATURAL),
    ("usize", NATURAL),
    ("i8", "a whole number"),
    ("i16", "a whole number"),
    ("i32", "a whole number"),
    ("i64", "a whole number"),
    ("f64", "a number"),
];

const NATURAL: &str = "a whole number that is not negative";

/// What serde and the TOML parser say, in our words: the message, and what to do where that is known.
pub(crate) fn describe(message: &str) -> (String, Option<String>) {
    describe_with(message, &[])
}

/// The same where some more keys are known than serde knows.
pub(crate) fn describe_with(message: &str, more: &[&str]) -> (String, Option<String>) {
    if let Some((written, mut known)) = one_of(message, "unknown field `") {
        known.extend(more);
        return (format!("unknown key `{written}`"), Some(instead(written, &known)));
    }
    if let Some((written, known)) = one_of(message, "unknown variant `") {
        return (format!("unknown value `{written}`"), Some(instead(written, &known)));
    }
    if let Some(name) = message.strip_prefix("missing field `").and_then(|rest| rest.split('`').next()) {
        return (format!("missing key `{name}`"), Some(format!("add `{name} = …`")));
    }
    // For a syntax error more lines quote the text, which we show ourselves.
    let message = message.lines().next().unwrap_or_default();
    (mismatch(message).unwrap_or_else(|| message.to_owned()), None)
}

/// The key that a message says is unknown.
pub(crate) fn unknown_key(message: &str) -> Option<&str> {
    one_of(message, "unknown field `").map(|(written, _)| written)
}

/// Takes serde's message about an unknown name apart: the name, and those that are known.
fn one_of<'m>(message: &'m str, start: &str) -> Option<(&'m str, Vec<&'m str>)> {
    let (written, rest) = message.strip_prefix(start)?.split_once("`, expected ")?;
    Some((written, rest.split('`').skip(1).step_by(2).collect()))
}

fn instead(written: &str, known: &[&str]) -> String {
    match did_you_mean(written, known.iter().copied()) {
        Some(name) => format!("did you mean `{name}`?"),
        None => format!("use one of {}", quoted(known)),
    }
}

/// Serde's message about a value of another kind than is expected.
fn mismatch(message: &str) -> Option<String> {
    if let Some((found, expected)) =
        message.strip_prefix("invalid length ").and_then(|rest| rest.split_once(", expected an array of length "))
    {
        return Some(format!("expected a list of length {expected}, found one of length {found}"));
    }
    if let Some(number) = message.strip_prefix("invalid value: integer `").and_then(|rest| rest.split('`').next())
        && !number.starts_with('-')
    {
        return Some(format!("the number {number} is too large"));
    }
    let rest = ["invalid type: ", "invalid value: "].iter().find_map(|start| message.strip_prefix(start))?;
    // The value that was found may hold the same words.
    let (found, expected) = rest.rsplit_once(", expected ")?;
    let ours = |words: &[(&str, &'static str)], text: &str| {
        words.iter().find(|(theirs, _)| text.starts_with(theirs)).map(|(_, ours)| *ours)
    };
    let found = ours(&FOUND, found).unwrap_or("a value of another kind");
    match ours(&EXPECTED, expected) {
        Some(expected) => Some(format!("expected {expected}, found {found}")),
        None => Some(format!("expected a value of another kind, found {found}")),
    }
}

/// The names as a list in a sentence: `` `a`, `b` ``.
pub(crate) fn quoted<T: AsRef<str>>(names: &[T]) -> String {
    names.iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_message_names_a_type_of_rust() {
        for (message, expected) in [
            ("invalid type: map, expected a string", "expected a string, found a table"),
            ("invalid type: integer `5`, expected path string", "expected a path, found an integer"),
            ("invalid type: sequence, expected a map", "expected a table, found a list"),
            ("invalid type: string \"x, expected y\", expected struct AskFormat", "expected a table, found a string"),
            (
                "invalid value: integer `-1`, expected u64",
                "expected a whole number that is not negative, found an integer",
            ),
            ("invalid value: integer `300`, expected u8", "the number 300 is too large"),
            ("invalid type: integer `5`, expected internally tagged enum Kind", "expected a table, found an integer"),
            ("invalid length 1, expected an array of length 2", "expected a list of length 2, found one of length 1"),
            ("invalid type: string \"a\", expected an array of length 2", "expected a list, found a string"),
            ("missing field `about`", "missing key `about`"),
            ("unknown variant `x`, expected `error` or `warn`", "unknown value `x`"),
            ("unknown field `x`, expected one of `a`, `b`", "unknown key `x`"),
            ("unclosed table, expected `]`\nmore", "unclosed table, expected `]`"),
        ] {
            assert_eq!(describe(message).0, expected);
        }
    }
}
