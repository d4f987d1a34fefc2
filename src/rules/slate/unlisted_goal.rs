//! A goal that the RFC neither lists in a table nor links.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, Task};
use crate::model::rfc_lists::RfcLists;
use crate::model::slate::{Slate, anchor, page_in_slate};
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

/// How many other goals a finding names.
const NAMED: usize = 3;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let lists = RfcLists::of(cx.slate);
    // Without any table of goals, `missing-directive` says so.
    if !lists.has_goals() {
        return vec![];
    }
    let pages = cx.slate.in_rfc().iter().map(|id| &cx.slate.files[*id]);
    let linked: HashSet<&str> =
        pages.flat_map(|file| cx.targets(file)).filter_map(|(_, target)| page_in_slate(target)).collect();
    let is_linked =
        |goal: &Goal| cx.slate.page_of(goal.file).strip_suffix(".md").is_some_and(|page| linked.contains(page));
    // A goal that was not accepted need not be anywhere.
    let goals = cx.slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
    let unlisted = goals.filter(|goal| !lists.hold(cx.slate, goal) && !is_linked(goal));
    let is_caused = |goal: &Goal| is_misread(cx.slate, goal) || lacks_asks(cx.slate, goal);
    let unlisted: Vec<&Goal> = unlisted.filter(|goal| !is_caused(goal)).collect();
    let Some((first, others)) = unlisted.split_first() else { return vec![] };
    // What one directive would list is one mistake.
    let title = first.title_text();
    let message = match others.len() {
        0 => format!("the RFC does not list `{title}`"),
        1 => format!("the RFC does not list `{title}`, nor 1 other goal"),
        count => format!("the RFC does not list `{title}`, nor {count} other goals"),
    };
    let finding = Finding::new(anchor(cx.slate.file_of(first)), message)
        .help("add a directive that lists it to the template or a page that the RFC includes, or link to it there");
    let finding = others
        .iter()
        .take(NAMED)
        .fold(finding, |finding, goal| finding.related(goal.file, anchor(cx.slate.file_of(goal)), "also not listed"));
    vec![(first.file, finding)]
}

/// Whether a goal is in no table because it has no asks that can be read, which is a finding of its own.
fn lacks_asks(slate: &Slate, goal: &Goal) -> bool {
    let has_level = |task: &Task| !task.name.value.is_empty();
    let mut plans = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks);
    !slate.format.levels.is_empty() && !plans.any(|plan| plan.tasks.iter().any(has_level))
}

/// Whether a goal is in no table because of a value that cannot be read, which is a finding of its own.
fn is_misread(slate: &Slate, goal: &Goal) -> bool {
    let themes = slate.themes();
    let is_unknown = |theme: &str| themes.as_ref().is_some_and(|known| !known.contains(&theme));
    let has_no_level = || goal.asks().any(|(task, _)| slate.format.level(&task.name.value).is_none());
    goal.themes.iter().any(|theme| is_unknown(&theme.value)) || !slate.format.levels.is_empty() && has_no_level()
}
