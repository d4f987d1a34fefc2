//! A metadata value that says that there is none yet.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Metadata, MetadataRow};
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
            judge(&cx.slate.goals[goal].metadata, |name| cx.slate.format.row(name).map(|(row, _)| row))
        }
        FileKind::Roadmap(roadmap) => {
            let rows = cx.slate.format.roadmaps.as_ref().map(|roadmaps| &roadmaps.rows);
            judge(&cx.slate.roadmaps[roadmap].metadata, |name| Some(rows?.named(name)?.1))
        }
        _ => vec![],
    }
}

fn judge<'f>(metadata: &Metadata, known: impl Fn(&str) -> Option<&'f RowFormat>) -> Vec<Finding> {
    let is_unfinished = |row: &&MetadataRow| {
        // Rows whose values are checked have rules of their own.
        let format = known(&row.name.value);
        let is_checked = format.is_some_and(|format| !format.values.is_empty() || format.placeholder.is_some());
        let is_checked = is_checked || row.field.is_some_and(is_checked_elsewhere);
        !is_checked && is_gap(&row.value.value)
    };
    let finding = |row: &MetadataRow| {
        let message = format!("unfinished value in row `{}`: `{}`", row.name.value, row.value.value);
        let help = match row.field {
            Some(_) => "add the value, or remove the row",
            None => "add the value, or use `N/A` if there is none",
        };
        Finding::new(row.value.span, message).help(help)
    };
    metadata.rows.iter().filter(is_unfinished).map(finding).collect()
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
