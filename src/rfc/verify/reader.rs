//! What a reader sees without knowing the slate.

use std::collections::{HashMap, HashSet};

use super::origins::{Origins, broken_links, references};
use super::{FaultKind, Faults};
use crate::markdown::address::has_scheme;
use crate::markdown::anchor::anchor;
use crate::markdown::directive::directives;
use crate::markdown::document::{BlockKind, Document};
use crate::markdown::escape::percent_decode;
use crate::markdown::label::normalize_label;
use crate::markdown::suppression::is_suppression;
use crate::model::slate::Slate;
use crate::policy::config::Config;
use crate::rfc::scope::unique;
use crate::text::source::{Source, Span};
use crate::text::width::width;

pub(crate) fn read(slate: &Slate, config: &Config, document: &Document, origins: &Origins, faults: &mut Faults<'_>) {
    let source = faults.source;
    texts(document, origins, faults);
    links(config, document, origins, faults);
    definitions(document, faults);
    headings(document, faults);
    tables(document, origins, faults);
    for comment in &document.comments {
        if is_suppression(source.slice(comment.span)) {
            faults.add(FaultKind::LeftoverSuppression, comment.span, false);
        }
    }
    for directive in directives(source, document) {
        let text = source.slice(directive.span);
        if slate.format.directives.contains_key(&directive.name.value) || text.starts_with("(((") {
            faults.add(FaultKind::LeftoverDirective, directive.span, origins.directives.contains(text));
        }
    }
    blank_lines(document, faults);
}

fn texts(document: &Document, origins: &Origins, faults: &mut Faults<'_>) {
    for span in &document.texts {
        let text = faults.source.slice(*span);
        for (range, label) in references(text) {
            let known = origins.undefined.contains(&normalize_label(label));
            faults.add(FaultKind::UndefinedReference, span.part(range), known);
        }
        for range in broken_links(text) {
            let known = origins.broken.contains(&text[range.clone()]);
            faults.add(FaultKind::BrokenLink, span.part(range), known);
        }
    }
}

fn links(config: &Config, document: &Document, origins: &Origins, faults: &mut Faults<'_>) {
    let mut seen = HashMap::new();
    let anchors: HashSet<String> =
        document.headings.iter().map(|heading| unique(&mut seen, anchor(&heading.text))).collect();
    let text = faults.source.text();
    let site = config.site.as_deref().unwrap_or_default();
    for link in &document.links {
        let target = link.target.as_str();
        if let Some(name) = target.strip_prefix('#') {
            let name = percent_decode(name);
            let in_html = || ["id", "name"].iter().any(|attribute| text.contains(&format!("{attribute}=\"{name}\"")));
            if !matches!(name.as_str(), "" | "top") && !anchors.contains(&name) && !in_html() {
                faults.add(FaultKind::DeadAnchor, link.span, origins.anchors.contains(target));
            }
        } else if !has_scheme(target) && !target.starts_with("//") {
            // Only an author knows where an empty target should lead.
            faults.add(FaultKind::RelativeLink, link.span, target.is_empty());
        } else if target.strip_prefix(site).is_some_and(|rest| !site.is_empty() && rest.contains("://")) {
            faults.add(FaultKind::WrappedAddress, link.span, false);
        }
    }
}

fn definitions(document: &Document, faults: &mut Faults<'_>) {
    let source = faults.source;
    let mut used: HashSet<String> = HashSet::new();
    for label in document.links.iter().filter_map(|link| Some(source.slice(link.label?))) {
        used.insert(normalize_label(label));
        // In a cell a pipe is escaped before anything else is read.
        if label.contains("\\|") {
            used.insert(normalize_label(&label.replace("\\|", "|")));
        }
    }
    let mut seen = HashSet::new();
    for definition in document.definitions.iter().filter(|definition| !definition.is_footnote()) {
        if !seen.insert(definition.normal.as_str()) {
            faults.add(FaultKind::RepeatedDefinition, definition.span, false);
        } else if !used.contains(&definition.normal) {
            faults.add(FaultKind::UnusedDefinition, definition.span, false);
        }
    }
}

fn headings(document: &Document, faults: &mut Faults<'_>) {
    let mut before: Option<u8> = None;
    for heading in document.headings.iter().filter(|heading| !heading.nested) {
        if before.is_some_and(|before| heading.level > before + 1) {
            faults.add(FaultKind::HeadingJump, heading.span, false);
        }
        before = Some(heading.level);
    }
}

fn tables(document: &Document, origins: &Origins, faults: &mut Faults<'_>) {
    for table in &document.tables {
        let expected = columns(faults.source, table.delimiter);
        for row in &table.rows {
            if columns(faults.source, row.span) != expected {
                let surplus = (row.cells.len(), table.header().len());
                faults.add(FaultKind::RaggedTable, row.span, origins.surplus.contains(&surplus));
            }
        }
    }
}

/// The columns, by display width, of a row's pipes.
fn columns(source: &Source, row: Span) -> Vec<usize> {
    let text = source.slice(row);
    let mut columns = Vec::new();
    let (mut width, mut from, mut escaped) = (0, 0, false);
    for (at, c) in text.char_indices() {
        if c == '|' && !escaped {
            width += self::width(&text[from..at]);
            columns.push(width);
            from = at;
        }
        escaped = c == '\\' && !escaped;
    }
    columns
}

fn blank_lines(document: &Document, faults: &mut Faults<'_>) {
    let source = faults.source;
    let line_of = |offset: u32| source.line_index(offset as usize);
    let is_blank = |line: usize| source.slice(source.line_span(line)).trim().is_empty();
    let mut verbatim = HashSet::new();
    for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html)) {
        verbatim.extend(line_of(block.span.start)..=line_of(block.span.end.saturating_sub(1)));
    }
    for line in 1..source.line_count().saturating_sub(1) {
        if is_blank(line) && is_blank(line - 1) && !verbatim.contains(&line) {
            faults.add(FaultKind::BlankLines, source.line_span(line), false);
        }
    }
    for block in document.blocks.iter().filter(|block| block.depth == 0) {
        let line = line_of(block.span.start);
        if line > 0 && !is_blank(line - 1) {
            faults.add(FaultKind::BlankLines, block.span, false);
        }
    }
    let text = source.text();
    if !text.ends_with('\n') || text.ends_with("\n\n") || text == "\n" || text.contains('\r') {
        faults.add(FaultKind::TextEnd, Span::at(text.len()), false);
    }
}
