//! Reading Markdown: comrak's tree becomes a [`Document`].
//!
//! The tree is walked once and dropped. What remains are lists in document order, one for each kind of part, in which
//! every part knows its bytes. What comrak reports wrongly or not at all is corrected here: inlines after a `\|` in a
//! table cell, inlines of a paragraph that begins with definitions, definitions themselves, and surplus cells.

use std::borrow::Cow;
use std::sync::Arc;

use comrak::nodes::{AstNode, LineColumn, NodeCodeBlock, NodeValue};
use comrak::options::BrokenLinkReference;
use comrak::{Arena, Options, ResolvedReference};

use super::definition;
use super::document::{Block, BlockKind, Comment, Document, Heading, Link, LinkKind, Unclosed};
use super::html;
use super::label::normalize_label;
use super::table::{Row, Table, split_cells};
use crate::text::source::{Source, Span, boundary_before, boundary_behind, trim};

impl Document {
    /// Parses a file's text. Never fails: every text is Markdown.
    pub fn parse(source: &Source) -> Document {
        let bom = source.bom_len();
        let text = &source.text()[bom..];
        // CommonMark replaces NUL by a character of three bytes, which would move every span after it.
        let text = if text.contains('\0') { text.replace('\0', "\u{1a}").into() } else { Cow::Borrowed(text) };

        // Most files have no definition, which costs least to see.
        let may_define = definition::may_hold(source);
        let bracketed = if may_define { definition::bracketed_lines(source) } else { Vec::new() };
        let candidates = definition::candidates(source, &bracketed);
        let arena = if text.len() < SHORT { Arena::new() } else { Arena::with_capacity(NODES) };
        let mut options = Options::default();
        options.extension.table = true;
        options.extension.strikethrough = true;
        if !candidates.is_empty() {
            // comrak stops resolving references beyond a budget; the file's own definitions have none.
            let resolve = move |reference: BrokenLinkReference<'_>| {
                let url = candidates.get(&normalize_label(reference.normalized))?;
                Some(ResolvedReference { url: url.clone(), title: String::new() })
            };
            options.parse.broken_link_callback = Some(Arc::new(resolve));
        }
        let root = comrak::parse_document(&arena, &text, &options);

        let mut reader = Reader {
            source,
            document: Document::default(),
            covered: vec![false; if bracketed.is_empty() { 0 } else { source.line_count() }],
            may_define,
            bracketed,
            escapes: Vec::new(),
            uncounted: Vec::new(),
            open_strike: None,
        };
        reader.blocks(root);
        reader.uncovered_definitions();
        reader.finish()
    }
}

/// As many nodes of comrak as 120 KiB hold, and as nearly all goals have. In steps, as an arena grows by itself, they would lie in
/// several pieces of memory. The allocator hands out a piece that is longer than 64 KiB again as soon as it is free, while the
/// caches of the processor still have it; shorter ones it takes in turn, so that each is forgotten before it is used again.
const NODES: usize = (120 << 10) / size_of::<AstNode<'_>>();
/// A text of fewer bytes has few nodes.
const SHORT: usize = 2 << 10;

/// The tags of HTML that strike out what is between them.
const STRIKE_TAGS: [&str; 3] = ["s", "del", "strike"];

/// Where the inlines of a block really are, when comrak says something else.
#[derive(Clone, Copy)]
enum Place {
    /// In a paragraph or heading that begins with this many lines of definitions, which comrak does not count; see also
    /// `Reader::uncounted`.
    Lines { definitions: usize },
    /// In a table cell that begins at this offset: comrak counts each `\|` as one byte; see `Reader::escapes`.
    Cell { start: usize },
}

struct Reader<'s> {
    source: &'s Source,
    document: Document,
    /// Whether the text may hold a definition.
    may_define: bool,
    /// The lines (from 0) that may begin with a definition, and where their text begins.
    bracketed: Vec<(usize, usize)>,
    /// Lines (from 0) that some leaf block covers; nothing where none may begin with a definition.
    covered: Vec<bool>,
    /// Offsets of each `\|` in the table cell that is being read, counted from the cell's start as comrak counts.
    escapes: Vec<usize>,
    /// In the block that is being read: lines (from 0, as comrak counts them) on which the destination of a link ran over
    /// line ends, and how many such line ends there have been up to there. comrak does not count those.
    uncounted: Vec<(usize, usize)>,
    /// In the content that is being read: where a tag that strikes out begins, which nothing has closed yet.
    open_strike: Option<u32>,
}

