//! An ask of a support level that wants a champion of the team, and none is named.

use crate::finding::Finding;
use crate::goal::Goal;
use crate::period::Fact;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    if !Slate::may_be_accepted(goal) {
        return vec![];
    }
    let Some(pattern) = slate.format.row_of(Fact::Champion) else { return vec![] };
    let table = &slate.file_of(goal).document.tables[goal.metadata.table];
    let mut findings = Vec::new();
    for (task, ask) in goal.asks() {
        let Some((_, level, _)) = slate.format.level(&task.name.value).filter(|(.., level)| level.champion) else {
            continue;
        };
        for team in &ask.teams {
            // A row that names nobody is `malformed-champion`'s business.
            if goal.champion_of(&team.name.value).is_some() {
                continue;
            }
            let row = pattern.replace("team", &team.name.value);
            findings.push(
                Finding::new(
                    team.name.span,
                    format!("no champion of `{}` is named, but its support is {level}", team.name.value),
                )
                .help(format!("add the row `| {row} | @name |` to the metadata table"))
                .related(goal.file, table.head(), "here"),
            );
        }
    }
    findings
}
