//! The whole list of findings as Markdown, for the summary page of a GitHub Actions job.
//!
//! The page renders whatever it is given: HTML, images, links, and mentions that notify people. A finding quotes
//! text of whoever opened the pull request, so only plain words appear as text; all else is inside code.

use super::human::tidy;
use super::places::other_lines;
use super::run::{Place, Run};
use crate::diagnostics::level::Level;
use crate::sys::warning::Warning;
use crate::text::sanitize::sanitize;

/// The longest text of a cell, in characters.
const LONGEST: usize = 500;

/// Room for the line that says what was left out.
const LAST_LINE: usize = 200;

/// The summary of a run, in at most `room` bytes; what has no place there is counted in its last line.
pub(crate) fn job_summary(run: &Run<'_>, room: usize) -> String {
    let mut page = Page { text: String::new(), room: room.saturating_sub(LAST_LINE) };
    let (errors, warnings) = run.totals();
    let mut head = "## goals\n\n".to_owned();
    if run.checked_nothing() {
        head.push_str("No goal was checked: ");
    }
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
            let advice = failure.advice().map_or_else(String::new, |advice| format!(" (help: {})", words(advice)));
            left_out += usize::from(!page.add(&format!("- {}{advice}\n", words(failure.message()))));
        }
    }
    if !run.notes.is_empty() {
        page.add("\n### Notes\n\n");
        for note in run.notes {
            left_out += usize::from(!page.add(&format!("- {}\n", words(note))));
        }
    }
    let placed: Vec<(&Warning, Place)> =
        run.placed_warnings().into_iter().map(|(warning, place, _)| (warning, place)).collect();
    for warnings in placed.chunk_by(|(_, a), (_, b)| a.from_top == b.from_top) {
        let Some((_, first)) = warnings.first() else { continue };
        let rows = warnings.iter().map(|(warning, place)| {
            let about = &warning.about;
            row(place.start.line, Level::Warn, warning.rule.id, about.message_alone(), about.advice())
        });
        left_out += page.add_table(&first.from_top, rows);
    }
    for slate in run.slates {
        let paths = slate.paths_from_top();
        for findings in slate.findings.chunk_by(|a, b| a.file == b.file) {
            let Some(first) = findings.first() else { continue };
            let path = paths.get(first.file).map_or("", String::as_str);
            let source = &slate.slate.files[first.file].source;
            let rows = findings.iter().map(|reported| {
                let found = &reported.finding;
                let line = source.position(found.span.start as usize).line;
                let also = other_lines(source, reported).map_or_else(String::new, |lines| format!(" (also {lines})"));
                row(line, reported.level, reported.rule, &(cell(&found.message) + &also), found.help.as_deref())
            });
            left_out += page.add_table(path, rows);
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

    /// Adds the table of a file, as far as it fits; answers how many rows are left out.
    fn add_table(&mut self, path: &str, rows: impl ExactSizeIterator<Item = String>) -> usize {
        let head =
            format!("\n### {}\n\n| Line | Level | Rule | Problem | Help |\n|---:|---|---|---|---|\n", code(path));
        if !self.add(&head) {
            return rows.len();
        }
        rows.map(|row| usize::from(!self.add(&row))).sum()
    }
}

/// A row of a table; `message` is Markdown already.
fn row(line: usize, level: Level, rule: &str, message: &str, help: Option<&str>) -> String {
    let help = help.map_or_else(String::new, cell);
    format!("| {line} | {} | `{rule}` | {message} | {help} |\n", level.word())
}

fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// A message: plain words as they are, all else as code. What is between backticks is code already; where they are no pairs, all
/// of it is.
fn words(text: &str) -> String {
    let text = tidy(text);
    let text = match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    };
    if text.contains("``") || !text.matches('`').count().is_multiple_of(2) {
        return fenced(text.trim());
    }
    let mut out = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index % 2 == 1 {
            add_code(&mut out, part);
            continue;
        }
        // Words that are not plain are one piece with those beside them.
        let mut odd = String::new();
        for (place, word) in part.split(' ').enumerate() {
            let space = if place > 0 { " " } else { "" };
            if word.is_empty() || is_plain(word) {
                add_code(&mut out, &std::mem::take(&mut odd));
                out.push_str(space);
                out.push_str(word);
            } else if odd.is_empty() {
                out.push_str(space);
                odd.push_str(word);
            } else {
                odd.push_str(space);
                odd.push_str(word);
            }
        }
        add_code(&mut out, &odd);
    }
    out
}

/// Adds a text as code. Code must not touch code: the backticks of both would be read as one fence.
fn add_code(out: &mut String, text: &str) {
    if text.is_empty() {
        return;
    }
    if out.ends_with('`') {
        out.push(' ');
    }
    out.push_str(&fenced(text));
}

