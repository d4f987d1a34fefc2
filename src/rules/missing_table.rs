//! A section for team asks without a table.

use crate::finding::Finding;
use crate::goal::{self, Goal};
use crate::period::SectionFact;
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    let document = &slate.file_of(goal).document;
    // A missing section is `missing-section`'s business, and a goal that is not accepted asks for nothing.
    let Some(section) = goal::section(document, &slate.format, SectionFact::Asks) else { return vec![] };
    let mut headings = std::iter::once(section).chain(goal::headings_below(document, section));
    // So is a table that is none `broken-table`'s.
    let file = slate.file_of(goal);
    let below = goal::headings_below(document, section);
    let end = document.headings.get(below.end).map_or(u32::MAX, |next| next.span.start);
    let loose = goal::loose_rows(&file.source, document, document.headings[section].span.end..end);
    if !loose.is_empty()
        || !Slate::may_be_accepted(goal)
        || headings.any(|heading| !goal::tables_under(document, heading).is_empty())
    {
        return vec![];
    }
    let heading = &document.headings[section];
    let header = slate.format.ask_table.header.join(" | ");
    vec![
        Finding::new(heading.content, format!("the section `{}` has no table", heading.text))
            .help(format!("add a table with the header `| {header} |`")),
    ]
}
