//! A row with more cells than the header: Markdown drops what is too much.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::brackets;
use crate::markdown::document::TableId;
use crate::markdown::table::{Row, Table};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::text::source::Span;
use crate::text::user_names::users;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let tables = file.document.tables.iter_enumerated();
    // A metadata table whose header is too short is reported by `unexpected-header`, and each of its rows would be here.
    let is_reported = |id: TableId, table: &Table| match file.kind {
        FileKind::Goal(goal) => {
            cx.slate.goals[goal].metadata.table == id && table.header().len() < cx.slate.format.metadata.header.len()
        }
        _ => false,
    };
    let tables = tables.filter(|(id, table)| !is_reported(*id, table));
    let judged = |(id, table): (TableId, &Table)| {
        let rows = table.body().iter().filter_map(|row| judge(cx.slate, file, id, table, row));
        rows.collect::<Vec<_>>()
    };
    tables.flat_map(judged).collect()
}

/// Whether it is certain that the last pipe is one too many: another one may have been meant as text.
fn is_surplus_at_end(slate: &Slate, file: &File, id: TableId, row: &Row, columns: usize) -> bool {
    let text = file.source.slice(row.span);
    let kept = &row.cells[..columns.min(row.cells.len())];
    // In text, a pipe has a letter at its side; between cells, people put a space there.
    let is_tight = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + 1..].chars().next();
        before.is_some_and(|c| !c.is_whitespace() && c != '|') && after.is_some_and(|c| !c.is_whitespace() && c != '|')
    };
    if text.match_indices('|').any(|(at, _)| is_tight(at)) {
        return false;
    }
    // A parenthesis, bracket or quotation that a pipe cuts in two.
    let is_cut = |cell: &Span| {
        let text = file.source.slice(*cell);
        let count = |mark: char| text.matches(mark).count();
        count('(') != count(')') || count('[') != count(']') || count('`') % 2 == 1 || count('"') % 2 == 1
    };
    if kept.iter().any(is_cut) {
        return false;
    }
    let FileKind::Goal(goal) = file.kind else { return true };
    let goal = &slate.goals[goal];
    let plan = goal.plans.iter().find(|plan| plan.table == id);
    let task = plan.and_then(|plan| plan.tasks.get(plan.tasks.partition_point(|task| task.span < row.span)));
    let Some((plan, task)) = plan.zip(task.filter(|task| task.span == row.span)) else {
        return goal.metadata.table != id
            || kept.first().is_some_and(|name| slate.format.knows_row(file.source.slice(*name)));
    };
    match plan.holds {
        TableKind::Asks => {
            let is_level = slate.format.level(&task.name.value).is_some();
            is_level && task.ask.as_ref().is_some_and(|ask| !ask.teams.is_empty())
        }
        // Teams and users stand in the second cell, and nowhere else.
        TableKind::TasksAndAsks | TableKind::Tasks => {
            let names = |cell: &Span| {
                let text = file.source.slice(*cell);
                let named =
                    brackets(text).iter().any(|one| one.image || slate.roster.team(&text[one.text.clone()]).is_some());
                named || !users(text).is_empty()
            };
            kept.iter().enumerate().all(|(at, cell)| names(cell) == (at == 1))
        }
        _ => true,
    }
}

fn judge(slate: &Slate, file: &File, id: TableId, table: &Table, row: &Row) -> Option<Finding> {
    let columns = table.header().len();
    let surplus = row.cells.get(columns..).filter(|surplus| !surplus.is_empty())?;
    let message = format!("this row has {} cells; expected {columns}", row.cells.len());
    let mut full = surplus.iter().filter(|cell| !cell.is_empty());
    let Some(first) = full.next() else {
        let last = Span::new(row.span.end as usize - 1..row.span.end as usize);
        let pipes = if surplus.len() == 1 { "the last `|`" } else { "the last pipes" };
        let span = if file.source.slice(last) == "|" { last } else { row.span };
        // What is kept ends with the pipe that closes the last column.
        let kept = row.cells.get(columns.wrapping_sub(1)).map_or(row.span.start, |last| last.end);
        let after = Span { start: kept, end: row.span.end };
        let fix = file.source.slice(after).find('|').map(|pipe| after.part(pipe + 1..after.range().len()));
        let fix = fix.filter(|_| is_surplus_at_end(slate, file, id, row, columns));
        let finding = Finding::new(span, message).help(format!("remove {pipes}"));
        return Some(finding.maybe_fix(fix.map(|surplus| (surplus, String::new()))));
    };
    let span = Span { start: first.start, end: full.next_back().unwrap_or(first).end };
    Some(Finding::new(span, message).label("dropped").help("escape a `|` in text as `\\|`"))
}
