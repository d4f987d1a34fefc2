//! The words of a badge where the badge is meant: nothing is shown in their place, and nobody is looked for.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

/// The badge that says that an owner is wanted.
const HELP_WANTED: &str = "Help wanted";

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let mut findings = Vec::new();
    for &cell in cx.owner_cells(goal) {
        let text = file.shown(cell);
        let mut start = 0;
        for part in text.split(',') {
            let written = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            let Some(length) = badge_words(written) else { continue };
            let span = cell.part(at..at + length);
            let badge = format!("![{HELP_WANTED}][]");
            let finding = Finding::new(span, format!("`{}` is not a badge", &written[..length]));
            findings.push(finding.help(format!("use `{badge}`")).fix(span, badge));
        }
    }
    findings
}

/// How long the words of the badge are with which a text begins, with the marks around them, where nothing else follows but a
/// user.
fn badge_words(text: &str) -> Option<usize> {
    const MARKS: [char; 8] = ['*', '_', '[', ']', '"', '(', ')', '!'];
    // A space too many keeps the badge from being one.
    let inner = text.strip_prefix("! ").unwrap_or(text).trim_start_matches(MARKS);
    let words = inner.get(..HELP_WANTED.len()).filter(|words| words.eq_ignore_ascii_case(HELP_WANTED))?;
    let before = text.len() - inner.len();
    let rest = &inner[words.len()..];
    let marks = rest.len() - rest.trim_start_matches(MARKS).trim_start_matches('.').len();
    let ends = rest[marks..].is_empty() || rest[marks..].trim_start().starts_with('@');
    (ends && !text.starts_with("![")).then_some(before + words.len() + marks)
}

#[cfg(test)]
mod tests {
    use super::badge_words;

    #[test]
    fn the_words_are_all_that_is_said() {
        let found = |text: &'static str| badge_words(text).map(|length| &text[..length]);
        assert_eq!(found("*help wanted*"), Some("*help wanted*"));
        assert_eq!(found("[Help Wanted][] @ada"), Some("[Help Wanted][]"));
        for text in ["![Help wanted][]", "Help wanted by @ada", "help", "@ada"] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
