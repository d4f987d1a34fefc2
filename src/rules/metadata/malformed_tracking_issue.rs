//! A tracking issue that is not written as one.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_stand_in;
use crate::model::slate::Slate;
use crate::policy::format::{Fact, Stage};

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    // An empty row is reported by `missing-tracking-issue`, and one with template text by `unfilled-placeholder`.
    let Some(row) = goal.fact(Fact::TrackingIssue) else { return vec![] };
    let value = row.value.value.as_str();
    if value.is_empty() || is_stand_in(slate, value) {
        return vec![];
    }
    let form = "`[owner/repository#123]`";
    let repaired = repair(value);
    if let Some(finding) = foreign(slate, goal) {
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

/// An issue that is none of the repository which the row asks for.
pub(crate) fn foreign(slate: &Slate, goal: &Goal) -> Option<Finding> {
    let row = goal.fact(Fact::TrackingIssue).filter(|row| !is_stand_in(slate, &row.value.value))?;
    let value = row.value.value.as_str();
    let wanted = slate.format.metadata.rows.get(&row.name.value)?.repository.as_deref()?;
    let repaired = repair(value);
    let (owner, name, _) = parse(repaired.as_deref().unwrap_or(value))?;
    if name.ends_with(wanted) {
        return None;
    }
    let message = format!("tracking issue is in `{owner}/{name}`, not in the repository of the {wanted}");
    let help = "use the issue that tracks this goal; move other issues to the row `Other tracking issues`";
    Some(Finding::new(row.value.span, message).help(help))
}

/// Takes `[owner/repository#123]` apart.
pub(crate) fn parse(value: &str) -> Option<(&str, &str, &str)> {
    parts(value.strip_prefix('[')?.strip_suffix(']')?)
}

fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (repository, number) = text.split_once('#')?;
    let (owner, name) = repository.split_once('/')?;
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_name(owner) && is_name(name) && is_number).then_some((owner, name, number))
}

/// The issue that was meant: without brackets, or as the address of its page.
fn repair(value: &str) -> Option<String> {
    // Who is named beside it would be lost.
    if parse(value).is_some() || value.contains('@') {
        return None;
    }
    let bare = value.trim_matches(|c| "[]<>() ".contains(c));
    if let Some((owner, name, number)) = parts(bare) {
        return Some(format!("[{owner}/{name}#{number}]"));
    }
    let path = value.split_once("github.com/")?.1;
    let mut path = path.split(['/', ')', '>', '#']);
    let (owner, name, kind, number) = (path.next()?, path.next()?, path.next()?, path.next()?);
    let issue = format!("{owner}/{name}#{number}");
    (kind == "issues" && parts(&issue).is_some()).then(|| format!("[{issue}]"))
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
