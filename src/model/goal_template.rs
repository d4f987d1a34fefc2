//! What authors copy to begin a goal, and what of it they are to replace.
//!
//! Templates change, and a goal may hold words of one that no file has any more. So beside the words of the template at hand,
//! which count also when they were changed a little, there is what instructions have in common: they are in italics or in
//! quotations, and speak to the author about the place they are in.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::{HashMap, HashSet};

use super::goal;
use crate::markdown::document::{BlockKind, Document, Heading};
use crate::markdown::table::Table;
use crate::text::sentences::{Sentence, for_each_sentence};
use crate::text::similarity::{first_normalized, normalize};
use crate::text::source::{Source, Span};
use crate::text::word_pairs::WordPairs;

/// What authors copy to begin a goal.
#[derive(Clone, Debug, Default)]
pub struct GoalTemplate {
    /// Its title as written.
    pub title: String,
    /// The words of its instructions, by [`goal::words`].
    pub instructions: HashSet<String>,
    /// Cells of its tables that are all in emphasis.
    pub placeholders: HashSet<String>,
    /// The same without emphasis.
    pub(super) bare_placeholders: Vec<String>,
    /// Its headings that are placeholders for headings of the author's own, folded, by their first character.
    headings: BTreeMap<Option<char>, HashSet<String>>,
    /// What it says in cells of several words.
    remarks: BTreeSet<String>,
    /// What it says in shorter ones, each with the first cells of the rows with it.
    short_remarks: BTreeMap<String, HashSet<String>>,
    sentences: Sentences,
}

/// How much of a block is out of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Leftover {
    /// All, or most of it.
    Whole,
    /// The sentences of this part.
    Part(Span),
}

/// The fewest words of a cell that are not a name, which a goal may share with the template.
const REMARK_WORDS: usize = 4;

impl GoalTemplate {
    /// Reads a template.
    pub(crate) fn read(source: &Source, document: &Document) -> GoalTemplate {
        let cells =
            || document.tables.iter().flat_map(Table::body).flat_map(|row| &row.cells).map(|cell| source.slice(*cell));
        let placeholders: HashSet<String> =
            cells().filter(|cell| goal::is_placeholder_text(cell)).map(str::to_owned).collect();
        let bare_placeholders = placeholders.iter().map(|placeholder| bare(placeholder).to_owned()).collect();
        let metadata = goal::first_table(document).map(|(table, _)| table);
        let tasks = document.tables.iter_enumerated().filter(|(table, _)| Some(*table) != metadata);
        let remarks = tasks.flat_map(|(_, table)| table.body()).flat_map(|row| row.cells.get(2..).unwrap_or_default());
        let remarks = remarks.map(|cell| source.slice(*cell));
        let remarks = remarks.filter(|remark| remark.split_whitespace().count() >= REMARK_WORDS).map(str::to_owned);
        let mut short_remarks: BTreeMap<String, HashSet<String>> = BTreeMap::new();
        let tasks = document.tables.iter_enumerated().filter(|(table, _)| Some(*table) != metadata);
        for row in tasks.flat_map(|(_, table)| table.body()) {
            let first = row.cells.first().map(|cell| source.slice(*cell)).unwrap_or_default();
            let cells = row.cells.get(2..).unwrap_or_default().iter().map(|cell| source.slice(*cell));
            for remark in cells.filter(|remark| !remark.is_empty() && !is_nothing(remark)) {
                short_remarks.entry(remark.to_owned()).or_default().insert(first.to_owned());
            }
        }
        let mut headings: BTreeMap<Option<char>, HashSet<String>> = BTreeMap::new();
        for heading in document.headings.iter().filter(|heading| stands_for_another(source, heading)) {
            headings.entry(first_normalized(&heading.text)).or_default().insert(normalize(&heading.text));
        }
        let mut sentences = Sentences::default();
        for span in goal::instructions(source, document) {
            for_each_sentence(source, span, |sentence| sentences.add(source, &sentence));
        }
        GoalTemplate {
            title: goal::title(document).map_or_else(String::new, |title| source.slice(title.content).to_owned()),
            instructions: goal::instructions(source, document).map(|span| goal::words(source, span)).collect(),
            placeholders,
            bare_placeholders,
            headings,
            remarks: remarks.collect(),
            short_remarks,
            sentences,
        }
    }

    /// How much of a block is out of the instructions.
    pub(crate) fn in_block(&self, source: &Source, block: Span) -> Option<Leftover> {
        if !self.sentences.pairs.may_fill(source.slice(block)) {
            return None;
        }
        let (mut all, mut known) = (0, 0);
        let mut part: Option<Span> = None;
        let mut goes_on = false;
        for_each_sentence(source, block, |sentence| {
            all += sentence.words.len();
            let is_known = self.sentences.knows(&sentence);
            if is_known {
                known += sentence.words.len();
                match &mut part {
                    Some(part) if goes_on => part.end = sentence.span.end,
                    Some(_) => {}
                    None => part = Some(sentence.span),
                }
            }
            goes_on = is_known;
        });
        let part = part?;
        Some(if known * 2 >= all { Leftover::Whole } else { Leftover::Part(part) })
    }

