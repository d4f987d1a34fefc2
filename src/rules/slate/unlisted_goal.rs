//! A goal that no page of the slate lists or leads to.

use std::collections::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::{FileKind, Slate, anchor, page_in_slate};
use crate::policy::format::{DirectiveKind, GoalFilter};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

/// How many other goals a finding names.
const NAMED: usize = 3;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let lists = Lists::of(cx.slate);
    if lists.are_none() {
        return vec![];
    }
    let pages = cx.slate.files.iter().filter(|file| !matches!(file.kind, FileKind::Goal(_)));
    let linked: HashSet<&str> =
        pages.flat_map(|file| cx.targets(file)).filter_map(|(_, target)| page_in_slate(target)).collect();
    let is_linked =
        |goal: &Goal| cx.slate.page_of(goal.file).strip_suffix(".md").is_some_and(|page| linked.contains(page));
    // A goal that was not accepted need not be anywhere.
    let goals = cx.slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
    let unlisted: Vec<&Goal> = goals.filter(|goal| !lists.hold(cx.slate, goal) && !is_linked(goal)).collect();
    let Some((first, others)) = unlisted.split_first() else { return vec![] };
    // What one directive would list is one mistake.
    let message = match others.len() {
        0 => "goal is not listed or linked on any page of the slate".to_owned(),
        count => format!("goal is not listed or linked on any page of the slate, nor are {count} others"),
    };
    let finding = Finding::new(anchor(cx.slate.file_of(first)), message)
        .help("link to it from a page, or add a directive that lists it");
    let finding = others
        .iter()
        .take(NAMED)
        .fold(finding, |finding, goal| finding.related(goal.file, anchor(cx.slate.file_of(goal)), "also not listed"));
    vec![(first.file, finding)]
}

/// What the directives of a slate list.
#[derive(Default)]
struct Lists<'s> {
    all: bool,
    flagship: bool,
    other: bool,
    themes: HashSet<&'s str>,
    levels: HashSet<&'s str>,
}

impl<'s> Lists<'s> {
    fn of(slate: &'s Slate) -> Lists<'s> {
        let mut lists = Lists::default();
        for directive in slate.files.iter().flat_map(|file| file.directives.iter()) {
            let theme = directive.argument.as_ref().map(|argument| argument.value.as_str());
            match (slate.format.directives.get(&directive.name.value), theme) {
                (Some(DirectiveKind::GoalTable { of: GoalFilter::All }), _) => lists.all = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Other }), _) => lists.other = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Flagship }), None) => lists.flagship = true,
                (Some(DirectiveKind::GoalTable { of: GoalFilter::Flagship }), Some(theme)) => {
                    lists.themes.insert(theme);
                }
                (Some(DirectiveKind::LevelTable { level }), _) => {
                    lists.levels.insert(level);
                }
                _ => {}
            }
        }
        lists
    }

    fn are_none(&self) -> bool {
        !(self.all || self.flagship || self.other) && self.themes.is_empty() && self.levels.is_empty()
    }

    fn hold(&self, slate: &Slate, goal: &Goal) -> bool {
        let by_theme = || goal.themes.iter().any(|theme| self.themes.contains(theme.value.as_str()));
        let by_level = || {
            let levels = goal.asks().filter_map(|(task, _)| slate.format.level(&task.name.value));
            let largest = levels.max_by_key(|(rank, ..)| *rank);
            // A goal without a level that can be read has a finding for that.
            largest.map_or(!self.levels.is_empty(), |(_, name, _)| self.levels.contains(name))
        };
        self.all || (if goal.is_flagship() { self.flagship } else { self.other }) || by_theme() || by_level()
    }
}
