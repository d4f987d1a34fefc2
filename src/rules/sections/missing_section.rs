//! A section that a goal must have and has not, or that has tables and another name.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Table;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::misformatted_headings;
use crate::model::slate::anchor;
use crate::policy::format::{SectionFormat, TableFormat};
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{holds_its_table, is_absent, is_required, meant_as, misformatted, misspelt};
use crate::text::source::{Source, Span};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let missing = cx.slate.format.sections.iter().filter(|(name, _)| is_absent(file, name));
    missing.filter_map(|(name, section)| judge(cx, goal, name, section)).collect()
}

fn judge(cx: &LintContext<'_>, goal: &Goal, name: &str, section: &SectionFormat) -> Option<Finding> {
    let file = cx.slate.file_of(goal);
    let required = is_required(cx.slate, goal, name, section);
    let meant = meant_as(cx, file, name);
    if !required {
        // A table that would be read under the right name; other misspelled headings are reported by `misspelled-section`.
        let meant = meant.filter(|heading| holds_its_table(file, heading, section))?;
        return Some(misspelt(file, meant, name));
    }
    if let Some(heading) = meant {
        return Some(misspelt(file, heading, name));
    }
    let mut lost = misformatted_headings(&file.source, &file.document, &cx.slate.format).into_iter();
    if let Some(lost) = lost.find(|lost| cx.slate.format.meant_section(&lost.text) == Some(name)) {
        return Some(misformatted(&lost));
    }
    let finding = Finding::new(anchor(file), format!("missing section `{name}`"));
    let finding = finding.help(format!("add the heading `## {name}` and its content"));
    // Without its heading the section's table is still the section's.
    let format = section.table.as_ref();
    let mut tables = file.document.tables.iter();
    let own = tables.find(|table| format.is_some_and(|format| has_header(&file.source, table, format)));
    Some(match own {
        Some(table) => finding.meant(Span::at(table.span.start as usize), format!("## {name}\n\n")),
        None => finding,
    })
}

/// Whether the header of a table is just that of a section's.
fn has_header(source: &Source, table: &Table, format: &TableFormat) -> bool {
    let header = table.header();
    let is_it = |names: &Vec<String>| {
        let mut pairs = header.iter().zip(names);
        names.len() == header.len() && pairs.all(|(cell, name)| source.slice(*cell).eq_ignore_ascii_case(name))
    };
    is_it(&format.header) || format.also.iter().any(is_it)
}
