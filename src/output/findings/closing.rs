//! The end of a run for people: what is still to be seen when the findings have scrolled away.

use std::path::Path;

use super::human::FIXABLE;
use super::run::Checked;
use crate::diagnostics::level::Level;
use crate::output::style::{Paint, Style};
use crate::text::sanitize::sanitize;
use crate::text::width::width;

/// How many files are listed: with the lines below them they fit on a screen of 24 lines.
const MAX_FILES: usize = 12;

/// A file with errors.
struct ErrorFile {
    /// Its path and the place of the first error in it.
    place: String,
    errors: usize,
    /// The rules, in the order of the file.
    rules: Vec<&'static str>,
}

/// The files with errors, a line each: how many, the place of the first one, which rules. Those of the newest slate come
/// first. Nothing where there are no errors.
pub fn error_files(slates: &[Checked<'_>], current: &Path, style: Style) -> String {
    let files = files(slates, current);
    if files.is_empty() {
        return String::new();
    }
    let count = |file: &ErrorFile| file.errors.to_string().len();
    let column = files.iter().map(count).max().unwrap_or(0);
    let mut text = style.paint(Paint::Bold, "files with errors:") + "\n";
    for ErrorFile { place, errors, rules } in files.iter().take(MAX_FILES) {
        let number = style.paint(Paint::Error, &format!("{errors:>column$}"));
        let place = sanitize(place);
        // What is left of the line is for the names of rules; a place without them says enough.
        let room = style.width.saturating_sub(2 + column + 2 + width(&place) + 2);
        text.push_str(format!("  {number}  {place}  {}", fitting(rules, room)).trim_end());
        text.push('\n');
    }
    let more = files.len().saturating_sub(MAX_FILES);
    if more > 0 {
        let warns = slates.iter().flat_map(|slate| slate.findings).any(|found| found.level == Level::Warn);
        let way = if warns { "; use `--errors` to see only errors" } else { "" };
        text.push_str(&format!("  and {more} more file{}{way}\n", if more == 1 { "" } else { "s" }));
    }
    text
}

/// How much `--fix` would do, and where there is more to read on the findings that are shown; nothing where neither is.
pub fn next_steps(fixable: usize, shown: usize) -> Option<String> {
    let fixes = (fixable > 0).then(|| format!("{FIXABLE} {fixable} fixable with --fix"));
    let more = (shown > 0).then(|| "run `goals explain RULE` for more".to_owned());
    match (fixes, more) {
        (Some(fixes), Some(more)) => Some(format!("{fixes}; {more}")),
        (fixes, more) => fixes.or(more),
    }
}

fn files(slates: &[Checked<'_>], current: &Path) -> Vec<ErrorFile> {
    let mut files = Vec::new();
    for slate in slates.iter().rev() {
        let errors: Vec<_> = slate.findings.iter().filter(|found| found.level == Level::Error).collect();
        for errors in errors.chunk_by(|a, b| a.file == b.file) {
            let Some(first) = errors.first() else { continue };
            let start = slate.slate.files[first.file].source.position(first.finding.span.start as usize);
            let path = slate.shown_path(first.file, current);
            let mut rules: Vec<&'static str> = Vec::new();
            for error in errors {
                if !rules.contains(&error.rule) {
                    rules.push(error.rule);
                }
            }
            let place = format!("{path}:{}:{}", start.line, start.column);
            files.push(ErrorFile { place, errors: errors.len(), rules });
        }
    }
    files
}

/// As many names as there is room for.
fn fitting(names: &[&str], room: usize) -> String {
    let mut text = String::new();
    for (at, name) in names.iter().enumerate() {
        let separator = if at > 0 { ", " } else { "" };
        let rest = if at + 1 < names.len() { ", …".len() } else { 0 };
        if width(&text) + separator.len() + name.len() + rest > room {
            text.push_str(if at > 0 { ", …" } else { "" });
            break;
        }
        text.push_str(separator);
        text.push_str(name);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_take_the_room_that_there_is() {
        let names = ["unknown-team", "missing-row"];
        assert_eq!(fitting(&names, 40), "unknown-team, missing-row");
        assert_eq!(fitting(&names, 20), "unknown-team, …");
        assert_eq!(fitting(&names, 5), "");
    }
}
