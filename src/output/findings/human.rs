//! Findings and failures for people, drawn by miette.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, Severity, SourceCode, ThemeCharacters, ThemeStyles};
use owo_colors::Style as Colors;
use textwrap::core::Word;
use textwrap::{WordSeparator, WordSplitter};
use unicode_width::UnicodeWidthStr;

use super::excerpt::{Excerpt, Mark, are_close};
use super::places::other_lines;
use super::run::Checked;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::level::Level;
use crate::output::rule_page::{REPOSITORY, rule_page};
use crate::output::style::{Paint, Style};
use crate::sys::error::Error;
use crate::sys::threads;
use crate::text::ids::FileId;
use crate::text::sanitize::sanitize;
use crate::text::source::{Source, Span};

/// The mark of a finding that `--fix` would fix.
pub const FIXABLE: &str = "[*]";

/// The longest value that a message quotes, in characters; what is longer is cut.
const LONGEST_WORD: usize = 60;

/// How many characters that close a word stay behind the cut.
const MAX_TAIL: usize = 3;

/// How many other places of a finding are marked beside the first one.
const MAX_LABELS: usize = 2;

/// How many findings are drawn before they are written: a reader who has seen enough stops the rest.
const BATCH: usize = 256;
/// Drawing a finding takes about as long as parsing so many bytes.
const WEIGHT: usize = 1 << 10;

/// Renders all findings, or those of one level, to `sink`, each followed by a blank line. Paths are as seen from
/// `current`.
pub fn findings(checked: &Checked<'_>, level: Option<Level>, current: &Path, look: Style, sink: &mut dyn FnMut(&str)) {
    let is_wanted = |reported: &&Diagnostic| level.is_none_or(|level| reported.level == level);
    let wanted: Vec<&Diagnostic> = checked.findings.iter().filter(is_wanted).collect();
    for batch in wanted.chunks(BATCH) {
        let mut paths: BTreeMap<FileId, String> = BTreeMap::new();
        for reported in batch {
            paths.entry(reported.file).or_insert_with(|| checked.shown_path(reported.file, current));
        }
        let rendered = threads::map(batch.len(), batch.len() * WEIGHT, |index| {
            let reported = batch[index];
            draw(checked, reported, &paths[&reported.file], current, look) + "\n"
        });
        sink(&rendered.concat());
    }
}

/// One rendered finding. The path is as seen from `current`.
pub fn finding(checked: &Checked<'_>, reported: &Diagnostic, current: &Path, look: Style) -> String {
    draw(checked, reported, &checked.shown_path(reported.file, current), current, look)
}

fn draw(checked: &Checked<'_>, reported: &Diagnostic, path: &str, current: &Path, look: Style) -> String {
    let found = &reported.finding;
    let source = &checked.slate.files[reported.file].source;
    // Related places in the same file share the diagnostic; those in other files get their own.
    let (near, far): (Vec<_>, Vec<_>) = found.related.iter().partition(|related| related.file == reported.file);
    let mut labels = vec![(found.span, found.label.clone())];
    labels.extend(near.iter().map(|related| (related.span, Some(related.message.clone()))));
    labels.extend(next_places(source, reported).map(|span| (span, Some("also here".to_owned()))));
    let mut picture = RenderedDiagnostic::new(path, source, &labels, look);
    let fixable = if found.fix.is_some() { format!(" {FIXABLE}") } else { String::new() };
    let code = format!("{}[{}]", reported.level.word(), reported.rule);
    picture.code = Some(linked(code, rule_page(REPOSITORY, reported.rule), look) + &fixable);
    picture.message = tidy(&found.message);
    picture.help = found.help.as_deref().map(tidy);
    picture.severity = if reported.level == Level::Error { Severity::Error } else { Severity::Warning };
    let mut text = picture.draw(look);
    if let Some(lines) = other_lines(source, reported) {
        text.push_str(&format!("{}{lines}\n", look.paint(Paint::Help, "  also: ")));
    }
    for related in far {
        let path = checked.shown_path(related.file, current);
        let mut other =
            RenderedDiagnostic::new(&path, &checked.slate.files[related.file].source, &[(related.span, None)], look);
        other.message = tidy(&related.message);
        other.severity = Severity::Advice;
        text.push_str(&other.draw(look));
    }
    text
}

