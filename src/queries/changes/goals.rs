//! Which goals of two states of a slate are one.

use hashbrown::{HashMap, HashSet};

use crate::markdown::shown::{comparable, shown};
use crate::model::goal::Goal;
use crate::model::slate::{FileKind, Slate};
use crate::policy::format::Field;

/// The goals of two states.
pub(super) struct Pairing<'s> {
    /// Those that both have.
    pub(super) both: Vec<(&'s Goal, &'s Goal)>,
    /// Those that the second alone has.
    pub(super) added: Vec<&'s Goal>,
    /// Those that the first alone has.
    pub(super) removed: Vec<&'s Goal>,
    /// Those of which one of the two cannot be read, by path.
    pub(super) unreadable: Vec<String>,
}

/// Finds the goals of one state in the other: by the file; where that is gone by title, tracking issue, or most of the text.
pub(super) fn pair<'s>(old: &'s Slate, new: &'s Slate) -> Pairing<'s> {
    let path = |slate: &'s Slate, goal: &Goal| slate.file_of(goal).source.path();
    let old_by_path: HashMap<&str, &Goal> = old.goals.iter().map(|goal| (path(old, goal), goal)).collect();
    let mut pairing = Pairing { both: Vec::new(), added: Vec::new(), removed: Vec::new(), unreadable: Vec::new() };
    let mut found: HashSet<&str> = HashSet::new();
    for goal in &new.goals {
        let here = path(new, goal);
        match old_by_path.get(here) {
            Some(was) => {
                found.insert(here);
                pairing.both.push((was, goal));
            }
            None if is_broken(old, here) => pairing.unreadable.push(here.to_owned()),
            None => pairing.added.push(goal),
        }
    }
    for goal in old.goals.iter().filter(|goal| !found.contains(path(old, goal))) {
        let there = path(old, goal);
        match is_broken(new, there) {
            true => pairing.unreadable.push(there.to_owned()),
            false => pairing.removed.push(goal),
        }
    }
    let title = |goal: &Goal| Some(comparable(&shown(goal.title_text()))).filter(|title| !title.is_empty());
    let issue = |goal: &Goal| {
        let row = goal.field(Field::TrackingIssue)?;
        let number: String = row.value.value.chars().filter(char::is_ascii_digit).collect();
        Some(number).filter(|number| !number.is_empty())
    };
    pairing.find_renamed(|was, is| title(was).is_some_and(|title_was| Some(title_was) == title(is)));
    pairing.find_renamed(|was, is| issue(was).is_some_and(|issue_was| Some(issue_was) == issue(is)));
    pairing.find_renamed(|was, is| {
        let lines = |slate: &'s Slate, goal: &Goal| -> HashSet<&'s str> {
            let lines = slate.file_of(goal).source.text().lines().map(str::trim);
            lines.filter(|line| line.chars().any(char::is_alphanumeric)).collect()
        };
        let (was, is) = (lines(old, was), lines(new, is));
        2 * was.intersection(&is).count() > was.len().max(is.len())
    });
    pairing.unreadable.sort();
    pairing
}

impl Pairing<'_> {
    /// Takes goals that came and went for one where `is_same` says so.
    fn find_renamed(&mut self, is_same: impl Fn(&Goal, &Goal) -> bool) {
        let mut left = Vec::new();
        for was in std::mem::take(&mut self.removed) {
            match self.added.iter().position(|is| is_same(was, is)) {
                Some(at) => self.both.push((was, self.added.remove(at))),
                None => left.push(was),
            }
        }
        self.removed = left;
    }
}

/// Whether a file was meant as a goal and cannot be read as one.
fn is_broken(slate: &Slate, path: &str) -> bool {
    slate.file_at(path).is_some_and(|file| matches!(slate.files[file].kind, FileKind::Broken { .. }))
}
