//! The whole list of findings as Markdown, for the summary page of a GitHub Actions job.
//!
//! The page renders whatever it is given: HTML, images, links, and mentions that notify people. A finding quotes
//! text of whoever opened the pull request, so only plain words appear as text; all else is inside code.

use super::human::tidy;
use super::places::other_lines;
use super::run::Run;
use crate::diagnostics::counts::totals;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::text::sanitize::sanitize;
use crate::text::source::Source;

/// The longest text of a cell, in characters.
const LONGEST: usize = 500;

/// Room for the line that says what was left out.
const LAST_LINE: usize = 200;

/// The summary of a run, in at most `room` bytes; what has no place there is counted in its last line.
pub(crate) fn job_summary(run: &Run<'_>, room: usize) -> String {
    let mut page = Page { text: String::new(), room: room.saturating_sub(LAST_LINE) };
    let (errors, warnings) = totals(run.findings());
    let mut head = "## goals\n\n".to_owned();
    if !run.failures.is_empty() {
        head.push_str(&format!("{}, ", count(run.failures.len(), "failure")));
    }
    head.push_str(&format!("{}, {}", count(errors, "error"), count(warnings, "warning")));
    for (index, slate) in run.slates.iter().enumerate() {
        let (goals, name) = (count(slate.counts.goals, "goal"), code(&slate.slate.name));
        head.push_str(&format!("{}{goals} of {name}", if index == 0 { " in " } else { ", " }));
    }
    let suppressed: usize = run.slates.iter().map(|slate| slate.suppressed).sum();
    if suppressed > 0 {
        head.push_str(&format!("; {} of past slates not shown", count(suppressed, "warning")));
    }
    let mut left_out = usize::from(!page.add(&(head + "\n")));
    if !run.failures.is_empty() {
        page.add("\n### Errors of the run\n\n");
        for failure in run.failures {
            let advice = failure.advice().map_or_else(String::new, |advice| format!("; {}", words(advice)));
            left_out += usize::from(!page.add(&format!("- {}{advice}\n", words(failure.message()))));
        }
    }
    for slate in run.slates {
        let paths = slate.paths_from_top();
        for findings in slate.findings.chunk_by(|a, b| a.file == b.file) {
            let Some(first) = findings.first() else { continue };
            let path = paths.get(first.file).map_or("", String::as_str);
            let head =
                format!("\n### {}\n\n| Line | Level | Rule | Problem | Help |\n|---:|---|---|---|---|\n", code(path));
            if !page.add(&head) {
                left_out += findings.len();
                continue;
            }
            let source = &slate.slate.files[first.file].source;
            for reported in findings {
                let line = source.position(reported.finding.span.start as usize).line;
                left_out += usize::from(!page.add(&row(source, line, reported)));
            }
        }
    }
    if left_out > 0 {
        let what = count(left_out, "line");
        page.text.push_str(&format!("\nThis page is full: {what} omitted. Run `goals lint` to see all.\n"));
    }
    if page.text.len() > room { String::new() } else { page.text }
}

/// A text that has an end.
struct Page {
    text: String,
    room: usize,
}

impl Page {
    /// Adds a line where it still fits; from the first that does not, nothing does.
    fn add(&mut self, text: &str) -> bool {
        if self.text.len() + text.len() > self.room {
            self.room = 0;
            return false;
        }
        self.text.push_str(text);
        true
    }
}

fn row(source: &Source, line: usize, reported: &Diagnostic) -> String {
    let found = &reported.finding;
    let also = other_lines(source, reported).map_or_else(String::new, |lines| format!(" (also {lines})"));
    let cell = |text: &str| words(text).replace('|', "\\|");
    let help = found.help.as_deref().map_or_else(String::new, cell);
    let (level, message) = (reported.level.word(), cell(&found.message));
    format!("| {line} | {level} | `{}` | {message}{also} | {help} |\n", reported.rule)
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A message: plain words as they are, all else as code. What is between backticks is code already.
fn words(text: &str) -> String {
    let text = tidy(text);
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        let is_code = index % 2 == 1;
        if part.trim().is_empty() || (!is_code && is_plain(part)) {
            out.push_str(part);
        } else {
            let inner = part.trim();
            let start = part.len() - part.trim_start().len();
            out.push_str(&part[..start]);
            // Code must not touch code: the backticks of both would be read as one fence.
            if out.ends_with('`') {
                out.push(' ');
            }
            out.push_str(&fenced(inner));
            out.push_str(&part[start + inner.len()..]);
        }
    }
    out
}

/// Whether Markdown and GitHub leave a text as it is: words and stops, no address, no mention, no number of an issue or
/// commit.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " ,.;:?'()-…".contains(c);
    let word = |word: &str| {
        let digits = word.chars().any(|c| c.is_ascii_digit());
        let letters = word.chars().any(|c| c.is_ascii_alphabetic());
        // A colon inside a word may name an emoji.
        let colon = word.trim_end_matches(':').contains(':') || word.starts_with(':');
        !(digits && (letters || word.contains('-'))) && !colon && word.len() < 40
    };
    text.chars().all(plain) && !text.contains("www.") && text.split(' ').all(word)
}

/// Untrusted text as code.
fn code(text: &str) -> String {
    fenced(&sanitize(text).replace('\t', " "))
}

/// Visible text as code, in which nothing means anything: between more backticks than it has in a row.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_words_stand_as_text() {
        assert_eq!(words("unknown team `rusdoc`"), "unknown team `rusdoc`");
        assert_eq!(words("use `a` or `b`, or remove it"), "use `a` or `b`, or remove it");
        assert_eq!(words("a <b> c"), "`a <b> c`");
        assert_eq!(words("ask @mara-okafor"), "`ask @mara-okafor`");
        assert_eq!(words("see GH-12"), "`see GH-12`");
        assert_eq!(words("see :tada: or x:y"), "`see :tada: or x:y`");
        assert_eq!(words("on line 12"), "on line 12");
        assert_eq!(words("x `a`` @b ``c` y"), "x `a` `@b` `c` y");
    }
}
