//! The badge of a team ask with something else in the place of its empty brackets.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::model::goal::{Goal, TeamAsk};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let Some(badge) = &cx.slate.format.badge else { return vec![] };
    let file = cx.slate.file_of(goal);
    goal.asks().flat_map(|(task, ask)| of_ask(file, badge, task.owners.span, ask)).collect()
}

/// Each badge of a cell: a team may have one of its own.
fn of_ask(file: &File, badge: &str, cell: Span, ask: &TeamAsk) -> Vec<Finding> {
    let text = file.shown(ask.cell);
    let found = brackets(&text);
    let badges = found.iter().filter(|bracket| bracket.image && text[bracket.text.clone()].eq_ignore_ascii_case(badge));
    let spans = badges.map(|bracket| {
        // A team in the badge's own brackets, as in `![Team][lang]`, is no part of it.
        let team = bracket.label.as_ref().filter(|label| !label.is_empty());
        ask.cell.part(bracket.whole.start..team.map_or(bracket.whole.end, |team| team.start - 1))
    });
    spans.filter_map(|span| judge(file, badge, cell, span)).collect()
}

fn judge(file: &File, badge: &str, cell: Span, span: Span) -> Option<Finding> {
    let source = &file.source;
    let written = source.slice(span);
    if written.ends_with("[]") {
        return None;
    }
    let after = Span { start: span.end, end: cell.end.max(span.end) };
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
    let span = Span { start: span.start, end: after.part(0..instead).end };
    let space = if text[instead..].starts_with('[') { " " } else { "" };
    let proper = format!("![{badge}][]");
    let replaced = source.slice(span);
    let fix = (!replaced.contains('@')).then(|| (span, format!("{proper}{space}")));
    let finding = Finding::new(span, format!("`{replaced}` lacks the trailing `[]` of a badge"));
    Some(finding.help(format!("use `{proper}`")).maybe_fix(fix))
}
