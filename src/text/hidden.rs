//! Characters that show nothing: without a shape of their own, or steering how others are shown.
//!
//! Some scripts and emoji are written with a few of them, each beside certain other characters; anywhere else nobody sees that
//! they are there.

/// Whether a character shows nothing by itself: controls other than white space, marks of direction, zero-width characters,
/// fillers, variation selectors and tags. Blanks such as a no-break space are none.
pub(crate) fn is_shapeless(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control() && !matches!(c, '\t' | '\n' | '\r');
    }
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d159}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether a character ends a line or a paragraph where nobody sees it: without it, the words on both sides would be one.
pub(crate) fn is_separator(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a byte is the first one of such a character, or of one like it.
pub(crate) fn may_begin(byte: u8) -> bool {
    let is_control = byte < b' ' && byte != b'\t' && byte != b'\n' && byte != b'\r';
    is_control || matches!(byte, 0x7f | 0xc2 | 0xcd | 0xd8 | 0xe1 | 0xe2 | 0xe3 | 0xef | 0xf0 | 0xf3)
}

/// The bytes that are looked at together: most parts of most texts hold no byte with which a hidden character begins.
const STEP: usize = 256;

/// Whether a text may hold such a character, which costs next to nothing to see for most texts.
pub(crate) fn may_hold(text: &str) -> bool {
    text.as_bytes().chunks(STEP).enumerate().any(|(step, bytes)| {
        // Without a way out of the loop, so that it takes many bytes at once.
        let may_any_begin = bytes.iter().fold(false, |any, byte| any | may_begin(*byte));
        let is_one = |(at, _): (usize, &u8)| text[step * STEP + at..].starts_with(is_shapeless);
        may_any_begin && bytes.iter().enumerate().filter(|(_, byte)| may_begin(**byte)).any(is_one)
    })
}

/// The first hidden character of a text.
pub(crate) fn first_hidden(text: &str) -> Option<char> {
    if !may_hold(text) {
        return None;
    }
    text.char_indices().find(|(at, c)| is_hidden(*c, &text[..*at], &text[at + c.len_utf8()..])).map(|(_, c)| c)
}

/// Whether a character is hidden between others: it shows nothing, and they have no need of it.
pub(crate) fn is_hidden(c: char, before: &str, after: &str) -> bool {
    is_shapeless(c) && !is_needed(c, before, after)
}

/// Whether the characters around one without a shape are written with it.
fn is_needed(c: char, before: &str, after: &str) -> bool {
    let last = before.chars().next_back();
    let next = after.chars().next();
    let is = |c: Option<char>, is_it: fn(char) -> bool| c.is_some_and(is_it);
    match c {
        // Families, professions, flags; and letters that join or do not.
        '\u{200d}' => is(last, is_pictographic) && is(next, is_pictographic) || is(last, is_joining),
        '\u{200c}' => is(last, is_joining) && is(next, is_joining),
        // A break between words that have no space between them.
        '\u{200b}' => is(last, is_spaceless) && is(next, is_spaceless),
        '\u{200e}' | '\u{200f}' | '\u{61c}' => {
            before.chars().rev().take(NEAR).any(is_right_to_left) || after.chars().take(NEAR).any(is_right_to_left)
        }
        // Keycaps, and emoji that are letters or signs otherwise.
        '\u{fe0e}' | '\u{fe0f}' => match last {
            Some('0'..='9' | '#' | '*') => next == Some('\u{20e3}'),
            last => is(last, is_pictographic),
        },
        '\u{fe00}'..='\u{fe0d}' | '\u{e0100}'..='\u{e01ef}' => is(last, has_variants),
        '\u{180b}'..='\u{180f}' => is(last, |c| ('\u{1800}'..='\u{18af}').contains(&c)),
        '\u{115f}' | '\u{1160}' => is(last.or(next), |c| ('\u{1100}'..='\u{11ff}').contains(&c)),
        // The flags of England, Scotland and Wales.
        '\u{e0020}'..='\u{e007f}' => {
            let flag = before.trim_end_matches(|c| ('\u{e0020}'..='\u{e007e}').contains(&c));
            flag.ends_with('\u{1f3f4}') && before.len() - flag.len() <= 32
        }
        _ => false,
    }
}

/// How many characters away a letter may be that is written from right to left, for a mark of direction.
const NEAR: usize = 2;

/// Emoji and what goes with them.
fn is_pictographic(c: char) -> bool {
    matches!(c, '©' | '®' | '\u{200d}' | '\u{203c}' | '\u{2049}' | '\u{20e3}' | '\u{2100}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}')
}

/// Letters of scripts in which they join: Arabic and others from its neighborhood, those of India, Mongolian.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{a840}'..='\u{a8ff}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{11000}'..='\u{1193f}')
        && !is_shapeless(c)
}

/// Letters of scripts without spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Letters of scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10800}'..='\u{10fff}'
        | '\u{1e800}'..='\u{1efff}')
        && !is_shapeless(c)
}

/// Characters that have several forms: those of Chinese, mathematical signs, and a few others.
fn has_variants(c: char) -> bool {
    matches!(c, '\u{1000}'..='\u{109f}' | '\u{2200}'..='\u{2aff}' | '\u{3000}'..='\u{9fff}' | '\u{a840}'..='\u{a87f}'
        | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hidden(text: &str) -> Vec<char> {
        let all = text.char_indices();
        let found = all.filter(|(at, c)| is_hidden(*c, &text[..*at], &text[at + c.len_utf8()..]));
        found.map(|(_, c)| c).collect()
    }

    #[test]
    fn what_scripts_and_emoji_need_is_not_hidden() {
        for text in [
            "a\tb\r\nc d\u{a0}e\u{2003}f – “quoted” … é e\u{301} Zoë 花江 한국어 カナ",
            "👩\u{200d}💻 👨\u{200d}👩\u{200d}👧 ❤\u{fe0f} ⚙\u{fe0f} 1\u{fe0f}\u{20e3} ☺\u{fe0e} 🏳\u{fe0f}\u{200d}🌈 ™\u{fe0f} 👍🏽\u{200d}♂\u{fe0f}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "می\u{200c}خواهم क्\u{200d}ष (עברית)\u{200e}, ไทย\u{200b}ไทย ᠠ\u{180b} 葛\u{e0100}",
        ] {
            assert_eq!(hidden(text), Vec::<char>::new(), "{text}");
            let marks = text.bytes().any(may_begin);
            assert!(marks || !text.chars().any(is_shapeless), "{text}");
        }
    }

    #[test]
    fn what_nobody_sees_is_hidden() {
        for c in [
            '\0',
            '\u{7}',
            '\u{b}',
            '\u{1b}',
            '\u{7f}',
            '\u{85}',
            '\u{ad}',
            '\u{34f}',
            '\u{61c}',
            '\u{115f}',
            '\u{1160}',
            '\u{17b4}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{200e}',
            '\u{200f}',
            '\u{2028}',
            '\u{202e}',
            '\u{2060}',
            '\u{2063}',
            '\u{2069}',
            '\u{206f}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe00}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fff9}',
            '\u{1d173}',
            '\u{e0001}',
            '\u{e0041}',
            '\u{e0100}',
        ] {
            assert_eq!(hidden(&format!("a{c}b")), [c], "{c:?}");
            assert!(may_begin(c.to_string().as_bytes()[0]) && may_hold(&c.to_string()), "{c:?}");
        }
        assert!(!may_hold("a é 花 \n"));
    }
}
