//! A champion's row that does not say which team, or does not name exactly one user.

use crate::finding::Finding;
use crate::goal::{self, Goal, MetadataRow};
use crate::period::{Fact, Format};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let format = &slate.format;
    let rows = &format.metadata.rows;
    let Some((pattern, _)) = rows.iter().find(|(_, row)| row.fact == Some(Fact::Champion) && !row.later) else {
        return vec![];
    };
    let mut findings: Vec<Finding> = goal.metadata.rows.iter().filter_map(|row| name(format, pattern, row)).collect();
    for champion in goal.champions.iter().filter(|champion| champion.user.is_none()) {
        let row = &goal.metadata.rows[champion.row];
        let (value, team) = (row.value.value.as_str(), &champion.team.value);
        // The words of the template are `unfilled-placeholder`'s business.
        if goal::is_placeholder(value) {
            continue;
        }
        findings.push(match goal::users(value).as_slice() {
            _ if value.is_empty() => Finding::new(row.span, format!("no champion of `{team}` is named"))
                .help("write the GitHub user, `@name`, or take the row out until there is one"),
            [] => Finding::new(row.value.span, format!("the champion has to be a GitHub user, not `{value}`"))
                .help("write `@name`, or take the row out until there is one"),
            [one] => {
                Finding::new(row.value.span, format!("the champion has to be `@name` and nothing else, not `{value}`"))
                    .help(format!("write `@{}`", &value[one.clone()]))
            }
            [first, ..] => Finding::new(row.value.span, "a team has one champion, but here are several".to_owned())
                .help(format!("write the one who answers for the team, such as `@{}`", &value[first.clone()])),
        });
    }
    findings
}

/// A name that was meant as a champion's row: it speaks of a champion and does not fit the pattern.
fn name(format: &Format, pattern: &str, row: &MetadataRow) -> Option<Finding> {
    let name = row.name.value.as_str();
    let word = pattern.rsplit(' ').next().unwrap_or(pattern);
    if !name.to_lowercase().contains(&word.to_lowercase()) || format.knows_row(name) {
        return None;
    }
    let team = name
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
        .find(|part| !part.is_empty() && !part.eq_ignore_ascii_case(word));
    let finding = Finding::new(row.name.span, format!("the row of a champion is called `{pattern}`, not `{name}`"));
    Some(finding.help(format!("write `{}`", pattern.replace("team", &team.unwrap_or("team").to_lowercase()))))
}
