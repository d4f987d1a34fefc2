//! A champion for a team of which nothing is asked.

use std::cell::OnceCell;

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::text::similarity::did_you_mean;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let roster = &cx.slate.roster;
    let file = cx.slate.file_of(goal);
    let asked: Vec<&str> = goal.teams().into_iter().map(|name| roster.today(name)).collect();
    // Without any ask the whole of them is missing, and with one of an unknown team it may be this one.
    if asked.is_empty() || asked.iter().any(|name| roster.team(name).is_none()) {
        return vec![];
    }
    // A row that has no level yet names its team all the same.
    let named = OnceCell::new();
    let is_named = |team: &str| {
        let rows = || goal.plans.iter().flat_map(|plan| file.document.tables[plan.table].body());
        let cells = || rows().flat_map(|row| &row.cells).map(|cell| file.source.slice(*cell));
        let bracketed = || cells().flat_map(|cell| brackets(cell).into_iter().map(|bracket| &cell[bracket.text]));
        let named: &HashSet<&str> = named.get_or_init(|| bracketed().map(|name| roster.today(name)).collect());
        named.contains(team)
    };
    let mut findings = Vec::new();
    for champion in &goal.champions {
        let team = champion.team.value.as_str();
        let today = roster.today(team);
        if roster.team(team).is_none() || asked.contains(&today) || is_named(today) {
            continue;
        }
        let is_related = |name: &str| {
            let parent = |name: &str| roster.team_record(name).and_then(|team| team.parent.as_deref());
            parent(name) == Some(today) || parent(today) == Some(name)
        };
        let unchampioned: Vec<&str> = asked.iter().copied().filter(|name| goal.champion_of(name).is_none()).collect();
        let near = did_you_mean(today, unchampioned.iter().copied());
        let near = near.or_else(|| unchampioned.iter().copied().find(|name| is_related(name)));
        let help = match near {
            Some(near) => format!("use `{near}`, which is asked, or add an ask for `{team}`"),
            None => format!("add an ask for `{team}`, or remove the row"),
        };
        findings.push(Finding::new(champion.team.span, format!("champion for `{team}`, which has no ask")).help(help));
    }
    findings
}
