//! A tracking issue that is not written as one.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_value;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::tracking_issues::{foreign, parse, repair};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // An empty row is reported by `missing-tracking-issue`, and one with template text by `unfilled-placeholder`.
    let Some(row) = goal.field(Field::TrackingIssue) else { return vec![] };
    let value = row.value.value.as_str();
    if value.is_empty() || is_placeholder_value(cx.slate, value) {
        return vec![];
    }
    let form = "`[owner/repository#123]`";
    let repaired = repair(value);
    if let Some(text) = link_text(value)
        && let Some(issue) = &repaired
        && !issue.contains(text)
        && !text.contains(issue_number(issue))
    {
        let message = format!("the text of the link says `{text}`, not which issue it is");
        return vec![Finding::new(row.value.span, message).help(format!("use `{issue}`"))];
    }
    if let Some(finding) = foreign(cx.slate, goal) {
        // As long as the goal is not accepted, no table shows the issue: `foreign-tracking-issue` warns of it.
        return if goal.stage() == Stage::Accepted { vec![finding] } else { vec![] };
    }
    if parse(value).is_some() {
        return vec![];
    }
    let fix = repaired.clone().map(|repaired| (row.value.span, repaired));
    let help = match repaired {
        Some(repaired) => format!("use `{repaired}`"),
        None if goal.stage() == Stage::Accepted => format!("use {form}"),
        None => format!("use {form}, or leave the cell empty until there is one"),
    };
    vec![
        Finding::new(row.value.span, format!("invalid tracking issue `{value}`; expected {form}"))
            .help(help)
            .maybe_fix(fix),
    ]
}

/// The text of an inline link that is all of a value.
fn link_text(value: &str) -> Option<&str> {
    let (text, rest) = value.strip_prefix('[')?.split_once("](")?;
    (rest.find(')') == Some(rest.len() - 1)).then(|| text.trim())
}

/// The number in `[owner/repository#123]`.
fn issue_number(issue: &str) -> &str {
    issue.rsplit_once('#').map_or("", |(_, number)| number.trim_end_matches(']'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_issues_and_repairs_near_ones() {
        assert_eq!(parse("[rust-lang/goals#12]"), Some(("rust-lang", "goals", "12")));
        for odd in ["", "[#12]", "[a/b#]", "[a/b#x]", "a/b#1", "[a/b/c#1]", "[a/b#1] "] {
            assert_eq!(parse(odd), None, "{odd}");
        }
        assert_eq!(repair("a/b#1").as_deref(), Some("[a/b#1]"));
        assert_eq!(repair("https://github.com/a/b/issues/7").as_deref(), Some("[a/b#7]"));
        assert_eq!(repair("[t](https://github.com/a/b/issues/7#c)").as_deref(), Some("[a/b#7]"));
        assert_eq!(repair("soon"), None);
        assert_eq!(repair("[t](https://github.com/a/b/issues/7) @ada"), None, "who is named beside it would be lost");
    }
}
