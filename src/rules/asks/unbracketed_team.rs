//! A team without brackets.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TeamName};
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let asks = goal.asks().map(|(_, ask)| (ask.cell, &ask.teams));
    let bare = asks.flat_map(|(cell, teams)| teams.iter().filter(|team| !team.bracketed).map(move |team| (cell, team)));
    bare.map(|(cell, team)| finding(cx, goal, cell, team)).collect()
}

fn finding(cx: &LintContext<'_>, goal: &Goal, cell: Span, team: &TeamName) -> Finding {
    let name = &team.name.value;
    let span = team.name.span;
    let text = cx.slate.file_of(goal).source.text();
    let before = &text[cell.start as usize..span.start as usize];
    let finding = Finding::new(span, format!("missing brackets around team `{name}`"));
    // `@rust-lang/lang` is GitHub's name for a team, while `lang/types` is two teams.
    if let Some(above) = before.strip_suffix('/') {
        let start = above
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '@')))
            .map_or(0, |at| at + above[at..].chars().next().map_or(0, char::len_utf8));
        let above = &above[start..];
        if !above.is_empty() && cx.slate.roster.team(above).is_none() {
            return finding.help(format!("use `[{name}]` instead of `{above}/{name}`"));
        }
    }
    finding.help(format!("use `[{name}]`")).fix(span, format!("[{name}]"))
}
