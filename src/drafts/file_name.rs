//! The name of a new goal's file: its title in small letters, digits and hyphens, which every file system and address takes.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The longest stem, in bytes: more is cut off between two words.
const MAX_STEM: usize = 60;
/// The stem of a title without a letter or digit that ASCII has.
const NAMELESS: &str = "goal";
/// Names that mean a device on Windows.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Devices that are numbered.
const PORTS: [&str; 2] = ["com", "lpt"];
/// Files of a slate or book that are never a goal; `README.md` becomes `index.html`.
const PAGES: [&str; 4] = ["readme", "index", "template", "summary"];

/// The stem of a title's file. `prefixes` are those of files that are no goals.
pub(crate) fn stem(title: &str, prefixes: &[&str]) -> String {
    let mut words = String::new();
    for c in title.chars() {
        match c {
            // It joins what it is in: `don't`.
            '\'' | '\u{2019}' | '`' => {}
            c => folded(c, &mut words),
        }
    }
    let words: Vec<&str> = words.split(' ').filter(|word| !word.is_empty()).collect();
    let stem = cut(&words);
    if stem.is_empty() {
        return NAMELESS.to_owned();
    }
    let is_other = prefixes.iter().any(|prefix| stem.starts_with(&prefix.to_ascii_lowercase()));
    if is_other || is_reserved(&stem) { format!("{NAMELESS}-{stem}") } else { stem }
}

/// The first of `stem`, `stem-2`, ... that is not taken.
pub(crate) fn free_stem(stem: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let mut name = stem.to_owned();
    let mut number = 1_u32;
    while is_taken(&name) {
        number = number.saturating_add(1);
        name = format!("{stem}-{number}");
    }
    name
}

/// Adds a character as ASCII letters and digits, a space where it is none.
fn folded(c: char, words: &mut String) {
    let letters = match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    };
    if !letters.is_empty() {
        words.push_str(letters);
        return;
    }
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part)) {
        words.push(if part.is_ascii_alphanumeric() { part.to_ascii_lowercase() } else { ' ' });
    }
}

/// As many words as fit, at least a part of the first.
fn cut(words: &[&str]) -> String {
    let mut stem = String::new();
    for word in words {
        match stem.is_empty() {
            true => stem.push_str(&word[..word.len().min(MAX_STEM)]),
            false if stem.len() + 1 + word.len() > MAX_STEM => break,
            false => stem.push_str(&format!("-{word}")),
        }
    }
    stem
}

fn is_reserved(stem: &str) -> bool {
    let is_port = |port: &&str| {
        let number = stem.strip_prefix(*port);
        number.is_some_and(|number| number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&stem) || PAGES.contains(&stem) || PORTS.iter().any(is_port)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_become_names_that_every_file_system_takes() {
        for (title, name) in [
            ("Count the lanterns", "count-the-lanterns"),
            ("Don't \"panic\": a/b\\c | <d>?*", "dont-panic-a-b-c-d"),
            ("../../etc/passwd", "etc-passwd"),
            (".hidden", "hidden"),
            ("--dry-run", "dry-run"),
            ("`impl Trait` 🦀 for Größe, Žižek & Łódź", "impl-trait-for-grosse-zizek-lodz"),
            ("ﬁne ① Ⅳ", "fine-1-iv"),
            ("🦀", "goal"),
            ("漢字", "goal"),
            ("!!!", "goal"),
            ("CON", "goal-con"),
            ("com1", "goal-com1"),
            ("com12", "com12"),
            ("Read me", "read-me"),
            ("README", "goal-readme"),
            ("Index", "goal-index"),
            ("Roadmap for lanterns", "goal-roadmap-for-lanterns"),
            ("Roadmaps", "roadmaps"),
        ] {
            assert_eq!(stem(title, &["roadmap-"]), name, "{title}");
        }
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let long = "seven letters ".repeat(30);
        assert_eq!(stem(&long, &[]), "seven-letters-seven-letters-seven-letters-seven-letters");
        assert_eq!(stem(&"x".repeat(300), &[]), "x".repeat(MAX_STEM));
    }

    #[test]
    fn names_that_are_taken_get_a_number() {
        let taken = ["c", "c-2"];
        assert_eq!(free_stem("c", |name| taken.contains(&name)), "c-3");
        assert_eq!(free_stem("d", |name| taken.contains(&name)), "d");
    }
}
