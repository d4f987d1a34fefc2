//! Placeholders: words of the template, and what people write in examples.

use super::goal;
use super::goal_template::bare;
use super::slate::Slate;
use crate::text::user_names;

/// Placeholders for user names: those of examples, and words such as `todo`.
const USERS: &[&str] = &[
    "ghost",
    "username",
    "user-name",
    "user",
    "github-username",
    "githubusername",
    "github-user",
    "your-username",
    "your-github-username",
    "yourusername",
    "your-name",
    "yourname",
    "name",
    "handle",
    "owner",
    "someone",
    "somebody",
    "todo",
    "tbd",
    "fixme",
    "xxx",
];

/// What people write in a cell that is to be filled in.
const GAPS: &[&str] = &["todo", "tbd", "fixme", "?", "???", "xxx", "task"];

/// Owners and names of repositories in examples of issues.
const OWNERS: &[&str] = &["org", "owner", "organization", "user"];
const REPOSITORIES: &[&str] = &["repo", "repository"];

/// Whether a metadata value is to be replaced by the author's own.
pub(crate) fn is_placeholder_value(slate: &Slate, value: &str) -> bool {
    goal::is_placeholder_text(value) || is_of_template(slate, value) || is_example(slate, value)
}

/// Whether a cell says only that something is to come.
pub(crate) fn is_gap(cell: &str) -> bool {
    goal::is_placeholder_row(std::iter::once(cell)) || GAPS.iter().any(|gap| gap.eq_ignore_ascii_case(cell))
}

/// Whether a user name is a placeholder.
pub(crate) fn is_placeholder_user(slate: &Slate, login: &str) -> bool {
    USERS.iter().any(|user| user.eq_ignore_ascii_case(login)) && slate.roster.person(login).is_none()
}

/// The template's words with their emphasis gone, or half of it.
fn is_of_template(slate: &Slate, value: &str) -> bool {
    let Some(template) = slate.goal_template.as_ref().filter(|_| !value.is_empty()) else { return false };
    let value = bare(value);
    let is_it = |other: &str| {
        value.eq_ignore_ascii_case(other) || !value.is_ascii() && value.to_lowercase() == other.to_lowercase()
    };
    template.bare_placeholders.iter().any(|placeholder| is_it(placeholder))
}

fn is_example(slate: &Slate, value: &str) -> bool {
    if let Some(login) = user_names::single_user(value) {
        return is_placeholder_user(slate, login);
    }
    let between = |open: char, close: char| value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
    // `<words>`, which is neither an address nor a comment.
    let in_angles = between('<', '>').is_some_and(|inner| !inner.contains([':', '@', '!', '<', '/']));
    let in_braces = between('{', '}').is_some();
    in_angles || in_braces || between('[', ']').is_some_and(is_example_issue)
}

fn is_example_issue(issue: &str) -> bool {
    let Some((path, number)) = issue.split_once('#') else { return false };
    let (owner, repository) = path.split_once('/').unwrap_or((path, ""));
    let is_one_of = |known: &[&str], word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    let is_placeholder_number =
        !number.is_empty() && (number.bytes().all(|byte| byte == b'0') || is_placeholder_number(number));
    is_one_of(OWNERS, owner) && is_one_of(REPOSITORIES, repository) || is_placeholder_number
}

/// Whether a word is a placeholder for a number: `NNN`, `XXX`, `???`, `number`.
fn is_placeholder_number(word: &str) -> bool {
    let all = |letter: char| word.chars().all(|other| other.eq_ignore_ascii_case(&letter));
    all('n') || all('x') || all('?') || word.eq_ignore_ascii_case("number") || word.eq_ignore_ascii_case("todo")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn issues_of_examples_are_none() {
        for example in ["org/repo#123", "owner/repository#1", "rust-lang/goals#NNN", "rust-lang/goals#0000", "a/b#???"]
        {
            assert!(is_example_issue(example), "{example}");
        }
        for real in ["rust-lang/goals#123", "org/goals#1", "owner/rust#100", "12", ""] {
            assert!(!is_example_issue(real), "{real}");
        }
    }
}