    /// Whether the template says just this in a cell of a table; in a few words, in a row that begins like this one.
    pub(crate) fn remarks_on(&self, first: &str, cell: &str) -> bool {
        self.remarks.contains(cell) || self.short_remarks.get(cell).is_some_and(|rows| rows.contains(first))
    }
}

/// What is in a cell without the emphasis around it.
pub(super) fn bare(text: &str) -> &str {
    text.trim_matches(['*', '_', ' '])
}

/// Whether a cell says that there is nothing to say.
fn is_nothing(remark: &str) -> bool {
    const NOTHING: [&str; 5] = ["n/a", "none", "-", "no", "..."];
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(remark))
}

/// Sentences that are recognised also when a few of their words were changed.
#[derive(Clone, Debug, Default)]
struct Sentences {
    /// The number of different shingles of each.
    sizes: Vec<usize>,
    /// The numbers of the sentences that contain each shingle, in their order.
    by_shingle: HashMap<u64, Vec<u32>>,
    /// Their pairs of words: asked for every word of every goal, nearly always in vain.
    pairs: WordPairs,
}

/// A sentence of fewer shingles is not told from what anybody may write.
const MIN_SHINGLES: usize = 4;
/// A shingle of more sentences than that says nothing about one of them.
const MAX_SENTENCES: usize = 8;

impl Sentences {
    fn add(&mut self, source: &Source, sentence: &Sentence<'_>) {
        let shingles = different(sentence);
        if shingles.len() < MIN_SHINGLES {
            return;
        }
        let Ok(number) = u32::try_from(self.sizes.len()) else { return };
        self.sizes.push(shingles.len());
        shingles.into_iter().for_each(|shingle| self.by_shingle.entry(shingle).or_default().push(number));
        self.pairs.add(source.slice(sentence.span));
    }

    /// The sentences that contain a shingle.
    fn with(&self, shingle: u64) -> impl Iterator<Item = u32> {
        self.by_shingle.get(&shingle).into_iter().flatten().take(MAX_SENTENCES).copied()
    }

    /// Whether one of them shares three of five shingles, of all that either has, with this one.
    fn knows(&self, sentence: &Sentence<'_>) -> bool {
        let all = sentence.words.len().saturating_sub(1);
        // Most sentences soon have too many shingles that no other has.
        let mut alone = sentence.shingles().filter(|shingle| !self.by_shingle.contains_key(shingle));
        if all < MIN_SHINGLES / 2 || alone.nth(all * 2 / 5).is_some() {
            return false;
        }
        let shingles = different(sentence);
        let mut shared: HashMap<u32, usize> = HashMap::new();
        for number in shingles.iter().flat_map(|shingle| self.with(*shingle)) {
            *shared.entry(number).or_default() += 1;
        }
        shared.into_iter().any(|(number, both)| {
            let either = shingles.len() + self.sizes[number as usize] - both;
            both * 5 >= either * 3
        })
    }
}

/// The different shingles of a sentence.
fn different(sentence: &Sentence<'_>) -> Vec<u64> {
    let mut shingles: Vec<u64> = sentence.shingles().collect();
    shingles.sort_unstable();
    shingles.dedup();
    shingles
}

/// Whether a heading of a goal is one of a template's placeholders for headings of the author's own.
pub(crate) fn is_leftover_heading(template: Option<&GoalTemplate>, heading: &Heading) -> bool {
    speaks_of_itself(&heading.text)
        || template.is_some_and(|template| {
            let alike = template.headings.get(&first_normalized(&heading.text));
            alike.is_some_and(|headings| headings.contains(&normalize(&heading.text)))
        })
}

/// Whether a heading of a template is to be replaced: it is in italics, speaks of itself, or is about some `X`.
fn stands_for_another(source: &Source, heading: &Heading) -> bool {
    let is_open = heading.text.split_whitespace().any(|word| word == "X");
    heading.level > 1
        && (is_open || speaks_of_itself(&heading.text) || goal::is_placeholder_text(source.slice(heading.content)))
}

/// Whether a heading asks about its own section.
fn speaks_of_itself(text: &str) -> bool {
    text.ends_with('?') && (text.contains("this space") || text.contains("this section"))
}

