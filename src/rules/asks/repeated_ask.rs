//! One team asked twice for the same thing, in one table. Where asks have names, notes may tell the two apart.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TaskTable};
use crate::model::slate::Slate;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    goal.plans.iter().flat_map(|plan| judge(cx.slate, goal, plan)).collect()
}

fn judge(slate: &Slate, goal: &Goal, plan: &TaskTable) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = HashMap::new();
    for task in &plan.tasks {
        let Some(ask) = &task.ask else { continue };
        let what = task.name.value.to_lowercase();
        for (index, team) in ask.teams.iter().enumerate() {
            let name = team.name.value.as_str();
            let key = (what.clone(), slate.roster.today(name));
            let notes = task.notes.value.as_str();
            let Some((first, first_notes)) = seen.get(&key).copied() else {
                seen.insert(key, (team.name.span, notes));
                continue;
            };
            let differ = notes != first_notes && !notes.is_empty() && !first_notes.is_empty();
            if slate.format.badge.is_some() && differ {
                continue;
            }
            // Two teams in a row that is for one are reported by `extra-team`.
            if slate.format.badge.is_none() && index > 0 {
                continue;
            }
            let message = match slate.format.badge {
                Some(_) => format!("team `{name}` is asked for `{}` twice", task.name.value),
                None => format!("team `{name}` is asked for the same support twice"),
            };
            findings.push(
                Finding::new(team.name.span, message).help("merge the two rows and keep both notes").related(
                    goal.file,
                    first,
                    "first occurrence",
                ),
            );
        }
    }
    findings
}
