//! How tracking issues are written.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::Slate;
use crate::policy::config::site::Repository;
use crate::policy::format::Field;
use crate::text::similarity::did_you_mean;

/// An issue that is none of the repository which the row asks for.
pub(crate) fn foreign(slate: &Slate, goal: &Goal) -> Option<Finding> {
    let row = goal.field(Field::TrackingIssue).filter(|row| !is_placeholder_value(slate, &row.value.value))?;
    let value = row.value.value.as_str();
    let wanted = slate.format.row(&row.name.value)?.0.repository.as_deref()?;
    // Another form is reported by `malformed-tracking-issue`.
    let (owner, name, _) = parse(value)?;
    let is_own = || Repository::parse(&format!("{owner}/{name}")).is_some_and(|issue| slate.config.is_own(&issue));
    // An owner that is nearly the project's own is misspelled.
    let is_slip = |own: &Repository| {
        !own.owner.eq_ignore_ascii_case(owner) && did_you_mean(owner, [own.owner.as_str()]).is_some()
    };
    let is_misspelled = slate.config.repository.as_ref().is_some_and(is_slip);
    if name.ends_with(wanted) && !is_misspelled || is_own() {
        return None;
    }
    let message = format!("tracking issue is in `{owner}/{name}`, not in the repository of the {wanted}");
    let help = "use the issue that tracks this goal, and move other issues to the row `Other tracking issues`";
    Some(Finding::new(row.value.span, message).help(help))
}

/// An issue by the name that its repository has today.
pub(crate) struct Issue {
    pub(crate) repository: Repository,
    pub(crate) number: String,
}

impl Issue {
    /// The issue of a value, however it is written.
    pub(crate) fn of(slate: &Slate, value: &str) -> Option<Issue> {
        let repaired = repair(value);
        let (owner, name, number) = parse(repaired.as_deref().unwrap_or(value))?;
        let written = Repository::parse(&format!("{owner}/{name}"))?;
        Some(Issue {
            repository: slate.config.today(&written).clone(),
            number: number.trim_start_matches('0').to_owned(),
        })
    }

    /// The name by which it is known again.
    pub(crate) fn key(&self) -> String {
        format!("{}#{}", self.repository, self.number).to_lowercase()
    }
}

/// Takes `[owner/repository#123]` apart.
pub(crate) fn parse(value: &str) -> Option<(&str, &str, &str)> {
    parts(value.strip_prefix('[')?.strip_suffix(']')?)
}

pub(crate) fn parts(text: &str) -> Option<(&str, &str, &str)> {
    let (repository, number) = text.split_once('#')?;
    let (owner, name) = repository.split_once('/')?;
    let is_name =
        |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    (is_name(owner) && is_name(name) && is_number).then_some((owner, name, number))
}

/// The issue that was meant: without brackets, or as the address of its page.
pub(crate) fn repair(value: &str) -> Option<String> {
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
