//! A number of goals in the text that is not how many there are.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::document::{Block, BlockKind};
use crate::model::goal::Goal;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{GoalFilter, Stage};
use crate::policy::period::PeriodName;
use crate::rules::context::LintContext;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// What is counted.
const COUNTED: &str = "goals";
/// How many words behind the first one of a number what it counts may be, at most.
const FARTHEST: usize = 7;
/// Words that may be between a number and what it counts; with `of` it would be a part.
const BETWEEN: &[&str] = &["as", "our", "the", "total", "rust", "such", "key", "new"];
/// What must precede a bare number of goals, which otherwise may count any.
const WHOLES: &[&str] = &["slate", "total", "consists", "comprises"];
/// Numbers as words, from one.
const NUMBERS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];
/// Tens, from twenty.
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// Placeholders for a number that was not known yet.
const UNKNOWN: &[&str] = &["N", "NN", "NNN", "X", "XX", "XXX"];
/// A number above is a year.
const LARGEST: usize = 999;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let counts = Counts { slate: cx.slate, all: OnceCell::new(), flagship: OnceCell::new() };
    let files = cx.slate.files.iter();
    let files = files.filter(|file| cx.wants(file.id) && matches!(file.kind, FileKind::Template | FileKind::Page));
    let blocks = files.flat_map(|file| blocks_that_count(file).into_iter().map(move |block| (file, block)));
    blocks
        .flat_map(|(file, block)| judge(&counts, file, block).into_iter().map(move |found| (file.id, found)))
        .collect()
}

/// The paragraphs and headings of a file that may count goals, which nearly none does.
fn blocks_that_count(file: &File) -> Vec<Span> {
    let mut counted = memchr::memmem::find_iter(file.source.text().as_bytes(), COUNTED).peekable();
    let texts = |block: &&Block| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading);
    let mut blocks: Vec<Span> = file.document.blocks.iter().filter(texts).map(|block| block.span).collect();
    // No two of them share a byte.
    blocks.retain(|block| {
        while counted.next_if(|at| *at < block.start as usize).is_some() {}
        counted.peek().is_some_and(|at| at + COUNTED.len() <= block.end as usize)
    });
    blocks
}

/// How many goals there are, counted when a text gives a number.
struct Counts<'s> {
    slate: &'s Slate,
    all: OnceCell<Vec<usize>>,
    flagship: OnceCell<Vec<usize>>,
}

impl Counts<'_> {
    /// The numbers that a text may give: the right one first, then those of parts that it may be about.
    fn of(&self, counted: GoalFilter) -> &[usize] {
        let goals = || self.slate.choose(counted);
        if counted != GoalFilter::Flagship {
            let accepted = |goals: &[&Goal]| goals.iter().filter(|goal| goal.stage() == Stage::Accepted).count();
            return self.all.get_or_init(|| vec![goals().len(), accepted(&goals())]);
        }
        self.flagship.get_or_init(|| {
            let goals = goals();
            let mut of_themes: BTreeMap<&str, usize> = BTreeMap::new();
            for theme in goals.iter().flat_map(|goal| &goal.themes) {
                *of_themes.entry(&theme.value).or_default() += 1;
            }
            let themes = self.slate.themes().unwrap_or_default();
            let of_themes = themes.into_iter().filter_map(|theme| of_themes.get(theme).copied());
            std::iter::once(goals.len()).chain(of_themes).collect()
        })
    }
}