impl Reader<'_> {
    /// The offset of a place as comrak names it. It counts columns on where a link's destination runs over lines, as if the
    /// line ends and what precedes the text of the next line were not there.
    fn offset(&self, at: LineColumn) -> usize {
        let mut line = at.line.saturating_sub(1);
        let span = self.source.line_span(line);
        let mut start = span.start as usize;
        let mut left = at.column.saturating_sub(1);
        // Nearly every place lies on the line that comrak names.
        if start + left <= span.end as usize {
            return start + left;
        }
        while line + 1 < self.source.line_count() {
            let next = self.source.line_span(line + 1).start as usize;
            // One column after the text is the place of the line end itself.
            if start + left < next.max(self.source.line_span(line).end as usize + 1) {
                break;
            }
            left -= next - start;
            line += 1;
            start = definition::text_start(self.source, line);
        }
        (start + left).min(self.source.text().len())
    }

    /// A block's bytes. comrak's end is inclusive, and one byte before the start for an empty part.
    fn block_span<'a>(&self, node: &'a AstNode<'a>) -> Span {
        let position = node.data.borrow().sourcepos;
        let start = self.offset(position.start);
        let last_line = self.source.line_span(position.end.line.saturating_sub(1));
        let end = if position.end.column == 0 {
            // A list that a blank line ends: comrak names column 0 of that line.
            self.source.line_span(position.end.line.saturating_sub(2)).end as usize
        } else {
            // What lies behind the line's end is cut off.
            last_line.start as usize + position.end.column
        };
        let end = end.min(last_line.end as usize);
        self.on_boundaries(start..end.max(start))
    }

    fn on_boundaries(&self, range: std::ops::Range<usize>) -> Span {
        let text = self.source.text();
        Span::new(boundary_before(text, range.start)..boundary_behind(text, range.end))
    }

    fn cover(&mut self, span: Span) {
        if self.covered.is_empty() {
            return;
        }
        let first = self.source.line_index(span.start as usize);
        let last = self.source.line_index((span.end as usize).saturating_sub(1).max(span.start as usize));
        if let Some(lines) = self.covered.get_mut(first..=last) {
            lines.fill(true);
        }
    }

    /// Reads all blocks, each before what it contains. Blocks can be nested as deeply as a file is long, so neither
    /// blocks nor inlines are read by calls within calls.
    fn blocks<'a>(&mut self, root: &'a AstNode<'a>) {
        let below = |node: &'a AstNode<'a>, depth: u16| node.reverse_children().map(move |child| (child, depth));
        let mut waiting: Vec<_> = below(root, 0).collect();
        while let Some((node, depth)) = waiting.pop() {
            if self.block(node, depth) {
                waiting.extend(below(node, depth.saturating_add(1)));
            }
        }
    }

    /// Reads a block; answers whether it contains others.
    fn block<'a>(&mut self, node: &'a AstNode<'a>, depth: u16) -> bool {
        let span = self.block_span(node);
        let kind = match &node.data.borrow().value {
            NodeValue::Paragraph => BlockKind::Paragraph,
            NodeValue::Heading(_) => BlockKind::Heading,
            NodeValue::Table(_) => BlockKind::Table,
            NodeValue::CodeBlock(_) => BlockKind::Code,
            NodeValue::HtmlBlock(_) => BlockKind::Html,
            NodeValue::BlockQuote => BlockKind::Quote,
            NodeValue::List(_) => BlockKind::List,
            NodeValue::Item(_) | NodeValue::TaskItem(_) => BlockKind::Item,
            _ => BlockKind::Rule,
        };
        self.document.blocks.push(Block { kind, span, depth });
        match kind {
            BlockKind::Quote | BlockKind::List | BlockKind::Item => return true,
            BlockKind::Paragraph => {
                // comrak does not look for definitions in what is directly above the header of a table.
                let place =
                    if is_above_table(node) { Place::Lines { definitions: 0 } } else { self.leading_definitions(span) };
                self.inlines(node, place);
            }
            BlockKind::Heading => self.heading(node, span, depth),
            BlockKind::Table => self.table(node, span),
            BlockKind::Code => {
                self.document.codes.push(span);
                let is_open = match &node.data.borrow().value {
                    NodeValue::CodeBlock(code) => code.fenced && (!code.closed || opens_another(code)),
                    _ => false,
                };
                if is_open {
                    let line = self.source.line_span(self.source.line_index(span.start as usize));
                    let opening = trim(self.source, Span { start: span.start, end: line.end });
                    self.document.unclosed.push(Unclosed { opening, span, comment: false });
                }
            }
            BlockKind::Html => self.html(span, true),
            BlockKind::Rule => {}
        }
        self.cover(span);
        false
    }

    fn heading<'a>(&mut self, node: &'a AstNode<'a>, span: Span, depth: u16) {
        let (level, setext) = match &node.data.borrow().value {
            NodeValue::Heading(heading) => (heading.level, heading.setext),
            _ => return,
        };
        let place = if setext { self.leading_definitions(span) } else { Place::Lines { definitions: 0 } };
        self.inlines(node, place);
        let content = if setext {
            let last_line = self.source.line_index(span.end.saturating_sub(1).max(span.start) as usize);
            let start = node
                .children()
                .next()
                .map_or(span.start as usize, |first| self.inline_span(first, place).start as usize);
            start..self.source.line_span(last_line.saturating_sub(1)).end.max(span.start) as usize
        } else {
            atx_content(self.source.slice(span), span)
        };
        let content = trim(self.source, Span::new(content));
        let mut text = String::new();
        collect_visible_text(node, &mut text);
        self.document.headings.push(Heading {
            level,
            span,
            content,
            text: text.trim().to_owned(),
            setext,
            nested: depth > 0,
        });
    }

    fn table<'a>(&mut self, node: &'a AstNode<'a>, span: Span) {
        let mut rows = Vec::new();
        for row in node.children() {
            let row_span = trim(self.source, self.rest_of_line(row.data.borrow().sourcepos.start));
            rows.push(Row { span: row_span, cells: split_cells(self.source.slice(row_span), row_span) });
            for cell in row.children() {
                if cell.first_child().is_some() {
                    let cell_span = self.block_span(cell);
                    self.escapes.clear();
                    let text = self.source.slice(cell_span).as_bytes();
                    if memchr::memchr(b'\\', text).is_some() {
                        let escapes = memchr::memmem::find_iter(text, b"\\|").enumerate();
                        self.escapes.extend(escapes.map(|(before, at)| at - before));
                    }
                    self.inlines(cell, Place::Cell { start: cell_span.start as usize });
                }
            }
        }
        let Some(header) = rows.first().map(|row| row.span) else { return };
        // comrak drops surplus cells; a comment in one is there all the same.
        let columns = rows.first().map_or(0, |row| row.cells.len());
        for cell in rows.iter().flat_map(|row| row.cells.get(columns..).unwrap_or_default()) {
            self.comments(*cell);
        }
        let delimiter = self.source.line_span(self.source.line_index(header.start as usize) + 1);
        let prefix = self.source.slice(delimiter).find(['|', '-', ':']).unwrap_or(0);
        let delimiter = trim(self.source, delimiter.part(prefix..(delimiter.end - delimiter.start) as usize));
        let span = Span { start: header.start, end: span.end.max(delimiter.end) };
        self.document.tables.push(Table { span, delimiter, rows });
    }

    /// A block's first line from its start on.
    fn rest_of_line(&self, at: LineColumn) -> Span {
        let line = self.source.line_span(at.line.saturating_sub(1));
        let start = self.offset(at);
        // Nearly every place lies on the line that comrak names.
        let is_there = start <= line.end as usize;
        let end = if is_there { line } else { self.source.line_span(self.source.line_index(start)) }.end;
        Span::new(start..end as usize)
    }

    /// Reads the definitions that a paragraph begins with, for which comrak has no node.
    fn leading_definitions(&mut self, span: Span) -> Place {
        if !self.may_define || self.source.text().as_bytes().get(span.start as usize) != Some(&b'[') {
            return Place::Lines { definitions: 0 };
        }
        let first = self.source.line_index(span.start as usize);
        let mut at = span.start as usize;
        let mut line = first;
        while let Some((definition, next_line)) = definition::parse(self.source, at) {
            if self.source.line_span(next_line).start >= span.end {
                break;
            }
            self.document.definitions.push(definition);
            line = next_line;
            at = definition::content_start(self.source, line);
        }
        Place::Lines { definitions: line - first }
    }

    /// A line that no leaf block covers is blank, a container's marker, or a definition.
    fn uncovered_definitions(&mut self) {
        let mut next_line = 0;
        for &(line, at) in &self.bracketed {
            if line < next_line || self.covered.get(line) == Some(&true) {
                continue;
            }
            if let Some((definition, next)) = definition::parse(self.source, at) {
                self.document.definitions.push(definition);
                next_line = next.max(line + 1);
            }
        }
    }

    /// Reads the content of a block, each part before what it contains.
    fn inlines<'a>(&mut self, node: &'a AstNode<'a>, place: Place) {
        self.uncounted.clear();
        let mut next = node.first_child();
        // The outermost link around what is read.
        let mut link: Option<&'a AstNode<'a>> = None;
        while let Some(part) = next {
            if self.inline(part, place, link.is_some()) {
                link.get_or_insert(part);
            }
            next = part.first_child();
            let mut done = Some(part).filter(|_| next.is_none());
            while let Some(inner) = done.filter(|done| !done.same_node(node)) {
                link = link.filter(|link| !link.same_node(inner));
                next = inner.next_sibling();
                done = inner.parent().filter(|_| next.is_none());
            }
        }
        if let Some(start) = self.open_strike.take() {
            let end = node.last_child().map_or(start, |last| self.inline_span(last, place).end);
            self.document.struck.push(Span { start, end: end.max(start) });
        }
    }

    /// Notes where a tag begins or ends what is struck out.
    fn strike_tag(&mut self, tag: Span) {
        let text = self.source.slice(tag);
        let inner = text.trim_start_matches('<');
        let (is_end, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
        let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if !STRIKE_TAGS.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            return;
        }
        if !is_end {
            self.open_strike.get_or_insert(tag.start);
        } else if let Some(start) = self.open_strike.take() {
            self.document.struck.push(Span { start, end: tag.end });
        }
    }

    /// Reads one part; answers whether it is a link or an image.
    fn inline<'a>(&mut self, node: &'a AstNode<'a>, place: Place, in_link: bool) -> bool {
        match &node.data.borrow().value {
            NodeValue::Text(_) if !in_link => self.document.texts.push(self.inline_span(node, place)),
            NodeValue::Code(_) => self.document.codes.push(self.inline_span(node, place)),
            NodeValue::HtmlInline(_) => {
                let span = self.inline_span(node, place);
                self.html(span, false);
                self.strike_tag(span);
            }
            NodeValue::Strikethrough => self.document.struck.push(self.inline_span(node, place)),
            NodeValue::Link(link) => {
                self.link(node, place, false, &link.url);
                return true;
            }
            NodeValue::Image(link) => {
                self.link(node, place, true, &link.url);
                return true;
            }
            _ => {}
        }
        false
    }

    fn link<'a>(&mut self, node: &'a AstNode<'a>, place: Place, image: bool, url: &str) {
        let mut span = self.inline_span(node, place);
        let mut text = self.source.slice(span);
        if text.starts_with('<') {
            let inner = span.part(1..text.len().saturating_sub(1).max(1));
            let (kind, target) = (LinkKind::Autolink, url.to_owned());
            let link = Link { span, text: inner, kind, image, target, destination: Some(inner), label: None };
            self.document.links.push(link);
            return;
        }
        let open = if image { 2 } else { 1 };
        let text_end = match node.last_child() {
            Some(last) => self.inline_span(last, place).end.saturating_sub(span.start) as usize,
            None => open,
        };
        let close = text_end + text.get(text_end..).and_then(|rest| rest.find(']')).unwrap_or(0);
        // Whatever comrak counts otherwise than we do, a place is one in the text.
        let inner = self.on_boundaries(span.part(open.min(close)..close).range());
        let mut inline_destination = None;
        if text.as_bytes().get(close + 1) == Some(&b'(') {
            // comrak ends the link too early where its destination runs over lines.
            let all = &self.source.text()[span.start as usize..];
            let destination = destination_range(all, close + 2);
            if let Some(end) = inline_end(all, &destination) {
                inline_destination = Some(destination);
                span = Span::new(span.start as usize..span.start as usize + end);
                text = self.source.slice(span);
                let lines = self.line_ends_in(inner.end..span.end);
                if lines > 0 {
                    let line = node.data.borrow().sourcepos.end.line.saturating_sub(1);
                    let before = self.uncounted.last().map_or(0, |(_, lines)| *lines);
                    self.uncounted.push((line, before + lines));
                }
            }
        }
        let rest = text.get(close + 1..).unwrap_or_default();
        let (kind, destination, label) = match rest.as_bytes().first() {
            Some(b'(') => {
                let destination = inline_destination.unwrap_or_else(|| destination_range(text, close + 2));
                let destination = span.part(destination);
                (LinkKind::Inline, Some(self.on_boundaries(destination.range())), None)
            }
            Some(b'[') if rest == "[]" => (LinkKind::Collapsed, None, Some(inner)),
            Some(b'[') => {
                let label = span.part(close + 2..text.len().saturating_sub(1).max(close + 2));
                (LinkKind::Full, None, Some(self.on_boundaries(label.range())))
            }
            _ => (LinkKind::Shortcut, None, Some(inner)),
        };
        let target = url.to_owned();
        self.document.links.push(Link { span, text: inner, kind, image, target, destination, label });
    }

    /// How many line ends there are between two places, which seldom are on different lines.
    fn line_ends_in(&self, range: std::ops::Range<u32>) -> usize {
        let line_of = |offset: u32| self.source.line_index(offset as usize);
        let between = self.source.text().as_bytes().get(range.start as usize..range.end as usize).unwrap_or_default();
        let has_end = memchr::memchr2(b'\n', b'\r', between).is_some();
        if has_end { line_of(range.end).saturating_sub(line_of(range.start)) } else { 0 }
    }

    fn inline_span<'a>(&self, node: &'a AstNode<'a>, place: Place) -> Span {
        let position = node.data.borrow().sourcepos;
        let (is_counted, least) = match place {
            Place::Lines { definitions } => (definitions == 0 && self.uncounted.is_empty(), 0),
            Place::Cell { start } => (self.escapes.is_empty(), start),
        };
        // Nearly every part is where comrak says, on a single line.
        if is_counted && position.start.line == position.end.line {
            let line = self.source.line_span(position.start.line.saturating_sub(1));
            let start = line.start as usize + position.start.column.saturating_sub(1);
            let end = line.start as usize + position.end.column;
            if start <= end && end <= line.end as usize {
                return self.on_boundaries(start.max(least)..end.max(least));
            }
        }
        let start = self.inline_offset(position.start, place);
        let end = self.inline_offset(LineColumn { line: position.end.line, column: position.end.column + 1 }, place);
        self.on_boundaries(start..end.max(start))
    }

    fn inline_offset(&self, at: LineColumn, place: Place) -> usize {
        match place {
            Place::Lines { definitions } => {
                let line = at.line.saturating_sub(1);
                let before = self.uncounted.partition_point(|(on, _)| *on < line);
                let uncounted = before.checked_sub(1).map_or(0, |last| self.uncounted[last].1);
                let shift = definitions + uncounted;
                if shift == 0 {
                    return self.offset(at);
                }
                // The column is counted from where comrak believes the line to begin.
                let seen = definition::text_start(self.source, line) - self.source.line_span(line).start as usize;
                let begin = definition::text_start(self.source, line + shift);
                let column =
                    begin + at.column.saturating_sub(seen) - self.source.line_span(line + shift).start as usize;
                self.offset(LineColumn { line: line + shift + 1, column })
            }
            Place::Cell { start } => {
                let counted = self.offset(at).saturating_sub(start);
                start + counted + self.escapes.partition_point(|&escape| escape < counted)
            }
        }
    }

    /// Reads raw HTML: its comments, its tags, and the addresses in these.
    fn html(&mut self, span: Span, in_block: bool) {
        self.comments(span);
        let first = self.document.tags.len();
        html::read(self.source, span, in_block, &mut self.document.tags);
        for tag in self.document.tags.get(first..).unwrap_or_default() {
            let image = self.source.slice(tag.name).eq_ignore_ascii_case("img");
            for (destination, target) in tag.addresses(self.source) {
                let text = Span::at(tag.span.end as usize);
                let (span, destination) = (tag.span, Some(destination));
                self.document.links.push(Link {
                    span,
                    text,
                    kind: LinkKind::Html,
                    image,
                    target,
                    destination,
                    label: None,
                });
            }
        }
    }

    fn comments(&mut self, html: Span) {
        let text = self.source.slice(html);
        let mut from = 0;
        while let Some(open) = text[from..].find("<!--").map(|at| at + from) {
            let body = open + 4;
            let (body_end, end) = match text[body..].find("-->") {
                Some(length) => {
                    // What closes it was meant for the comment that begins within it.
                    if text[body..body + length].contains("<!--") {
                        let unclosed = Unclosed {
                            opening: html.part(open..body),
                            span: html.part(open..body + length + 3),
                            comment: true,
                        };
                        self.document.unclosed.push(unclosed);
                    }
                    (body + length, body + length + 3)
                }
                None => {
                    let unclosed =
                        Unclosed { opening: html.part(open..body), span: html.part(open..text.len()), comment: true };
                    self.document.unclosed.push(unclosed);
                    (text.len(), text.len())
                }
            };
            self.document.comments.push(Comment { span: html.part(open..end), body: html.part(body..body_end) });
            from = end;
        }
    }

    fn finish(self) -> Document {
        let mut document = self.document;
        // A reference that only a line inside code or a paragraph seems to define leads nowhere: it is text.
        let labels: hashbrown::HashSet<&str> =
            document.definitions.iter().map(|definition| definition.normal.as_str()).collect();
        let source = self.source;
        let texts = &mut document.texts;
        document.links.retain(|link| {
            let is_defined = link.label.is_none_or(|label| {
                // A footnote's mark is no link, though its definition may look like one's.
                let normal = normalize_label(source.slice(label));
                // In a cell a pipe is escaped before anything else is read.
                let in_cell = || normal.contains("\\|") && labels.contains(normal.replace("\\|", "|").as_str());
                !normal.starts_with('^') && (labels.contains(normal.as_str()) || in_cell())
            });
            if !is_defined {
                texts.push(link.span);
            }
            is_defined
        });
        drop(labels);
        document.texts.sort_unstable();
        separate(&mut document.texts);
        document.codes.sort_unstable();
        document.comments.sort_unstable_by_key(|comment| comment.span);
        document.struck.sort_unstable();
        separate(&mut document.struck);
        document.definitions.sort_by_key(|definition| definition.span);
        document
    }
}

