//! What authors copy where a project has no template: made from what the period says.

use super::layout::table;
use crate::model::slate::Slate;
use crate::policy::format::{Field, Format, Required, RowFormat, SectionFormat};
use crate::text::order::sort_by_key;

/// The text of a template in a slate's format: the rows and sections that a new goal should have, with a line each that says
/// what belongs there.
pub(crate) fn outline(slate: &Slate) -> String {
    let format = &slate.format;
    let rows = format.metadata.rows.iter().filter(|(name, row)| is_in_new_goal(slate, name, row));
    let rows: Vec<Vec<String>> = rows.map(|(name, row)| vec![name.clone(), value(format, row)]).collect();
    let mut blocks = vec!["# Title".to_owned(), table(&format.metadata.header, &rows)];
    let mut sections: Vec<(&String, &SectionFormat)> = format.sections.iter().collect();
    sort_by_key(&mut sections, |(name, _)| format.place_of(name));
    for (name, section) in sections.into_iter().filter(|(_, section)| is_wanted(section)) {
        blocks.push(format!("## {name}"));
        blocks.extend(section.hint.as_ref().map(|hint| format!("*{hint}*")));
        blocks.extend(section.table.as_ref().map(|of| table(&of.header, &of.new_rows)));
    }
    blocks.join("\n\n") + "\n"
}

/// Whether a new goal has a section: it says what belongs there, or has to be there.
pub(crate) fn is_wanted(section: &SectionFormat) -> bool {
    section.hint.is_some() || section.expected || section.required != Required::Never
}

fn is_in_new_goal(slate: &Slate, name: &str, row: &RowFormat) -> bool {
    match row.required {
        Required::Never => false,
        Required::WhenUsed => slate.uses_row(name),
        Required::Always | Required::UnlessNotAccepted | Required::WhenAccepted => true,
    }
}

fn value(format: &Format, row: &RowFormat) -> String {
    match (&row.placeholder, row.field) {
        (Some(directive), _) => format!("<!-- {directive} -->"),
        (None, Some(Field::Status)) => format.first_status().to_owned(),
        (None, _) => String::new(),
    }
}
