//! Tracking issues: how they are written, and which issue is meant.

use super::slate::Slate;
use crate::policy::config::site::Repository;

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
