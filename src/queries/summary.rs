//! The summary of a goal or roadmap, and the notes of its asks, to be read away from their page.

use crate::markdown::document::HeadingId;
use crate::markdown::footnote::footnotes;
use crate::model::goal;
use crate::model::slate::{File, Slate};
use crate::policy::format::SectionField;
use crate::rfc::goal_text::GoalTexts;
use crate::rfc::linking::{AsWritten, Linking};
use crate::rfc::quote::Shortcuts;
use crate::rfc::site::Site;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// Where links lead: to the published pages, or where it is not known where these are, to the files.
pub(super) fn linking(slate: &Slate) -> Box<dyn Linking> {
    match &slate.config.site {
        Some(site) => {
            let former = slate.config.former_sites.iter().map(|former| former.value.clone());
            Box::new(Site::new(site, &slate.site_path).moved_from(former))
        }
        None => Box::new(AsWritten),
    }
}

/// All that stands in the section that says what there is to say in short, headings below it too. Definitions are in their links,
/// and comments are for those who write the file.
pub(super) fn summary(texts: &GoalTexts<'_>, id: FileId) -> String {
    let file = &texts.slate.files[id];
    let Some(heading) = goal::section(&file.document, &texts.slate.format, SectionField::Summary) else {
        return String::new();
    };
    let whole = section_span(file, heading);
    let mut text = String::new();
    let mut at = whole.start;
    for gone in left_out(file, whole) {
        if gone.start >= at {
            text.push_str(&texts.part(id, Span { start: at, end: gone.start }, Shortcuts::Lead));
            at = gone.end;
        }
    }
    text.push_str(&texts.part(id, Span { start: at, end: whole.end.max(at) }, Shortcuts::Lead));
    tidied(&text)
}

/// The notes of the ask whose row is in a line.
pub(super) fn notes(texts: &GoalTexts<'_>, goal: &goal::Goal, line: usize) -> Option<String> {
    let source = &texts.slate.file_of(goal).source;
    let task = goal.tasks().find(|task| source.position(task.span.start as usize).line == line)?;
    Some(texts.part(goal.file, task.notes.span, Shortcuts::Lead).replace("\\|", "|"))
}

/// The text below a heading, up to the next one of its level or above.
fn section_span(file: &File, heading: HeadingId) -> Span {
    let headings = &file.document.headings;
    let end = headings.get(goal::headings_below(&file.document, heading).end);
    let end = end.map_or_else(|| file.source.text().len() as u32, |next| next.span.start);
    Span { start: headings[heading].span.end, end }
}

/// The definitions and comments in a part of a file, in their order.
fn left_out(file: &File, whole: Span) -> Vec<Span> {
    let document = &file.document;
    let definitions = document.definitions.iter().filter(|definition| !definition.is_footnote());
    let footnotes = footnotes(&file.source, document);
    let footnotes = footnotes.iter().map(|footnote| {
        let line = file.source.whole_line(footnote.body.start as usize);
        Span { start: line.start, end: footnote.body.end }
    });
    let comments = document.comments.iter().map(|comment| comment.span);
    let mut spans: Vec<Span> = definitions.map(|definition| definition.span).chain(footnotes).chain(comments).collect();
    spans.retain(|span| whole.start <= span.start && span.end <= whole.end);
    spans.sort_unstable();
    spans
}

/// A text without blank lines at its ends, and with one where several follow each other.
fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for line in text.lines().map(str::trim_end) {
        if line.is_empty() {
            blank = !out.is_empty();
            continue;
        }
        if blank {
            out.push('\n');
        }
        blank = false;
        out.push_str(line);
        out.push('\n');
    }
    out
}
