//! Findings as annotations of a GitHub Actions run: workflow commands on standard output, one a line.

use typed_index_collections::TiSlice;

use super::human::tidy;
use super::places::other_lines;
use super::run::{Checked, Place, Run};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::level::Level;
use crate::sys::error::Error;
use crate::text::ids::FileId;
use crate::text::sanitize::sanitize;

/// GitHub shows ten annotations of a level in each step, and drops the rest without a word.
const MOST: usize = 10;

/// The longest message of an annotation, in characters; GitHub takes 64 KB.
const LONGEST: usize = 4000;

/// The name under which failures and counts are shown, which belong to no rule.
const PROGRAM: &str = "goals";

/// The line with which a runner folds what follows in the log of a job; the annotations stay where they are.
pub const GROUP: &str = "::group::goals lint\n";
/// The line that ends it.
pub const GROUP_END: &str = "::endgroup::\n";

/// The annotations of a run: failures, errors, then warnings, at most ten of a level, and the number of all others.
pub(crate) fn github(run: &Run<'_>) -> String {
    let mut text = String::new();
    let mut errors = Annotations::default();
    let mut warnings = Annotations::default();
    for failure in run.failures {
        let place = run.place(failure);
        errors.add(&mut text, || about_run(Level::Error, failure, place.as_ref(), PROGRAM));
    }
    for level in [Level::Error, Level::Warn] {
        let annotations = if level == Level::Error { &mut errors } else { &mut warnings };
        if level == Level::Warn {
            for (warning, place, _) in run.placed_warnings() {
                annotations.add(&mut text, || about_run(level, &warning.about, Some(&place), warning.rule.id));
            }
        }
        for slate in run.slates {
            let paths = slate.paths_from_top();
            for reported in slate.findings.iter().filter(|reported| reported.level == level) {
                annotations.add(&mut text, || of_finding(slate, reported, &paths));
            }
        }
    }
    let more = [errors.more("error"), warnings.more("warning")].into_iter().flatten().collect::<Vec<_>>();
    if !more.is_empty() {
        let what = format!("{} not shown; see the job summary or run `goals lint`", more.join(" and "));
        text.push_str(&command("notice", &[("title", PROGRAM)], &what));
    }
    text
}

/// The annotations of one level.
#[derive(Default)]
struct Annotations {
    number: usize,
}

impl Annotations {
    fn add(&mut self, text: &mut String, annotation: impl FnOnce() -> String) {
        self.number += 1;
        if self.number <= MOST {
            text.push_str(&annotation());
        }
    }

    /// How many were left out.
    fn more(&self, noun: &str) -> Option<String> {
        let more = self.number.saturating_sub(MOST);
        (more > 0).then(|| format!("{more} more {noun}{}", if more == 1 { "" } else { "s" }))
    }
}

fn of_finding(slate: &Checked<'_>, reported: &Diagnostic, paths: &TiSlice<FileId, String>) -> String {
    let source = &slate.slate.files[reported.file].source;
    let found = &reported.finding;
    let (start, end) = (source.position(found.span.start as usize), source.position(found.span.end as usize));
    let path = paths.get(reported.file).map_or("", String::as_str);
    let numbers = [start.line, end.line, start.column, end.column].map(|number| number.to_string());
    let [line, end_line, column, end_column] = numbers.each_ref().map(String::as_str);
    let mut properties = vec![("file", path), ("line", line), ("endLine", end_line)];
    // GitHub takes columns only where they are of one line.
    if start.line == end.line {
        properties.extend([("col", column), ("endColumn", end_column)]);
    }
    properties.push(("title", reported.rule));
    let also = other_lines(source, reported).map_or_else(String::new, |lines| {
        let count = reported.also.len();
        format!("and {count} more place{}: {lines}", if count == 1 { "" } else { "s" })
    });
    command(reported.level.word(), &properties, &with_help(&found.message, &also, found.help.as_deref()))
}

/// What is about the run itself, under a title: a failure, or a warning.
fn about_run(level: Level, about: &Error, place: Option<&Place>, title: &str) -> String {
    let message = with_help(about.message_alone(), "", about.advice());
    let Some(place) = place else { return command(level.word(), &[("title", title)], &message) };
    let (path, line) = (&place.from_top, place.start.line.to_string());
    command(level.word(), &[("file", path), ("line", &line), ("title", title)], &message)
}

/// A message with the other places that it holds for, and what to do, each on a line of its own.
fn with_help(message: &str, also: &str, help: Option<&str>) -> String {
    let also = if also.is_empty() { String::new() } else { format!("\n{also}") };
    let help = help.map_or_else(String::new, |help| format!("\nhelp: {}", tidy(help)));
    let text = tidy(message) + &also + &help;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// A workflow command. A runner reads properties up to the next `,` or `::`, and a message up to the end of the line.
fn command(name: &str, properties: &[(&str, &str)], message: &str) -> String {
    let property = |(name, value): &(&str, &str)| {
        format!("{name}={}", escaped(&sanitize(value)).replace(':', "%3A").replace(',', "%2C"))
    };
    let properties: Vec<String> = properties.iter().map(property).collect();
    format!("::{name} {}::{}\n", properties.join(","), escaped(message))
}

/// `%` first, since the others are written with it.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_ends_where_it_should() {
        let line = command("error", &[("file", "a%,b:c\nd::e.md"), ("title", "x")], "50%\n::warning::x\r\n");
        assert_eq!(line, "::error file=a%25%2Cb%3Ac␊d%3A%3Ae.md,title=x::50%25%0A::warning::x%0D%0A\n");
    }

    #[test]
    fn a_message_is_cut() {
        let text = with_help(&"word ".repeat(4000), "", Some("help"));
        assert_eq!(text.chars().count(), LONGEST + 1);
    }
}
