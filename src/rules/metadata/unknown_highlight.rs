//! A highlight that no page has a table for: the goal would not be highlighted.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal, MetadataRow};
use crate::policy::format::{DirectiveKind, Field};
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::is_formatted;
use crate::rules::shared::proposal::propose;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // Template text is reported by `unfilled-placeholder`.
    let written = goal.fields(Field::Highlight).filter(|row| !goal::is_placeholder_text(&row.value.value));
    let mut written = written.peekable();
    if written.peek().is_none() {
        return vec![];
    }
    let mut known: Vec<&str> = cx.slate.arguments(&DirectiveKind::HighlightTable).collect();
    // A slate without a page of highlights cannot tell.
    if known.is_empty() {
        return vec![];
    }
    known.sort_unstable();
    known.dedup();
    let unknown = written.filter(|row| !known.contains(&row.value.value.as_str()));
    let file = cx.slate.file_of(goal);
    let unknown = unknown.filter(|row| !is_formatted(cx.slate, file, row));
    let finding = |row: &MetadataRow| {
        let fix =
            find_ignoring_case(&row.value.value, known.iter().copied()).map(|name| (row.value.span, name.to_owned()));
        let value = row.value.value.as_str();
        let rows = cx.slate.goals.iter().flat_map(|goal| goal.fields(Field::Highlight));
        let uses = rows.filter(|other| other.value.value == value).take(2).count();
        let finding = Finding::new(row.value.span, format!("unknown highlight `{value}`"))
            .help(propose(value, known.iter().copied()))
            .maybe_fix(fix);
        // Where several goals agree, the directive may be what is wrong: see `empty-directive`.
        match did_you_mean(value, known.iter().copied()).filter(|_| uses < 2) {
            Some(near) => finding.meant(row.value.span, near),
            None => finding,
        }
    };
    unknown.map(finding).collect()
}
