//! An ask of a support level that wants a champion of the team, and none is named.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::champion_rows::is_champion_row;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let Some(pattern) = cx.slate.format.row_of(Field::Champion) else { return vec![] };
    let table = &cx.slate.file_of(goal).document.tables[goal.metadata.table];
    let unknown = goal.champions.iter().any(|champion| cx.slate.roster.team(&champion.team.value).is_none());
    let unclear = unknown || goal.metadata.rows.iter().any(|row| is_champion_row(cx.slate, row));
    let mut findings = Vec::new();
    for (task, ask) in goal.asks() {
        let Some((_, level, _)) = cx.slate.format.level(&task.name.value).filter(|(.., level)| level.champion) else {
            continue;
        };
        for team in &ask.teams {
            let name = cx.slate.roster.today(&team.name.value);
            let is_of_team =
                |champion: &crate::model::goal::Champion| cx.slate.roster.today(&champion.team.value) == name;
            // A row without a user is reported by `malformed-champion`, and so is one that does not name its team rightly;
            // an unknown team by `unknown-team`.
            if cx.slate.roster.team(name).is_none() || unclear || goal.champions.iter().any(is_of_team) {
                continue;
            }
            let row = pattern.replace("team", name);
            findings.push(
                Finding::new(
                    team.name.span,
                    format!("missing champion for `{name}`, which is asked for `{level}` support"),
                )
                .help(format!("add the row `| {row} | @name |` to the metadata table"))
                .related(goal.file, table.head(), "metadata table"),
            );
        }
    }
    findings
}