/// A text that a terminal makes a link. Who asked for no colors wants no other sequences either.
fn linked(text: String, address: Option<String>, look: Style) -> String {
    match address.filter(|_| look.color) {
        Some(address) => format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\"),
        None => text,
    }
}

/// The next places of a finding that are so close that they share its lines; a frame of its own for each would say nothing new.
fn next_places<'r>(source: &Source, reported: &'r Diagnostic) -> impl Iterator<Item = Span> + use<'r> {
    let line_of = |span: Span| source.line_index(span.start as usize);
    let mut line = line_of(reported.finding.span);
    let mut next = Vec::new();
    for other in reported.also.iter().take(MAX_LABELS) {
        let span = other.finding.span;
        if !are_close(line, line_of(span)) {
            break;
        }
        line = line_of(span);
        next.push(span);
    }
    next.into_iter()
}

/// A rendered failure, followed by a line end.
pub fn failure(failure: &Error, look: Style) -> String {
    about_run(failure, look).draw(look)
}

/// The same for what does not stop the run.
pub fn warning(warning: &Error, look: Style) -> String {
    let mut picture = about_run(warning, look);
    picture.code = Some(Level::Warn.word().to_owned());
    picture.severity = Severity::Warning;
    picture.draw(look)
}

fn about_run(failure: &Error, look: Style) -> RenderedDiagnostic {
    let mut picture = match failure.place() {
        Some((source, span)) => RenderedDiagnostic::new(source.path(), source, &[(span, None)], look),
        None => RenderedDiagnostic::default(),
    };
    picture.message = tidy(failure.message());
    picture.help = failure.advice().map(tidy);
    picture
}