/// Whether a table begins on the line below a paragraph.
fn is_above_table<'a>(paragraph: &'a AstNode<'a>) -> bool {
    let end = paragraph.data.borrow().sourcepos.end.line;
    paragraph.next_sibling().is_some_and(|next| {
        let next = next.data.borrow();
        matches!(next.value, NodeValue::Table(_)) && next.sourcepos.start.line == end + 1
    })
}

/// Makes spans that are sorted share no byte: what one has, the next ones have not.
fn separate(spans: &mut Vec<Span>) {
    let mut after = 0;
    spans.retain_mut(|span| {
        let is_empty = span.is_empty();
        span.start = span.start.max(after);
        after = after.max(span.end);
        span.start < span.end || is_empty && span.start == span.end
    });
}

fn collect_visible_text<'a>(node: &'a AstNode<'a>, text: &mut String) {
    for part in node.descendants() {
        match &part.data.borrow().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
}

/// The visible text of one line of Markdown: without emphasis, with the text of links and code.
pub(crate) fn visible_text(text: &str) -> String {
    // A heading's text is read that way already. The full stop keeps a `#` at the end from being taken for its mark.
    let source = Source::from_bytes("", format!("# {text} .").into_bytes());
    let heading = Document::parse(&source).headings.into_iter().next();
    heading.map_or_else(|| text.to_owned(), |heading| heading.text.trim_end_matches('.').trim_end().to_owned())
}

