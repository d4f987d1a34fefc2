//! What a reader sees without knowing the slate.

use std::cell::LazyCell;

use hashbrown::{HashMap, HashSet};

use super::origins::{Origins, broken_links, references};
use super::{Fault, FaultKind, Faults};
use crate::markdown::address::has_scheme;
use crate::markdown::anchor::anchor;
use crate::markdown::directive::directives;
use crate::markdown::document::{BlockKind, Document};
use crate::markdown::escape::percent_decode;
use crate::markdown::footnote::undefined_footnotes;
use crate::markdown::hidden::hidden;
use crate::markdown::label::normalize_label;
use crate::markdown::suppression::is_suppression;
use crate::model::malformed_directives::malformed_directives;
use crate::model::raw_html;
use crate::model::slate::Slate;
use crate::policy::config::{Config, FrontMatter};
use crate::rfc::layout;
use crate::rfc::scope::unique;
use crate::text::source::{Source, Span};
use crate::text::width::{is_plain, width};

/// What the slate says amiss, which is only asked where a fault is: most texts have none.
type LazyOrigins<'a> = LazyCell<Origins, Box<dyn FnOnce() -> Origins + 'a>>;

pub(crate) fn read(
    slate: &Slate,
    config: &Config,
    stated: &FrontMatter,
    document: &Document,
    mut found: Faults<'_>,
) -> Vec<Fault> {
    let (source, faults) = (found.source, &mut found);
    let origins: &LazyOrigins<'_> = &LazyCell::new(Box::new(|| Origins::new(slate, config, stated)));
    texts(document, origins, faults);
    for mark in undefined_footnotes(source, document) {
        let known = origins.footnotes.contains(&normalize_label(source.slice(mark)));
        faults.add(FaultKind::UndefinedFootnote, mark, known);
    }
    links(config, document, origins, faults);
    definitions(document, faults);
    headings(document, faults);
    tables(document, origins, faults);
    for (span, _) in hidden(source, document) {
        faults.add(FaultKind::HiddenCharacter, span, false);
    }
    for flaw in raw_html::flaws(source, document) {
        let tag = source.slice(document.tags[flaw.tag].span);
        faults.add(FaultKind::UnsafeHtml, flaw.span, origins.tags.contains(tag));
    }
    for comment in &document.comments {
        if is_suppression(source.slice(comment.span)) {
            faults.add(FaultKind::LeftoverSuppression, comment.span, false);
        }
    }
    let directives = directives(source, document);
    for directive in &directives {
        let text = source.slice(directive.span);
        let is_one = slate.directive(directive).is_some() && !directive.is_loose();
        if is_one || !directive.is_comment {
            let is_written = origins.directives.contains(text) || origins.has_unclosed;
            faults.add(FaultKind::LeftoverDirective, directive.span, is_written);
        }
    }
    let malformed = malformed_directives(source, document, &directives, &slate.format);
    if !malformed.is_empty() {
        let written: HashSet<&str> = slate
            .files
            .iter()
            .flat_map(|file| {
                let own = malformed_directives(&file.source, &file.document, &file.directives, &slate.format);
                own.into_iter().map(|one| file.source.slice(one.span))
            })
            .collect();
        for one in malformed {
            faults.add(FaultKind::LeftoverDirective, one.span, written.contains(source.slice(one.span)));
        }
    }
    blank_lines(document, faults);
    found.found
}

