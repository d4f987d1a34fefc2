//! What of a slate's pages holds for that slate alone: dates, numbers, people, and links to its goals.
//!
//! Which words say so is data of the period. In doubt text is left out: what is missing the lead of the next slate sees, and what
//! is no longer true nobody does.

use crate::markdown::address::has_scheme;
use crate::markdown::document::{Link, LinkKind};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::period::PeriodName;
use crate::text::edits::Edits;
use crate::text::source::Span;
use crate::text::user_names::users;

/// Whether a part of a page holds for its slate alone, or for one that is as long as it. Directives say nothing themselves, and
/// neither do addresses and the name of the period, which is replaced by `new`.
pub(crate) fn is_passing(
    slate: &Slate,
    file: &File,
    part: Span,
    new: PeriodName,
    stays: impl Fn(&str) -> bool,
) -> bool {
    let text = words(slate, file, part, false);
    let format = &slate.format.new_slate;
    let is_as_long = slate.period.is_none_or(|old| length(old) == length(new));
    text.contains(|c: char| c.is_ascii_digit())
        || !users(&words(slate, file, part, true)).is_empty()
        || format.passing_words.iter().any(|word| says(&text, word))
        || !is_as_long && format.length_words.iter().any(|word| says(&text, word))
        || links(file, part).any(|link| leads_back(slate, link, &stays))
}

/// Whether a part of a form for goals holds for its slate alone: it has a year or a day of a month, names somebody, or links to a goal.
/// Numbers are none: a form says how many sentences it wants.
pub(crate) fn is_dated(slate: &Slate, file: &File, part: Span) -> bool {
    let text = words(slate, file, part, true);
    let months = slate.format.new_slate.passing_words.iter().filter(|word| is_name(word));
    let has_number = text.contains(|c: char| c.is_ascii_digit());
    let is_somebody = |range: std::ops::Range<usize>| slate.roster.person(&text[range]).is_some();
    has_year(&text)
        || has_number && months.into_iter().any(|month| says(&text, month))
        || users(&text).into_iter().any(is_somebody)
        || links(file, part).any(|link| !has_scheme(&link.target) && leads_back(slate, link, |_| true))
}

fn links(file: &File, part: Span) -> impl Iterator<Item = &Link> {
    file.document.links.iter().filter(move |link| part.contains(link.span))
}

/// The words of a part: without directives, addresses, and the name of the period, and without code where that is asked.
fn words(slate: &Slate, file: &File, part: Span, without_code: bool) -> String {
    let mut hidden: Vec<Span> = file.directives.iter().map(|directive| directive.span).collect();
    hidden.extend(links(file, part).filter_map(|link| match link.kind {
        LinkKind::Autolink => Some(link.span),
        _ => link.destination,
    }));
    if without_code {
        hidden.extend(&file.document.codes);
    }
    let mut edits = Edits::default();
    hidden.retain(|span| part.contains(*span));
    hidden.sort_unstable();
    let mut end = part.start;
    for span in hidden {
        // One may be within another.
        if span.start >= end {
            edits.replace(span, "");
            end = span.end;
        }
    }
    edits.sort();
    let text = edits.apply(file.source.text(), part, str::to_owned);
    slate.period.map_or_else(|| text.clone(), |own| with_period(&text, own, ""))
}

/// How many months a period has.
fn length(period: PeriodName) -> u16 {
    let (first, last) = period.months();
    last.saturating_sub(first)
}

/// Whether a link leads to something of its slate alone, or to an address of some time: with a year, or of an issue.
fn leads_back(slate: &Slate, link: &Link, stays: impl Fn(&str) -> bool) -> bool {
    let target = link.target.as_str();
    if has_scheme(target) {
        let is_issue = ["/pull/", "/issues/", "/commit/"].iter().any(|part| target.contains(part));
        return is_issue || has_year(target);
    }
    if target.starts_with('#') {
        return !stays(target);
    }
    let path = target.split(['#', '?']).next().unwrap_or(target);
    let own = path.strip_prefix("./").unwrap_or(path);
    let own = own.strip_suffix(".html").map_or_else(|| own.to_owned(), |stem| format!("{stem}.md"));
    match slate.file_at(&slate.path_of(&own)).map(|file| slate.files[file].kind) {
        Some(FileKind::Page | FileKind::Template) => !stays(&own),
        Some(_) => true,
        None => path.contains(|c: char| c.is_ascii_digit()),
    }
}

/// Whether a text has a year of this century or the last.
fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4 && (number.starts_with("20") || number.starts_with("19")))
}

/// Whether a word is one in capitals alone.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Whether a text has a word, in any case, that is no part of a longer one. A word in capitals is one in capitals alone: `May` is
/// a month, `may` is not.
fn says(text: &str, word: &str) -> bool {
    let (text, word) = match is_name(word) {
        true => (text.to_owned(), word.to_owned()),
        false => (text.to_lowercase(), word.to_lowercase()),
    };
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(&word)
        .any(|(at, _)| is_apart(text[..at].chars().next_back()) && is_apart(text[at + word.len()..].chars().next()))
}

/// A text with another name in the place of a period's, in any case; a capital stays one. Addresses of other sites stay.
pub(crate) fn with_period(text: &str, old: PeriodName, new: &str) -> String {
    let name = old.to_string();
    let lower = text.to_ascii_lowercase();
    let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, _) in lower.match_indices(&name) {
        let end = start + name.len();
        let word = text[..start].rsplit(char::is_whitespace).next().unwrap_or_default();
        if start < at
            || !is_apart(text[..start].chars().next_back())
            || !is_apart(text[end..].chars().next())
            || word.contains("://")
            || is_in_date(&text[..start], &text[end..])
        {
            continue;
        }
        out.push_str(&text[at..start]);
        let has_capital = text[start..end].contains(|c: char| c.is_ascii_uppercase());
        out.push_str(&if has_capital { new.to_ascii_uppercase() } else { new.to_owned() });
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

/// Whether numbers beside a name make it a part of a date: `2026-01-31`, `31.1.2026`.
fn is_in_date(before: &str, after: &str) -> bool {
    let is_number = |text: &str, of: fn(&str) -> Option<char>| of(text).is_some_and(|c| c.is_ascii_digit());
    let is_mark = |c: char| matches!(c, '-' | '/' | '.');
    before.strip_suffix(is_mark).is_some_and(|rest| is_number(rest, |rest| rest.chars().next_back()))
        || after.strip_prefix(is_mark).is_some_and(|rest| is_number(rest, |rest| rest.chars().next()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_replaced_where_they_stand_alone() {
        let old = PeriodName::parse("2025h2").unwrap();
        let text = "2025h2, 2025H2 and x2025h2 (see https://a.org/2025h2/x) 2025";
        assert_eq!(with_period(text, old, "2026h1"), "2026h1, 2026H1 and x2025h2 (see https://a.org/2025h2/x) 2025");
    }

    #[test]
    fn a_year_in_a_date_is_no_period() {
        let old = PeriodName::parse("2026").unwrap();
        let text = "2026-01-31, 31.1.2026, 1/2026; but 2026. 2026/x.md, 2026-x";
        assert_eq!(with_period(text, old, "2027"), "2026-01-31, 31.1.2026, 1/2026; but 2027. 2027/x.md, 2027-x");
    }

    #[test]
    fn months_are_no_verbs() {
        assert!(says("in May.", "May") && !says("it may be", "May") && !says("Mayor", "May"));
        assert!(says("Last year, we", "last year") && says("the Initial set", "initial"));
    }
}