/// Untrusted text for a message: visible, on one line, without words that no line can hold.
pub(crate) fn tidy(text: &str) -> String {
    let text = sanitize(text);
    if text.split(' ').all(|word| word.len() <= LONGEST_WORD) {
        return text.replace('\t', " ");
    }
    let words = text.split(' ').map(|word| match word.char_indices().nth(LONGEST_WORD) {
        Some((end, _)) => {
            // What closes the word stays, but for more of it than a word needs.
            let closes = |c: &char| matches!(c, '`' | ',' | '.' | ':' | ';' | ']' | ')');
            let tail: String = word.chars().rev().take_while(closes).take(MAX_TAIL).collect();
            format!("{}…{}", &word[..end], tail.chars().rev().collect::<String>())
        }
        None => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ").replace('\t', " ")
}

/// Splits a line at spaces, but not within `code` that fits on a line: half of it would look like something else.
fn words(line: &str) -> Box<dyn Iterator<Item = Word<'_>> + '_> {
    let mut words = Vec::new();
    let mut start = 0;
    let mut code: Option<usize> = None;
    let bytes = line.as_bytes();
    for (at, &byte) in bytes.iter().enumerate() {
        match (byte, code) {
            (b'`', None) if line[at + 1..].find('`').is_some_and(|length| length <= LONGEST_WORD) => code = Some(at),
            (b'`', Some(_)) => code = None,
            (b' ', None) if bytes.get(at + 1).is_some_and(|next| *next != b' ') => {
                words.push(Word::from(&line[start..=at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(Word::from(&line[start..]));
    Box::new(words.into_iter())
}

/// A diagnostic as miette wants it.
#[derive(Debug)]
struct RenderedDiagnostic {
    code: Option<String>,
    message: String,
    help: Option<String>,
    severity: Severity,
    excerpt: Option<Excerpt>,
    labels: Vec<LabeledSpan>,
}

impl Default for RenderedDiagnostic {
    fn default() -> RenderedDiagnostic {
        RenderedDiagnostic {
            code: None,
            message: String::new(),
            help: None,
            severity: Severity::Error,
            excerpt: None,
            labels: Vec::new(),
        }
    }
}

impl RenderedDiagnostic {
    fn new(path: &str, source: &Source, labels: &[(Span, Option<String>)], look: Style) -> RenderedDiagnostic {
        let labels: Vec<(Span, Option<String>)> =
            labels.iter().map(|(span, label)| (*span, label.as_deref().map(tidy))).collect();
        let mark = |(span, label): &(Span, Option<String>)| {
            let label_width = label.as_deref().map_or(0, UnicodeWidthStr::width);
            Mark { span: *span, label_width }
        };
        let marks: Vec<Mark> = labels.iter().map(mark).collect();
        let excerpt = Excerpt::new(path, source, &marks, look.width);
        let places = labels.into_iter().zip(&excerpt.marks).enumerate();
        let labels = places.map(|(index, ((_, label), place))| match index {
            0 => LabeledSpan::new_primary_with_span(label, place.clone()),
            _ => LabeledSpan::new_with_span(label, place.clone()),
        });
        RenderedDiagnostic { labels: labels.collect(), excerpt: Some(excerpt), ..RenderedDiagnostic::default() }
    }

    /// The colors of [`Paint`], as miette takes them.
    fn theme(&self) -> GraphicalTheme {
        let marks = if self.severity == Severity::Error { Colors::new().red() } else { Colors::new().magenta() };
        let styles = ThemeStyles {
            error: Colors::new().red().bold(),
            warning: Colors::new().magenta().bold(),
            advice: Colors::new().green(),
            help: Colors::new().green(),
            link: Colors::new().bold(),
            linum: Colors::new().dimmed(),
            highlights: vec![marks.bold(), Colors::new().green().bold()],
        };
        GraphicalTheme { characters: ThemeCharacters::unicode(), styles }
    }

    /// Whether message and help are a line each, as most are: breaking texts takes a fifth of the time of drawing.
    fn fits(&self, look: Style) -> bool {
        // What miette puts before each of them, and what it leaves at the end of a line.
        const MESSAGE: usize = "  x ".len() + 2;
        const HELP: usize = "  help: ".len() + 2;
        let is_line = |text: &str, around: usize| !text.contains('\n') && text.width() + around <= look.width;
        is_line(&self.message, MESSAGE) && self.help.as_deref().is_none_or(|help| is_line(help, HELP))
    }

    fn draw(&self, look: Style) -> String {
        let theme = if look.color { self.theme() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(look.width)
            .with_links(false)
            .with_wrap_lines(!self.fits(look))
            .with_break_words(false)
            .with_word_separator(WordSeparator::Custom(words))
            .with_word_splitter(WordSplitter::NoHyphenation)
            .with_context_lines(1)
            .without_syntax_highlighting();
        let mut text = String::new();
        if handler.render_report(&mut text, self).is_err() {
            // miette fails only where a label lies outside its excerpt; the message must not get lost with it.
            text = format!("{}: {}\n", self.code.as_deref().unwrap_or("error"), self.message);
        }
        // miette puts a blank line below the code, and pads some lines at their ends.
        let text = if self.code.is_some() { text.replacen("\n\n", "\n", 1) } else { text };
        let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
        lines.join("\n").trim_start_matches('\n').trim_end().to_owned() + "\n"
    }
}

impl fmt::Display for RenderedDiagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for RenderedDiagnostic {}

impl miette::Diagnostic for RenderedDiagnostic {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn fmt::Display>)
    }

    fn severity(&self) -> Option<Severity> {
        Some(self.severity)
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.excerpt.as_ref().map(|excerpt| excerpt as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        if self.labels.is_empty() { None } else { Some(Box::new(self.labels.iter().cloned())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_a_link_in_a_terminal_with_colors() {
        let colors = Style::new(true, None);
        let code = |address: Option<&str>, look| linked("error[x]".to_owned(), address.map(str::to_owned), look);
        let address = Some("https://example.org/rules.md#x");
        let link = "\u{1b}]8;;https://example.org/rules.md#x\u{1b}\\error[x]\u{1b}]8;;\u{1b}\\";
        assert_eq!(code(address, colors), link);
        assert_eq!(code(address, Style::default()), "error[x]");
        assert_eq!(code(None, colors), "error[x]");
        // Nothing of it is broken or counted as text.
        let mut picture = RenderedDiagnostic { code: Some(link.to_owned()), ..RenderedDiagnostic::default() };
        picture.message = "unknown".to_owned();
        let drawn = picture.draw(colors);
        assert_eq!(drawn.lines().next().map(|line| line.contains(link)), Some(true), "{drawn:?}");
        assert_eq!(drawn.lines().count(), 2, "{drawn:?}");
    }
}
