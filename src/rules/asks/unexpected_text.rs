//! Words or signs beside the teams of an ask: only the teams are read, whatever the words make of them.

use std::ops::Range;

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::markdown::footnote::is_footnote;
use crate::model::cell::{inside, words};
use crate::model::goal::{Goal, TeamAsk};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;
use crate::text::user_names;

/// Words that say nothing more than the teams next to them.
const FILLERS: &[&str] = &["and", "team", "teams", "the", "br"];

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    // A cell without a team is reported by `missing-team`.
    let asks = goal.asks().map(|(_, ask)| ask).filter(|ask| !ask.teams.is_empty());
    asks.filter_map(|ask| judge(file, ask)).collect()
}

fn judge(file: &File, ask: &TeamAsk) -> Option<Finding> {
    let rest = rest(file, ask)?;
    let span = ask.cell.part(rest);
    let text = file.source.slice(span);
    let finding = Finding::new(span, format!("unexpected text `{text}` beside a team: the team is asked all the same"));
    Some(finding.help("move it to the notes, or remove the team if it is not asked"))
}

/// What is left of a cell without the badge, teams and what separates them. From the first word or sign to the last.
fn rest(file: &File, ask: &TeamAsk) -> Option<Range<usize>> {
    let shown = file.shown(ask.cell);
    let mut text = shown.clone().into_owned().into_bytes();
    let mut blank = |range: Range<usize>| {
        if let Some(part) = text.get_mut(range) {
            part.fill(b' ');
        }
    };
    let within = |span: Span| {
        let from = span.start.max(ask.cell.start) - ask.cell.start;
        from as usize..(span.end.min(ask.cell.end).saturating_sub(ask.cell.start)) as usize
    };
    // A footnote may say anything about the teams before it.
    for bracket in brackets(&shown).into_iter().filter(|bracket| !is_footnote(&shown[bracket.text.clone()])) {
        let label = bracket.label.filter(|label| is_footnote(&shown[label.clone()]));
        blank(bracket.whole.start..label.map_or(bracket.whole.end, |label| label.start - 1));
    }
    inside(&file.document.links, ask.cell, |link| link.span).for_each(|link| blank(within(link)));
    ask.teams.iter().for_each(|team| blank(within(team.name.span)));
    // A person is reported by `misplaced-person`.
    user_names::users(&shown).into_iter().for_each(|login| blank(login.start - 1..login.end));
    let text = String::from_utf8(text).ok()?;
    let mut rest: Option<Range<usize>> = None;
    for word in words(&text, FILLERS) {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let first = rest.map_or(start, |rest| rest.start);
        rest = Some(first..start + word.len());
    }
    rest
}
