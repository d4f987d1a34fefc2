//! The template's text with everything that directives stand for.

use super::edit::Edits;
use super::tables;
use crate::config::Config;
use crate::directive::Directive;
use crate::markdown::BlockKind;
use crate::period::DirectiveKind;
use crate::slate::{File, Slate};
use crate::source::{Source, Span};

/// Fills in the directives of a template, puts the front matter above it and leaves out the site's status note.
pub(super) fn expand(slate: &Slate, file: &File, config: &Config, notes: &mut Vec<String>) -> String {
    let source = &file.source;
    let mut edits = Edits::default();
    if let Some(note) = status_note(file) {
        edits.replace(note, "");
    }
    for directive in &file.directives {
        if let Some(expansion) = expansion(slate, file, config, directive) {
            let text = match expansion {
                Expansion::Inline(text) => text,
                Expansion::Block(text) => as_block(source, directive.span, &text),
            };
            edits.replace(directive.span, text);
        }
    }
    edits.sort();
    let whole = Span::new(source.bom_len()..source.text().len());
    let body = edits.apply(source.text(), whole, str::to_owned);
    let front = if has_front_matter(slate, file) { String::new() } else { front_matter(slate, config, notes) };
    format!("{front}{}", body.trim_start_matches(['\n', '\r']))
}

enum Expansion {
    /// Text within a line.
    Inline(String),
    /// Blocks that stand alone.
    Block(String),
}

fn expansion(slate: &Slate, file: &File, config: &Config, directive: &Directive) -> Option<Expansion> {
    if directive.argument.is_some() {
        return None;
    }
    let kind = slate.format.directives.get(&directive.name.value)?;
    Some(match *kind {
        DirectiveKind::GoalCount { of } => Expansion::Inline(slate.choose(of).len().to_string()),
        DirectiveKind::GoalTable { of } => Expansion::Block(tables::goal_table(slate, of)),
        DirectiveKind::TeamAsks => {
            let defined = file.document.definition_map();
            Expansion::Block(tables::team_asks(slate, config, |label| defined.contains_key(label)))
        }
        DirectiveKind::ValidAsks => Expansion::Block(tables::valid_asks(slate)),
        DirectiveKind::Metadata => return None,
    })
}

/// Blocks in place of a directive: with blank lines around them where the directive shares its line, and with the marks of
/// the quotation or the indentation of the list that it stands in.
fn as_block(source: &Source, directive: Span, text: &str) -> String {
    let line = source.line_span(source.line_index(directive.start as usize));
    let before = source.slice(Span { start: line.start, end: directive.start });
    let after = source.slice(Span { start: directive.end, end: line.end });
    // A list item's mark holds its first line; the lines below are indented as far.
    let prefix: String = before.chars().take_while(|c| matches!(c, ' ' | '>' | '\t' | '-' | '*' | '+')).collect();
    let alone_before = before.len() == prefix.len();
    let prefix: String = prefix.chars().map(|c| if c == '>' || c == '\t' { c } else { ' ' }).collect();
    let mut lines = text.trim_end().lines();
    let mut out = String::new();
    if !alone_before {
        out.push_str(&format!("\n{}\n{prefix}", prefix.trim_end()));
    }
    out.push_str(lines.next().unwrap_or_default());
    for line in lines {
        out.push('\n');
        out.push_str(format!("{prefix}{line}").trim_end());
    }
    if !after.trim().is_empty() {
        out.push_str(&format!("\n{}\n{prefix}", prefix.trim_end()));
    }
    out
}

/// The site's status note: a quotation above the first heading that begins with a badge `Status: …`.
fn status_note(file: &File) -> Option<Span> {
    let document = &file.document;
    let first_heading = document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
    let quotes = document.blocks.iter().filter(|block| block.kind == BlockKind::Quote && block.depth == 0);
    let above = quotes.filter(|block| block.span.start < first_heading).map(|block| block.span);
    above.into_iter().find(|quote| {
        let badge = document.links.iter().find(|link| link.image && quote.contains(link.span));
        let begins = |image: Span| {
            let before = file.source.slice(Span { start: quote.start, end: image.start });
            before.chars().all(|c| matches!(c, '>' | ' ' | '*' | '_'))
        };
        badge.is_some_and(|badge| file.source.slice(badge.text).starts_with("Status:") && begins(badge.span))
    })
}

/// Whether a template begins with front matter of its own: a list whose first item is one of its lines.
fn has_front_matter(slate: &Slate, file: &File) -> bool {
    let first = file.document.blocks.iter().find(|block| block.kind == BlockKind::Item);
    let first_heading = file.document.headings.first().map_or(u32::MAX, |heading| heading.span.start);
    let Some(item) = first.filter(|item| item.span.start < first_heading) else { return false };
    let text = file.source.slice(item.span).trim_start_matches(['-', '*', '+', ' ']);
    slate
        .format
        .rfc
        .front_matter
        .values()
        .any(|name| text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with(':')))
}

/// The front matter that the configuration states; what it does not state stays empty and is said.
fn front_matter(slate: &Slate, config: &Config, notes: &mut Vec<String>) -> String {
    let stated = slate.period.and_then(|period| config.front_matter(period));
    let mut text = String::new();
    let mut missing = Vec::new();
    for (key, name) in &slate.format.rfc.front_matter {
        match stated.and_then(|stated| stated.value(*key)) {
            Some(value) => text.push_str(&format!("- {name}: {value}\n")),
            None => {
                text.push_str(&format!("- {name}:\n"));
                missing.push(format!("`{name}`"));
            }
        }
    }
    if !missing.is_empty() {
        notes.push(format!(
            "the front matter lacks {}; state them in `[rfc.{}]` of goals.toml",
            missing.join(", "),
            slate.name
        ));
    }
    text.push('\n');
    text
}
