//! "Did you mean": the known name nearest to an unknown one.
//!
//! It compares names and knows none; which names there are, the caller says.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use super::blanks::with_spaces;

/// How many characters of a name are enough to know which one is begun.
const MIN_START: usize = 4;

/// The name among `known` that `written` was most likely meant to be, or none if nothing is near enough to be meant.
///
/// Case, spaces, hyphens and underscores count little, since people confuse them most; beyond that one mistake in every
/// three characters is allowed. Of equally near names the first counts.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    nearest(written, &mut known.into_iter())
}

/// The same for any names, so that it is compiled once.
fn nearest<'a>(written: &str, known: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    let with_word = written.contains('&').then(|| written.replace('&', "and"));
    let written = with_word.as_deref().unwrap_or(written);
    let wanted = Shape::of(written);
    let mut folded = None;
    let mut best: Option<(usize, &str)> = None;
    for name in known {
        // Nearly every name is another word, which costs less to see than how far away it is.
        let shape = Shape::of(name);
        let allowed = wanted.length.min(shape.length) / 3;
        if wanted.least_distance(&shape) > allowed {
            continue;
        }
        let folded = folded.get_or_insert_with(|| normalize(written));
        let other = normalize(name);
        // Who writes all but the end of a name means that name.
        let is_start = wanted.length >= MIN_START && other.starts_with(folded.as_str());
        let distance = if is_start { 0 } else { strsim::osa_distance(folded, &other) };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// The letters and digits of a text in capitals: what is left of a name whatever marks, quotes and dashes are around
/// and within it.
pub(crate) fn bare_name(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect()
}

/// The letters and digits of a text in lower case: what it says whatever marks are in it.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How often the characters of a folded name occur, by their last bits: what tells most names apart without comparing them.
struct Shape {
    /// The number of characters.
    length: usize,
    counts: [u8; Shape::KINDS],
}

impl Shape {
    /// A power of two; lower-case letters differ in their last five bits.
    const KINDS: usize = 32;

    fn of(name: &str) -> Shape {
        let mut shape = Shape { length: 0, counts: [0; Shape::KINDS] };
        let mut add = |code: u32| {
            shape.length += 1;
            let count = &mut shape.counts[code as usize % Shape::KINDS];
            *count = count.saturating_add(1);
        };
        if name.is_ascii() {
            // A capital has the last five bits of its small letter.
            name.bytes().filter(|byte| !is_confused(char::from(*byte))).for_each(|byte| add(byte.into()));
        } else {
            let folded = name.chars().filter(|c| !is_confused(*c)).flat_map(char::to_lowercase);
            folded.for_each(|c| add(c.into()));
        }
        shape
    }

    /// Two names are at least so many changes apart: each takes one character away, and brings one, at most.
    fn least_distance(&self, other: &Shape) -> usize {
        let pairs = || self.counts.iter().zip(&other.counts);
        let surplus: usize = pairs().map(|(one, other)| usize::from(one.saturating_sub(*other))).sum();
        let missing: usize = pairs().map(|(one, other)| usize::from(other.saturating_sub(*one))).sum();
        surplus.max(missing)
    }
}

/// The name among `known` that `written` is, but for case, what looks like a space, and emphasis around it: nothing else can be meant.
pub(crate) fn find_ignoring_case<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = written.trim_matches(['*', '_', '`', ' ']);
    let bare = with_spaces(bare);
    known.into_iter().find(|name| name.eq_ignore_ascii_case(bare.trim()))
}

/// Whether two names differ in nothing but what people confuse most, or by a slip or two of the finger.
pub(crate) fn is_slip(written: &str, name: &str) -> bool {
    let (written, name) = (normalize(written), normalize(name));
    written == name || written.chars().count() >= MIN_LONG_LOGIN && strsim::osa_distance(&written, &name) <= 2
}

/// People to choose from when a user name is looked for that was written wrongly.
pub(crate) struct People<'a> {
    candidates: Vec<Candidate<'a>>,
    /// Who has a long word in either name, by the word in lower case and in their order; see [`words`].
    by_word: OnceCell<HashMap<String, Vec<usize>>>,
}

