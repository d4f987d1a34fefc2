//! Running text as sentences and words, for comparing texts that people have changed a little.

use super::source::{Source, Span};

/// A sentence: where it is, and its words as numbers that are equal for equal words, whatever their case.
pub(crate) struct Sentence<'w> {
    pub(crate) span: Span,
    pub(crate) words: &'w [u64],
}

impl Sentence<'_> {
    /// Every two words in a row as one number.
    pub(crate) fn shingles(&self) -> impl Iterator<Item = u64> {
        self.words.windows(2).map(|words| mix(words[0], words[1]))
    }
}

/// Calls `see` for each sentence of a part of a file, in its order. A sentence ends at a full stop, exclamation or question
/// mark or colon with something other than a word after it, at an empty line and where an item of a list begins.
pub(crate) fn for_each_sentence(source: &Source, span: Span, mut see: impl FnMut(Sentence<'_>)) {
    let text = source.slice(span);
    let bytes = text.as_bytes();
    let mut words: Vec<u64> = Vec::with_capacity(64);
    let (mut start, mut end) = (0, 0);
    let mut at = 0;
    loop {
        at += bytes[at..].iter().take_while(|byte| LETTERS[usize::from(**byte)] == 0).count();
        if at == bytes.len() {
            break;
        }
        if at - end > 1 && !words.is_empty() && ends_sentence(&text[end..at]) {
            see(Sentence { span: span.part(start..with_mark(bytes, end)), words: &words });
            words.clear();
        }
        if words.is_empty() {
            start = at;
        }
        let (word, length) = word(&bytes[at..]);
        at += length;
        words.push(word);
        end = at;
    }
    if !words.is_empty() {
        see(Sentence { span: span.part(start..with_mark(bytes, end)), words: &words });
    }
}

/// One number of two; nothing relies on which.
fn mix(all: u64, next: u64) -> u64 {
    (all ^ next.wrapping_add(0x9e37_79b9_7f4a_7c15)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}

/// The number of the word at the beginning of a text, and its length in bytes. This is done for every word of every goal, so
/// each letter is looked at once.
fn word(bytes: &[u8]) -> (u64, usize) {
    let mut word = 0_u64;
    let mut length = 0;
    while let Some(letter) = bytes.get(length).map(|byte| LETTERS[usize::from(*byte)]).filter(|letter| *letter != 0) {
        word = word.wrapping_mul(257).wrapping_add(u64::from(letter));
        length += 1;
    }
    (word, length)
}

/// Whether a byte belongs to a word, which holds letters, digits, apostrophes and all of a character that is not ASCII.
#[inline]
pub(super) const fn is_letter(byte: u8) -> bool {
    // Without branches, many bytes are looked at together.
    ((byte | 0x20).wrapping_sub(b'a') < 26) | (byte.wrapping_sub(b'0') < 10) | (byte == b'\'') | (byte >= 0x80)
}

/// What counts of each byte in a word: the byte with the bit in which a capital differs from its small letter, also in most of
/// Latin. 0 is no part of a word.
const LETTERS: [u8; 256] = {
    let mut letters = [0; 256];
    let mut code = 0;
    while code < letters.len() {
        #[allow(clippy::cast_possible_truncation)] // a byte has no more values
        let byte = code as u8;
        if is_letter(byte) {
            letters[code] = byte | 0x20;
        }
        code += 1;
    }
    letters
};

/// Whether what is between two words, of more than one byte, ends a sentence.
fn ends_sentence(between: &str) -> bool {
    let stop = between.find(['.', '!', '?', ':']);
    let stops =
        stop.is_some_and(|at| between[at + 1..].starts_with(|c: char| c.is_whitespace() || "*_)\"`".contains(c)));
    stops || begins_item(between)
}

/// Whether there is an empty line, or the mark of a list item at the beginning of a line.
fn begins_item(between: &str) -> bool {
    let bare = |line| str::trim_start_matches(line, ['>', ' ', '\t', '\r']);
    let Some((_, rest)) = between.split_once('\n') else { return false };
    let (above, last) = rest.rsplit_once('\n').map_or((None, rest), |(above, last)| (Some(above), last));
    let is_item = |line: &str| line.starts_with("* ") || line.starts_with("- ");
    is_item(bare(last)) || above.is_some_and(|above| above.split('\n').any(|line| bare(line).is_empty()))
}

/// The end of a sentence with the mark after its last word.
fn with_mark(bytes: &[u8], end: usize) -> usize {
    end + usize::from(bytes.get(end).is_some_and(|byte| matches!(byte, b'.' | b'!' | b'?' | b':')))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<(String, usize)> {
        let source = Source::from_bytes("a.md", text.into());
        let mut found = Vec::new();
        for_each_sentence(&source, Span::new(0..text.len()), |sentence| {
            found.push((source.slice(sentence.span).to_owned(), sentence.words.len()));
        });
        found
    }

    #[test]
    fn sentences_end_where_readers_stop() {
        assert_eq!(
            sentences("> *One, e.g., two. Three\n> four?*\n>\n> five\n> * six\n\nsev-en v1.2 ä"),
            [
                ("One, e.g., two.".to_owned(), 4),
                ("Three\n> four?".to_owned(), 2),
                ("five".to_owned(), 1),
                ("six".to_owned(), 1),
                ("sev-en v1.2 ä".to_owned(), 5)
            ]
        );
    }

    #[test]
    fn letter_case_and_line_breaks_do_not_count() {
        let shingles = |text: &str| {
            let source = Source::from_bytes("a.md", text.into());
            let mut found = Vec::new();
            for_each_sentence(&source, Span::new(0..text.len()), |sentence| found.extend(sentence.shingles()));
            found
        };
        assert_eq!(shingles("*Say what* you\n> mean"), shingles("say What you mean"));
        assert_ne!(shingles("say what you mean"), shingles("say you what mean"));
    }
}
