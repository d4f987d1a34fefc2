//! Suppression comments: `<!-- goals: allow(rule-id, other) reason -->`, as syntax. What one allows, the linter knows.

/// What every word to the linter begins with, inside its comment.
pub(crate) const MARK: &str = "goals:";

/// Whether a comment is a word to the linter.
pub(crate) fn is_suppression(text: &str) -> bool {
    text.trim_start().strip_prefix("<!--").is_some_and(|body| body.trim_start().starts_with(MARK))
}
