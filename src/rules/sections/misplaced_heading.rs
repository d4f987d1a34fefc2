//! A section that is below another one or in another order, and a heading at a level where it has no parent.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::Heading;
use crate::model::goal::Goal;
use crate::policy::format::Required;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let headings: Vec<&Heading> = file.document.headings.iter().filter(|heading| !heading.nested).collect();
    let written = |heading: &Heading| file.source.slice(heading.content);
    let mut findings = Vec::new();
    // The furthest section so far in the order of the format, with its heading.
    let mut last: Option<(usize, &Heading)> = None;
    // The headings that the current one is below, the title first.
    let mut parents: Vec<&Heading> = Vec::new();
    for (at, &heading) in headings.iter().enumerate() {
        parents.retain(|parent| parent.level < heading.level);
        let section = cx.slate.format.sections.get(&heading.text);
        let section = section.filter(|section| section.expected || section.required != Required::Never);
        let place = section.and_then(|_| cx.slate.format.place_of(&heading.text));
        let parent = parents.last();
        if at > 0 && heading.level == 1 {
            findings.push(
                Finding::new(heading.content, format!("section `{}` is at the level of the title", heading.text))
                    .help(format!("use `## {}`", written(heading))),
            );
        } else if let Some(parent) = parent.filter(|parent| place.is_some() && parents.len() > 1 && parent.level > 1) {
            findings.push(
                Finding::new(heading.content, format!("section `{}` is nested in `{}`", heading.text, parent.text))
                    .help(format!("use the same level as `{}`: `{} {}`", parent.text, marks(parent), written(heading))),
            );
        } else if let Some(parent) = parent.filter(|parent| heading.level > parent.level + 1)
            // Of several below one heading the first is enough.
            && std::ptr::eq(headings[at - 1], *parent)
        {
            let level = usize::from(parent.level) + 1;
            let message = format!("heading is {} levels below `{}`", heading.level - parent.level, parent.text);
            findings.push(Finding::new(heading.content, message).help(format!(
                "use `{} {}`",
                "#".repeat(level),
                written(heading)
            )));
        } else if let (Some(place), Some((furthest, above))) = (place, last)
            && place < furthest
        {
            findings.push(
                Finding::new(heading.content, format!("section `{}` belongs before `{}`", heading.text, above.text))
                    .help("move it up")
                    .related(goal.file, above.content, "expected before this section"),
            );
        }
        if let Some(place) = place.filter(|place| last.is_none_or(|(furthest, _)| *place > furthest)) {
            last = Some((place, heading));
        }
        parents.push(heading);
    }
    findings
}

fn marks(heading: &Heading) -> String {
    "#".repeat(usize::from(heading.level))
}
