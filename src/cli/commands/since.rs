//! `--since`: which findings a change brought, by comparing with the files where it began.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;

use goals::{Commit, Failure, Fingerprint, Levels, PeriodName};

use super::{Done, Projects, check, count};
use crate::Output;
use crate::cli::args::LevelFlags;

/// Takes away every finding that the merge base of `revision` and HEAD had, judged by today's configuration and roster. What
/// the other branch mended or broke meanwhile is in neither, and a finding that the change caused in a file it did not touch
/// stays.
pub(crate) fn keep_new(
    revision: &str,
    done: &mut [Done],
    projects: &mut Projects<'_>,
    period: Option<PeriodName>,
    flags: &LevelFlags,
    output: &mut Output,
) -> Result<(), Failure> {
    let base: Levels = projects.base.clone();
    let mut commits: HashMap<PathBuf, Commit> = HashMap::new();
    let mut known = 0;
    for slate in done {
        if !commits.contains_key(&slate.root) {
            commits.insert(slate.root.clone(), Commit::merge_base(&slate.root, revision)?);
        }
        let Some(commit) = commits.get(&slate.root) else { continue };
        // Where nothing is found there is nothing to compare.
        if slate.findings.is_empty() {
            continue;
        }
        let project = projects.open(&slate.root)?;
        let before = check(&project, commit, &slate.request, period, &base, flags, false)?;
        // What a file was like that could not be read is not known; one that was not there yet is no such file.
        if let Some(failure) = commit.missing() {
            return Err(failure);
        }
        let had: HashSet<Fingerprint> = before.findings.iter().map(|reported| reported.fingerprint).collect();
        let all = slate.findings.len();
        slate.findings.retain(|reported| !had.contains(&reported.fingerprint));
        known += all - slate.findings.len();
    }
    if known > 0 {
        let verb = if known == 1 { "is" } else { "are" };
        output.note(&format!("note: {} from before this change {verb} omitted", count(known, "finding")));
    }
    Ok(())
}
