//! A person in the cell of a team ask, where only teams are read.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, Task, TeamAsk};
use crate::rules::context::LintContext;
use crate::text::source::Span;
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    // A person in a team's place is reported by `missing-team`, one in brackets by `unknown-team`.
    let asks = goal.asks().filter(|(_, ask)| !ask.teams.is_empty());
    asks.flat_map(|(task, ask)| judge(&file.shown(task.owners.span), task, ask)).collect()
}

fn judge(written: &str, task: &Task, ask: &TeamAsk) -> Vec<Finding> {
    let people = user_names::users(written).into_iter().map(|login| login.start - 1..login.end);
    let people = people.map(|range| (task.owners.span.part(range.clone()), &written[range]));
    let in_brackets = |at: u32| ask.teams.iter().any(|team| team.name.span.start <= at && at < team.name.span.end);
    // `@rust-lang/lang` is a team, which `unbracketed-team` reports.
    let begins_team = |span: &Span| {
        let after = (span.end - task.owners.span.start) as usize;
        written[after..].starts_with('/') && ask.teams.iter().any(|team| team.name.span.start == span.end + 1)
    };
    let people = people.filter(|(span, _)| !in_brackets(span.start) && !begins_team(span));
    let finding = |(span, person): (Span, &str)| {
        Finding::new(span, format!("`{person}` is a user, but this cell lists teams"))
            .label("ignored")
            .help("move the person to the notes, or to a separate row")
    };
    people.map(finding).collect()
}
