//! One team asked for two levels of support.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut first: HashMap<&str, _> = HashMap::new();
    let rows = goal.plans.iter().filter(|plan| plan.holds == TableKind::Asks).flat_map(|plan| &plan.tasks);
    for task in rows {
        // An unknown level is reported by `unknown-level`, a second team by `extra-team`.
        let Some((_, level, _)) = cx.slate.format.level(&task.name.value) else { continue };
        let Some(team) = task.ask.as_ref().and_then(|ask| ask.teams.first()) else { continue };
        let name = cx.slate.roster.today(&team.name.value);
        let (other, span) = *first.entry(name).or_insert((level, task.name.span));
        if other != level {
            let message = format!("team `{name}` is asked for `{level}` support here but for `{other}` above");
            findings.push(
                Finding::new(task.name.span, message)
                    .help("merge the two rows and keep the level that the team has to agree to")
                    .related(goal.file, span, "previous level"),
            );
        }
    }
    findings
}
