//! A champion's row that does not say which team, or does not name exactly one user.

use crate::finding::Finding;
use crate::goal::{self, Goal, MetadataRow};
use crate::nearest::nearest;
use crate::period::Fact;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let rows = &slate.format.metadata.rows;
    let Some((pattern, _)) = rows.iter().find(|(_, row)| row.fact == Some(Fact::Champion) && !row.later) else {
        return vec![];
    };
    let mut findings: Vec<Finding> = goal.metadata.rows.iter().filter_map(|row| name(slate, pattern, row)).collect();
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
fn name(slate: &Slate, pattern: &str, row: &MetadataRow) -> Option<Finding> {
    let name = row.name.value.as_str();
    let word = pattern.rsplit(' ').next().unwrap_or(pattern);
    let parts = || name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(|part| !part.is_empty());
    let speaks_of_it = parts().any(|part| {
        let part = part.to_lowercase();
        part == word || part.trim_end_matches('s') == word || part.split('-').any(|part| part == word)
    });
    if !speaks_of_it || slate.format.knows_row(name) {
        return None;
    }
    // Only a team that there is, or one that is near, is proposed.
    let of_parts =
        parts().flat_map(|part| [part, part.trim_start_matches("T-"), part.split("-champion").next().unwrap_or(part)]);
    let team = of_parts
        .filter(|part| !part.eq_ignore_ascii_case(word))
        .find_map(|part| nearest(part, slate.roster.team_names()));
    let finding = Finding::new(row.name.span, format!("the row of a champion is called `{pattern}`, not `{name}`"));
    Some(finding.help(match team {
        Some(team) => format!("write `{}`", pattern.replace("team", team)),
        None => format!("write `{pattern}`, with the name of the team in the brackets"),
    }))
}
