//! Findings as one line each, for editors, problem matchers and `grep`.

use super::human::{FIXABLE, tidy};
use super::places::other_lines;
use super::run::Run;
use crate::diagnostics::level::Level;
use crate::output::style::{Paint, Style};
use crate::text::sanitize::sanitize;

/// The findings of a run, one a line: `path:line:col: level[rule] message`, with `[*]` before the message of what `--fix` would fix.
pub(crate) fn short(run: &Run<'_>, look: Style) -> String {
    let mut text = String::new();
    for (warning, place, _) in run.placed_warnings() {
        let label = label(Level::Warn, warning.rule.id, look);
        let message = tidy(warning.about.message_alone());
        let (path, start) = (place.shown, place.start);
        text.push_str(&format!("{}:{}:{}: {label} {message}\n", sanitize(&path), start.line, start.column));
    }
    for slate in run.slates {
        for reported in slate.findings {
            let source = &slate.slate.files[reported.file].source;
            let path = slate.shown_path(reported.file, run.current);
            let place = source.position(reported.finding.span.start as usize);
            let label = label(reported.level, reported.rule, look);
            let message = tidy(&reported.finding.message);
            let also = other_lines(source, reported).map_or_else(String::new, |lines| format!(" (also {lines})"));
            let fixable = if reported.finding.fix.is_some() { format!("{FIXABLE} ") } else { String::new() };
            let path = sanitize(&path);
            text.push_str(&format!("{path}:{}:{}: {label} {fixable}{message}{also}\n", place.line, place.column));
        }
    }
    text
}

/// A level and a rule, in the level's color.
pub(crate) fn label(level: Level, rule: &str, look: Style) -> String {
    let label = format!("{}[{rule}]", level.word());
    look.paint(if level == Level::Error { Paint::Error } else { Paint::Warning }, &label)
}
