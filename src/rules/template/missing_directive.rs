//! An RFC that lists no goals, or does not say what is asked of the teams.

use crate::diagnostics::finding::Finding;
use crate::model::directive_effect::{Obstacle, obstacle};
use crate::model::malformed_directives::malformed_directives;
use crate::model::rfc_lists::RfcLists;
use crate::model::slate::{Slate, anchor};
use crate::model::unincluded_pages::unincluded_pages;
use crate::policy::format::{DirectiveKind, GoalFilter};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let slate = cx.slate;
    // The template of a slate that is over has become a page of the site.
    let Some(template) = slate.template().filter(|_| !slate.is_closed) else { return vec![] };
    // A slate that has no goal yet has time.
    if slate.goals.is_empty() || !unincluded_pages(slate).is_empty() {
        return vec![];
    }
    let lists = RfcLists::of(slate);
    let makes_goals = |kind: &DirectiveKind| match kind {
        DirectiveKind::GoalTable { of } => *of != GoalFilter::NotAccepted,
        kind => matches!(kind, DirectiveKind::LevelTable { .. }),
    };
    let lacks_goals = !lists.has_goals() && !is_written(slate, makes_goals);
    let is_asked = || slate.choose(GoalFilter::All).iter().any(|goal| !goal.teams().is_empty());
    let lacks_asks = !lists.team_asks && is_asked() && !is_written(slate, |kind| *kind == DirectiveKind::TeamAsks);
    let name = |makes: &dyn Fn(&DirectiveKind) -> bool| {
        slate.format.directives.iter().find(|(_, kind)| makes(kind)).map_or("", |(name, _)| name.as_str())
    };
    let (goals, asks) = (name(&makes_goals), name(&|kind| *kind == DirectiveKind::TeamAsks));
    let (message, help) = match (lacks_goals && !goals.is_empty(), lacks_asks && !asks.is_empty()) {
        (true, true) => (
            "the RFC lists neither its goals nor what is asked of each team",
            format!("add `((({goals})))` and `((({asks})))`, each on a line of its own"),
        ),
        (true, false) => ("the RFC does not list its goals", format!("add `((({goals})))` on a line of its own")),
        (false, true) => {
            ("the RFC does not list what is asked of each team", format!("add `((({asks})))` on a line of its own"))
        }
        (false, false) => return vec![],
    };
    vec![(template, Finding::new(anchor(&slate.files[template]), message).help(help))]
}

/// Whether a directive for something is in the RFC and does not work, which is a finding of its own.
fn is_written(slate: &Slate, makes: impl Fn(&DirectiveKind) -> bool) -> bool {
    let is_meant = |name: &str| slate.format.directives.get(name).is_some_and(&makes);
    let files = slate.in_rfc().iter().map(|id| &slate.files[*id]);
    files.into_iter().any(|file| {
        let directive = file.directives.iter().any(|directive| match slate.directive(directive) {
            // In a definition it is no more than a title that nobody sees.
            Some(kind) => makes(kind) && obstacle(slate, file, directive) != Some(Obstacle::Definition),
            None => slate.format.meant_directive(&directive.name.value).is_some_and(is_meant),
        });
        let malformed = || malformed_directives(&file.source, &file.document, &file.directives, &slate.format);
        // In what is never closed it may be anything.
        directive || !file.document.unclosed.is_empty() || malformed().iter().any(|one| is_meant(one.name))
    })
}
