//! Names in running text behind a word that says that a name follows: `**Owner:** @name`, `(owners: @name, @other)`.

use crate::markdown::document::BlockKind;
use crate::model::slate::File;
use crate::text::source::Span;

/// The words, in lower case and for one.
const ROLES: [&str; 14] = [
    "assignee",
    "author",
    "champion",
    "contact",
    "contributor",
    "lead",
    "liaison",
    "maintainer",
    "mentor",
    "owner",
    "poc",
    "reviewer",
    "sponsor",
    "volunteer",
];

/// Names that are announced together.
pub(crate) struct Announced {
    /// What is between commas and the like, without markup at the ends.
    pub(crate) names: Vec<Span>,
}

/// All such lists of a file, in its order.
pub(crate) fn announced(file: &File) -> Vec<Announced> {
    // One search through the file finds them sooner than one through each paragraph.
    let colons: Vec<usize> = memchr::memchr_iter(b':', file.source.text().as_bytes()).collect();
    let paragraphs = file.document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    paragraphs.flat_map(|block| in_paragraph(file, block.span, &colons)).collect()
}

/// Those of a paragraph; `colons` are those of the file.
fn in_paragraph(file: &File, paragraph: Span, colons: &[usize]) -> Vec<Announced> {
    let text = file.source.slice(paragraph);
    let (start, end) = (paragraph.start as usize, paragraph.start as usize + text.len());
    let first = colons.partition_point(|colon| *colon < start);
    let mut found = Vec::new();
    for at in colons[first..].iter().take_while(|colon| **colon < end).map(|colon| colon - start) {
        if let Some(opened) = role_before(&text[..at]) {
            let list = list_after(&text[at + 1..], opened);
            let start = at + 1;
            let names = parts(list).into_iter().map(|part| paragraph.part(start + part.start..start + part.end));
            found.push(Announced { names: names.collect() });
        }
    }
    found
}

/// Whether a text ends with a role that begins a line, a sentence or a parenthesis; answers whether it is a parenthesis.
fn role_before(text: &str) -> Option<bool> {
    let bare = text.trim_end_matches(['*', '_', ' ']);
    let bare = bare.strip_suffix("(s)").unwrap_or(bare);
    let word = &bare[bare.trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()..];
    let one = word.strip_suffix(['s', 'S']).unwrap_or(word);
    if !ROLES.iter().any(|role| role.eq_ignore_ascii_case(one)) {
        return None;
    }
    // `Point of contact`, `Task owner`: a few words may belong to it.
    const MOST_WORDS: usize = 4;
    let line = &bare[bare.rfind(['\n', '(', '.', ';']).map_or(0, |at| at + 1)..];
    let opened = bare[..bare.len() - line.len()].ends_with('(');
    let words = line.split_whitespace().map(|word| word.trim_matches(['*', '_', '-', '>', '+']));
    (words.filter(|word| !word.is_empty()).count() <= MOST_WORDS).then_some(opened)
}

/// The rest of a line, or of the parenthesis that is opened before it, up to the end of a sentence.
fn list_after(text: &str, opened: bool) -> &str {
    let ends = |(at, c): (usize, char)| match c {
        '\n' | ';' => true,
        ')' => opened,
        '.' => text[at + 1..].starts_with([' ', '\n']) || text[at + 1..].is_empty(),
        _ => false,
    };
    let end = text.char_indices().find(|one| ends(*one)).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// What is between commas, slashes and the words that join names.
fn parts(list: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut add = |range: std::ops::Range<usize>| {
        let part = list[range.clone()].trim_end_matches(['*', '_', ' ']);
        let inner = part.trim_start_matches(['*', '_', ' ']);
        let start = range.start + part.len() - inner.len();
        if !inner.is_empty() {
            found.push(start..start + inner.len());
        }
    };
    for (at, c) in list.char_indices() {
        let length = match c {
            _ if at < start => continue,
            ',' | '/' | '&' | '+' => 1,
            ' ' => match [" and ", " or "].iter().find(|word| list[at..].starts_with(**word)) {
                Some(word) => word.len() - 1,
                None => continue,
            },
            _ => continue,
        };
        add(start..at);
        start = at + length;
    }
    add(start..list.len());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_at_the_beginning_announces_names() {
        let is_one = |text| role_before(text).is_some();
        for text in ["Owner", "**Owners", "Point of contact", "- *Task owner(s)*", "It works (owners", "Done. Reviewer"]
        {
            assert!(is_one(text), "{text}");
        }
        for text in ["This is what we ask of every owner", "http", "Downer", "Owners of the", ""] {
            assert!(!is_one(text), "{text}");
        }
        let listed = |text| parts(text).into_iter().map(|range| &text[range]).collect::<Vec<_>>();
        assert_eq!(listed("** @ada, bob and *@eve*"), ["@ada", "bob", "@eve"]);
        assert_eq!(list_after(" @ada, @bob) are", true), " @ada, @bob");
        assert_eq!(list_after(" @ada. They", false), " @ada");
    }
}
