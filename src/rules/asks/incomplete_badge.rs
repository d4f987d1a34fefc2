//! The badge of a team ask with something else in the place of its empty brackets.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, TeamAsk};
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let Some(badge) = &cx.slate.format.badge else { return vec![] };
    goal.asks().filter_map(|(task, ask)| judge(cx.slate, goal, badge, task.owners.span, ask)).collect()
}

fn judge(slate: &Slate, goal: &Goal, badge: &str, cell: Span, ask: &TeamAsk) -> Option<Finding> {
    let source = &slate.file_of(goal).source;
    let written = source.slice(ask.badge);
    if written.ends_with("[]") {
        return None;
    }
    let after = Span { start: ask.badge.end, end: cell.end.max(ask.badge.end) };
    let text = source.slice(after);
    // What else was written in their place: `()`, or the brackets themselves, a space too far.
    let instead = match text.chars().next() {
        Some('(') => text.find(')').map_or(0, |end| end + 1),
        _ if text.trim_start().starts_with("[]") => text.find(']').map_or(0, |end| end + 1),
        // The brackets of the team would be taken for those of the badge.
        Some('[') => 0,
        // Alone, or apart from what follows, it is a badge all the same.
        _ => return None,
    };
    let span = Span { start: ask.badge.start, end: after.part(0..instead).end };
    let space = if text[instead..].starts_with('[') { " " } else { "" };
    let proper = format!("![{badge}][]");
    let replaced = source.slice(span);
    let fix = (!replaced.contains('@')).then(|| (span, format!("{proper}{space}")));
    let finding = Finding::new(span, format!("`{replaced}` lacks the trailing `[]` of a badge"));
    Some(finding.help(format!("use `{proper}`")).maybe_fix(fix))
}
