//! Front matter that is not filled in yet, or that cannot be true.

use crate::diagnostics::finding::Finding;
use crate::model::front_matter::{FrontMatterList, Line, pull_request};
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::config::FrontMatter;
use crate::policy::format::FrontMatterKey;
use crate::policy::period::PeriodName;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// Placeholders of the template of RFCs, and what people write for something that they do not know yet.
const PLACEHOLDERS: &[&str] =
    &["fill me in", "yyyy", "my_awesome_feature", "nnnn", "xxxx", "tbd", "todo", "fixme", "..."];

/// How many months before its period an RFC may be begun.
const EARLIEST: u16 = 6;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if file.kind != FileKind::Template {
        return vec![];
    }
    let Some(list) = FrontMatterList::of(cx.slate, file) else {
        return misplaced(cx.slate, file).into_iter().collect();
    };
    let judged = list.lines.iter().filter_map(|line| judge(cx.slate, file, *line));
    judged.chain(missing(cx.slate, &list)).chain(repeated(cx.slate, &list)).collect()
}

/// Lines of front matter in another place or form than a list above the first heading: the RFC would have them twice, or in the
/// wrong place.
fn misplaced(slate: &Slate, file: &File) -> Option<Finding> {
    let is_one = |line: &Span| {
        let text = file.source.slice(*line).trim_start_matches(['-', '*', '+', ' ', '\t']);
        let name = text.split_once(':').map(|(name, _)| name.trim());
        let names = slate.format.rfc.front_matter.values();
        name.is_some_and(|name| names.into_iter().any(|known| known.eq_ignore_ascii_case(name)))
    };
    let lines = (0..file.source.line_count()).map(|line| file.source.line_span(line));
    let mut found = lines.filter(is_one);
    let (first, _) = found.next().zip(found.next())?;
    let finding = Finding::new(first, "front matter is not read here");
    Some(finding.help("write it as a list above the first heading, one item for each line"))
}

/// Lines that every RFC has and this one lacks. There may be no issue yet.
fn missing<'a>(slate: &'a Slate, list: &'a FrontMatterList) -> impl Iterator<Item = Finding> + 'a {
    let names = slate.format.rfc.front_matter.iter();
    let missing = names.filter(|(key, _)| **key != FrontMatterKey::Issue && list.line(**key).is_none());
    missing.map(|(key, name)| {
        let place = list.lines.first().map_or(list.span, |line| line.span);
        Finding::new(place, format!("the front matter has no `{name}`")).help(help(*key))
    })
}

/// Lines that are there twice.
fn repeated<'a>(slate: &'a Slate, list: &'a FrontMatterList) -> impl Iterator<Item = Finding> + 'a {
    let again =
        list.lines.iter().enumerate().filter(|(at, line)| list.lines[..*at].iter().any(|one| one.key == line.key));
    again.map(|(_, line)| {
        let name = slate.format.rfc.front_matter.get(&line.key).map_or("", String::as_str);
        Finding::new(line.span, format!("repeated `{name}` in the front matter")).help("remove one of them")
    })
}

fn judge(slate: &Slate, file: &File, line: Line) -> Option<Finding> {
    let Line { key, span, value } = line;
    let name = slate.format.rfc.front_matter.get(&key)?;
    let help = help(key);
    let text = file.source.slice(value);
    if text.is_empty() {
        return Some(Finding::new(span, format!("missing value for `{name}`")).help(help));
    }
    let lower = text.to_lowercase();
    let is_number = matches!(key, FrontMatterKey::Pr | FrontMatterKey::Issue);
    if PLACEHOLDERS.iter().any(|known| lower.contains(known)) || is_number && numbers(text).any(|number| number == 0) {
        return Some(Finding::new(value, format!("`{name}` is not filled in")).help(help));
    }
    if key == FrontMatterKey::StartDate && !is_date(text) {
        return Some(Finding::new(value, format!("invalid date `{text}`")).help(help));
    }
    if let Some(finding) = slate.period.and_then(|period| of_another_slate(slate, file, line, period)) {
        return Some(finding);
    }
    if key == FrontMatterKey::Pr
        && let Some(repository) = repository_of(text)
        && !repository.ends_with("/rfcs")
    {
        let message = format!("`{name}` is in `{repository}`, not in a repository of RFCs");
        return Some(Finding::new(value, message).help(help));
    }
    let (label, address) = text.split_once("](")?;
    let (label, address) = (numbers(label).last()?, numbers(address).last()?);
    (is_number && label != address).then(|| {
        Finding::new(value, format!("`{name}` says {label} but links to {address}")).help("use the same number in both")
    })
}

/// The repository that a text names with a number: `owner/name#12`.
fn repository_of(text: &str) -> Option<&str> {
    let (before, number) =
        text.split_once('#').filter(|(_, number)| number.starts_with(|c: char| c.is_ascii_digit()))?;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
    let name = &before[before.trim_end_matches(is_part).len()..];
    (name.contains('/') && !number.is_empty()).then_some(name)
}