/// A person, and what is compared of them, found out when it is first asked for.
struct Candidate<'a> {
    login: &'a str,
    name: &'a str,
    folded: OnceCell<String>,
    folded_name: OnceCell<String>,
}

impl Candidate<'_> {
    /// The user name without what people confuse.
    fn folded(&self) -> &str {
        self.folded.get_or_init(|| normalize(self.login))
    }

    /// The display name without what people confuse.
    fn folded_name(&self) -> &str {
        self.folded_name.get_or_init(|| normalize(self.name))
    }

    /// Whether the user name may be one letter away from another: then one of its ends is the same, and nearly as long.
    fn may_be_near(&self, folded: &str) -> bool {
        let letters = || self.login.bytes().filter(|byte| !is_confused(char::from(*byte)));
        let is_same = |a: Option<u8>, b: Option<&u8>| a.map(|a| a.to_ascii_lowercase()) == b.copied();
        let other = folded.as_bytes();
        !self.login.is_ascii()
            || (is_same(letters().next(), other.first()) || is_same(letters().next_back(), other.last()))
                && letters().count().abs_diff(other.len()) <= 1
    }
}

impl<'a> People<'a> {
    /// Takes user names, each with a display name.
    pub(crate) fn new(people: impl IntoIterator<Item = (&'a str, &'a str)>) -> People<'a> {
        let candidate = |(login, name): (&'a str, &'a str)| {
            let (folded, folded_name) = Default::default();
            Candidate { login, name, folded, folded_name }
        };
        People { candidates: people.into_iter().map(candidate).collect(), by_word: OnceCell::new() }
    }

    /// The person who may have been meant by `written`.
    ///
    /// People write a name with one letter wrong, break off, leave out the digits at its end, write the display name, or keep
    /// one word of an account that was renamed. The likelier guess wins; what fits two people alike suggests neither.
    pub(crate) fn did_you_mean(&self, written: &str) -> Option<&'a str> {
        let folded = normalize(written);
        let with_word: HashSet<usize> =
            words(written).filter_map(|word| self.by_word().get(&word)).flatten().copied().collect();
        let mut best: Option<(Guess, &str)> = None;
        let mut tied = false;
        for (number, candidate) in self.candidates.iter().enumerate() {
            let shares_word = || with_word.contains(&number).then_some(Guess::Word);
            let Some(guess) = guess(&folded, candidate).or_else(shares_word) else { continue };
            match best {
                Some((least, _)) if guess > least => {}
                Some((least, _)) if guess == least => tied = true,
                _ => (best, tied) = (Some((guess, candidate.login)), false),
            }
        }
        best.filter(|_| !tied).map(|(_, login)| login)
    }

    fn by_word(&self) -> &HashMap<String, Vec<usize>> {
        self.by_word.get_or_init(|| {
            let mut by_word: HashMap<String, Vec<usize>> = HashMap::new();
            for (number, candidate) in self.candidates.iter().enumerate() {
                for word in words(candidate.login).chain(words(candidate.name)) {
                    by_word.entry(word).or_default().push(number);
                }
            }
            by_word
        })
    }

    /// The one whose user name differs by one letter at most, of several the first.
    pub(crate) fn nearest_by_letter(&self, written: &str) -> Option<&'a str> {
        let folded = normalize(written);
        let is_near = |one: &&Candidate| {
            one.may_be_near(&folded) && (one.folded() == folded || differ_by_one(&folded, one.folded()))
        };
        self.candidates.iter().find(is_near).map(|candidate| candidate.login)
    }
}

/// The one name among `known` that `written` is short for: its letters in order, beginning with the first.
pub(crate) fn abbreviated<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = normalize(written);
    let is_short_for = |name: &&str| {
        let name = normalize(name);
        let mut rest = name.chars();
        folded.chars().count() >= MIN_ABBREVIATION
            && name.chars().next() == folded.chars().next()
            && folded.chars().all(|letter| rest.any(|other| other == letter))
    };
    let mut fitting = known.into_iter().filter(is_short_for);
    fitting.next().filter(|_| fitting.next().is_none())
}

