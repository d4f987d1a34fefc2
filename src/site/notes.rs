//! What is wrong with a slate so that its pages are not as they should be. Nothing of it keeps the book from being built.

use std::collections::BTreeSet;

use crate::model::goal::is_placeholder_text;
use crate::model::slate::{FileKind, Slate};
use crate::sys::error::Error;
use crate::text::source::Span;

/// The goals and roadmaps that cannot be read, and the teams that nobody knows.
pub(crate) fn notes(slate: &Slate) -> Vec<Error> {
    let mut notes = Vec::new();
    for file in &slate.files {
        let (span, what) = match file.kind {
            FileKind::Broken { section } => (file.document.headings[section].span, "goal"),
            FileKind::BrokenRoadmap => (Span::at(file.source.bom_len()), "roadmap"),
            _ => continue,
        };
        let message = format!("{what} without a readable metadata table: it is shown as written, and in no list");
        notes.push(
            Error::in_text(file.source.clone(), span, message).help("run `goals lint` for what is wrong with it"),
        );
    }
    for goal in &slate.goals {
        let source = &slate.file_of(goal).source;
        let mut told = BTreeSet::new();
        let asked = goal.asks().flat_map(|(_, ask)| &ask.teams).map(|team| &team.name);
        let named = asked.chain(goal.champions.iter().map(|champion| &champion.team));
        let named = named.filter(|team| !is_placeholder_text(&team.value));
        for team in named.filter(|team| slate.roster.team(&team.value).is_none()) {
            if told.insert(&team.value) {
                let message = format!("unknown team `{}`: it is shown without a link", team.value);
                let help = "run `goals lint` for teams with similar names";
                notes.push(Error::in_text(source.clone(), team.span, message).help(help));
            }
        }
    }
    notes
}
