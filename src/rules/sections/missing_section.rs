//! A section that a goal must have and has not, or that has tables and another name.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Heading;
use crate::model::goal::{self, Goal};
use crate::model::misformatted_heading::lost_headings;
use crate::model::slate::{File, Slate, anchor};
use crate::policy::format::SectionFormat;
use crate::text::similarity::same;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let file = slate.file_of(goal);
    let missing = slate.format.sections.iter().filter(|(name, _)| is_absent(file, name));
    missing.filter_map(|(name, section)| judge(slate, goal, name, section)).collect()
}

/// Whether a section that a goal must have is missing in it.
pub(crate) fn is_missing(slate: &Slate, goal: &Goal, name: &str) -> bool {
    let section = slate.format.sections.get(name);
    is_absent(slate.file_of(goal), name) && section.is_some_and(|section| is_required(slate, goal, name, section))
}

/// Whether no heading has a name.
pub(crate) fn is_absent(file: &File, name: &str) -> bool {
    !file.document.headings.iter().any(|heading| !heading.nested && heading.text == name)
}

/// The first heading that was meant as that of a section: it has nearly the section's name.
pub(crate) fn meant_as<'f>(slate: &Slate, file: &'f File, name: &str) -> Option<&'f Heading> {
    let (headings, sections) = (&file.document.headings, &slate.format.sections);
    let meant = file.meant.get_or_init(|| {
        let outer = headings.iter().enumerate().filter(|(_, heading)| !heading.nested);
        let unknown = outer.filter(|(_, heading)| !sections.contains_key(&heading.text));
        let section = |heading: &Heading| sections.get_index_of(slate.format.meant_section(&heading.text)?);
        unknown.filter_map(|(index, heading)| Some((section(heading)?, index))).collect()
    });
    let wanted = sections.get_index_of(name)?;
    meant.iter().find(|(section, _)| *section == wanted).map(|(_, heading)| &headings[*heading])
}

/// What is wrong with such a heading.
pub(crate) fn misspelt(file: &File, heading: &Heading, name: &str) -> Finding {
    let written = file.source.slice(heading.content);
    // What no reader sees can name a person.
    let meant = same(heading.text.trim_end_matches([':', '.']), [name]).filter(|_| !written.contains('@'));
    let fix = meant.map(|name| (heading.content, name.to_owned()));
    Finding::new(heading.content, format!("misnamed section `{written}`; expected `{name}`"))
        .help(format!("use `{name}`"))
        .maybe_fix(fix)
}

fn is_required(slate: &Slate, goal: &Goal, name: &str, section: &SectionFormat) -> bool {
    let is_used = |file: &File| file.document.headings.iter().any(|heading| heading.text == name);
    Slate::requires(section.required, goal, || slate.files.iter().any(is_used))
}

fn judge(slate: &Slate, goal: &Goal, name: &str, section: &SectionFormat) -> Option<Finding> {
    let file = slate.file_of(goal);
    let required = is_required(slate, goal, name, section);
    let meant = meant_as(slate, file, name);
    if !required {
        // A table that would be read under the right name; other misspelled headings are reported by `misspelled-section`.
        let meant = meant.filter(|heading| holds_its_table(file, heading, section))?;
        return Some(misspelt(file, meant, name));
    }
    if let Some(heading) = meant {
        return Some(misspelt(file, heading, name));
    }
    let mut lost = lost_headings(&file.source, &file.document, &slate.format).into_iter();
    if let Some(lost) = lost.find(|lost| slate.format.meant_section(&lost.text) == Some(name)) {
        return Some(crate::rules::file::malformed_heading::finding(&lost));
    }
    let finding = Finding::new(anchor(file), format!("missing section `{name}`"));
    Some(finding.help(format!("add the heading `## {name}` and its content")))
}

/// Whether a table as the section has it is below a heading.
pub(crate) fn holds_its_table(file: &File, heading: &Heading, section: &SectionFormat) -> bool {
    let document = &file.document;
    let index = document.headings.partition_point(|other| other.span.start < heading.span.start);
    let is_meant = |table: usize| {
        section.table.as_ref().is_some_and(|format| goal::is_meant(&file.source, &document.tables[table], format))
    };
    goal::tables_under(document, index).any(is_meant)
}
