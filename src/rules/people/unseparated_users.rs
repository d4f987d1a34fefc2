//! Users side by side without a comma between them.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;
use crate::text::source::Span;
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    cx.owner_cells(goal).iter().filter_map(|&cell| judge(&file.shown(cell), cell)).collect()
}

fn judge(text: &str, cell: Span) -> Option<Finding> {
    // Most cells name one user.
    if memchr::memchr_iter(b'@', text.as_bytes()).count() < 2 {
        return None;
    }
    // A slash would be the end of an address, and hide the user after it.
    let users = user_names::users(&text.replace('/', " "));
    let gap = |two: &[std::ops::Range<usize>]| &text[two[0].end..two[1].start - 1];
    let is_bare = |two: &[std::ops::Range<usize>]| matches!(gap(two).trim(), "" | "/" | ";") && !gap(two).is_empty();
    let first = users.windows(2).position(is_bare)?;
    let count = users[first..].windows(2).take_while(|two| is_bare(two)).count();
    let run = &users[first..=first + count];
    let span = cell.part(run[0].start - 1..run[count].end);
    let fixed = run.iter().map(|user| format!("@{}", &text[user.clone()])).collect::<Vec<_>>().join(", ");
    let message = match count {
        1 => "missing comma between these two users",
        _ => "missing commas between these users",
    };
    Some(Finding::new(span, message).help(format!("use `{fixed}`")).fix(span, fixed))
}