/// Text as a cell of a table has it. A pipe is escaped, also in code; behind a backslash in code nothing can escape it, so such
/// code is written as HTML.
fn cell(text: &str) -> String {
    let text = words(text);
    if !text.contains('|') {
        return text;
    }
    if !text.contains('\\') {
        return text.replace('|', "\\|");
    }
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(start) = rest.find('`') {
        let fence = rest[start..].len() - rest[start..].trim_start_matches('`').len();
        let ticks = &rest[start..start + fence];
        let Some(length) = rest[start + fence..].find(ticks) else { break };
        out.push_str(&rest[..start]);
        let inner = &rest[start + fence..start + fence + length];
        let inner =
            inner.strip_prefix(' ').filter(|inner| inner.starts_with('`') || inner.ends_with("` ")).unwrap_or(inner);
        let inner = if inner.ends_with("` ") { inner.trim_end() } else { inner };
        let encoded = inner.chars().map(|c| match c {
            c if c.is_ascii_punctuation() => format!("&#{};", u32::from(c)),
            c => c.to_string(),
        });
        out.push_str(&format!("<code>{}</code>", encoded.collect::<String>()));
        rest = &rest[start + fence + length + fence..];
    }
    out + &rest.replace('|', "\\|")
}

/// Whether Markdown and GitHub leave a text as it is: words and stops, no address, no mention, no number of an issue or
/// commit.
fn is_plain(text: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || " ,.;:?'()-…".contains(c);
    let word = |word: &str| {
        let digits = word.chars().any(|c| c.is_ascii_digit());
        let letters = word.chars().any(|c| c.is_ascii_alphabetic());
        // A colon inside a word may name an emoji.
        let colon = word.trim_end_matches(':').contains(':') || (word.starts_with(':') && word != ":");
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

    /// What a reader sees in each cell of the last row of a table.
    fn visible_cells(page: &str) -> Vec<String> {
        let arena = comrak::Arena::new();
        let mut options = comrak::Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        options.extension.autolink = true;
        options.render.r#unsafe = true;
        let root = comrak::parse_document(&arena, page, &options);
        let mut html = String::new();
        comrak::format_html(root, &options, &mut html).unwrap();
        let row = html.rsplit("<tr>").next().unwrap();
        let cells = row.split("<td").skip(1).map(|cell| cell.split_once('>').unwrap().1);
        let shown = |cell: &str| {
            let mut text = String::new();
            let mut rest = cell.split("</td>").next().unwrap();
            while let Some((before, tag)) = rest.split_once('<') {
                text.push_str(before);
                rest = tag.split_once('>').unwrap().1;
            }
            text.push_str(rest);
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")]
                .iter()
                .fold(text, |text, (entity, c)| text.replace(entity, c))
        };
        cells.map(shown).collect()
    }

    #[test]
    fn only_plain_words_stand_as_text() {
        assert_eq!(words("unknown team `rusdoc`"), "unknown team `rusdoc`");
        assert_eq!(words("use `a` or `b`, or remove it"), "use `a` or `b`, or remove it");
        assert_eq!(words("a <b> c"), "a `<b>` c");
        assert_eq!(words("ask @mara-okafor"), "ask `@mara-okafor`");
        assert_eq!(words("see GH-12"), "see `GH-12`");
        assert_eq!(words("see :tada: or x:y"), "see `:tada:` or `x:y`");
        assert_eq!(words("on line 12"), "on line 12");
        assert_eq!(words("see `a`: b"), "see `a`: b");
        assert_eq!(words("x `a`` @b ``c` y"), "```x `a`` @b ``c` y```");
    }

    #[test]
    fn a_row_shows_what_the_message_says() {
        for message in [
            "unknown team `rusdoc`",
            "`@x` is a user, but this cell lists teams",
            "use `[WASI]`: this is a reference label",
            "use only `[#12]`: otherwise the URL is shown after it",
            "unfinished value in row `Zulip channel`: `TBD`",
            "missing `![Team][]`: this ask is read as the team's own work",
            "escape a `|` in it as `\\|`",
            "`a || b` and `c\\|d` and `\\\\|`",
            "a | b `c`",
            "`|`",
            "`*a* _b_ <b> &amp; [x](y)`\u{20}`z`",
            "invalid value `a`b`: c",
            "``` is not closed",
            "`x ``",
            "use ``a`b``",
            "<img src=x> @everyone #12 :tada: www.x.org https://x.org *b* ~~c~~",
            "ends with code `x`",
            "`x`",
            "",
            "a  b",
            "`a|b\\` and ``",
            "\\",
            "`\\` | `x|`",
        ] {
            let page = format!(
                "| Line | Level | Rule | Problem | Help |\n|---:|---|---|---|---|\n{}",
                row(7, Level::Warn, "some-rule", &cell(message), Some(message))
            );
            let is_paired = !message.contains("``") && message.matches('`').count() % 2 == 0;
            let seen = if is_paired { message.replace('`', "") } else { message.trim().to_owned() };
            let seen = seen.split_whitespace().collect::<Vec<_>>().join(" ");
            let cells = visible_cells(&page);
            let cells: Vec<String> =
                cells.iter().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            assert_eq!(cells, ["7", "warning", "some-rule", &seen, &seen], "{page}");
        }
    }
}
