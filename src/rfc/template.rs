//! The template's text with all directives expanded.

use std::borrow::Cow;

use super::goal_text::GoalTexts;
use super::held_lines::HeldLines;
use super::open_blocks::{closed, may_be_open, without_blank_ends};
use super::scope::Scope;
use super::{front_matter, highlights, levels, tables, team_tables};
use crate::markdown::definition::content_start;
use crate::markdown::directive::Directive;
use crate::markdown::document::{Document, Heading};
use crate::model::directive_effect::has_effect;
use crate::model::rfc_outline;
use crate::model::rfc_outline::status_note;
use crate::policy::config::{Config, FrontMatter};
use crate::policy::format::{DirectiveKind, GoalFilter};
use crate::text::edits::Edits;
use crate::text::ids::FileId;
use crate::text::source::{Source, Span};

/// Fills in the directives and chapters of a template, puts the front matter above it and leaves out the site's status note.
pub(crate) fn expand(
    texts: &GoalTexts<'_>,
    template: FileId,
    config: &Config,
    stated: &FrontMatter,
    scope: &mut Scope,
    notes: &mut Vec<String>,
) -> Expanded {
    let slate = texts.slate;
    let file = &slate.files[template];
    let mut edits = Edits::default();
    let front = if front_matter::restate(slate, file, stated, &mut edits) {
        String::new()
    } else {
        front_matter::made(slate, config, stated, notes)
    };
    if let Some(note) = status_note(&file.source, &file.document) {
        edits.replace(note, "");
    }
    scope.enter(slate, template, false, &mut texts.footnotes.borrow_mut(), &mut edits);
    let mut held = HeldLines::new(scope);
    let mut headings = file.document.headings.iter().filter(|heading| !heading.nested).peekable();
    let mut around = 0;
    for chapter in rfc_outline::chapters(slate, file) {
        while let Some(heading) = headings.next_if(|heading| heading.span.end <= chapter.item.start) {
            around = heading.level;
        }
        let text = chapter_text(texts, chapter.page, around, scope, &mut held);
        edits.replace(chapter.item, format!("{text}\n"));
    }
    let body = fill_in(texts, template, edits, scope, &mut held);
    let body = held.put_back(&format!("{front}{}", without_blank_ends(&body)));
    Expanded { body, footnotes: texts.quoted_footnotes() }
}

/// A text whose directives are filled in.
pub(crate) struct Expanded {
    /// The template with its chapters.
    pub(crate) body: String,
    /// The footnotes that were quoted from elsewhere, each a paragraph.
    pub(crate) footnotes: String,
}

impl Expanded {
    /// Body and footnotes as one text. Within what is open at the end of the body footnotes are lost.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self.footnotes.is_empty() {
            true => Cow::Borrowed(&self.body),
            false => Cow::Owned(format!("{}\n\n{}", self.body, self.footnotes)),
        }
    }

    /// The same with what is open at the end of the body closed, where there are footnotes.
    pub(crate) fn closed_text(&self) -> Cow<'_, str> {
        match self.footnotes.is_empty() {
            true => Cow::Borrowed(&self.body),
            false => Cow::Owned(format!("{}\n\n{}", closed(&self.body), self.footnotes)),
        }
    }
}

/// A file's text with all its directives expanded, and with other edits. Of what they make, most lines go to `held`.
fn fill_in(texts: &GoalTexts<'_>, id: FileId, mut edits: Edits, scope: &mut Scope, held: &mut HeldLines) -> String {
    let file = &texts.slate.files[id];
    let source = &file.source;
    for directive in file.directives.iter() {
        match expansion(texts, id, directive, scope) {
            Some(Expansion::Inline(text)) => edits.replace(directive.span, text),
            Some(Expansion::Block(made)) => {
                let made = held.hold(&file.document, directive.span, made);
                edits.replace(directive.span, as_block(source, directive.span, &made));
            }
            None => {}
        }
    }
    edits.sort();
    edits.apply(source.text(), Span::new(source.bom_len()..source.text().len()), str::to_owned)
}

enum Expansion {
    /// Text within a line.
    Inline(String),
    /// Blocks on their own.
    Block(String),
}

