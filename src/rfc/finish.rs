//! The last step: a text whose directives are filled in becomes one that is self-contained.

use std::borrow::Cow;
use std::ops::{Range, RangeInclusive};

use hashbrown::HashMap;

use super::labels::Labels;
use super::names::{Names, link_users, logins, running_text, users};
use super::people::People;
use super::scope::{Scope, unique};
use super::site::Site;
use super::template::Expanded;
use super::{layout, open_blocks, template};
use crate::markdown::anchor::anchor;
use crate::markdown::definition::Definition;
use crate::markdown::document::{BlockKind, Document, LinkKind};
use crate::markdown::escape::escape_pipes;
use crate::markdown::html::attribute_value;
use crate::markdown::label::normalize_label;
use crate::markdown::suppression::is_suppression;
use crate::markdown::table::Table;
use crate::model::slate::Slate;
use crate::policy::config::Config;
use crate::text::edits::Edits;
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span, whole_lines};
use crate::text::width::width;

/// Makes the text self-contained.
pub(crate) fn finish(expanded: &Expanded, slate: &Slate, config: &Config, site: &Site, scope: &Scope) -> String {
    // The definitions come first, where nothing can swallow them.
    let read = |text: &str| {
        let source = Source::from_bytes("", format!("{}\n{text}", scope.definitions()).into());
        let document = Document::parse(&source);
        (source, document)
    };
    let mut text = expanded.text();
    let (mut source, mut document) = read(&text);
    if !expanded.footnotes.is_empty() && !is_begun(&document, source.text().len() - expanded.footnotes.len()) {
        text = expanded.closed_text();
        (source, document) = read(&text);
    }
    if open_blocks::may_be_open(&source, &document) {
        (source, document) = read(&open_blocks::closed(&text));
    }
    let on_site = |address: &str| site.address(address);
    let mut names = Names::new(slate, &on_site);
    let mut finisher = Finisher { source: &source, site, scope, edits: Edits::default() };
    let texts = running_text(&source, &document);
    let resolved = names.resolve(&source, &texts, |_| false, &mut finisher.edits);
    let is_number = |text: &str| scope.is_number(text);
    let mut taken = names.loose_labels(&source, &document, &resolved, is_number, &mut finisher.edits);
    taken.extend(names.labels().cloned());
    let used = document.links.iter().filter_map(|link| Some(normalize_label(source.slice(link.label?)))).collect();
    let labels =
        Labels::new(scope, &used, |target| site.address(target).unwrap_or_else(|| target.to_owned()), &mut taken);
    // Most texts name nobody.
    let may_name = |text: &&Span| memchr::memchr(b'@', source.slice(**text).as_bytes()).is_some();
    let texts: Vec<Span> = texts.iter().filter(may_name).copied().collect();
    let people = People::new(logins(&source, &texts), &slate.roster, config, |label| taken.contains(label));
    link_users(&source, &texts, &people, &mut finisher.edits);
    let anchors = finisher.anchors(&document, &texts, &people);
    finisher.links(&document, &labels);
    // Of insertions at one place the first comes first: a blank line before the marks of a heading.
    finisher.blank_lines(&document);
    finisher.headings(&document);
    finisher.comments(&document);
    finisher.definitions(&document.definitions);
    finisher.edits.sort();
    finisher.tables(&document, &anchors);

    let whole = Span::new(0..source.text().len());
    let text = finisher.edits.apply(source.text(), whole, |text| anchored(text, &anchors));
    let mut text = open_blocks::without_blank_ends(&text).to_owned();
    text.push('\n');
    let mut definitions: Vec<(String, String)> = names.into_definitions().chain(people.definitions()).collect();
    let own = labels.definitions.into_iter().map(|(label, target)| (label, anchored(&target, &anchors).into_owned()));
    definitions.extend(own);
    sort_by_key(&mut definitions, |(label, _)| (label.to_lowercase(), label.clone()));
    if !definitions.is_empty() {
        text.push('\n');
    }
    for (label, target) in definitions {
        for part in ["[", &label, "]: ", &target, "\n"] {
            text.push_str(part);
        }
    }
    text
}

/// Whether a paragraph or a definition begins at a place, outside of all else.
fn is_begun(document: &Document, at: usize) -> bool {
    let at = Span::at(at).start;
    let mut definitions = document.definitions.iter().map(|definition| definition.span.start);
    document.blocks.iter().any(|block| block.depth == 0 && block.span.start == at)
        || definitions.any(|start| start == at)
}

/// A cell of a table that is laid out.
#[derive(Clone, Default)]
struct Cell {
    /// What is in it, among the contents of its table.
    text: Range<usize>,
    width: usize,
}

