//! Placeholder owners of tasks.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Table;
use crate::model::goal::{self, Goal};
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::rules::shared::template_rows;
use crate::text::source::{Source, Span};

/// What people write for an unknown owner: words of templates, and other placeholders. `TBD` and `?` say honestly that there is none.
const NOBODY: &[&str] = &[
    "owner",
    "owners",
    "owner(s)",
    "goal owner",
    "goal owners",
    "goal point of contact",
    "point of contact",
    "poc",
    "someone",
    "somebody",
    "anyone",
    "me",
    "name",
    "your name",
    "your name here",
    "insert owner",
    "insert name",
    "tk",
    "x",
    "todo",
];

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    // Authors put tables of tasks under headings of their own too.
    let tables = cx.work_tables(goal).iter().map(|table| &file.document.tables[*table]);
    let rows = tables.flat_map(Table::body);
    // A row that is the template's as a whole is reported by `leftover-row`.
    let rows = rows.filter(|row| !template_rows::is_leftover(cx.slate, &file.source, row));
    rows.filter_map(|row| row.cells.get(1)).flat_map(|cell| judge(cx.slate, &file.source, *cell)).collect()
}

fn judge(slate: &Slate, source: &Source, cell: Span) -> Vec<Finding> {
    let text = source.slice(cell);
    let is_of_template = slate.goal_template.as_ref().is_some_and(|template| template.placeholders.contains(text));
    let begins_with_nobody = || text.split(',').next().is_some_and(is_nobody);
    if is_of_template || goal::is_placeholder_text(text) && begins_with_nobody() {
        return vec![finding(text, cell)];
    }
    let mut findings = Vec::new();
    let mut start = 0;
    for part in text.split(',') {
        let written = part.trim();
        // Beside a user, only what is in italics is a placeholder for sure.
        let (first, rest) = written.split_once(' ').unwrap_or((written, ""));
        let is_before_user = rest.starts_with('@') && goal::is_placeholder_text(first) && is_nobody(first);
        let written = if is_before_user { first } else { written };
        if is_nobody(written) {
            let at = start + (part.len() - part.trim_start().len());
            findings.push(finding(written, cell.part(at..at + written.len())));
        }
        start += part.len() + 1;
    }
    findings
}

fn is_nobody(written: &str) -> bool {
    // Most are users.
    if written.starts_with('@') {
        return false;
    }
    let bare = written.trim_matches(['*', '_', '`', '<', '>', ' ']);
    let bare = bare.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(bare);
    NOBODY.iter().any(|word| word.eq_ignore_ascii_case(bare))
}

pub(crate) fn finding(written: &str, span: Span) -> Finding {
    Finding::new(span, format!("placeholder owner `{written}`"))
        .help("name the owner, `@name`, or use `![Help wanted][]`")
}
