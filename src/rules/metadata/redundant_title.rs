//! A title that says that it is one of a goal: every table of the RFC would repeat that.

use crate::diagnostics::finding::Finding;
use crate::markdown::shown::shown;
use crate::model::goal;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::Field;
use crate::policy::period::PeriodName;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What every page of its kind is; one of them makes a text redundant.
const KINDS: [&str; 6] = ["goal", "goals", "proposal", "roadmap", "roadmaps", "slate"];
/// What may stand beside those.
const BESIDE: [&str; 9] = ["project", "the", "a", "rust", "for", "of", "proposed", "draft", "plan"];
/// What sets words off from the rest.
const SIGNS: [char; 6] = [':', '-', '\u{2013}', '\u{2014}', '|', '/'];

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let metadata = match file.kind {
        FileKind::Goal(goal) => &cx.slate.goals[goal].metadata,
        FileKind::Roadmap(roadmap) => &cx.slate.roadmaps[roadmap].metadata,
        _ => return vec![],
    };
    let title = goal::title(&file.document).map(|title| title.content);
    let short = metadata.field(Field::ShortTitle).map(|row| row.value.span);
    let finding = |span: Span| {
        let words = redundant(cx.slate, file.source.slice(span))?;
        let message = format!("`{words}` is true of every page of its kind");
        Some(Finding::new(span, message).help("remove these words: the tables of the RFC would repeat them"))
    };
    title.into_iter().chain(short).filter_map(finding).collect()
}

/// The words that are set off at the beginning or end of a title and say nothing of it.
fn redundant(slate: &Slate, title: &str) -> Option<String> {
    let title = shown(title);
    let title = title.as_ref();
    let is_apart =
        |at: usize, c: char| c == ':' || title[..at].ends_with(' ') && title[at + c.len_utf8()..].starts_with(' ');
    let mut signs = title.char_indices().filter(|(at, c)| SIGNS.contains(c) && is_apart(*at, *c));
    let (first, last) =
        (signs.next(), title.char_indices().rev().find(|(at, c)| SIGNS.contains(c) && is_apart(*at, *c)));
    let before = first.map(|(at, _)| &title[..at]);
    let behind = last.map(|(at, c)| &title[at + c.len_utf8()..]);
    let bracketed = |open: char, close: char| {
        let at_end = title.strip_suffix(close).and_then(|rest| rest.rsplit_once(open)).map(|(_, inner)| inner);
        let at_start = title.strip_prefix(open).and_then(|rest| rest.split_once(close)).map(|(inner, _)| inner);
        at_start.into_iter().chain(at_end)
    };
    let parts = before.into_iter().chain(behind).chain(bracketed('(', ')')).chain(bracketed('[', ']'));
    let parts = parts.map(str::trim).filter(|part| !part.contains(['(', ')', '[', ']']));
    let part = parts.into_iter().find(|part| says_nothing(slate, part))?;
    Some(part.to_owned())
}

/// Whether words hold for every page of a slate: what it is, and of which period.
fn says_nothing(slate: &Slate, words: &str) -> bool {
    let mut is_kind = false;
    let mut all = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_period = |word: &str| {
        let named = PeriodName::parse(word);
        named.is_some_and(|named| slate.period.is_some_and(|period| named == period || named.is_same_year(period)))
    };
    let says_nothing = all.all(|word| {
        let lower = word.to_lowercase();
        let is_one = KINDS.contains(&lower.as_str()) || is_period(word);
        is_kind |= is_one;
        is_one || BESIDE.contains(&lower.as_str())
    });
    says_nothing && is_kind
}
