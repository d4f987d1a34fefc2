//! A metadata row that a goal or roadmap must have and has not.

use std::cell::OnceCell;

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Metadata, MetadataRow};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{Field, Required, RowFormat};
use crate::rules::context::LintContext;
use crate::rules::shared::misnamed_goals::sign_of_goal;
use crate::text::similarity::{did_you_mean, find_ignoring_case};
use crate::text::source::Span;
use crate::text::user_names;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    match file.kind {
        FileKind::Goal(goal) => {
            let goal = &cx.slate.goals[goal];
            let rows = &cx.slate.format.metadata.rows;
            // The tracking issue is checked by `missing-tracking-issue`.
            let rows = rows.iter().filter(|(_, row)| row.field != Some(Field::TrackingIssue));
            let required = rows.filter(|(name, row)| Slate::requires(row.required, goal, || cx.slate.uses_row(name)));
            missing(cx.slate, file, &goal.metadata, required)
        }
        // A goal that its name makes a roadmap is reported by `malformed-file-name`.
        FileKind::Roadmap(roadmap) if sign_of_goal(cx.slate, file).is_none() => {
            let rows = cx.slate.format.roadmaps.iter().flat_map(|roadmaps| &roadmaps.rows);
            let required = rows.filter(|(_, row)| row.required == Required::Always);
            missing(cx.slate, file, &cx.slate.roadmaps[roadmap].metadata, required)
        }
        _ => vec![],
    }
}

fn missing<'f>(
    slate: &Slate,
    file: &File,
    metadata: &Metadata,
    required: impl Iterator<Item = (&'f String, &'f RowFormat)>,
) -> Vec<Finding> {
    let table = &file.document.tables[metadata.table];
    // A row that a blank line cut off from the table is reported by `broken-table`.
    let loose = OnceCell::new();
    let find_loose = || {
        let next = file.document.headings.iter().find(|heading| heading.span.start > table.span.end);
        let end = next.map_or(u32::MAX, |next| next.span.start);
        goal::loose_rows(&file.source, &file.document, table.span.end..end)
    };
    let is_loose = |name: &str| {
        let loose: &Vec<Span> = loose.get_or_init(find_loose);
        let mut lines = loose.iter().flat_map(|span| file.source.slice(*span).lines());
        lines.any(|line| {
            let start = line.trim_start_matches(['|', ' ']).get(..name.len());
            start.is_some_and(|start| start.eq_ignore_ascii_case(name))
        })
    };
    let is_written = |name: &str| metadata.rows.iter().any(|row| row.name.value.eq_ignore_ascii_case(name));
    let is_there = |name: &'f str, row: &'f RowFormat| names(name, row).any(|name| is_written(name) || is_loose(name));
    let finding = |(name, row): (&String, &RowFormat)| {
        if let Some(old) = metadata.rows.iter().find(|written| is_former(row, &written.name.value)) {
            let message = format!("row `{}` has been renamed to `{name}`", old.name.value);
            // A value that is not valid in the row is another mistake.
            let fits = row.field != Some(Field::Contact) || user_names::single_user(&old.value.value).is_some();
            let fix = fits.then(|| (old.name.span, name.clone()));
            return Finding::new(old.name.span, message).help(format!("use `{name}`")).maybe_fix(fix);
        }
        // A misspelled name is where the row is; an unknown row near it is taken for it.
        let is_unknown = |row: &&MetadataRow| !slate.format.knows_row(&row.name.value);
        let mut unknown = metadata.rows.iter().filter(is_unknown);
        let known = row;
        if let Some(row) = unknown.find(|row| did_you_mean(&row.name.value, names(name, known)).is_some()) {
            return Finding::new(row.name.span, format!("misspelled row `{}`; expected `{name}`", row.name.value))
                .help(format!("use `{name}`"))
                .meant(row.name.span, name)
                .maybe_fix(
                    find_ignoring_case(&row.name.value, [name.as_str()]).map(|name| (row.name.span, name.to_owned())),
                );
        }
        let value = match (&row.placeholder, row.field) {
            (Some(placeholder), _) => format!("<!-- {placeholder} -->"),
            (None, Some(Field::Contact)) => "@name".to_owned(),
            (None, Some(Field::Status)) => slate.format.first_status().to_owned(),
            (None, _) => "…".to_owned(),
        };
        let why = if row.required == Required::WhenUsed { ", as in the other goals of this slate" } else { "" };
        Finding::new(table.head(), format!("missing row `{name}` in the metadata table"))
            .help(format!("add the row `| {name} | {value} |`{why}"))
    };
    required.filter(|(name, row)| !is_there(name, row)).map(finding).collect()
}

fn names<'f>(name: &'f str, row: &'f RowFormat) -> impl Iterator<Item = &'f str> {
    std::iter::once(name).chain(row.also.iter().map(String::as_str))
}

fn is_former(row: &RowFormat, name: &str) -> bool {
    row.formerly.iter().any(|old| old.eq_ignore_ascii_case(name))
}
