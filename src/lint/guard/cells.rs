//! A cell of teams or of people is mended altogether or not at all.

use super::Candidate;
use crate::markdown::brackets::brackets;
use crate::model::cell::words;
use crate::model::goal::Goal;
use crate::model::mentions::{WorkTables, find_owner_cells};
use crate::model::slate::{File, FileKind, Slate};
use crate::rules::rule::Change;
use crate::text::edits::Edits;
use crate::text::order::sort_by_key;
use crate::text::source::Span;
use crate::text::user_names::users;

/// Words that say nothing more than the names next to them.
const FILLERS: &[&str] = &["and", "or", "others", "team", "teams", "the", "br"];

/// Splits fixes into those that leave nothing unread in their cells, and others.
pub(super) fn split_by_wholeness<'c, 'f>(
    slate: &Slate,
    file: &File,
    candidates: Vec<&'c Candidate<'f>>,
) -> (Vec<&'c Candidate<'f>>, Vec<&'c Candidate<'f>>) {
    let FileKind::Goal(goal) = file.kind else { return (candidates, Vec::new()) };
    let adds = |candidate: &&Candidate<'_>| {
        [Change::Teams, Change::Users].into_iter().any(|change| candidate.changes.has(change))
    };
    if !candidates.iter().any(adds) {
        return (candidates, Vec::new());
    }
    let cells = cells(slate, &slate.goals[goal]);
    let cell_of = |candidate: &Candidate<'_>| {
        let (edit, _) = candidate.fix.edits.first()?;
        let at = cells.partition_point(|cell| cell.start <= edit.start).checked_sub(1)?;
        cells[at].contains(*edit).then_some(at)
    };
    let mut fixed: Vec<(usize, Vec<&Candidate<'_>>)> = Vec::new();
    let mut found: Vec<(usize, &Candidate<'_>)> =
        candidates.iter().filter_map(|candidate| Some((cell_of(candidate)?, *candidate))).collect();
    sort_by_key(&mut found, |(cell, _)| *cell);
    for (cell, candidate) in found {
        match fixed.last_mut().filter(|(last, _)| *last == cell) {
            Some((_, of_cell)) => of_cell.push(candidate),
            None => fixed.push((cell, vec![candidate])),
        }
    }
    let half = fixed
        .into_iter()
        .filter(|(cell, of_cell)| of_cell.iter().any(adds) && !is_whole(slate, file, cells[*cell], of_cell));
    let half: hashbrown::HashSet<usize> =
        half.flat_map(|(_, of_cell)| of_cell).map(|candidate| candidate.index).collect();
    candidates.into_iter().partition(|candidate| !half.contains(&candidate.index))
}

/// The cells of a goal from which teams or people are read, in the order of the text.
fn cells(slate: &Slate, goal: &Goal) -> Vec<Span> {
    let mut cells = find_owner_cells(slate, goal, &WorkTables::new(slate).of(goal));
    cells.extend(goal.asks().map(|(_, ask)| ask.cell));
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// Whether nothing is left of a cell once it is fixed but teams, users and badges.
fn is_whole(slate: &Slate, file: &File, cell: Span, fixes: &[&Candidate<'_>]) -> bool {
    let shown = file.shown(cell);
    let mut edits = Edits::default();
    for (span, text) in fixes.iter().flat_map(|candidate| &candidate.fix.edits) {
        if cell.contains(*span) {
            edits.replace(Span { start: span.start - cell.start, end: span.end - cell.start }, text.clone());
        }
    }
    edits.sort();
    let text = edits.apply(&shown, Span::new(0..shown.len()), str::to_owned);
    let mut rest = text.clone().into_bytes();
    let mut blank = |range: std::ops::Range<usize>| {
        if let Some(part) = rest.get_mut(range) {
            part.fill(b' ');
        }
    };
    for bracket in brackets(&text) {
        let name = &text[bracket.text.clone()];
        if bracket.image || name.is_empty() || slate.roster.team(name).is_some() || name.starts_with('@') {
            let link = text[bracket.whole.end..].strip_prefix('(').and_then(|link| link.find(')'));
            blank(bracket.whole.start..bracket.whole.end + link.map_or(0, |end| end + 2));
        }
    }
    users(&text).into_iter().for_each(|login| blank(login.start - 1..login.end));
    let Ok(rest) = String::from_utf8(rest) else { return false };
    words(&rest, FILLERS).next().is_none()
}
