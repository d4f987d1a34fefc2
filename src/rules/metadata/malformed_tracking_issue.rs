//! A tracking issue that is not written as one.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, MetadataRow};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::{File, Slate};
use crate::model::tracking_issue::{parse, parts, repair};
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::is_formatted;
use crate::rules::shared::tracking_issues::foreign;
use crate::text::source::{Span, behind_last};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = of_goal(cx, goal);
    let others = cx.rows(goal).filter(|(row, known)| known.map_or(row.name.value.as_str(), |(name, _)| name) == OTHERS);
    findings.extend(others.flat_map(|(row, _)| bare_issues(cx.slate, cx.slate.file_of(goal), row)));
    findings
}

/// The row of the issues that are tracked elsewhere, as all periods call it.
const OTHERS: &str = "Other tracking issues";

/// Issues outside of brackets, links and addresses, of which the site makes no link: `#12`, `owner/repository#12`.
fn bare_issues(slate: &Slate, file: &File, row: &MetadataRow) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (text, place) in file.marks("#").filter(|(_, place)| row.value.span.contains(*place)) {
        let before = file.source.slice(Span { start: text.start.max(row.value.span.start), end: place.start });
        let after = file.source.slice(Span { start: place.end, end: text.end.min(row.value.span.end) });
        let digits = after.len() - after.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let repository = behind_last(before, |c| c.is_whitespace() || ",;(".contains(c));
        let is_bare = repository.is_empty() || parts(&format!("{repository}#1")).is_some();
        let ends = after[digits..].chars().next().is_none_or(|c| !c.is_alphanumeric() && !"-_]/".contains(c));
        if digits == 0 || !is_bare || !ends {
            continue;
        }
        let start = place.start - Span::at(repository.len()).start;
        let span = Span { start, end: place.end + Span::at(digits).start };
        let written = file.source.slice(span);
        let finding = Finding::new(span, format!("`{written}` outside of brackets is not a link"));
        findings.push(match repository {
            "" => finding.help(format!("use `[owner/repository{written}]`")),
            _ if slate.config.linkified(written).is_some() => {
                finding.help(format!("use `[{written}]`")).fix(span, format!("[{written}]"))
            }
            _ => finding.help(format!("use a link: `[{written}](https://…)`")),
        });
    }
    findings
}

fn of_goal(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
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
    if is_formatted(cx.slate, cx.slate.file_of(goal), row) {
        return vec![];
    }
    if let Some(finding) = foreign(cx.slate, goal).filter(|_| parse(value).is_some()) {
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
    let finding = Finding::new(row.value.span, format!("invalid tracking issue `{value}`; expected {form}")).help(help);
    vec![match fix {
        // Which issue it is, and of which repository, is judged all the same.
        Some((span, text)) => finding.meant(span, text.clone()).fix(span, text),
        None => finding,
    }]
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