/// Why a person may have been meant, the best reason first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Guess {
    /// The same but for case and hyphens.
    Same,
    /// The display name, written as one word.
    Name,
    /// One letter is wrong.
    OneLetter,
    /// The beginning of the user name, or the user name followed by something.
    Start,
    /// Two letters of a long name are wrong.
    TwoLetters,
    /// One word is shared, of the user name or the display name.
    Word,
}

/// How many letters an abbreviation has at least, of a name among few.
const MIN_ABBREVIATION: usize = 3;
/// How long a user name has to be for two wrong letters to say anything.
const MIN_LONG_LOGIN: usize = 8;
/// How long a word is that is not in many names by chance.
const MIN_WORD: usize = 5;

/// What speaks for a person, but for a word that both names share.
fn guess(folded: &str, candidate: &Candidate) -> Option<Guess> {
    let login = candidate.folded();
    if folded == login {
        return Some(Guess::Same);
    }
    if folded == candidate.folded_name() {
        return Some(Guess::Name);
    }
    if differ_by_one(folded, login) {
        return Some(Guess::OneLetter);
    }
    let least = folded.len().min(login.len());
    if least >= MIN_START && (login.starts_with(folded) || folded.starts_with(login)) {
        return Some(Guess::Start);
    }
    // Two letters are wrong only where the first is right: that is cheap to know, and seldom otherwise.
    let may_be_near = least >= MIN_LONG_LOGIN
        && folded.len().abs_diff(login.len()) <= 2
        && folded.as_bytes().first() == login.as_bytes().first();
    (may_be_near && strsim::osa_distance(folded, login) <= 2).then_some(Guess::TwoLetters)
}

/// Whether one letter is wrong, missing, too many or swapped with an adjacent one, in names that are not very short.
fn differ_by_one(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len().abs_diff(b.len()) > 1 || a.len().min(b.len()) < MIN_START {
        return false;
    }
    let start = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let (a, b) = (&a[..a.len() - end], &b[..b.len() - end]);
    let is_swapped = a.len() == 2 && b.len() == 2 && a[0] == b[1] && a[1] == b[0];
    is_swapped || (a.len() <= 1 && b.len() <= 1)
}

/// The long words of a name, in lower case: what is between hyphens, spaces and digits.
fn words(name: &str) -> impl Iterator<Item = String> {
    let parts = name.split(|c: char| !c.is_alphabetic());
    parts.filter(|word| word.chars().count() >= MIN_WORD).map(str::to_lowercase)
}

/// A name without what people confuse most: case, spaces, hyphens and underscores.
pub(crate) fn normalize(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().filter(|c| !is_confused(*c)) {
        if c.is_ascii() { folded.push(c.to_ascii_lowercase()) } else { folded.extend(c.to_lowercase()) }
    }
    folded
}

/// The first character of a [`normalize`]d name.
pub(crate) fn first_normalized(name: &str) -> Option<char> {
    name.chars().find(|c| !is_confused(*c)).and_then(|c| c.to_lowercase().next())
}