/// The same with every bracketed label as a link; nothing but the text itself goes.
pub(super) fn visible_text_of(text: &str) -> String {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    let resolve = |_: BrokenLinkReference<'_>| Some(ResolvedReference { url: "#".to_owned(), title: String::new() });
    options.parse.broken_link_callback = Some(Arc::new(resolve));
    let arena = Arena::new();
    // A full stop keeps a `#` at the end from being taken for the heading's mark.
    let root = comrak::parse_document(&arena, &format!("# {} .", text.replace(['\n', '\r'], " ")), &options);
    let mut visible = String::new();
    collect_visible_text(root, &mut visible);
    visible.strip_suffix('.').map_or(visible.as_str(), str::trim_end).to_owned()
}

/// Whether a code block holds a fence with a language that could not be in one: what closes the block was meant for that.
fn opens_another(code: &NodeCodeBlock) -> bool {
    let mark = char::from(code.fence_char);
    code.literal.lines().any(|line| {
        let text = line.trim_start_matches(' ');
        let language = text.trim_start_matches(mark);
        let length = text.len() - language.len();
        let is_word = language.starts_with(|c: char| c.is_ascii_alphabetic()) && !language.contains(mark);
        line.len() - text.len() <= 3 && length >= code.fence_length && is_word
    })
}

