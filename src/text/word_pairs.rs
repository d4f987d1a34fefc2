//! Which words follow each other in texts, roughly: enough to see that a text has too little in common with others to be one of
//! them, at a fraction of what it costs to compare them.

use super::sentences::is_letter;

/// The pairs of words of some texts, by numbers that several pairs may share. Words are those of [`super::sentences`].
#[derive(Clone, Debug, Default)]
pub(crate) struct WordPairs {
    /// A bit for each number; nothing as long as there is no text.
    bits: Vec<u64>,
}

/// How many bits there are: many more than a few pages have words.
const BITS: usize = 1 << 16;
const CELLS: usize = BITS / 64;

impl WordPairs {
    /// Adds the pairs of a text.
    pub(crate) fn add(&mut self, text: &str) {
        self.bits.resize(CELLS, 0);
        let mut before = 0;
        for_each_word(text.as_bytes(), |word| {
            let (cell, bit) = place(before, word);
            self.bits[cell] |= bit;
            before = word;
            true
        });
    }

    /// Whether a text may hold three words or more in a row, three in five pairs of which are among these: then they hold in some
    /// five pairs in a row, or in all where there are fewer. Wherever the row begins and ends does not count.
    pub(crate) fn may_fill(&self, text: &str) -> bool {
        let Some(bits) = self.bits.first_chunk::<CELLS>() else { return false };
        let mut before = 0;
        // Which of the last pairs are among these, the last one lowest.
        let mut last: u32 = 0;
        let is_rare = for_each_word(text.as_bytes(), |word| {
            let (cell, bit) = place(before, word);
            before = word;
            last <<= 1;
            if bits[cell] & bit == 0 {
                return true;
            }
            last |= 1;
            (last & 0b1_1111).count_ones() < 3
        });
        !is_rare
    }
}

/// Where the bit of a pair is.
#[inline]
fn place(before: u64, word: u64) -> (usize, u64) {
    let mixed = (before.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    ((mixed >> 54) as usize % CELLS, 1 << (mixed >> 48 & 63))
}

/// How many bytes are looked at together.
const WINDOW: usize = 64;
/// How many letters at the beginning of a word count.
const LETTERS: usize = 8;

/// Calls `see` with the first letters of each word, as a number, as long as it wants more; answers whether it did to the end.
///
/// This is done for nearly every word of a slate: the words of a window are found by one number with a bit for each byte.
fn for_each_word(text: &[u8], mut see: impl FnMut(u64) -> bool) -> bool {
    let mut window = [0; WINDOW + LETTERS];
    let mut at = 0;
    while at < text.len() {
        match text[at..].first_chunk::<WINDOW>() {
            Some(part) => window[..WINDOW].copy_from_slice(part),
            None => {
                let rest = text.len() - at;
                window[..rest].copy_from_slice(&text[at..]);
                window[rest..].fill(0);
            }
        }
        let mut letters = letters(window.first_chunk().unwrap_or(&[0; WINDOW]));
        let mut next = at + WINDOW;
        while letters != 0 {
            let start = letters.trailing_zeros();
            let length = (!(letters >> start)).trailing_zeros();
            if start + length < u64::BITS {
                letters &= u64::MAX << (start + length);
            } else if start > 0 {
                // It may go on behind the window, and the next one begins with it.
                next = at + start as usize;
                break;
            } else {
                next += text.get(next..).unwrap_or_default().iter().take_while(|byte| is_letter(**byte)).count();
                letters = 0;
            }
            if !see(beginning(&window, start as usize, length as usize)) {
                return false;
            }
        }
        at = next;
    }
    true
}

/// The first letters of a word as a number in which case does not count.
#[inline]
fn beginning(window: &[u8; WINDOW + LETTERS], start: usize, length: usize) -> u64 {
    let letters = window[start % WINDOW..].first_chunk().unwrap_or(&[0; LETTERS]);
    // The bit in which a capital differs from its small letter, in each of them.
    let letters = u64::from_le_bytes(*letters) | 0x2020_2020_2020_2020;
    letters & u64::MAX >> (u64::BITS as usize - 8 * length.clamp(1, LETTERS))
}

/// A bit for each byte that belongs to a word, the first one lowest.
fn letters(window: &[u8; WINDOW]) -> u64 {
    let mut flags = [0; WINDOW];
    for (flag, byte) in flags.iter_mut().zip(window) {
        *flag = u8::from(is_letter(*byte));
    }
    let mut letters = 0;
    for eight in flags.as_chunks::<8>().0.iter().rev() {
        // The product has the lowest bits of all eight bytes side by side in its highest byte.
        letters = letters << 8 | u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        for_each_word(text.as_bytes(), |word| {
            let bytes: Vec<u8> = word.to_le_bytes().into_iter().filter(|byte| *byte != 0).collect();
            found.push(String::from_utf8_lossy(&bytes).into_owned());
            true
        });
        found
    }

    #[test]
    fn words_are_those_between_other_characters_wherever_windows_end() {
        let text = "It's *one* of\n> 2 Considerations, (\u{e4}b) x";
        // Half of a character is none any more.
        let wanted = ["it's", "one", "of", "2", "consider", "\u{fffd}b", "x"];
        for before in 0..2 * WINDOW {
            assert_eq!(words(&(" ".repeat(before) + text + &"-".repeat(before % 7))), wanted, "{before}");
        }
        assert_eq!(words(&format!("{0} {0}b c", "a".repeat(3 * WINDOW))), ["aaaaaaaa", "aaaaaaaa", "c"]);
        assert_eq!(words(&"a".repeat(WINDOW)), ["aaaaaaaa"]);
        assert_eq!(words(""), [""; 0]);
    }

    #[test]
    fn only_what_has_much_in_common_is_let_through() {
        let mut pairs = WordPairs::default();
        assert!(!pairs.may_fill("say what you want to do"));
        pairs.add("Say what you want to do here.");
        pairs.add("Name the owner of it.");
        for same in
            ["Say what you want", "And then *say what\n> you* want", "say what you do want to do", "NAME THE OWNER OF"]
        {
            assert!(pairs.may_fill(same), "{same}");
        }
        for other in ["what you say", "want to do", "tell them what they want to say", "name those others of it", ""] {
            assert!(!pairs.may_fill(other), "{other}");
        }
    }
}