struct Finisher<'a> {
    source: &'a Source,
    site: &'a Site,
    scope: &'a Scope,
    edits: Edits,
}

impl Finisher<'_> {
    /// The anchors of the headings that the text leads to by number, as GitHub makes them. `texts` are those that may name users.
    fn anchors(&self, document: &Document, texts: &[Span], people: &People) -> Vec<(String, String)> {
        let mut seen = HashMap::new();
        let mut anchors = Vec::new();
        let mut comments = document.comments.iter().peekable();
        let mut texts = texts.iter().peekable();
        for heading in &document.headings {
            let mut text = heading.text.clone();
            while texts.next_if(|text| text.start < heading.content.start).is_some() {}
            let mut from = 0;
            while let Some(span) = texts.next_if(|text| text.end <= heading.content.end) {
                let part = self.source.slice(*span);
                for range in users(self.source, *span) {
                    let login = &part[range];
                    let written = format!("@{login}");
                    let Some(at) = text[from..].find(&written).map(|at| at + from) else { continue };
                    let name = people.name(login).unwrap_or(&written).to_owned();
                    text.replace_range(at..at + written.len(), &name);
                    from = at + name.len();
                }
            }
            let anchor = unique(&mut seen, anchor(&text));
            while comments.next_if(|comment| comment.span.start < heading.content.start).is_some() {}
            while let Some(comment) = comments.next_if(|comment| comment.span.end <= heading.content.end) {
                let number = self.source.slice(comment.body);
                if self.scope.is_number(number) {
                    anchors.push((format!("#{number}"), format!("#{anchor}")));
                }
            }
        }
        anchors.sort_unstable();
        anchors
    }

    /// Links of the text itself: destinations lead to the site, references have their labels.
    fn links(&mut self, document: &Document, labels: &Labels) {
        for link in &document.links {
            match (link.kind, link.destination, link.label) {
                (LinkKind::Inline, Some(destination), _) => {
                    let target = self.source.slice(destination);
                    // A number is replaced where everything else is, and nothing in the brackets of an address is a name.
                    let has_more = target.starts_with('#') || target.contains('[');
                    let address = self.site.address(target).or_else(|| has_more.then(|| target.to_owned()));
                    if let Some(address) = address {
                        self.edits.replace(destination, address);
                    }
                }
                (LinkKind::Html, Some(destination), _) => {
                    let address = self.site.address(&link.target).map(|address| attribute_value(&address));
                    let written = || self.source.slice(destination).to_owned();
                    self.edits.replace(destination, address.unwrap_or_else(written));
                }
                (LinkKind::Full, _, Some(label)) => {
                    let Some((number, reference)) = self.scope.get(self.source.slice(label)) else { continue };
                    let ending = labels.ending(number, reference, self.source.slice(link.text));
                    self.edits.replace(Span { start: link.text.end + 1, end: link.span.end }, ending);
                }
                _ => {}
            }
        }
    }

    /// Headings nest: each is one level below the one it belongs to, and all at the top have the second level, as the RFC
    /// repository wants it. One in a quotation or list stays where it is, but is of no higher level either.
    fn headings(&mut self, document: &Document) {
        const TOP: u8 = 2;
        const DEEPEST: u8 = 6;
        for heading in document.headings.iter().filter(|heading| heading.nested && heading.level < TOP) {
            template::set_level(self.source, heading, TOP, &mut self.edits);
        }
        let headings = document.headings.iter().filter(|heading| !heading.nested);
        let mut open: Vec<(u8, u8)> = Vec::new();
        for heading in headings {
            while open.last().is_some_and(|(written, _)| *written >= heading.level) {
                open.pop();
            }
            let level = open.last().map_or(TOP, |(_, level)| level + 1).min(DEEPEST);
            open.push((heading.level, level));
            template::set_level(self.source, heading, level, &mut self.edits);
        }
    }

    /// Words to the program itself are no part of the RFC.
    fn comments(&mut self, document: &Document) {
        for comment in &document.comments {
            if is_suppression(self.source.slice(comment.span)) {
                // Lines that it has to itself are blank then; see `blank_lines`.
                if !is_alone(self.source, comment.span) {
                    let text = if self.begins_html(document, comment.span) { "<!-- -->" } else { "" };
                    self.edits.replace(comment.span, text);
                }
            } else if self.scope.is_number(self.source.slice(comment.body)) {
                // The space before it came with it.
                self.edits.replace(Span { start: comment.span.start - 1, end: comment.span.end }, "");
            }
        }
    }

    /// Whether a comment makes the text after it, on its last line, a piece of HTML; without it that would be Markdown.
    fn begins_html(&self, document: &Document, comment: Span) -> bool {
        let blocks = &document.blocks[..document.blocks.partition_point(|block| block.span.start <= comment.start)];
        let line = self.source.line_span(self.source.line_index(comment.end as usize));
        let after = self.source.slice(Span { start: comment.end, end: line.end });
        blocks.last().is_some_and(|block| block.kind == BlockKind::Html) && !after.trim().is_empty()
    }

    /// Whether a comment is within a piece of HTML that begins before it.
    fn is_inside_html(&self, document: &Document, comment: Span) -> bool {
        let blocks = &document.blocks[..document.blocks.partition_point(|block| block.span.start < comment.start)];
        blocks.last().is_some_and(|block| block.kind == BlockKind::Html && block.span.end >= comment.end)
    }

    /// Definitions leave their places; those that are used come back at the end.
    fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions.iter().filter(|definition| !definition.is_footnote()) {
            self.edits.replace(room_of(self.source, definition), "");
        }
    }

    /// Exactly one blank line between blocks, outside code; lines that become blank with their definition or comment count too.
    fn blank_lines(&mut self, document: &Document) {
        let source = self.source;
        let [mut gone, mut blank, mut starts, mut verbatim] = [(); 4].map(|()| vec![false; source.line_count()]);
        let mark = |marks: &mut [bool], lines: RangeInclusive<usize>| {
            if let Some(marks) = marks.get_mut(lines) {
                marks.fill(true);
            }
        };
        for definition in document.definitions.iter().filter(|definition| !definition.is_footnote()) {
            let line = |offset: u32| source.line_index(offset as usize);
            mark(&mut gone, line(definition.span.start)..=line(definition.span.end));
        }
        for comment in document.comments.iter().filter(|comment| is_suppression(source.slice(comment.span))) {
            if !is_alone(source, comment.span) {
                continue;
            }
            let lines = lines_of(source, comment.span);
            if self.is_inside_html(document, comment.span) {
                // A blank line would end the HTML.
                self.edits.replace(whole_lines(source, comment.span), "");
                mark(&mut gone, lines);
            } else {
                mark(&mut blank, lines);
            }
        }
        for block in &document.blocks {
            if block.depth == 0 {
                starts[source.line_index(block.span.start as usize)] = true;
            }
            if matches!(block.kind, BlockKind::Code | BlockKind::Html) {
                mark(&mut verbatim, lines_of(source, block.span));
            }
        }
        let mut last_was_blank = true;
        for line in 0..source.line_count() {
            let span = source.line_span(line);
            if gone[line] {
                // What is on the line goes with the definition or comment.
                continue;
            }
            let is_blank = blank[line];
            if starts[line] && !last_was_blank && !is_blank {
                self.edits.replace(Span::at(span.start as usize), "\n");
            }
            if verbatim[line] && !is_blank {
                last_was_blank = false;
            } else if is_blank || source.slice(span).trim().is_empty() {
                let next = source.line_span(line + 1).start.max(span.end);
                if last_was_blank {
                    self.edits.replace(Span { start: span.start, end: next }, "");
                } else if !span.is_empty() {
                    self.edits.replace(span, "");
                }
                last_was_blank = true;
            } else {
                last_was_blank = false;
                // A quotation's blank line ends with its mark.
                let text = source.slice(span);
                let bare = text.trim_end();
                if bare.len() < text.len() && bare.bytes().all(|byte| matches!(byte, b'>' | b' ')) {
                    self.edits.replace(span.part(bare.len()..text.len()), "");
                }
            }
        }
    }

    /// Tables line up by display width, with everything else already done to their cells.
    fn tables(&mut self, document: &Document, anchors: &[(String, String)]) {
        let mut laid_out = Vec::new();
        for table in &document.tables {
            laid_out.extend(self.lay_out(table, anchors));
        }
        for (span, text) in laid_out {
            self.edits.replace(span, text);
        }
        self.edits.sort();
    }

    fn lay_out(&self, table: &Table, anchors: &[(String, String)]) -> Vec<(Span, String)> {
        let columns = table.header().len();
        // What is in the cells, one after the other.
        let mut contents = String::with_capacity(table.span.range().len());
        let rows = table.rows.iter().map(|row| {
            let mut cells: Vec<Cell> = row.cells.iter().map(|cell| self.cell(*cell, anchors, &mut contents)).collect();
            cells.resize(cells.len().max(columns), Cell::default());
            cells
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let marks = self.alignments(table, columns);
        let widths = layout::widths(&rows, |cell| cell.width, &marks.iter().map(|mark| mark.len()).collect::<Vec<_>>());
        // Between its pipes a cell has a blank on either side.
        let length: usize = widths.iter().map(|width| width + 3).sum();
        let line = |cells: &[Cell]| {
            let mut out = String::with_capacity(length + 64);
            out.push('|');
            for (column, cell) in cells.iter().enumerate() {
                out.push(' ');
                out.push_str(&contents[cell.text.clone()]);
                let pad = widths.get(column).map_or(0, |width| width.saturating_sub(cell.width));
                push_many(&mut out, BLANKS, pad);
                out.push_str(" |");
            }
            out
        };
        let mut dashes = String::with_capacity(length + 1);
        dashes.push('|');
        for (mark, width) in marks.iter().zip(&widths) {
            dashes.push(' ');
            push_stretched(&mut dashes, mark, *width);
            dashes.push_str(" |");
        }
        let mut out: Vec<(Span, String)> =
            table.rows.iter().zip(&rows).map(|(row, cells)| (row.span, line(cells))).collect();
        out.push((table.delimiter, dashes));
        out
    }

    /// Adds what is in a cell to `contents`.
    fn cell(&self, cell: Span, anchors: &[(String, String)], contents: &mut String) -> Cell {
        let start = contents.len();
        let adapt = |text| match anchored(text, anchors) {
            Cow::Borrowed(text) => escape_pipes(text),
            Cow::Owned(text) => Cow::Owned(escape_pipes(&text).into_owned()),
        };
        self.edits.apply_to(contents, self.source.text(), cell, adapt);
        let text = &contents[start..];
        let trimmed = text.trim();
        let start = start + (text.len() - text.trim_start().len());
        Cell { text: start..start + trimmed.len(), width: width(trimmed) }
    }

    /// The shortest delimiter of each column: `---`, `:--`, `--:` or `:-:`.
    fn alignments(&self, table: &Table, columns: usize) -> Vec<&'static str> {
        let row = self.source.slice(table.delimiter);
        let cells = crate::markdown::table::split_cells(row, table.delimiter);
        let mark = |column: usize| {
            let cell = cells.get(column).map_or("", |cell| self.source.slice(*cell));
            match (cell.starts_with(':'), cell.ends_with(':')) {
                (true, true) => ":-:",
                (true, false) => ":--",
                (false, true) => "--:",
                (false, false) => "---",
            }
        };
        (0..columns).map(mark).collect()
    }
}

