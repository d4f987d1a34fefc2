//! A team asked in a table of work, as earlier periods did it: no table of the RFC has the ask.

use crate::diagnostics::finding::Finding;
use crate::markdown::brackets::{Bracket, brackets};
use crate::model::goal::Goal;
use crate::policy::format::SectionField;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// The badge by which earlier periods knew an ask.
const BADGE: &str = "Team";

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let format = &cx.slate.format;
    let Some(section) = format.section_of(SectionField::Asks).filter(|_| format.badge.is_none()) else { return vec![] };
    let file = cx.slate.file_of(goal);
    let teams = goal.teams();
    let asked = cx.owner_cells(goal).iter().filter(|cell| {
        let text = file.shown(**cell);
        let found = if text.contains("![") { brackets(&text) } else { Vec::new() };
        let name = |bracket: &Bracket| &text[bracket.text.clone()];
        let is_badge = |bracket: &Bracket| bracket.image && name(bracket).eq_ignore_ascii_case(BADGE);
        // A team may do the work itself, and be asked where it should.
        let is_asked = |bracket: &Bracket| teams.contains(&name(bracket));
        let mut named = found.iter().filter(|bracket| !bracket.image).peekable();
        found.iter().any(is_badge) && (named.peek().is_none() || !named.all(is_asked))
    });
    let finding = |cell: &Span| {
        let finding = Finding::new(*cell, "a team is not asked by a row of a work table");
        finding.help(format!("move it to the table of `{section}`"))
    };
    asked.map(finding).collect()
}