fn expansion(texts: &GoalTexts<'_>, file: FileId, directive: &Directive, scope: &mut Scope) -> Option<Expansion> {
    let slate = texts.slate;
    let kind = slate.directive(directive)?;
    let argument = directive.argument.as_ref().map(|argument| argument.value.as_str());
    if !has_effect(slate, &slate.files[file], directive) {
        return None;
    }
    if kind.makes_blocks() && scope.is_beyond_limit(kind, argument) {
        return Some(Expansion::Block(String::new()));
    }
    Some(match kind {
        DirectiveKind::GoalCount { of } => Expansion::Inline(slate.choose(*of).len().to_string()),
        DirectiveKind::GoalTable { of } => Expansion::Block(tables::goal_table(texts, *of, argument)),
        DirectiveKind::LevelTable { level } => {
            Expansion::Block(levels::level_table(texts, slate.choose(GoalFilter::All), level))
        }
        DirectiveKind::TeamAsks => {
            let label = slate.format.rfc.ask_label.as_deref();
            let label = label.and_then(|label| scope.refer(slate, file, label));
            Expansion::Block(team_tables::team_asks(texts, label.as_deref()))
        }
        DirectiveKind::ValidAsks => Expansion::Block(tables::valid_asks(slate)),
        DirectiveKind::Champions => Expansion::Block(tables::champions(texts, &slate.format.rfc)),
        DirectiveKind::Roadmaps => Expansion::Block(tables::roadmaps(texts, argument)),
        DirectiveKind::HighlightTable => Expansion::Block(highlights::table(texts, argument?)),
        DirectiveKind::HighlightCredits => Expansion::Inline(highlights::credits(slate, argument?)),
        DirectiveKind::Nothing { .. } => Expansion::Inline(String::new()),
        DirectiveKind::Metadata | DirectiveKind::Site { .. } => return None,
    })
}

/// Gives a heading another level, with everything in its text left as it is.
pub(crate) fn set_level(source: &Source, heading: &Heading, level: u8, edits: &mut Edits) {
    if level == heading.level {
        return;
    }
    let marks = "#".repeat(level.into());
    if !heading.setext {
        let written = source.slice(heading.span).bytes().take_while(|&byte| byte == b'#').count();
        edits.replace(heading.span.part(0..written), marks);
        return;
    }
    edits.replace(Span { start: heading.span.start, end: heading.content.start }, format!("{marks} "));
    edits.replace(Span { start: heading.content.end, end: heading.span.end }, "");
    let content = source.slice(heading.content);
    for (at, _) in content.match_indices('\n') {
        // Within a quotation or list, its marks come with each line.
        let marks =
            content[at + 1..].bytes().take_while(|byte| heading.nested && matches!(byte, b' ' | b'\t' | b'>')).count();
        edits.replace(heading.content.part(at..at + 1 + marks), " ");
    }
}

/// Blocks in place of a directive: with blank lines around them, and with the marks of the quotation or the indentation of the
/// list that it is in.
pub(crate) fn as_block(source: &Source, directive: Span, text: &str) -> String {
    let index = source.line_index(directive.start as usize);
    let line = source.line_span(index);
    let before = source.slice(Span { start: line.start, end: directive.start });
    let after = source.slice(Span { start: directive.end, end: line.end });
    // A list item's mark holds its first line; the lines below are indented as far.
    let mark = content_start(source, index).min(directive.start as usize) - line.start as usize;
    let is_item = before[..mark].contains(|c: char| !matches!(c, ' ' | '>' | '\t'));
    let prefix: String = before[..mark].chars().map(|c| if matches!(c, '>' | '\t') { c } else { ' ' }).collect();
    let bare = |line: usize| source.slice(source.line_span(line)).trim_matches([' ', '\t', '>', '\r']).is_empty();
    let gap = format!("\n{}\n{prefix}", prefix.trim_end());
    let mut out = String::new();
    if mark < before.len() {
        out.push_str(&gap);
    } else if index > 0 && !is_item && !bare(index - 1) {
        // The line's own prefix is there already and becomes the blank line.
        out.push_str(&format!("\n{prefix}"));
    }
    let mut lines = text.trim_end().lines();
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        out.push('\n');
        out.push_str(format!("{prefix}{line}").trim_end());
    }
    if !after.trim().is_empty() {
        out.push_str(&gap);
    } else if index + 1 < source.line_count() && !bare(index + 1) {
        out.push_str(&format!("\n{}", prefix.trim_end()));
    }
    out
}

/// The text of a chapter: its first heading goes, the others keep their distance to it, counted from the level of the heading
/// around the item.
fn chapter_text(texts: &GoalTexts<'_>, page: FileId, around: u8, scope: &mut Scope, held: &mut HeldLines) -> String {
    let mut edits = Edits::default();
    scope.enter(texts.slate, page, true, &mut texts.footnotes.borrow_mut(), &mut edits);
    let source = Source::from_bytes("", fill_in(texts, page, edits, scope, held).into());
    let document = Document::parse(&source);
    let mut edits = Edits::default();
    let mut headings = document.headings.iter().filter(|heading| !heading.nested);
    if let Some(first) = headings.next() {
        edits.replace(first.span, "");
        for heading in headings {
            let level = (around + heading.level).saturating_sub(first.level).clamp(1, 6);
            set_level(&source, heading, level, &mut edits);
        }
    }
    edits.sort();
    let text = edits.apply(source.text(), Span::new(0..source.text().len()), str::to_owned);
    let text = without_blank_ends(&text);
    if may_be_open(&source, &document) { closed(text) } else { text.to_owned() }
}
