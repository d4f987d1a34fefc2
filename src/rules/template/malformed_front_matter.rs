//! Front matter that is not filled in yet, or that cannot be true.

use crate::diagnostics::finding::Finding;
use crate::markdown::document::BlockKind;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::FrontMatterKey;
use crate::rules::context::LintContext;
use crate::text::source::{Span, trim};

/// Placeholders of the template of RFCs, and what people write for something that they do not know yet.
const PLACEHOLDERS: &[&str] =
    &["fill me in", "yyyy", "my_awesome_feature", "nnnn", "xxxx", "tbd", "todo", "fixme", "..."];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if file.kind != FileKind::Template {
        return vec![];
    }
    let heading = file.document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
    let above = file.document.blocks.iter().take_while(|block| block.span.start < heading);
    let lines = above.filter(|block| block.kind == BlockKind::Paragraph && block.depth == 2).map(|block| block.span);
    lines.filter_map(|line| judge(cx.slate, file, line)).collect()
}

fn judge(slate: &Slate, file: &File, line: Span) -> Option<Finding> {
    let text = file.source.slice(line);
    let (name, _) = text.split_once(':')?;
    let (key, name) = slate.format.rfc.front_matter.iter().find(|(_, known)| *known == name)?;
    let value = trim(&file.source, line.part(name.len() + 1..text.len()));
    let help = help(*key);
    let text = file.source.slice(value);
    if text.is_empty() {
        return Some(Finding::new(line, format!("missing value for `{name}`")).help(help));
    }
    let lower = text.to_lowercase();
    let is_number = matches!(key, FrontMatterKey::Pr | FrontMatterKey::Issue);
    if PLACEHOLDERS.iter().any(|known| lower.contains(known)) || is_number && numbers(text).any(|number| number == 0) {
        return Some(Finding::new(value, format!("`{name}` is not filled in")).help(help));
    }
    if *key == FrontMatterKey::StartDate && !is_date(text) {
        return Some(Finding::new(value, format!("invalid date `{text}`")).help(help));
    }
    let (label, address) = text.split_once("](")?;
    let (label, address) = (numbers(label).last()?, numbers(address).last()?);
    (is_number && label != address).then(|| {
        Finding::new(value, format!("`{name}` says {label} but links to {address}")).help("use the same number in both")
    })
}

fn help(key: FrontMatterKey) -> &'static str {
    match key {
        FrontMatterKey::FeatureName => "add a name, or pass it on the command line: `goals rfc --feature-name NAME`",
        FrontMatterKey::StartDate => "add a date, or pass it on the command line: `goals rfc --start-date 2025-07-01`",
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
    parts.len() == 3 && number(0, 4).is_some() && in_range(number(1, 2), 12) && in_range(number(2, 2), 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_year_month_and_day() {
        assert!(is_date("2025-07-01"));
        for odd in
            ["2025-7-1", "2025-13-01", "2025-07-32", "2025-07", "07-01-2025", "2025/07/01", "2025-00-10", "soon", ""]
        {
            assert!(!is_date(odd), "{odd}");
        }
    }
}
