//! Values that are right but for the markup around them: `*@name*`, `` `Small` ``.

use std::ops::Range;

use crate::markdown::brackets::brackets;
use crate::model::goal::{Goal, Metadata, MetadataRow};
use crate::model::slate::{File, FileKind, Slate};
use crate::model::tracking_issue;
use crate::policy::format::{DirectiveKind, Field, TableKind};
use crate::text::similarity::find_ignoring_case;
use crate::text::source::Span;
use crate::text::user_names::single_user;

/// A value without the markup around it.
pub(crate) fn without_format(value: &str) -> &str {
    unformatted(value).map_or(value, |(inner, _)| &value[inner])
}

/// A value with markup around it.
pub(crate) struct FormattedValue {
    /// All of it.
    pub(crate) span: Span,
    /// The value itself.
    pub(crate) value: Span,
    /// What the marks are called.
    pub(crate) marks: &'static str,
}

/// The values of a file that are right but for the markup around them.
pub(crate) fn formatted_values(slate: &Slate, file: &File) -> Vec<FormattedValue> {
    let mut found = Vec::new();
    match file.kind {
        FileKind::Goal(goal) => {
            let Some(goal) = slate.goals.get(goal) else { return found };
            in_metadata(slate, file, &goal.metadata, &mut found);
            for own in goal.plans.iter().filter_map(|plan| plan.metadata.as_ref()) {
                in_metadata(slate, file, own, &mut found);
            }
            in_asks(slate, file, goal, &mut found);
        }
        FileKind::Roadmap(roadmap) => in_metadata(slate, file, &slate.roadmaps[roadmap].metadata, &mut found),
        _ => {}
    }
    found
}

/// Whether a row's value is right but for the markup around it, which is reported by `formatted-value`.
pub(crate) fn is_formatted(slate: &Slate, file: &File, row: &MetadataRow) -> bool {
    formatted(file, row.value.span).is_some_and(|found| is_right(slate, row, file.source.slice(found.value)))
}

fn in_metadata(slate: &Slate, file: &File, metadata: &Metadata, found: &mut Vec<FormattedValue>) {
    for row in &metadata.rows {
        let name = formatted(file, row.name.span).filter(|one| is_row(slate, file, file.source.slice(one.value)));
        found.extend(name);
        let right = formatted(file, row.value.span).filter(|one| is_right(slate, row, file.source.slice(one.value)));
        found.extend(right);
    }
}

/// Whether a name is that of a row which is read.
fn is_row(slate: &Slate, file: &File, name: &str) -> bool {
    match file.kind {
        FileKind::Roadmap(_) => slate.format.roadmaps.as_ref().is_some_and(|format| format.rows.named(name).is_some()),
        _ => slate.format.knows_row(name),
    }
}

/// The support levels and the names of asks.
fn in_asks(slate: &Slate, file: &File, goal: &Goal, found: &mut Vec<FormattedValue>) {
    for plan in goal.plans.iter().filter(|plan| matches!(plan.holds, TableKind::Asks | TableKind::TasksAndAsks)) {
        let asks = plan.tasks.iter().filter(|task| plan.holds == TableKind::Asks || task.ask.is_some());
        found.extend(asks.filter_map(|task| {
            let one = formatted(file, task.name.span)?;
            let value = file.source.slice(one.value);
            let is_right = match plan.holds {
                TableKind::Asks => slate.format.level(value).is_some(),
                _ => find_ignoring_case(value, slate.format.asks.keys().map(String::as_str)).is_some(),
            };
            is_right.then_some(one)
        }));
    }
}

/// Whether a value is one that its row can have.
fn is_right(slate: &Slate, row: &MetadataRow, value: &str) -> bool {
    let format = slate.format.row(&row.name.value).map(|(format, _)| format);
    let is_one_of = |known: &mut dyn Iterator<Item = &str>| find_ignoring_case(value, known).is_some();
    match row.field {
        Some(Field::Contact | Field::Champion) => single_user(value).is_some(),
        Some(Field::Status) => is_one_of(&mut slate.format.statuses.keys().map(String::as_str)),
        Some(Field::TrackingIssue) => tracking_issue::parse(value).is_some(),
        Some(Field::Theme) => slate.themes().is_some_and(|themes| is_one_of(&mut themes.into_iter())),
        Some(Field::Highlight) => is_one_of(&mut slate.arguments(&DirectiveKind::HighlightTable)),
        Some(Field::Need) => format.is_some_and(|row| is_one_of(&mut row.values.keys().map(String::as_str))),
        Some(Field::ShortTitle | Field::WhatAndWhy | Field::Area) => false,
        None => single_user(value).is_some() || is_link(value),
    }
}

/// Whether a text is one link, of whatever kind.
fn is_link(text: &str) -> bool {
    let found = brackets(text);
    let [one] = found.as_slice() else { return false };
    let after = &text[one.whole.end..];
    let is_inline = after.starts_with('(') && after.find(')') == Some(after.len() - 1);
    one.whole.start == 0 && (after.is_empty() || is_inline)
}

/// What is within the marks of a text that are around all of it.
fn formatted(file: &File, span: Span) -> Option<FormattedValue> {
    let (inner, marks) = unformatted(file.source.slice(span))?;
    Some(FormattedValue { span, value: span.part(inner), marks })
}

fn unformatted(text: &str) -> Option<(Range<usize>, &'static str)> {
    let marks = match text.as_bytes().first()? {
        b'*' => "asterisks",
        b'_' => "underscores",
        b'`' => "backticks",
        _ => return None,
    };
    let (mut start, mut inner) = (0, text);
    while let Some(mark) = inner.chars().next().filter(|c| matches!(c, '*' | '_' | '`')) {
        let Some(rest) = inner.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark)) else { break };
        (start, inner) = (start + 1, rest);
    }
    let value = inner.trim();
    let start = start + (inner.len() - inner.trim_start().len());
    let is_whole = !value.is_empty() && start > 0 && !value.contains(['*', '`']);
    is_whole.then_some((start..start + value.len(), marks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_around_all_of_a_value() {
        let found = |text| unformatted(text).map(|(range, marks)| (&text[range], marks));
        assert_eq!(found("*@ada*"), Some(("@ada", "asterisks")));
        assert_eq!(found("***Small***"), Some(("Small", "asterisks")));
        assert_eq!(found("_` Small `_"), Some(("Small", "underscores")));
        for plain in ["Small", "*Small", "*a* and *b*", "**", "* *", ""] {
            assert_eq!(found(plain), None, "{plain}");
        }
        assert!(is_link("[#a][]") && is_link("[a](b)") && !is_link("[a](b) c") && !is_link("a"));
    }
}
