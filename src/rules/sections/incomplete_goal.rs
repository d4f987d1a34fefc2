//! A section that readers expect in every goal and that one lacks.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::misformatted_heading::misformatted_headings;
use crate::model::slate::{Slate, anchor};
use crate::policy::config::messages::quoted;
use crate::rules::context::LintContext;
use crate::rules::shared::sections::{is_absent, meant_as};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let expected =
        cx.slate.format.sections.iter().filter(|(_, section)| section.expected).map(|(name, _)| name.as_str());
    let mut absent: Vec<&str> = expected.filter(|name| is_absent(file, name)).collect();
    if absent.is_empty() || !Slate::may_be_accepted(goal) {
        return vec![];
    }
    // One under another name is reported by `misspelled-section`.
    absent.retain(|name| meant_as(cx, file, name).is_none());
    // A line that was meant as the heading is `malformed-heading`'s.
    let lost = misformatted_headings(&file.source, &file.document, &cx.slate.format);
    let is_lost = |name: &str| lost.iter().any(|lost| cx.slate.format.meant_section(&lost.text) == Some(name));
    let names: Vec<&str> = absent.into_iter().filter(|name| !is_lost(name)).collect();
    let Some(first) = names.first() else { return vec![] };
    let noun = if names.len() == 1 { "section" } else { "sections" };
    let others = if names.len() == 1 { "" } else { ", and likewise for the others" };
    vec![
        Finding::new(anchor(file), format!("missing recommended {noun} {}", quoted(&names)))
            .help(format!("add the heading `## {first}` and its content{others}")),
    ]
}