fn judge(counts: &Counts<'_>, file: &File, block: Span) -> Vec<Finding> {
    let slate = counts.slate;
    let text = file.source.slice(block);
    let words = words(text);
    // A number of four digits that is no year of our time is that of an RFC.
    let is_of_other_period = |(word, _): &(&str, usize)| {
        let named = Some(word).filter(|word| word.starts_with("20")).and_then(|word| PeriodName::parse(word));
        let is_own = |named: PeriodName, own| named == own || named.is_same_year(own) && word.len() == 4;
        named.is_some_and(|named| slate.period.is_none_or(|own| !is_own(named, own)))
    };
    if words.iter().any(is_of_other_period) {
        return vec![];
    }
    let mut findings = Vec::new();
    // The second word of `twenty-one` is no number of its own.
    let mut after = 0;
    let is_near = |at: usize| {
        let mut behind = words[at..].iter().skip(1).take(FARTHEST);
        behind.any(|(word, _)| word.eq_ignore_ascii_case(COUNTED))
    };
    for at in (0..words.len()).filter(|at| is_near(*at)) {
        let Some((number, length)) = number(&words[at..]).filter(|_| at >= after) else { continue };
        after = at + length;
        let Some(counted) = counted(text, &words, at, at + length) else { continue };
        let known = counts.of(counted);
        if number.is_some_and(|number| known.contains(&number)) {
            continue;
        }
        let (last, end) = words[at + length - 1];
        let span = block.part(words[at].1..end + last.len());
        let codes = &file.document.codes;
        let before = codes.partition_point(|code| code.start <= span.start);
        if codes[..before].last().is_some_and(|code| code.contains(span)) {
            continue;
        }
        let name = if counted == GoalFilter::Flagship { "flagship goals" } else { "goals" };
        let directive = slate.format.count_directive(counted).map(|name| format!("`((({name})))`"));
        let right = known[0];
        let help = match directive {
            Some(directive) => format!("use {directive}, which is always up to date, or `{right}`"),
            None => format!("use `{right}`"),
        };
        let message = format!("the slate has {right} {name}, not `{}`", file.source.slice(span));
        findings.push(Finding::new(span, message).help(help));
    }
    findings
}

/// The words of a text and where they begin.
fn words(text: &str) -> Vec<(&str, usize)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((&text[from..at], from));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// The number with which words begin, and of how many words it is; none where it is a placeholder.
fn number(words: &[(&str, usize)]) -> Option<(Option<usize>, usize)> {
    let (word, at) = *words.first()?;
    if UNKNOWN.contains(&word) {
        return Some((None, 1));
    }
    if let Ok(number) = word.parse::<usize>() {
        return (number <= LARGEST).then_some((Some(number), 1));
    }
    let is = |known: &&&str| known.eq_ignore_ascii_case(word);
    if let Some(tens) = TENS.iter().position(|known| is(&known)) {
        let tens = (tens + 2) * 10;
        let ones = words.get(1).filter(|(_, next)| *next == at + word.len() + 1);
        let ones = ones.and_then(|(one, _)| NUMBERS[..9].iter().position(|known| known.eq_ignore_ascii_case(one)));
        return Some(ones.map_or((Some(tens), 1), |ones| (Some(tens + ones + 1), 2)));
    }
    NUMBERS.iter().position(|known| is(&known)).map(|at| (Some(at + 1), 1))
}

/// What a number counts that ends before a word.
fn counted(text: &str, words: &[(&str, usize)], number: usize, from: usize) -> Option<GoalFilter> {
    let is_joined = |at: usize| {
        let (word, start) = words[at - 1];
        let between = &text[start + word.len()..words[at].1];
        between.chars().all(|c| c.is_whitespace() || matches!(c, '*' | '_' | '"' | '\u{201c}' | '\u{201d}'))
    };
    let mut at = from;
    while at < words.len() && at < from + 4 && is_joined(at) {
        let is = |at: usize, name: &str| words.get(at).is_some_and(|(word, _)| word.eq_ignore_ascii_case(name));
        if is(at, "goals") {
            let before = &words[number.saturating_sub(5)..number];
            let is_of_slate = ["in", "this", "slate"].iter().enumerate().all(|(next, word)| is(at + 1 + next, word));
            if at == from && is_of_slate {
                return Some(GoalFilter::All);
            }
            let is_whole = before.iter().any(|(word, _)| WHOLES.iter().any(|known| known.eq_ignore_ascii_case(word)));
            return (at == from && is_whole && words[number.saturating_sub(1)].0 == "of").then_some(GoalFilter::All);
        }
        if at + 1 < words.len() && is(at + 1, "goals") && is_joined(at + 1) {
            if is(at, "project") {
                return Some(GoalFilter::All);
            }
            if is(at, "flagship") {
                return Some(GoalFilter::Flagship);
            }
        }
        if !BETWEEN.iter().any(|word| is(at, word)) {
            return None;
        }
        at += 1;
    }
    None
}
