//! Whether a fix keeps every word and every sign that it replaces.

use hashbrown::HashSet;

use super::Candidate;
use crate::model::slate::{File, Slate};
use crate::rules::rule::Change;
use crate::text::similarity::letters;
use crate::text::source::{Span, boundary_before, boundary_behind};

/// How many bytes before and after an edit can belong to a word that it changes.
const MAX_WORD: usize = 64;

/// Words that people put around the name of a team.
const TEAM_WORDS: &[&str] = &["team", "teams", "the", "group", "t", "wg", "rust"];

/// What an address of GitHub has beside the names in it.
const ADDRESS_PARTS: [&str; 5] = ["https://", "http://", "www.", "github.com/", "mailto:"];

/// Whether nothing but white space, pipes, brackets and letter case is changed, or what the rule declares.
pub(super) fn are_kept(slate: &Slate, file: &File, candidate: &Candidate<'_>) -> bool {
    let changes = candidate.changes;
    let is_exempt = [Change::Addresses, Change::Duplicates, Change::Directives, Change::HiddenCharacters];
    let is_exempt = is_exempt.into_iter().any(|one| changes.has(one));
    is_exempt || candidate.fix.edits.iter().all(|(edit, text)| is_kept(slate, file, candidate, *edit, text))
}

fn is_kept(slate: &Slate, file: &File, candidate: &Candidate<'_>, edit: Span, text: &str) -> bool {
    let source = file.source.text();
    let from = boundary_before(source, (edit.start as usize).saturating_sub(MAX_WORD));
    let to = boundary_behind(source, edit.end as usize + MAX_WORD);
    let before = &source[from..edit.start as usize];
    let after = &source[edit.end as usize..to];
    let before = &before[before.trim_end_matches(char::is_alphanumeric).len()..];
    let after = &after[..after.len() - after.trim_start_matches(char::is_alphanumeric).len()];
    let old = plain(&format!("{before}{}{after}", file.source.slice(edit)));
    let new = plain(&format!("{before}{text}{after}"));
    if letters(&old) == letters(&new) && signs_are_kept(&old, &new) {
        return true;
    }
    if candidate.changes.has(Change::Users) {
        // The name of a person may have signs of its own.
        let name = old.trim_matches(['*', '_', '@', ' ']);
        let is_name = |login: &str| slate.roster.person(login).is_some_and(|one| one.name.eq_ignore_ascii_case(name));
        if new.strip_prefix('@').is_some_and(is_name) {
            return true;
        }
    }
    if !signs_are_kept(&old, &new) {
        return false;
    }
    let row = old.trim();
    if candidate.changes.has(Change::Names) && (slate.format.knows_row(row) || slate.format.former_row(row).is_some()) {
        return true;
    }
    let (old, new) = (words(&old), words(&new));
    if candidate.changes.has(Change::Names) {
        // Another spelling of a name has no fewer words.
        let count = |words: &[String]| {
            let parts = words.iter().flat_map(|word| word.split(['-', '_']));
            parts.filter(|part| !TEAM_WORDS.contains(part)).collect::<HashSet<_>>().len()
        };
        return count(&old) <= count(&new);
    }
    let new: HashSet<&String> = new.iter().collect();
    old.iter().all(|word| new.contains(word))
}

/// A text with the addresses of GitHub as the names that they hold, and without characters that are not shown.
fn plain(text: &str) -> String {
    let mut plain: String = text.chars().filter(|c| !c.is_control() || c.is_whitespace()).collect();
    // An ending that leaves the number open.
    plain = plain.replace("(s)", "s");
    if plain.contains("github.com/") {
        for part in ADDRESS_PARTS {
            plain = plain.replace(part, "");
        }
        plain = plain.replace("/issues/", "#");
    }
    if plain.contains("](") {
        // The parentheses of a link are no brackets of the text.
        plain = plain.replacen("](", " ", 1);
        if let Some(end) = plain.rfind(')') {
            plain.remove(end);
        }
    }
    plain
}

/// The words in lower case; hyphens and underscores are part of one.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_')));
    let words = words.map(|word| word.trim_matches(['-', '_'])).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// Whether each sign that says something, such as `?` or an arrow, is still there.
fn signs_are_kept(old: &str, new: &str) -> bool {
    let mut left: Vec<char> = signs(new);
    signs(old).into_iter().all(|sign| match left.iter().position(|other| *other == sign) {
        Some(at) => {
            left.swap_remove(at);
            true
        }
        None => false,
    })
}

fn signs(text: &str) -> Vec<char> {
    let is_mark = |c: char| matches!(c, '|' | '[' | ']' | '@' | '*' | '_' | '<' | '>' | '/' | '\\' | ',' | ';');
    let mut found = Vec::new();
    let mut before: Option<char> = None;
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        // A hyphen within a word is part of it, as people write it or not.
        let is_hyphen = c == '-'
            && before.is_some_and(char::is_alphanumeric)
            && rest.peek().is_some_and(|next| next.is_alphanumeric());
        if !c.is_alphanumeric() && !c.is_whitespace() && !is_mark(c) && !is_hyphen {
            found.push(c);
        }
        before = Some(c);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_words_are_seen() {
        assert!(signs_are_kept("| [lang]", "lang"));
        for (old, new) in
            [("@hanae?", "@hanae"), ("\u{21b3} Design", "Design"), ("- Design", "Design"), ("(lang)", "[lang]")]
        {
            assert!(!signs_are_kept(old, new), "{old}");
        }
        assert_eq!(words("T-lang_docs, `not` @x-"), ["t-lang_docs", "not", "x"]);
        assert_eq!(plain("[@hanae](https://github.com/wen-zhao/)"), "[@hanae wen-zhao/");
    }
}
