//! How far goals have come, as their tracking issues say.

use super::issues::{Issue, Issues};
use crate::markdown::html::attribute_value;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::model::tracking_issue;
use crate::policy::format::Field;
use crate::rfc::goal_text::GoalTexts;

/// The progress of a goal: a bar or badge as a link to its tracking issue; the issue alone where nothing is known of it.
pub(crate) fn progress(texts: &GoalTexts<'_>, issues: &Issues, goal: &Goal) -> String {
    let plain = || texts.tracking_issue(goal);
    let Issues::Known(known) = issues else { return plain() };
    let Some((number, address)) = own_issue(texts.slate, goal) else { return plain() };
    let shown = match known.get(&number).filter(|issue| issue.is_in_milestone) {
        Some(issue) => shown(issue),
        None => "<span title=\"Issue not found in milestone\">⚠️</span>".to_owned(),
    };
    format!("<a href=\"{}\" alt=\"Tracking issue\">{shown}</a>", attribute_value(&address))
}

/// Number and address of a goal's tracking issue, if it is one of the project's repository.
fn own_issue(slate: &Slate, goal: &Goal) -> Option<(u64, String)> {
    let row = goal.field(Field::TrackingIssue)?;
    let issue = tracking_issue::Issue::of(slate, &row.value.value)?;
    let config = &slate.config;
    let is_own = config.repository.is_none() || config.is_own(&issue.repository);
    let label = format!("{}#{}", issue.repository, issue.number);
    let address = config
        .linkified(&label)
        .unwrap_or_else(|| format!("https://github.com/{}/issues/{}", issue.repository, issue.number));
    Some((issue.number.parse().ok()?, address)).filter(|_| is_own)
}

fn shown(issue: &Issue) -> String {
    let badge = |badge: &str, text: &str| format!("<img src=\"https://img.shields.io/badge/{badge}\" alt=\"{text}\">");
    let (done, total) = issue.check_boxes();
    match issue.is_closed {
        // One that lists no tasks was closed because it was done.
        true if done == total => badge("Completed!%20%3D%29-green", "Completed"),
        true => badge("Will%20not%20complete%20%3A%28-yellow", "Incomplete"),
        false => {
            let total = total.max(1);
            format!("<progress value=\"{done}\" max=\"{total}\">{done}/{total}</progress>")
        }
    }
}
