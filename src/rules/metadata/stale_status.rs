//! A goal that is still proposed when its slate has been decided.
//!
//! Goals join a slate all year, so only a slate that is over, or that calls itself accepted, has no proposals left.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, MetadataRow};
use crate::model::rfc_outline;
use crate::model::slate::Slate;
use crate::policy::format::{Field, Stage};
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// How many places are shown at most where most goals are meant.
const MAX_PLACES: usize = 3;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let slate = cx.slate;
    let note = accepting_note(slate);
    if note.is_none() && !slate.is_closed {
        return vec![];
    }
    let accepted = slate.goals.iter().filter(|goal| goal.stage() == Stage::Accepted).count();
    let open: Vec<(&Goal, &MetadataRow)> =
        slate.goals.iter().filter_map(|goal| Some((goal, proposed(goal)?))).collect();
    match note {
        // Where most goals are still proposed, the note may be what is wrong.
        Some((file, note)) if accepted <= open.len() && !open.is_empty() => vec![(file, contradiction(note, &open))],
        _ if accepted > open.len() => {
            open.into_iter().filter_map(|(goal, row)| Some((goal.file, judge(slate, goal, row, accepted)?))).collect()
        }
        _ => vec![],
    }
}

/// The status of a goal that is proposed. One that cannot be read is reported by `unknown-status`.
fn proposed(goal: &Goal) -> Option<&MetadataRow> {
    goal.status.as_ref().filter(|status| status.stage == Stage::Proposed)?;
    goal.field(Field::Status)
}

/// The template's status note, if it names the status of an accepted goal: the file, and the badge in it.
fn accepting_note(slate: &Slate) -> Option<(FileId, Span)> {
    let template = slate.template()?;
    let file = &slate.files[template];
    let note = rfc_outline::status_note(&file.source, &file.document)?;
    let badge = file.document.links.iter().find(|link| link.image && note.contains(link.span))?;
    let status = file.source.slice(badge.text).strip_prefix("Status:")?.trim();
    let mut known = slate.format.statuses.iter();
    let is_accepted = known.any(|(name, known)| known.stage == Stage::Accepted && name.eq_ignore_ascii_case(status));
    is_accepted.then_some((template, badge.span))
}

fn contradiction(note: Span, open: &[(&Goal, &MetadataRow)]) -> Finding {
    let (goals, verb) = if open.len() == 1 { ("goal", "is") } else { ("goals", "are") };
    let message = format!("the slate is marked as accepted, but {} {goals} {verb} still proposed", open.len());
    let finding = Finding::new(note, message).help("update the statuses of the goals, or the note");
    let places = open.iter().take(MAX_PLACES);
    places.fold(finding, |finding, (goal, row)| finding.related(goal.file, row.value.span, "still proposed"))
}

fn judge(slate: &Slate, goal: &Goal, row: &MetadataRow, accepted: usize) -> Option<Finding> {
    // Only a goal with a tracking issue can have been accepted unnoticed.
    let issue = goal.field(Field::TrackingIssue).filter(|row| !row.value.value.is_empty())?;
    let status = goal.status.as_ref()?;
    let of_stage = |stage| slate.format.statuses.iter().filter(move |(_, other)| other.stage == stage && !other.later);
    let is_alike = |flagship: bool, needs_owner: bool| (flagship, needs_owner) == (status.flagship, status.needs_owner);
    let like_it = of_stage(Stage::Accepted)
        .find(|(_, other)| is_alike(other.flagship, other.needs_owner) && other.mark.is_none());
    let yes = like_it.or_else(|| of_stage(Stage::Accepted).next()).map(|(name, _)| name);
    let no = of_stage(Stage::NotAccepted).next().map(|(name, _)| name);
    let choice: Vec<String> = yes.into_iter().chain(no).map(|name| format!("`{name}`")).collect();
    let message = format!("{accepted} goals of this slate are accepted, but this one is still `{}`", row.value.value);
    let finding = Finding::new(row.value.span, message);
    let help = format!("use the status that was decided: {}", choice.join(" or "));
    Some(finding.help(help).related(goal.file, issue.value.span, "has a tracking issue"))
}