fn texts(document: &Document, origins: &LazyOrigins<'_>, faults: &mut Faults<'_>) {
    for span in &document.texts {
        let text = faults.source.slice(*span);
        // Neither can be without one, and most texts are.
        if memchr::memchr(b']', text.as_bytes()).is_none() {
            continue;
        }
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

fn links(config: &Config, document: &Document, origins: &LazyOrigins<'_>, faults: &mut Faults<'_>) {
    let source = faults.source;
    let mut seen = HashMap::new();
    let anchors: HashSet<String> =
        document.headings.iter().map(|heading| unique(&mut seen, anchor(&heading.text))).collect();
    let is_name = |name: &str| ["id", "name"].iter().any(|known| known.eq_ignore_ascii_case(name));
    let attributes = document.tags.iter().flat_map(|tag| &tag.attributes);
    let named = attributes.filter(|attribute| is_name(source.slice(attribute.name)));
    let named: HashSet<&str> = named.filter_map(|attribute| Some(source.slice(attribute.value?))).collect();
    let site = config.site.as_deref().unwrap_or_default();
    for link in &document.links {
        let target = link.target.as_str();
        if let Some(name) = target.strip_prefix('#') {
            let name = percent_decode(name);
            let is_there = anchors.contains(&name) || named.contains(name.as_str());
            if !matches!(name.as_str(), "" | "top") && !is_there {
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
        if memchr::memchr(b'\\', label.as_bytes()).is_some() && label.contains("\\|") {
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
    for heading in document.headings.iter().filter(|heading| heading.level == 1) {
        faults.add(FaultKind::FirstLevel, heading.span, false);
    }
    let mut before: Option<u8> = None;
    for heading in document.headings.iter().filter(|heading| !heading.nested) {
        if before.is_some_and(|before| heading.level > before + 1) {
            faults.add(FaultKind::HeadingJump, heading.span, false);
        }
        before = Some(heading.level);
    }
}

fn tables(document: &Document, origins: &LazyOrigins<'_>, faults: &mut Faults<'_>) {
    for table in &document.tables {
        let rows: Vec<Vec<Measured>> = table.rows.iter().map(|row| cells(faults.source, row.span)).collect();
        let marks = cells(faults.source, table.delimiter);
        let widths = layout::widths(&rows, |cell| cell.content, &vec![LEAST; marks.len()]);
        let is_even = |row: &[Measured]| {
            let mut pairs = row.iter().zip(&widths);
            row.len() == widths.len() && pairs.all(|(cell, width)| cell.whole == cell.content.max(*width) + 2)
        };
        if !is_even(&marks) {
            faults.add(FaultKind::RaggedTable, table.delimiter, false);
        }
        for (row, cells) in table.rows.iter().zip(&rows) {
            if !is_even(cells) {
                let surplus = (row.cells.len(), table.header().len());
                faults.add(FaultKind::RaggedTable, row.span, origins.surplus.contains(&surplus));
            }
        }
    }
}

/// The width of the shortest delimiter.
const LEAST: usize = 3;

/// The width of a cell.
struct Measured {
    /// With the blanks around what is in it.
    whole: usize,
    /// Of what is in it.
    content: usize,
}

/// The cells between the pipes of a row, by display width.
fn cells(source: &Source, row: Span) -> Vec<Measured> {
    let text = source.slice(row);
    let mut cells = Vec::new();
    let (mut from, mut escaped) = (None, None);
    for at in memchr::memchr2_iter(b'|', b'\\', text.as_bytes()) {
        if escaped == Some(at) {
            continue;
        }
        if text.as_bytes()[at] == b'\\' {
            escaped = Some(at + 1);
            continue;
        }
        if let Some(from) = from {
            cells.push(Measured::of(&text[from..at]));
        }
        from = Some(at + 1);
    }
    cells
}

impl Measured {
    fn of(cell: &str) -> Measured {
        let is_filled = |byte: &u8| *byte != b' ';
        let bytes = cell.as_bytes();
        let start = bytes.iter().position(is_filled).unwrap_or(bytes.len());
        let end = bytes.iter().rposition(is_filled).map_or(start, |last| last + 1);
        let content = &cell[start..end];
        if is_plain(content) {
            return Measured { whole: cell.len(), content: content.len() };
        }
        Measured { whole: width(cell), content: width(content) }
    }
}

fn blank_lines(document: &Document, faults: &mut Faults<'_>) {
    let source = faults.source;
    let line_of = |offset: u32| source.line_index(offset as usize);
    let is_blank = |line: usize| source.slice(source.line_span(line)).trim().is_empty();
    let mut verbatim = vec![false; source.line_count()];
    for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html)) {
        let lines = line_of(block.span.start)..=line_of(block.span.end.saturating_sub(1));
        if let Some(lines) = verbatim.get_mut(lines) {
            lines.fill(true);
        }
    }
    let mut is_after_blank = is_blank(0);
    let inner = verbatim.iter().enumerate().take(source.line_count().saturating_sub(1)).skip(1);
    for (line, is_verbatim) in inner {
        let is_blank = is_blank(line);
        if is_blank && is_after_blank && !is_verbatim {
            faults.add(FaultKind::BlankLines, source.line_span(line), false);
        }
        is_after_blank = is_blank;
    }
    for block in document.blocks.iter().filter(|block| block.depth == 0) {
        let line = line_of(block.span.start);
        if line > 0 && !is_blank(line - 1) {
            faults.add(FaultKind::BlankLines, block.span, false);
        }
    }
    let text = source.text();
    if !text.ends_with('\n')
        || text.ends_with("\n\n")
        || text == "\n"
        || memchr::memchr(b'\r', text.as_bytes()).is_some()
    {
        faults.add(FaultKind::TextEnd, Span::at(text.len()), false);
    }
}
