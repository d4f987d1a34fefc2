//! What is wrong with a slate so that its pages are not as they should be. Nothing of it keeps the book from being built.

use std::collections::BTreeSet;

use crate::model::goal::{self, is_placeholder_text};
use crate::model::metadata_lines::lines_meant_as_table;
use crate::model::slate::{File, FileKind, Slate, anchor};
use crate::sys::error::Error;
use crate::text::source::Span;

/// The files that are not text, the goals and roadmaps that cannot be read, and the teams that nobody knows.
pub(crate) fn notes(slate: &Slate) -> Vec<Error> {
    let mut notes = Vec::new();
    for file in &slate.files {
        if let Some(at) = file.source.invalid_utf8() {
            let message = format!("invalid UTF-8 at byte {at}: it is shown as `?`");
            let note = Error::in_text(file.source.clone(), Span::new(at..at + 1), message);
            notes.push(note.help("save the file as UTF-8"));
        }
        let (span, what) = match file.kind {
            FileKind::Broken { .. } => (place_of_table(file), "goal"),
            FileKind::BrokenRoadmap => (anchor(file), "roadmap"),
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

/// Where the metadata table of a goal is that cannot be read, else where it would be.
fn place_of_table(file: &File) -> Span {
    let first_line = |lines: Span| file.source.line_span(file.source.line_index(lines.start as usize));
    let lines = lines_meant_as_table(file).map(first_line);
    lines.or_else(|| Some(goal::first_table(&file.document)?.1.head())).unwrap_or_else(|| anchor(file))
}
