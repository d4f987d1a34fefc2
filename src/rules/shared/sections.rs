//! Which sections a goal has, lacks, or has under another name.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Heading, TableId};
use crate::model::goal;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::MisformattedHeading;
use crate::model::slate::{File, Slate};
use crate::policy::format::SectionFormat;
use crate::rules::context::LintContext;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

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
pub(crate) fn meant_as<'f>(cx: &LintContext<'_>, file: &'f File, name: &str) -> Option<&'f Heading> {
    let (headings, sections) = (&file.document.headings, &cx.slate.format.sections);
    let meant = cx.memo(file).meant_sections.get_or_init(|| {
        let outer = headings.iter_enumerated().filter(|(_, heading)| !heading.nested);
        let unknown = outer.filter(|(_, heading)| !sections.contains_key(&heading.text));
        let section = |heading: &Heading| sections.get_index_of(cx.slate.format.meant_section(&heading.text)?);
        unknown.filter_map(|(id, heading)| Some((section(heading)?, id))).collect()
    });
    let wanted = sections.get_index_of(name)?;
    meant.iter().find(|(section, _)| *section == wanted).map(|(_, heading)| &headings[*heading])
}

/// What is wrong with such a heading.
pub(crate) fn misspelt(file: &File, heading: &Heading, name: &str) -> Finding {
    let written = file.source.slice(heading.content);
    // What no reader sees can name a person.
    let meant =
        find_ignoring_case(heading.text.trim_end_matches([':', '.']), [name]).filter(|_| !written.contains('@'));
    let fix = meant.map(|name| (heading.content, name.to_owned()));
    let finding = Finding::new(heading.content, format!("misnamed section `{written}`; expected `{name}`"))
        .help(format!("use `{name}`"))
        .maybe_fix(fix);
    // Under the name that it has in another period it is another section, and so is its table.
    match did_you_mean(&heading.text, [name]) {
        Some(_) => finding.meant(heading.content, name),
        None => finding,
    }
}

pub(crate) fn is_required(slate: &Slate, goal: &Goal, name: &str, section: &SectionFormat) -> bool {
    let is_used = |file: &File| file.document.headings.iter().any(|heading| heading.text == name);
    Slate::requires(section.required, goal, || slate.files.iter().any(is_used))
}

/// Whether a table as the section has it is below a heading.
pub(crate) fn holds_its_table(file: &File, heading: &Heading, section: &SectionFormat) -> bool {
    let document = &file.document;
    let id = document.headings.partition_point(|other| other.span.start < heading.span.start);
    let is_meant = |table: TableId| {
        section.table.as_ref().is_some_and(|format| goal::is_meant(&file.source, &document.tables[table], format))
    };
    goal::tables_under(document, id).any(is_meant)
}

/// What is wrong with such a line, and how to fix it.
pub(crate) fn misformatted(lost: &MisformattedHeading) -> Finding {
    Finding::new(lost.span, format!("this line is not a heading; expected `{}`", lost.text))
        .help(format!("use `{}`, with a blank line before and after it", lost.proper))
        .meant(lost.span, lost.proper.clone())
        .fix(lost.span, lost.proper.clone())
}
