//! The lines above the text: a list of what the RFC repository wants to know.

use crate::markdown::document::{Block, BlockKind};
use crate::model::slate::{File, Slate};
use crate::policy::config::{Config, FrontMatter};
use crate::text::edits::Edits;
use crate::text::source::Span;

/// Puts stated values into the front matter that a template brings itself: a list above the first heading whose first item is
/// one of the lines. Answers whether it does.
pub(crate) fn restate(slate: &Slate, file: &File, stated: &FrontMatter, edits: &mut Edits) -> bool {
    let blocks = &file.document.blocks;
    let Some(first) = blocks.iter().position(|block| block.kind == BlockKind::Item) else { return false };
    let heading = file.document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
    let list = blocks[..first].last().map_or(blocks[first].span, |list| list.span);
    let inside = |block: &&Block| block.span.start < heading.min(list.end);
    let lines: Vec<(Span, &str)> = blocks[first..]
        .iter()
        .take_while(inside)
        .filter(|block| block.kind == BlockKind::Paragraph && block.depth == 2)
        .map(|block| (block.span, file.source.slice(block.span)))
        .collect();
    let line_of = |name: &str| {
        let is_line = |text: &str| text.strip_prefix(name).is_some_and(|rest| rest.starts_with(':'));
        lines.iter().position(|(_, text)| is_line(text))
    };
    let names = &slate.format.rfc.front_matter;
    let begins = lines.first().is_some_and(|(line, _)| blocks[first].span.contains(*line));
    if !begins || !names.values().any(|name| line_of(name) == Some(0)) {
        return false;
    }
    let item = file.source.slice(blocks[first].span);
    let mark = item[..(lines[0].0.start - blocks[first].span.start) as usize].to_owned();
    let mut above = None;
    for (key, name) in names {
        let found = line_of(name);
        if let Some(value) = stated.value(*key) {
            match (found, above) {
                (Some(line), _) => {
                    let (span, text) = lines[line];
                    edits.replace(span.part(name.len() + 1..text.len()), format!(" {value}"));
                }
                (None, Some(above)) => {
                    let (span, _): (Span, &str) = lines[above];
                    edits.replace(Span::at(span.end as usize), format!("\n{mark}{name}: {value}"));
                }
                (None, None) => {
                    edits.replace(Span::at(blocks[first].span.start as usize), format!("{mark}{name}: {value}\n"));
                }
            }
        }
        above = found.or(above);
    }
    true
}

/// The front matter of a template that brings none: what is stated, then what the configuration states. What neither states
/// stays empty and is said.
pub(crate) fn made(slate: &Slate, config: &Config, stated: &FrontMatter, notes: &mut Vec<String>) -> String {
    let values = stated.or(slate.period.and_then(|period| config.front_matter(period)));
    let mut text = String::new();
    let mut missing = Vec::new();
    for (key, name) in &slate.format.rfc.front_matter {
        match values.value(*key) {
            Some(value) => text.push_str(&format!("- {name}: {value}\n")),
            None => {
                text.push_str(&format!("- {name}:\n"));
                missing.push(format!("`{name}`"));
            }
        }
    }
    if !missing.is_empty() {
        notes.push(format!(
            "missing front matter: {}; set it in `[rfc.{}]` of goals.toml",
            missing.join(", "),
            slate.name
        ));
    }
    text.push('\n');
    text
}
