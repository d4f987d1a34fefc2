//! A tracking issue of another repository than the goals': that of a goal which is not accepted, or one whose number another
//! goal has in a repository that may be the same under its former name.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::model::tracking_issue::Issue;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::rules::shared::tracking_issues::foreign;
use crate::text::ids::FileId;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    // The tables show the issue of an accepted goal, so a wrong one is an error there: `malformed-tracking-issue`.
    let open = cx.slate.goals.iter().filter(|goal| goal.stage() != Stage::Accepted);
    let mut findings: Vec<(FileId, Finding)> =
        open.filter_map(|goal| Some((goal.file, foreign(cx.slate, goal)?))).collect();
    findings.extend(renamed(cx.slate));
    findings
}

/// The tracking issue of an accepted goal.
struct Place {
    file: FileId,
    span: Span,
    issue: Issue,
}

/// Accepted goals with one number in two repositories of one owner, as far as both can be the repository of the goals.
fn renamed(slate: &Slate) -> Vec<(FileId, Finding)> {
    let places: Vec<Place> = slate.goals.iter().filter_map(|goal| place(slate, goal)).collect();
    let mut by_number: HashMap<(String, &str), Vec<&Place>> = HashMap::new();
    for place in &places {
        let owner = place.issue.repository.owner.to_lowercase();
        by_number.entry((owner, &place.issue.number)).or_default().push(place);
    }
    let finding = |place: &Place| {
        let issue = &place.issue;
        // Where today's name is known, the other one is asked for.
        if slate.config.is_own(&issue.repository) {
            return None;
        }
        let of_number = by_number.get(&(issue.repository.owner.to_lowercase(), issue.number.as_str()))?;
        let other = of_number.iter().find(|other| !other.issue.repository.is(&issue.repository))?;
        let message = format!("tracking issue has the number of one in `{}`", other.issue.repository);
        let help = "use an issue that tracks only this goal, or add the former name of a renamed repository to \
                    `former-repositories` in goals.toml";
        let finding = Finding::new(place.span, message).help(help);
        Some((place.file, finding.related(other.file, other.span, "the same number")))
    };
    places.iter().filter_map(finding).collect()
}

fn place(slate: &Slate, goal: &Goal) -> Option<Place> {
    let row = goal.field(Field::TrackingIssue).filter(|_| goal.stage() == Stage::Accepted)?;
    let wanted = slate.format.metadata.rows.get(&row.name.value)?.repository.as_deref()?;
    let issue = Issue::of(slate, &row.value.value)?;
    let is_of_goals = issue.repository.name.ends_with(wanted) || slate.config.is_own(&issue.repository);
    is_of_goals.then_some(Place { file: goal.file, span: row.value.span, issue })
}
