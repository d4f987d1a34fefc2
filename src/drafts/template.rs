//! A project's template for goals: whether it fits a slate, and what of it a new goal does not have.

use std::collections::BTreeSet;

use super::outline::is_wanted;
use crate::markdown::document::{BlockKind, Document, HeadingId};
use crate::markdown::suppression::is_suppression;
use crate::model::goal;
use crate::model::goal_template::{GoalTemplate, is_leftover_heading, reads_like_instruction};
use crate::model::slate::Slate;
use crate::policy::format::{Format, Required, SectionField};
use crate::text::sentences::for_each_sentence;
use crate::text::source::{Source, Span};

/// A line for a section of which neither the period nor the template says in plain words what belongs there.
const ANY_HINT: &str = "Write here what belongs in this section.";
/// The fewest words of a sentence that is told from others when it is left in a goal.
const MIN_WORDS: usize = 5;

/// Why goals of a slate cannot be made from a template; nothing where they can.
pub(crate) fn misfit(source: &Source, document: &Document, format: &Format) -> Option<String> {
    let metadata = goal::first_table(document).filter(|(_, table)| goal::looks_like_metadata(source, table, format));
    if metadata.is_none() {
        return Some("no metadata table below a title".to_owned());
    }
    let required = format.sections.iter().filter(|(_, section)| section.required != Required::Never);
    let mut missing = required.filter(|(name, _)| goal::section_named(document, name).is_none());
    missing.next().map(|(name, _)| format!("no section `{name}`"))
}

/// The headings of a template that a new goal has not, each with all that is below it: sections that are optional, headings that
/// stand for others, and the examples below the asks.
pub(crate) fn dropped(source: &Source, document: &Document, slate: &Slate) -> Vec<Span> {
    let template = GoalTemplate::read(source, document);
    let asks = goal::section(document, &slate.format, SectionField::Asks);
    let examples: BTreeSet<HeadingId> =
        asks.map(|asks| goal::headings_below(document, asks)).into_iter().flat_map(crate::text::ids::each).collect();
    let is_dropped = |id: HeadingId| {
        let heading = &document.headings[id];
        let section = slate.format.sections.get(heading.text.as_str());
        heading.level > 1
            && !heading.nested
            && (section.is_some_and(|section| !is_wanted(section))
                || section.is_none() && is_leftover_heading(Some(&template), heading)
                || examples.contains(&id))
    };
    let mut regions: Vec<Span> = Vec::new();
    for id in document.headings.keys().filter(|id| is_dropped(*id)) {
        let region = region(source, document, id);
        // One may be within another.
        if regions.last().is_none_or(|last| last.end <= region.start) {
            regions.push(region);
        }
    }
    regions
}

/// A heading with all that is below it.
pub(crate) fn region(source: &Source, document: &Document, heading: HeadingId) -> Span {
    let next = document.headings.get(goal::headings_below(document, heading).end);
    let end = next.map_or(source.text().len(), |next| next.span.start as usize);
    Span::new(document.headings[heading].span.start as usize..end)
}

/// The instructions of a template: blocks that are not for readers of a goal.
pub(crate) fn instructions(source: &Source, document: &Document) -> Vec<Span> {
    let blocks = document.blocks.iter().filter(|block| block.depth == 0);
    let is_one = |kind: BlockKind, text: &str| match kind {
        BlockKind::Quote => true,
        BlockKind::Paragraph => text.starts_with(['*', '_']) && text.ends_with(['*', '_']),
        // What is no directive speaks to whoever has the file open.
        BlockKind::Html => {
            text.starts_with("<!--")
                && text.ends_with("-->")
                && text.contains(char::is_lowercase)
                && !is_suppression(text)
        }
        _ => false,
    };
    blocks.filter(|block| is_one(block.kind, source.slice(block.span).trim())).map(|block| block.span).collect()
}

/// The line that a section of a new goal has instead of an instruction: its first sentence in plain words, else what the period
/// says of the section, which `hint` is.
pub(crate) fn line(source: &Source, instruction: Span, hint: Option<&str>) -> String {
    let own = sentence(&goal::words(source, instruction));
    let line = own.as_deref().or(hint).unwrap_or(ANY_HINT);
    format!("*{line}*")
}

/// The first sentence of an instruction, where it can be one in italics that is known as one.
fn sentence(words: &str) -> Option<String> {
    let text = words.trim_start_matches("<!--").trim_end_matches("-->").trim();
    let text = text.strip_prefix("**").and_then(|rest| rest.split_once("**")).map_or(text, |(_, rest)| rest);
    let text = text.trim_start_matches([' ', ':', '*', '_', '(']);
    let source = Source::from_bytes("", text.as_bytes().to_vec());
    let mut first = None;
    for_each_sentence(&source, Span::new(0..text.len()), |sentence| {
        first.get_or_insert(sentence.span);
    });
    let first = source.slice(first?).trim_end_matches([':', ' ', '*', '_']);
    let first = if first.ends_with(['.', '!', '?']) { first.to_owned() } else { format!("{first}.") };
    let is_plain = !first.contains(['*', '_', '[', ']', '<', '>', '`', '(', ')', '\\', '@', '?']);
    let marked = format!("*{first}*");
    let alone = Source::from_bytes("", marked.as_bytes().to_vec());
    let is_known = first.split_whitespace().count() >= MIN_WORDS
        || reads_like_instruction(&goal::words(&alone, Span::new(0..marked.len())), BlockKind::Paragraph, None);
    (is_plain && is_known).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instruction_becomes_its_first_sentence() {
        for (words, line) in [
            ("*Short description of what you will do. Be brief.*", Some("Short description of what you will do.")),
            ("**Instructions:** Name the boat that you row: a long one", Some("Name the boat that you row.")),
            ("<!-- Say which boats you have, and why -->", Some("Say which boats you have, and why.")),
            ("*See [the guide](a.md) for what you can write.*", None),
            ("*Your text.*", None),
        ] {
            assert_eq!(sentence(words).as_deref(), line, "{words}");
        }
    }
}
