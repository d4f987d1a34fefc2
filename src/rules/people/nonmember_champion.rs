//! A champion who is no member of the team.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::roster::Known;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // Who was in a team may have left it since.
    if cx.slate.is_closed || !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let roster = &cx.slate.roster;
    let mut findings = Vec::new();
    for champion in &goal.champions {
        let team = roster.today(&champion.team.value);
        // An unknown user or team is reported by another rule.
        let (Some(user), Some(Known::Team(known))) = (&champion.user, roster.team(team)) else { continue };
        if known.members.is_empty() || roster.person(&user.value).is_none() || roster.belongs(&user.value, team) {
            continue;
        }
        let message = format!("`@{}` is not a member of `{team}`", user.value);
        let leads = known.members.iter().filter(|member| member.is_lead).map(|member| format!("`@{}`", member.login));
        let leads: Vec<String> = leads.collect();
        let help = "name a member of the team who can speak for it";
        let help = match leads.as_slice() {
            [] => help.to_owned(),
            [one] => format!("{help}, such as {one}, its lead"),
            several => format!("{help}, such as {}, its leads", several.join(" or ")),
        };
        findings.push(Finding::new(user.span, message).help(help));
    }
    findings
}
