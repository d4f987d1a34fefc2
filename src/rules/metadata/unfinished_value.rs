//! A metadata value that says that there is none yet.

use crate::diagnostics::finding::Finding;
use crate::model::goal::MetadataRow;
use crate::model::slate::{File, FileKind};
use crate::policy::format::{Field, RowFormat};
use crate::rules::context::LintContext;

/// What people write where something is to come.
const GAPS: &[&str] = &[
    "todo",
    "to do",
    "tbd",
    "tba",
    "tbc",
    "fixme",
    "xxx",
    "wip",
    "?",
    "??",
    "???",
    "...",
    "…",
    "fill in",
    "fill me in",
    "fill in later",
    "to be filled in",
    "to be determined",
    "to be decided",
    "to be done",
    "to be announced",
    "coming soon",
];

/// Words that mark a placeholder anywhere, in upper case.
const MARKS: &[&str] = &["TODO", "FIXME", "TBD", "XXX"];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match file.kind {
        FileKind::Goal(goal) => {
            let rows = cx.rows(&cx.slate.goals[goal]);
            judge(rows.map(|(row, known)| (row, known.map(|(_, known)| known))))
        }
        FileKind::Roadmap(roadmap) => {
            let rows = cx.slate.format.roadmaps.as_ref().map(|roadmaps| &roadmaps.rows);
            let known = |row: &MetadataRow| Some(rows?.named(&row.name.value)?.1);
            judge(cx.slate.roadmaps[roadmap].metadata.rows.iter().map(|row| (row, known(row))))
        }
        _ => vec![],
    }
}

/// Judges rows, each with what the format says of it.
fn judge<'f>(rows: impl Iterator<Item = (&'f MetadataRow, Option<&'f RowFormat>)>) -> Vec<Finding> {
    let is_unfinished = |(row, format): &(&MetadataRow, Option<&RowFormat>)| {
        // Rows whose values are checked have rules of their own.
        let is_checked = format.is_some_and(|format| !format.values.is_empty() || format.placeholder.is_some());
        let is_checked = is_checked || row.field.is_some_and(is_checked_elsewhere);
        !is_checked && is_gap(&row.value.value)
    };
    let finding = |(row, _): (&MetadataRow, _)| {
        let message = format!("unfinished value in row `{}`: `{}`", row.name.value, row.value.value);
        let help = match row.field {
            Some(_) => "add the value, or remove the row",
            None => "add the value, or use `N/A` if there is none",
        };
        Finding::new(row.value.span, message).help(help)
    };
    rows.filter(is_unfinished).map(finding).collect()
}

fn is_checked_elsewhere(field: Field) -> bool {
    !matches!(field, Field::ShortTitle | Field::WhatAndWhy | Field::Area)
}

fn is_gap(value: &str) -> bool {
    let bare = value.trim_matches(['*', '_', '`', '(', ')', '[', ']', '.', '!', ' ']);
    let bare = if bare.is_empty() { value } else { bare };
    let words = || value.split(|c: char| !c.is_alphanumeric());
    GAPS.iter().any(|gap| gap.eq_ignore_ascii_case(bare)) || words().any(|word| MARKS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_from_values() {
        for gap in
            ["TODO", "tbd", "*TBD*", "(to be determined)", "???", "?", "…", "...", "TODO: ask the team", "t.b.d. TBD"]
        {
            assert!(is_gap(gap), "{gap}");
        }
        for value in ["", "N/A", "None", "#todo-list", "[#wg-x](https://x.org/XXXL)", "-", "What to do?"] {
            assert!(!is_gap(value), "{value}");
        }
    }
}
