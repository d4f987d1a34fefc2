//! Which of many people was meant by a name that nobody has: their user names and display names as they are compared, found
//! out once for all such names.

use std::sync::OnceLock;

use memchr::memmem;

use super::similarity::{MIN_LONG_NAME, MIN_START, Shape, normalize, push_normalized};

/// People by their numbers, in the order in which they are given.
#[derive(Clone, Debug, Default)]
pub(crate) struct PersonIndex {
    /// The user names as they are, and without what people confuse.
    logins: Texts,
    folded_logins: Texts,
    /// The display names as they are, and without what people confuse.
    names: Texts,
    folded_names: Texts,
    /// The people in the order of their folded display names.
    by_name: OnceLock<Vec<usize>>,
    /// Both names in lower case, for a search through all of them; see [`push_words`].
    in_lower_case: OnceLock<Texts>,
}

impl PersonIndex {
    /// Takes user names, each with a display name.
    pub(crate) fn new<'a>(people: impl IntoIterator<Item = (&'a str, &'a str)>) -> PersonIndex {
        let mut index = PersonIndex::default();
        for (login, name) in people {
            index.logins.add(|text| text.push_str(login));
            index.folded_logins.add(|text| push_normalized(text, login));
            index.names.add(|text| text.push_str(name));
            index.folded_names.add(|text| push_normalized(text, name));
        }
        index
    }

    /// The person who may have been meant by `written`.
    ///
    /// People write a name with one letter wrong, break off, leave out the digits at its end, write the display name, or keep
    /// one word of an account that was renamed. The likelier guess wins; what fits two people alike suggests neither.
    pub(crate) fn did_you_mean(&self, written: &str) -> Option<usize> {
        let wanted = Wanted::new(written);
        let mut best: Option<(Guess, usize)> = None;
        let mut tied = false;
        let mut called = self.with_name(written).peekable();
        for (number, login) in self.folded_logins.iter().enumerate() {
            let is_called = called.next_if_eq(&number).is_some();
            let Some(guess) = wanted.guess(login, is_called) else { continue };
            match best {
                Some((least, _)) if guess > least => {}
                Some((least, _)) if guess == least => tied = true,
                _ => (best, tied) = (Some((guess, number)), false),
            }
        }
        match best {
            Some((_, number)) => (!tied).then_some(number),
            None => self.with_word_of(written),
        }
    }

    /// The one person who has a long word of `written` in either name.
    fn with_word_of(&self, written: &str) -> Option<usize> {
        let all = self.in_lower_case.get_or_init(|| {
            let mut all = Texts::default();
            for (login, name) in self.logins.iter().zip(self.names.iter()) {
                all.add(|text| [login, name].iter().for_each(|name| push_words(text, name)));
            }
            all
        });
        let bytes = all.text.as_bytes();
        let mut found = words(written).flat_map(|word| {
            let word = word.to_lowercase();
            let is_whole = |at: &usize| {
                let (before, after) = (at.checked_sub(1), at + word.len());
                before.is_none_or(|before| is_edge(bytes[before]))
                    && bytes.get(after).is_none_or(|after| is_edge(*after))
            };
            let places: Vec<usize> = memmem::find_iter(bytes, &word).filter(is_whole).collect();
            places.into_iter().map(|place| all.number_at(place))
        });
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)
    }

    /// The one whose user name differs by one letter at most, of several the first.
    pub(crate) fn nearest_by_letter(&self, written: &str) -> Option<usize> {
        let folded = normalize(written);
        self.folded_logins.iter().position(|login| login == folded || differ_by_one(&folded, login))
    }

    /// The one person with a display name, in any case.
    pub(crate) fn called(&self, name: &str) -> Option<usize> {
        one(self.with_name(name).filter(|number| self.names.get(*number).eq_ignore_ascii_case(name)))
    }

    /// The one person whose display name has several words, written as one, whatever its case and hyphens.
    pub(crate) fn called_in_one_word(&self, name: &str) -> Option<usize> {
        one(self.with_name(name).filter(|number| self.names.get(*number).contains(' ')))
    }

    /// The people whose display name is the same but for what people confuse, in their order.
    fn with_name(&self, name: &str) -> impl Iterator<Item = usize> {
        let by_name = self.by_name.get_or_init(|| {
            let names = self.folded_names.iter().zip(0..);
            let mut names: Vec<(u64, &str, usize)> =
                names.map(|(name, number)| (beginning(name), name, number)).collect();
            names.sort_unstable();
            names.into_iter().map(|(_, _, number)| number).collect()
        });
        let folded = normalize(name);
        let first = by_name.partition_point(|number| self.folded_names.get(*number) < folded.as_str());
        by_name[first..].iter().copied().take_while(move |number| self.folded_names.get(*number) == folded)
    }
}

/// The beginning of a name as a number, by which most names are put in their order.
fn beginning(name: &str) -> u64 {
    let mut letters = [0; size_of::<u64>()];
    letters.iter_mut().zip(name.bytes()).for_each(|(letter, byte)| *letter = byte);
    u64::from_be_bytes(letters)
}

/// What there is one of.
fn one(mut numbers: impl Iterator<Item = usize>) -> Option<usize> {
    let first = numbers.next()?;
    numbers.next().is_none().then_some(first)
}

