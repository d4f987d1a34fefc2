//! A champion's row that does not say which team, or does not name exactly one user.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, MetadataRow};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::champion_rows::{bare_team, is_champion_row, parts, word};
use crate::rules::shared::formatted_values::is_formatted;
use crate::rules::shared::known_people::{if_meant, is_surely_meant, person};
use crate::text::similarity::did_you_mean;
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let rows = &cx.slate.format.metadata.rows;
    let Some((pattern, _)) = rows.iter().find(|(_, row)| row.field == Some(Field::Champion) && !row.later) else {
        return vec![];
    };
    let mut taken = HashSet::new();
    let names = goal.metadata.rows.iter().filter_map(|row| name(cx.slate, goal, pattern, row, &mut taken));
    let mut findings: Vec<Finding> = names.collect();
    for champion in goal.champions.iter().filter(|champion| champion.user.is_none()) {
        let row = &goal.metadata.rows[champion.row];
        let (value, team) = (row.value.value.as_str(), &champion.team.value);
        // Template text is reported by `unfilled-placeholder`.
        if is_placeholder_value(cx.slate, value) || is_formatted(cx.slate, cx.slate.file_of(goal), row) {
            continue;
        }
        let users = user_names::users(value);
        let named = person(cx.slate, value).filter(|_| users.is_empty());
        // The login of a member of just this team is no other word.
        let is_sure =
            |user: &&str| is_surely_meant(value, user) || value == *user && cx.slate.roster.belongs(user, team);
        if let Some(user) = named.filter(is_sure) {
            let right = format!("@{user}");
            let finding = Finding::new(row.value.span, format!("missing `@` in champion `{value}`"));
            let finding = finding.help(format!("use `{right}`")).meant(row.value.span, right.clone());
            findings.push(finding.fix(row.value.span, right));
            continue;
        }
        let finding = match users.as_slice() {
            _ if value.is_empty() => Finding::new(row.span, format!("missing champion for `{team}`"))
                .help("add a GitHub user, `@name`, or remove the row until there is one"),
            [] => Finding::new(row.value.span, format!("expected a GitHub user as champion, found `{value}`")).help(
                match named {
                    Some(user) => if_meant(cx.slate, user),
                    None => "use `@name`, or remove the row until there is one".to_owned(),
                },
            ),
            [one] => Finding::new(row.value.span, format!("expected only `@name` as champion, found `{value}`"))
                .help(format!("use `@{}`", &value[one.clone()])),
            [first, ..] => Finding::new(row.value.span, "more than one champion for a team".to_owned())
                .help(format!("keep the one who speaks for the team, such as `@{}`", &value[first.clone()])),
        };
        findings.push(match users.first() {
            Some(first) => finding.meant(row.value.span, format!("@{}", &value[first.clone()])),
            None => finding,
        });
    }
    findings
}

/// A name that was meant as a champion's row and does not fit the pattern. `taken` has the names that other rows get: of two
/// rows with one name, the second would not count.
fn name(slate: &Slate, goal: &Goal, pattern: &str, row: &MetadataRow, taken: &mut HashSet<String>) -> Option<Finding> {
    if !is_champion_row(slate, row) {
        return None;
    }
    let (name, word) = (row.name.value.as_str(), word(pattern));
    let finding =
        Finding::new(row.name.span, format!("invalid name of a champion row: expected `{pattern}`, found `{name}`"));
    // Who leaves the word out leaves it out in every row.
    let finding = if bare_team(slate, row).is_some() { finding.group("without the word") } else { finding };
    let candidates = || {
        let readings = parts(name)
            .flat_map(|part| [part, part.trim_start_matches("T-"), part.split("-champion").next().unwrap_or(part)]);
        readings.filter(|part| !part.eq_ignore_ascii_case(word))
    };
    let exact = candidates().map(str::to_lowercase).find(|part| slate.roster.team(part).is_some());
    if let Some(team) = exact {
        let right = pattern.replace("team", &team);
        // Without the pipe between them the user is a part of the name; a user or a link would be lost.
        let is_bare = !name.contains('@') && !name.contains("](");
        let is_safe = is_bare && goal.champion_of(&team).is_none() && taken.insert(right.clone());
        let fix = is_safe.then(|| (row.name.span, right.clone()));
        let finding = if is_safe { finding.meant(row.name.span, right.clone()) } else { finding };
        return Some(finding.help(format!("use `{right}`")).maybe_fix(fix));
    }
    // Only a team that there is, or one that is near, is proposed.
    let near = candidates().find_map(|part| did_you_mean(part, slate.roster.team_names()));
    let right = near.map(|team| pattern.replace("team", team));
    let is_free = |team: &&str| !name.contains('@') && goal.champion_of(team).is_none();
    let finding = match (near.filter(is_free), &right) {
        (Some(_), Some(right)) if taken.insert(right.clone()) => finding.meant(row.name.span, right.clone()),
        _ => finding,
    };
    Some(finding.help(match right {
        Some(right) => format!("use `{right}`"),
        None => format!("use `{pattern}`, with the name of the team in the brackets"),
    }))
}