/// The words with which an instruction begins.
const ORDERS: &[&str] = &[
    "add",
    "adjust",
    "begin",
    "copy",
    "delete",
    "describe",
    "elaborate",
    "explain",
    "fill",
    "give",
    "identify",
    "insert",
    "list",
    "name",
    "outline",
    "replace",
    "sketch",
    "summarize",
    "write",
];
/// What an instruction calls its own section.
const PLACES: &[&str] = &["this section", "this space", "this template", "this text", "a good place"];
/// How it speaks about what the author is about to write.
const ADDRESSES: &[&str] = &[
    "you will",
    "you aim",
    "you plan",
    "you propose",
    "your goal",
    "your plan",
    "your project",
    "your proposal",
    "your design",
    "your change",
    "your own",
    "your [",
];
/// What follows an order that is about this text, not about the world.
const HINTS: &[&str] = &["you", "your", "below", "here", "possible"];

/// Whether a block reads like an instruction of some template: a quotation that says it is one, or words in italics that speak
/// to the author. `words` are those of the block by [`goal::words`], and `heading` is that of its section where the block is all
/// there is.
pub(crate) fn reads_like_instruction(words: &str, kind: BlockKind, heading: Option<&str>) -> bool {
    if kind == BlockKind::Quote {
        let text = words.trim_start_matches(['*', '_']);
        if text.starts_with("Instructions:") || text.starts_with("This section ") && has_any(text, &["you", "your"]) {
            return true;
        }
    }
    let Some(inner) = emphasised(words) else { return false };
    let inner = inner.to_lowercase();
    // What somebody said, or asks.
    if inner.starts_with(['"', '\u{201c}']) || inner.ends_with('?') {
        return false;
    }
    let first = inner.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let contains = |known: &[&str]| known.iter().any(|words| inner.contains(words));
    contains(ADDRESSES)
        || ORDERS.contains(&first) && has_any(&inner, HINTS)
        || contains(PLACES) && has_any(&inner, &["you", "your", "should", "optional"])
        || heading.is_some_and(|heading| repeats_heading(&inner, heading))
}

/// The words of a block that is all in emphasis; a label in bold may precede them.
fn emphasised(words: &str) -> Option<&str> {
    let text = match words.strip_prefix("**").and_then(|rest| rest.split_once(":**")) {
        Some((label, rest)) if !label.contains('*') => rest.trim_start(),
        _ => words,
    };
    let mark = text.chars().next().filter(|c| matches!(c, '*' | '_'))?;
    let inner = text[1..].strip_suffix('.').unwrap_or(&text[1..]).strip_suffix(mark)?;
    // Several paragraphs in emphasis are one; words that are not lie between two marks.
    let is_whole = !inner.replace(&format!("{mark} {mark}"), "").contains(&format!("{mark} "));
    (!inner.starts_with([mark, ' ']) && is_whole).then_some(inner)
}

/// Whether words name what their section is for, without a name or link of somebody's own.
fn repeats_heading(inner: &str, heading: &str) -> bool {
    let words = || inner.split_whitespace();
    if inner.contains(['@', '[', '`']) || words().count() < REMARK_WORDS {
        return false;
    }
    // A section with a longer name repeats some of its words in any case.
    if heading.split_whitespace().count() > 2 {
        return false;
    }
    let heading = heading.to_lowercase();
    let is_of_heading = |word: &str| word.len() > 4 && heading.split_whitespace().any(|other| other == word);
    words().take(REMARK_WORDS).any(is_of_heading)
}

/// Whether a text contains one of these words, in any letter case.
fn has_any(text: &str, words: &[&str]) -> bool {
    let is_one = |word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
    text.split(|c: char| !c.is_alphanumeric()).any(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_instruction(text: &str, heading: Option<&str>) -> bool {
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        let block = document.blocks[0];
        reads_like_instruction(&goal::words(&source, block.span), block.kind, heading)
    }

    #[test]
    fn instructions_speak_to_the_author_about_the_place() {
        for text in [
            "> **Instructions:** copy it.",
            "> This section is for what you need:\n>\n> * reviews",
            "*Steps you will take on the way*",
            "_Describe the way here._",
            "*This section should hold the costs.*",
            "**Owner:** *Name the person here.*",
            "> *Say what your goal is.*\n>\n> *Be short.*",
        ] {
            assert!(is_instruction(text, None), "{text}");
        }
        assert!(is_instruction("*Final outputs of the work*", Some("Outputs")));
    }

    #[test]
    fn what_is_only_in_italics_is_text() {
        for text in [
            "*This section is unchanged from [the old goal][old].*",
            "*Note: this overlaps with [another goal](a.md).*",
            "*Lantern's team is @ada and @bob, who will do it.*",
            "*Why would you want your goal to be one?*",
            "*\u{201c}You will see.\u{201d}*",
            "*Fast* is not what *you will* get",
            "> You will need your own compiler.",
            "**You will like it.**",
            "*Write once, run anywhere.*",
            "plain",
        ] {
            assert!(!is_instruction(text, None), "{text}");
        }
        assert!(!is_instruction("*No questions so far.*", Some("Frequently asked questions")));
        assert!(!is_instruction("*The outputs of @ada*", Some("Outputs")));
    }
}