/// A few people of whom nothing but their user names is known, or whose display names are of use nowhere else.
pub(crate) struct Few<'a> {
    logins: Vec<&'a str>,
    index: PersonIndex,
}

impl<'a> Few<'a> {
    /// Takes user names, each with a display name.
    pub(crate) fn new(people: impl IntoIterator<Item = (&'a str, &'a str)>) -> Few<'a> {
        let people: Vec<(&str, &str)> = people.into_iter().collect();
        let logins = people.iter().map(|(login, _)| *login).collect();
        Few { logins, index: PersonIndex::new(people) }
    }

    /// See [`PersonIndex::did_you_mean`].
    pub(crate) fn did_you_mean(&self, written: &str) -> Option<&'a str> {
        self.index.did_you_mean(written).map(|number| self.logins[number])
    }

    /// See [`PersonIndex::nearest_by_letter`].
    pub(crate) fn nearest_by_letter(&self, written: &str) -> Option<&'a str> {
        self.index.nearest_by_letter(written).map(|number| self.logins[number])
    }
}

/// Texts by number, one after another in a single one: there are many, and they are short.
#[derive(Clone, Debug, Default)]
struct Texts {
    text: String,
    ends: Vec<usize>,
}

impl Texts {
    /// Adds the text that `append` appends.
    fn add(&mut self, append: impl FnOnce(&mut String)) {
        append(&mut self.text);
        self.ends.push(self.text.len());
    }

    fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start..self.ends[number]]
    }

    fn iter(&self) -> impl Iterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |end| &self.text[std::mem::replace(&mut start, *end)..*end])
    }

    /// The number of the text at a place of all of them.
    fn number_at(&self, place: usize) -> usize {
        self.ends.partition_point(|end| *end <= place)
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

/// Why a person may have been meant, the best reason first. Where there is none, one word may be shared, of the user name or the
/// display name.
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
}

/// How many letters an abbreviation has at least, of a name among few.
const MIN_ABBREVIATION: usize = 3;
/// How long a word is that is not in many names by chance.
const MIN_WORD: usize = 5;

/// A name that is looked for.
struct Wanted {
    folded: String,
    shape: Shape,
}

impl Wanted {
    fn new(written: &str) -> Wanted {
        let folded = normalize(written);
        Wanted { shape: Shape::of(&folded), folded }
    }

    /// What speaks for a person with a folded user name, who may be called so, but for a word that both share.
    fn guess(&self, login: &str, is_called: bool) -> Option<Guess> {
        let folded = self.folded.as_str();
        // Of what is near, one end is the same, and nearly nothing else has that.
        let (letters, others) = (folded.as_bytes(), login.as_bytes());
        if letters.first() != others.first() && letters.last() != others.last() {
            return is_called.then_some(Guess::Name);
        }
        if folded == login {
            return Some(Guess::Same);
        }
        if is_called {
            return Some(Guess::Name);
        }
        if differ_by_one(folded, login) {
            return Some(Guess::OneLetter);
        }
        let least = folded.len().min(login.len());
        if least >= MIN_START && letters[..least] == others[..least] {
            return Some(Guess::Start);
        }
        // Two letters are wrong only where the first is right: that is cheap to know, and seldom otherwise. So is which letters
        // both have.
        let may_be_near = least >= MIN_LONG_NAME
            && folded.len().abs_diff(login.len()) <= 2
            && letters.first() == others.first()
            && self.shape.least_distance(&Shape::of(login)) <= 2;
        (may_be_near && strsim::osa_distance(folded, login) <= 2).then_some(Guess::TwoLetters)
    }
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

/// The long words of a name: what is between hyphens, spaces and digits.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() >= MIN_WORD)
}

/// Appends the long words of a name in lower case, and perhaps others; an edge is at both ends of each.
fn push_words(text: &mut String, name: &str) {
    text.push('\n');
    let start = text.len();
    if name.is_ascii() {
        text.push_str(name);
        text[start..].make_ascii_lowercase();
    } else {
        words(name).for_each(|word| text.extend([word.to_lowercase().as_str(), "\n"]));
    }
    text.push('\n');
}

/// Whether a byte is in no word. Nothing in a word that is not ASCII becomes such a byte in lower case.
fn is_edge(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphabetic()
}

#[cfg(test)]
mod tests {
    use super::*;

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
        let index = PersonIndex::new(people);
        let near = |written| index.did_you_mean(written).map(|number| people[number].0);
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
        assert_eq!(index.nearest_by_letter("tiff").map(|number| people[number].0), Some("tiif"));
        assert_eq!(index.nearest_by_letter("teor"), None);
    }

    #[test]
    fn a_display_name_is_of_one_person_or_of_nobody() {
        let index =
            PersonIndex::new([("a", "Ada L"), ("b", "Ben-Jo K"), ("c", "ADA L"), ("d", "Al"), ("e", ""), ("f", "A-l")]);
        assert_eq!(index.called("ada l"), None);
        assert_eq!(index.called("ben-jo k"), Some(1));
        assert_eq!(index.called("benjo k"), None);
        assert_eq!(index.called("AL"), Some(3));
        assert_eq!(index.called(""), Some(4));
        assert_eq!(index.called_in_one_word("BenJoK"), Some(1));
        assert_eq!(index.called_in_one_word("adal"), None);
        assert_eq!(index.called_in_one_word("al"), None, "it is one word anyway");
    }
}
