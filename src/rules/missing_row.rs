//! A metadata row that a goal must have and has not.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::nearest::nearest;
use crate::period::{Fact, Required};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let format = &slate.format.metadata;
    let required = format.rows.iter().filter(|(name, row)| match row.required {
        Required::Never => false,
        Required::Always => true,
        Required::WhenUsed => slate.uses_row(name),
        Required::UnlessNotAccepted => Slate::may_be_accepted(goal),
    });
    let file = slate.file_of(goal);
    let table = &file.document.tables[goal.metadata.table];
    // A row that a blank line tore off the table is `broken-table`'s business.
    let next = file.document.headings.iter().find(|heading| heading.span.start > table.span.end);
    let end = next.map_or(u32::MAX, |next| next.span.start);
    let loose = goal::loose_rows(&file.source, &file.document, table.span.end..end);
    let is_loose = |name: &str| {
        let lines = loose.iter().flat_map(|span| file.source.slice(*span).lines());
        lines.into_iter().any(|line| line.trim_start_matches(['|', ' ']).starts_with(name))
    };
    let missing = required.filter(|(name, _)| goal.row(name).is_none() && !is_loose(name));
    let finding = |(name, row): (&String, &crate::period::RowFormat)| {
        // A name that is only misspelt stands where the row is; an unknown row near it is taken for it.
        let unknown = goal.metadata.rows.iter().filter(|row| !format.rows.contains_key(&row.name.value));
        let meant = unknown.into_iter().find(|row| nearest(&row.name.value, [name.as_str()]).is_some());
        match meant {
            Some(row) => Finding::new(row.name.span, format!("the row `{}` should be called `{name}`", row.name.value))
                .help(format!("write `{name}`")),
            None => {
                let value = match (&row.placeholder, row.fact) {
                    (Some(placeholder), _) => format!("<!-- {placeholder} -->"),
                    (None, Some(Fact::Contact)) => "@name".to_owned(),
                    (None, Some(Fact::Status)) => slate.format.first_status().to_owned(),
                    (None, _) => "…".to_owned(),
                };
                let why =
                    if row.required == Required::WhenUsed { ", as the other goals of this slate have it" } else { "" };
                Finding::new(table.head(), format!("the metadata table has no row `{name}`"))
                    .help(format!("add the row `| {name} | {value} |`{why}"))
            }
        }
    };
    missing.map(finding).collect()
}