fn is_confused(c: char) -> bool {
    matches!(c, ' ' | '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proposes_what_was_meant_and_nothing_else() {
        let teams = ["lang", "lang-docs", "compiler", "libs", "libs-api", "types", "rustdoc", "wg-macros"];
        let near = |written| did_you_mean(written, teams);
        assert_eq!(near("complier"), Some("compiler"));
        assert_eq!(near("libs_api"), Some("libs-api"));
        assert_eq!(near("Lang"), Some("lang"));
        assert_eq!(near("type"), Some("types"));
        assert_eq!(near("cargo"), None);
        assert_eq!(near("x"), None);
        assert_eq!(near(""), None);
        let asks = ["MCP decision", "FCP decision(s)", "RFC decision", "Standard reviews", "Dedicated reviewer"];
        assert_eq!(did_you_mean("FCP decision", asks), Some("FCP decision(s)"));
        assert_eq!(did_you_mean("Standard review", asks), Some("Standard reviews"));
        assert_eq!(did_you_mean("dedicated-reviewers", asks), Some("Dedicated reviewer"));
        assert_eq!(did_you_mean("Author RFC", asks), None);
        let rows = ["Point of contact", "Status", "Tracking issue", "Other tracking issues", "[team] champion"];
        assert_eq!(did_you_mean("Point of contct", rows), Some("Point of contact"));
        assert_eq!(did_you_mean("Other tacking issues", rows), Some("Other tracking issues"));
        assert_eq!(did_you_mean("See also", rows), None);
        let sections = ["Summary", "Motivation", "Ownership and team asks", "Frequently asked questions"];
        assert_eq!(did_you_mean("Sumary", sections), Some("Summary"));
        assert_eq!(did_you_mean("Ownership and Team Asks", sections), Some("Ownership and team asks"));
        assert_eq!(did_you_mean("The status quo", sections), None);
        assert_eq!(did_you_mean("TEAM ASK", ["TEAM ASKS", "VALID TEAM ASKS"]), Some("TEAM ASKS"));
        assert_eq!(did_you_mean("unknown-teem", ["unknown-team", "unknown-rule"]), Some("unknown-team"));
        assert_eq!(did_you_mean("asyc.md", ["async.md", "rfl.md"]), Some("async.md"));
        assert_eq!(did_you_mean("the-staus-quo", ["the-status-quo", "terms"]), Some("the-status-quo"));
        let statuses = ["Proposed", "Proposed for flagship", "Accepted", "Not accepted"];
        assert_eq!(did_you_mean("Proposd", statuses), Some("Proposed"));
        assert_eq!(did_you_mean("proposed for Flagship", statuses), Some("Proposed for flagship"));
        assert_eq!(did_you_mean("Done", statuses), None);
    }

    #[test]
    fn proposes_the_person_who_was_meant_and_nobody_else() {
        let people = [
            ("weihanglo", "Weihang Lo"),
            ("RalfJung", "Ralf Jung"),
            ("teor2345", "teor"),
            ("BoxyUwU", "Boxy"),
            ("jswrenn", "Jack Wrenn"),
            ("Rustin170506", "Rustin"),
            ("tiif", "Tiffany Pek Yuan"),
            ("Eh2406", "Jacob Finkelman"),
            ("jack-huey", "Jack Huey"),
            ("hello-rust", "Hello"),
            ("hello-world", "Hello"),
        ];
        let index = People::new(people);
        let near = |written| index.did_you_mean(written);
        assert_eq!(near("RalfJ"), Some("RalfJung"));
        assert_eq!(near("RalfJungg"), Some("RalfJung"));
        assert_eq!(near("teor"), Some("teor2345"));
        assert_eq!(near("boxy"), Some("BoxyUwU"));
        assert_eq!(near("jackwrenn"), Some("jswrenn"));
        assert_eq!(near("hi-rustin"), Some("Rustin170506"));
        assert_eq!(near("tiff"), Some("tiif"));
        assert_eq!(near("eh2046"), Some("Eh2406"));
        assert_eq!(near("ralf-jung"), Some("RalfJung"));
        assert_eq!(near("jack"), Some("jack-huey"));
        for nobody in ["hello", "whlo", "orhun", "x", "", "SomebodyElse"] {
            assert_eq!(near(nobody), None, "{nobody}");
        }
        let logins = people.map(|(login, _)| login);
        assert_eq!(abbreviated("whlo", logins), Some("weihanglo"));
        assert_eq!(abbreviated("hlo", logins), None);
        assert_eq!(abbreviated("we", logins), None);
        assert_eq!(index.nearest_by_letter("tiff"), Some("tiif"));
        assert_eq!(index.nearest_by_letter("teor"), None);
    }
}
