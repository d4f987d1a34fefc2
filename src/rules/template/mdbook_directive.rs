//! A directive of mdBook, which nothing carries out in an RFC.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::Span;

/// What begins a directive of mdBook, in code too.
const OPEN: &str = "{{";

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let text = file.source.text();
    let places = memchr::memmem::find_iter(text.as_bytes(), OPEN.as_bytes());
    let judge = |at: usize| {
        // mdBook leaves it alone behind a backslash.
        if text[..at].ends_with('\\') {
            return None;
        }
        let rest = &text[at..];
        let inner = rest[OPEN.len()..].trim_start().strip_prefix('#')?;
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let end = line.find("}}").map_or(line.trim_end().len(), |close| close + 2);
        let name = inner.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        let message = format!("`{OPEN}#{name}` is for mdBook: an RFC would show it as it is");
        let help = match name {
            "title" => "remove it",
            _ => "copy the text here, or link to its page",
        };
        Some(Finding::new(Span::new(at..at + end), message).help(help))
    };
    places.filter_map(judge).collect()
}
