//! Tracking issues that are in another repository than the row asks for.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::Slate;
use crate::model::tracking_issue::parse;
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
