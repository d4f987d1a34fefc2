//! Characters that nobody sees: controls of a terminal, those of the direction of text, and what has no shape.

use crate::diagnostics::finding::{Finding, Fix};
use crate::markdown::hidden::hidden;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::hidden::is_separator;
use crate::text::source::Span;
use crate::text::user_names::is_login_byte;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let text = file.source.text();
    runs(text, &hidden(&file.source, &file.document)).into_iter().filter_map(|run| finding(text, run)).collect()
}

fn finding(text: &str, Run { span, first, count, is_certain, separates }: Run) -> Option<Finding> {
    let run = &text[span.range()];
    // Words on both sides would be one without it.
    let is_space = separates && is_amid_a_word(text, span);
    let (what, order) = match count {
        1 if is_space => (format!("hidden character U+{:04X}", u32::from(first)), "replace it with a space"),
        _ if is_space => (
            format!("{count} hidden characters, the first of which is U+{:04X}", u32::from(first)),
            "replace them with a space",
        ),
        1 => (format!("hidden character U+{:04X}", u32::from(first)), "remove it"),
        _ => (format!("{count} hidden characters, the first of which is U+{:04X}", u32::from(first)), "remove them"),
    };
    let label = match first {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            "changes the display order of text"
        }
        _ if !first.is_control() => "invisible character",
        _ if escape_code(run).is_some() => "terminal escape sequence",
        _ => "control character",
    };
    let finding = Finding::new(span, what).label(label);
    if !is_certain && is_amid_a_word(text, span) || is_amid_a_user(text, span) {
        return Some(finding.help(format!("{order}, or replace it with the intended text")));
    }
    let fix = Fix { message: order.to_owned(), edits: vec![(span, if is_space { " " } else { "" }.to_owned())] };
    // A name with one in it looks right, and what is wrong with it is nothing else.
    let finding = if is_space { finding } else { finding.meant(span, "") };
    Some(Finding { fix: Some(fix), ..finding.help(order) })
}

/// Hidden characters next to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    span: Span,
    /// The first of them.
    first: char,
    count: usize,
    /// Whether none of them can have been meant as another character.
    is_certain: bool,
    /// Whether one of them ends a line or a paragraph.
    separates: bool,
}

/// All runs of a text, in its order.
fn runs(text: &str, hidden: &[(Span, char)]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for &(mut span, c) in hidden {
        let code = escape_code(&text[span.start as usize..]);
        if let Some(length) = code {
            span.end = Span::at(span.start as usize + length).end;
        }
        let is_certain = code.is_some() || !may_stand_for_something(c);
        let separates = is_separator(c);
        match runs.last_mut().filter(|last| last.span.end == span.start) {
            Some(last) => {
                last.span.end = span.end;
                last.count += 1;
                last.is_certain &= is_certain;
                last.separates |= separates;
            }
            None => runs.push(Run { span, first: c, count: 1, is_certain, separates }),
        }
    }
    runs
}

/// What such a code begins with, in two bytes and in one.
const INTRODUCERS: [&str; 2] = ["\u{1b}[", "\u{9b}"];

/// How long the code is that sets a color or clears a line, as programs print it, where a text begins with one. Without its
/// first character it would be left in the text.
fn escape_code(text: &str) -> Option<usize> {
    let rest = INTRODUCERS.iter().find_map(|introducer| text.strip_prefix(introducer))?;
    let numbers = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    let is_code = numbers > 0 && rest[numbers..].starts_with(|c: char| c.is_ascii_alphabetic());
    is_code.then_some(text.len() - rest.len() + numbers + 1)
}

/// Whether a control character may have been meant as another one: whitespace of old texts, or what was a quotation mark in
/// Windows-1252.
fn may_stand_for_something(c: char) -> bool {
    matches!(c, '\u{b}' | '\u{c}' | '\u{80}'..='\u{9f}')
}

fn is_amid_a_word(text: &str, span: Span) -> bool {
    let before = text[..span.start as usize].chars().next_back();
    let after = text[span.end as usize..].chars().next();
    before.zip(after).is_some_and(|(before, after)| !before.is_whitespace() && !after.is_whitespace())
}

/// Whether a user would get another name if the characters were taken out.
fn is_amid_a_user(text: &str, span: Span) -> bool {
    // GitHub has none of more than 39, but whoever wrote a longer one meant a user.
    const LONGEST_LOGIN: usize = 2048;
    let (before, after) = (&text.as_bytes()[..span.start as usize], &text.as_bytes()[span.end as usize..]);
    let login = before.iter().rev().take(LONGEST_LOGIN).take_while(|byte| is_login_byte(**byte)).count();
    before[..before.len() - login].ends_with(b"@") && after.first().is_some_and(|byte| is_login_byte(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    use crate::markdown::document::Document;
    use crate::text::source::Source;

    fn all(text: &str) -> Vec<Run> {
        let source = Source::from_bytes("a.md", text.into());
        runs(text, &hidden(&source, &Document::parse(&source)))
    }

    fn found(text: &str) -> Vec<(&str, usize)> {
        all(text).into_iter().map(|run| (&text[run.span.range()], run.count)).collect()
    }

    #[test]
    fn neighbors_are_one_run() {
        assert_eq!(
            found("\u{1b}[31mred\u{1b}[0m\u{1b}[K \u{1b}[x](y) a&rlm;\u{202e}&#x200b;b"),
            [("\u{1b}[31m", 1), ("\u{1b}[0m\u{1b}", 2), ("\u{1b}", 1), ("&rlm;\u{202e}&#x200b;", 3)]
        );
        let text = format!("{}a{}", "\0".repeat(1000), "\u{202e}".repeat(100_000));
        assert_eq!(all(&text).iter().map(|run| run.count).collect::<Vec<_>>(), [1000, 100_000]);
    }

    #[test]
    fn a_separator_between_words_becomes_a_space() {
        let fixed = |text: &str| {
            let run = all(text)[0];
            let fix = finding(text, run).and_then(|finding| finding.fix)?;
            Some(format!("{}{}{}", &text[..run.span.start as usize], fix.edits[0].1, &text[run.span.end as usize..]))
        };
        for (text, expected) in [
            ("not\u{2028}able", "not able"),
            ("done.\u{2029}Next", "done. Next"),
            ("not&#x2028;able", "not able"),
            ("not\u{2028}\u{200b}able", "not able"),
            ("not\u{200b}\u{2028}able", "not able"),
            ("not \u{2028}able", "not able"),
            ("not\u{2028}\nable", "not\nable"),
            ("not\u{200b}able", "notable"),
        ] {
            assert_eq!(fixed(text).as_deref(), Some(expected), "{text:?}");
        }
        // In an old encoding it is an ellipsis.
        assert_eq!(fixed("not\u{85}able"), None);
    }

    #[test]
    fn what_may_have_been_a_letter_or_a_space_is_left_to_the_author() {
        let is_fixed = |text: &str| finding(text, all(text)[0]).is_some_and(|finding| finding.fix.is_some());
        for fixed in ["don\0t", "don\u{1b}t", "don\u{202e}t", "\u{92}don", "a\n\u{c}\nb", "a\u{9b}2Jb", "a&shy;b"] {
            assert!(is_fixed(fixed), "{fixed:?}");
        }
        for left in ["don\u{92}t", "a\u{c}b", "a\u{9b}b", "a\0\u{92}b", "a&#146;b"] {
            assert!(!is_fixed(left), "{left:?}");
        }
    }
}
