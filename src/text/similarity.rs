//! "Did you mean": the known name nearest to an unknown one.
//!
//! It compares names and knows none; which names there are, the caller says.

use super::blanks::with_spaces;

/// How many characters of a name are enough to know which one is begun.
pub(super) const MIN_START: usize = 4;
/// How long a name has to be for two wrong letters to say anything.
pub(super) const MIN_LONG_NAME: usize = 8;

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
        // Nearly every name is another word, which costs less to see than how far away it is, and of most the length tells.
        if wanted.is_far_by_length(name) {
            continue;
        }
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
pub(super) struct Shape {
    /// The number of characters.
    length: usize,
    counts: [u8; Shape::KINDS],
}

impl Shape {
    /// A power of two; lower-case letters differ in their last five bits.
    const KINDS: usize = 32;

    pub(super) fn of(name: &str) -> Shape {
        let mut shape = Shape { length: 0, counts: [0; Shape::KINDS] };
        let mut add = |code: u32, times: u8| {
            shape.length += usize::from(times);
            let count = &mut shape.counts[code as usize % Shape::KINDS];
            *count = count.saturating_add(times);
        };
        if name.is_ascii() {
            // A capital has the last five bits of its small letter.
            name.bytes().for_each(|byte| add(byte.into(), u8::from(!is_confused(char::from(byte)))));
        } else {
            let folded = name.chars().filter(|c| !is_confused(*c)).flat_map(char::to_lowercase);
            folded.for_each(|c| add(c.into(), 1));
        }
        shape
    }

    /// Whether a name is too long or too short to be meant, as far as that is seen without reading it.
    fn is_far_by_length(&self, name: &str) -> bool {
        let length = name.bytes().map(|byte| usize::from(!is_confused(char::from(byte)))).sum();
        name.is_ascii() && self.length.abs_diff(length) > self.length.min(length) / 3
    }

    /// Two names are at least so many changes apart: each takes one character away, and brings one, at most.
    pub(super) fn least_distance(&self, other: &Shape) -> usize {
        let apart: u32 =
            self.counts.iter().zip(&other.counts).map(|(one, other)| u32::from(one.abs_diff(*other))).sum();
        // What one has too many and what it lacks; their difference is that of the lengths.
        (apart as usize + self.length.abs_diff(other.length)) / 2
    }
}

/// The name among `known` that `written` is, but for case, what looks like a space, and emphasis around it: nothing else can be meant.
pub(crate) fn find_ignoring_case<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let bare = written.trim_matches(['*', '_', '`', ' ']);
    let bare = with_spaces(bare);
    let bare = bare.trim();
    known.into_iter().find(|name| name.eq_ignore_ascii_case(bare))
}

/// Whether two names differ in nothing but what people confuse most, or by a slip or two of the finger.
pub(crate) fn is_slip(written: &str, name: &str) -> bool {
    let (written, name) = (normalize(written), normalize(name));
    written == name || written.chars().count() >= MIN_LONG_NAME && strsim::osa_distance(&written, &name) <= 2
}

/// A name without what people confuse most: case, spaces, hyphens and underscores.
pub(crate) fn normalize(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    push_normalized(&mut folded, name);
    folded
}

/// Appends a [`normalize`]d name.
pub(super) fn push_normalized(folded: &mut String, name: &str) {
    if name.is_ascii() {
        folded.reserve(name.len());
        let letters = name.bytes().map(char::from).filter(|c| !is_confused(*c));
        folded.extend(letters.map(|c| c.to_ascii_lowercase()));
        return;
    }
    for c in name.chars().filter(|c| !is_confused(*c)) {
        if c.is_ascii() { folded.push(c.to_ascii_lowercase()) } else { folded.extend(c.to_lowercase()) }
    }
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
}