/// What goes with a definition that leaves its place: its lines, where it has them to itself.
pub(crate) fn room_of(source: &Source, definition: &Definition) -> Span {
    let line = source.line_index(definition.span.end as usize);
    let next = source.line_span(line + 1).start;
    let end = next.max(definition.span.end).min(Span::at(source.text().len()).start);
    let first = source.line_span(source.line_index(definition.span.start as usize));
    let before = Span { start: first.start, end: definition.span.start };
    // In a quotation or list the mark before the definition may hold the block together.
    match source.slice(before).trim().is_empty() {
        true => Span { start: first.start, end },
        false => definition.span,
    }
}

/// A target with the anchor in place of the number of a heading.
fn anchored<'t>(target: &'t str, anchors: &[(String, String)]) -> Cow<'t, str> {
    if !target.starts_with('#') {
        return Cow::Borrowed(target);
    }
    let (number, rest) = target.split_at(target.find(' ').unwrap_or(target.len()));
    let found = anchors.binary_search_by(|(known, _)| known.as_str().cmp(number));
    found.map_or(Cow::Borrowed(target), |at| Cow::Owned(format!("{}{rest}", anchors[at].1)))
}

/// The lines that a span lies on.
fn lines_of(source: &Source, span: Span) -> RangeInclusive<usize> {
    source.line_index(span.start as usize)..=source.line_index(span.end.saturating_sub(1).max(span.start) as usize)
}

/// Whether nothing is next to a comment on its lines.
fn is_alone(source: &Source, span: Span) -> bool {
    source.slice(whole_lines(source, span)).trim().len() == span.range().len()
}

const BLANKS: &str = "                                                                ";
const DASHES: &str = "----------------------------------------------------------------";

/// Adds this many characters, all of which are those of `piece`.
fn push_many(out: &mut String, piece: &str, mut count: usize) {
    while count > 0 {
        let next = count.min(piece.len());
        out.push_str(&piece[..next]);
        count -= next;
    }
}

/// Adds a delimiter as wide as its column.
fn push_stretched(out: &mut String, mark: &str, width: usize) {
    // All of them have a dash in the middle.
    out.push_str(&mark[..1]);
    push_many(out, DASHES, width.max(mark.len()) - 2);
    out.push_str(&mark[mark.len() - 1..]);
}
