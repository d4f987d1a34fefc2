//! An ask that is not for the team that is asked.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TeamName};
use crate::model::slate::Slate;
use crate::policy::config::messages::quoted;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (task, ask) in goal.asks() {
        let name = &task.name.value;
        let Some(teams) = cx.slate.format.asks.get(name).and_then(|ask| ask.teams.as_ref()) else { continue };
        let suits = |team: &TeamName| teams.iter().any(|known| cx.slate.roster.today(known) == today(cx.slate, team));
        // An unknown team is reported by `unknown-team`.
        let known = ask.teams.iter().filter(|team| cx.slate.roster.team(&team.name.value).is_some());
        for team in known.filter(|team| !suits(team)) {
            let message = format!("team `{}` cannot be asked for `{name}`", team.name.value);
            let noun = if teams.len() == 1 { "team" } else { "teams" };
            let help = format!("use another ask, or ask the {noun} {}", quoted(teams));
            findings.push(Finding::new(team.name.span, message).help(help));
        }
    }
    findings
}

fn today<'s>(slate: &'s Slate, team: &'s TeamName) -> &'s str {
    slate.roster.today(&team.name.value)
}