/// A line that was copied from the template of another slate.
fn of_another_slate(slate: &Slate, file: &File, line: Line, period: PeriodName) -> Option<Finding> {
    let text = file.source.slice(line.value);
    let name = slate.format.rfc.front_matter.get(&line.key)?;
    match line.key {
        FrontMatterKey::FeatureName => {
            let is_own =
                |(named, word): &(PeriodName, &str)| *named == period || named.is_same_year(period) && word.len() == 4;
            let named = periods_in(text);
            let (_, other) = named.last().filter(|_| !named.iter().any(is_own))?;
            let message = format!("`{name}` names `{other}`, but this slate is `{}`", slate.name);
            Some(Finding::new(line.value, message).help("use a name for this slate"))
        }
        FrontMatterKey::StartDate => {
            let (year, month): (u16, u16) = (text.get(..4)?.parse().ok()?, text.get(5..7)?.parse().ok()?);
            let (first, last) = period.months();
            let at = year.saturating_mul(12).saturating_add(month.saturating_sub(1));
            let is_near = (first.saturating_sub(EARLIEST)..=last).contains(&at);
            let of_other =
                others(slate, period).find(|(_, front_matter)| front_matter.start_date.as_deref() == Some(text));
            let message = match of_other {
                Some((other, _)) => format!("`{name}` is that of `{other}`"),
                None if is_near => return None,
                None => format!("`{name}` is in {}, but this slate is `{}`", &text[..7], slate.name),
            };
            Some(Finding::new(line.value, message).help("use the date on which this RFC was started"))
        }
        FrontMatterKey::Pr => {
            let number = pull_request(text)?;
            let (other, _) = others(slate, period).find(|(_, front_matter)| front_matter.pr == Some(number))?;
            let message = format!("`{name}` is the pull request of `{other}`");
            Some(Finding::new(line.value, message).help(help(line.key)))
        }
        FrontMatterKey::Issue => None,
    }
}

/// What the configuration says of the RFCs of other slates.
fn others(slate: &Slate, period: PeriodName) -> impl Iterator<Item = (&String, &FrontMatter)> {
    slate.config.front_matter.iter().filter(move |(other, _)| PeriodName::parse(other) != Some(period))
}

/// The periods of this century that a text names, each as it is written.
fn periods_in(text: &str) -> Vec<(PeriodName, &str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    for (at, _) in text.match_indices("20") {
        let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let is_year = is_digit(at + 2) && is_digit(at + 3) && !is_digit(at + 4) && !(at > 0 && is_digit(at - 1));
        let with_half = text.get(at..at + 6).and_then(|word| Some((PeriodName::parse(word)?, word)));
        let year = || text.get(at..at + 4).and_then(|word| Some((PeriodName::parse(word)?, word)));
        found.extend(with_half.or_else(year).filter(|_| is_year));
    }
    found
}

fn help(key: FrontMatterKey) -> &'static str {
    match key {
        FrontMatterKey::FeatureName => "add a name, or pass it on the command line: `goals rfc --feature-name NAME`",
        FrontMatterKey::StartDate => "add a date, or pass it on the command line: `goals rfc --start-date YYYY-MM-DD`",
        FrontMatterKey::Pr => {
            "add the number of the pull request, or pass it on the command line: `goals rfc --pr NUMBER`"
        }
        FrontMatterKey::Issue => "use `N/A` until there is one",
    }
}

/// The numbers in a text that are not parts of words.
fn numbers(text: &str) -> impl Iterator<Item = u64> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).filter_map(|word| word.parse().ok())
}

/// Whether a text is year, month and day with hyphens between them.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, length: usize| {
        let digits =
            parts.get(at).filter(|part| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit()));
        digits.and_then(|digits| digits.parse::<u32>().ok())
    };
    let in_range = |number: Option<u32>, last| number.is_some_and(|number| (1..=last).contains(&number));
    let days = match (number(0, 4), number(1, 2)) {
        (Some(year), Some(2)) if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        (_, Some(2)) => 28,
        (_, Some(4 | 6 | 9 | 11)) => 30,
        _ => 31,
    };
    parts.len() == 3 && number(0, 4).is_some() && in_range(number(1, 2), 12) && in_range(number(2, 2), days)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_year_month_and_day() {
        assert!(is_date("2025-07-01") && is_date("2024-02-29"));
        for odd in [
            "2025-7-1",
            "2025-13-01",
            "2025-07-32",
            "2025-07",
            "07-01-2025",
            "2025/07/01",
            "2025-00-10",
            "2025-02-29",
            "2025-04-31",
            "soon",
            "",
        ] {
            assert!(!is_date(odd), "{odd}");
        }
    }
}