/// The text of `# text #` without its marks.
fn atx_content(text: &str, span: Span) -> std::ops::Range<usize> {
    let start = text.len() - text.trim_start_matches(['#', ' ']).len();
    let body = text[start..].trim_end();
    let without = body.trim_end_matches('#');
    let closed = without.len() < body.len() && (without.is_empty() || without.ends_with([' ', '\t']));
    let body = if closed { without } else { body };
    let from = span.start as usize + start;
    from..from + body.len()
}

/// Where the destination of `[text](destination "title")` is, given where the parenthesis has been opened.
fn destination_range(text: &str, from: usize) -> std::ops::Range<usize> {
    let bytes = text.as_bytes();
    let mut start = from.min(bytes.len());
    while start < bytes.len() && bytes[start].is_ascii_whitespace() {
        start += 1;
    }
    if bytes.get(start) == Some(&b'<') {
        let end = text[start..].find('>').map_or(text.len(), |length| start + length);
        return start + 1..end.max(start + 1);
    }
    let (mut end, mut open) = (start, 0usize);
    while end < bytes.len() && !bytes[end].is_ascii_whitespace() {
        match bytes[end] {
            b'\\' => end += 1,
            b'(' => open += 1,
            b')' if open == 0 => break,
            b')' => open -= 1,
            _ => {}
        }
        end += 1;
    }
    start..end.min(bytes.len())
}

/// After the parenthesis that closes `(destination "title")`, given where its destination is.
fn inline_end(text: &str, destination: &std::ops::Range<usize>) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = destination.end + usize::from(bytes.get(destination.end) == Some(&b'>'));
    let skip_blank = |at: &mut usize| {
        while bytes.get(*at).is_some_and(u8::is_ascii_whitespace) {
            *at += 1;
        }
    };
    skip_blank(&mut at);
    let close = match bytes.get(at)? {
        b'"' => b'"',
        b'\'' => b'\'',
        b'(' => b')',
        b')' => return Some(at + 1),
        _ => return None,
    };
    at += 1;
    while *bytes.get(at)? != close {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at += 1;
    skip_blank(&mut at);
    (bytes.get(at) == Some(&b')')).then_some(at + 1)
}
