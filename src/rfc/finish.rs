//! The last step: a text whose directives are filled in becomes one that stands alone.

use std::collections::{BTreeMap, HashSet};

use unicode_width::UnicodeWidthStr;

use super::edit::Edits;
use super::people::People;
use super::site::Site;
use super::template;
use crate::config::Config;
use crate::goal;
use crate::markdown::{BlockKind, Bracket, Definition, Document, Heading, LinkKind, Table, brackets, normalize_label};
use crate::sheet::escape_pipes;
use crate::slate::Slate;
use crate::source::{Source, Span};
use crate::suppress::is_suppression;

/// Makes the text stand alone.
pub(super) fn finish(expanded: &str, slate: &Slate, config: &Config, site: &Site) -> String {
    let source = Source::from_bytes("", expanded.into());
    let document = Document::parse(&source);
    let own = document.definition_map();
    let taken = |label: &str| {
        own.contains_key(label)
            || slate.roster.team(label).is_some()
            || config.links.keys().chain(slate.format.badges.keys()).any(|known| normalize_label(known) == label)
    };
    let logins = document.texts.iter().flat_map(|span| {
        let text = source.slice(*span);
        goal::users(text).into_iter().map(move |range| &text[range])
    });
    let people = People::new(logins, &slate.roster, config, taken);
    let mut finisher =
        Finisher { source: &source, slate, config, site, own, edits: Edits::default(), used: BTreeMap::new() };
    finisher.names(&document, &people);
    finisher.links(&document);
    finisher.headings(&document.headings);
    finisher.comments(&document);
    finisher.definitions(&document.definitions);
    finisher.blank_lines(&document);
    finisher.edits.sort();
    finisher.tables(&document);

    let whole = Span::new(0..expanded.len());
    let text = finisher.edits.apply(expanded, whole, str::to_owned);
    let mut text = text.trim_end().to_owned();
    text.push('\n');
    let mut definitions: Vec<(String, String)> = finisher.used.into_values().chain(people.definitions()).collect();
    definitions.sort_by(|a, b| (a.0.to_lowercase(), &a.0).cmp(&(b.0.to_lowercase(), &b.0)));
    if !definitions.is_empty() {
        text.push('\n');
    }
    for (label, target) in definitions {
        text.push_str(&format!("[{label}]: {target}\n"));
    }
    text
}

struct Finisher<'a> {
    source: &'a Source,
    slate: &'a Slate,
    config: &'a Config,
    site: &'a Site,
    own: BTreeMap<String, &'a Definition>,
    edits: Edits,
    /// The definitions that are referred to, by normal label: label and target.
    used: BTreeMap<String, (String, String)>,
}

impl Finisher<'_> {
    /// Names in plain text: `@user` becomes a link, `[team]` and badges get their definitions, linkifiers their addresses.
    fn names(&mut self, document: &Document, people: &People) {
        for &span in &document.texts {
            let text = self.source.slice(span);
            for range in goal::users(text) {
                // In brackets of its own a name would become a link within brackets.
                if text[..range.start - 1].ends_with('[') && text[range.end..].starts_with(']') {
                    continue;
                }
                if let Some(link) = people.link(&text[range.clone()]) {
                    self.edits.replace(span.part(range.start - 1..range.end), link);
                }
            }
            for bracket in brackets(text) {
                self.bracket(text, span, &bracket);
            }
        }
    }

    fn bracket(&mut self, text: &str, span: Span, bracket: &Bracket) {
        let inner = &text[bracket.text.clone()];
        let label = bracket.label.clone().map(|label| &text[label]).filter(|label| !label.is_empty()).unwrap_or(inner);
        if label.starts_with('^') {
            return;
        }
        let normal = normalize_label(label);
        let mut badges = self.config.links.iter().chain(&self.slate.format.badges);
        let badge = badges.find(|(known, _)| normalize_label(known) == normal);
        if let Some((known, address)) = badge {
            self.used.insert(normal, (known.clone(), address.clone()));
        } else if let Some(address) = self.slate.roster.team_address(label).filter(|_| !bracket.image) {
            self.used.insert(normal, (label.to_owned(), address.to_owned()));
        } else if let Some(address) = self.config.linkifiers.iter().find_map(|linkifier| linkifier.address(label)) {
            let mark = if bracket.image { "!" } else { "" };
            self.edits.replace(span.part(bracket.whole.clone()), format!("{mark}[{inner}]({address})"));
        }
    }

    /// Links of the text itself: destinations lead to the site, labels are used.
    fn links(&mut self, document: &Document) {
        for link in &document.links {
            match (link.kind, link.destination, link.label) {
                (LinkKind::Inline, Some(destination), _) => {
                    if let Some(address) = self.site.address(self.source.slice(destination)) {
                        self.edits.replace(destination, address);
                    }
                }
                (_, _, Some(label)) => {
                    let normal = normalize_label(self.source.slice(label));
                    if let Some(definition) = self.own.get(&normal) {
                        let target = self.source.slice(definition.target);
                        let address = self.site.address(target).unwrap_or_else(|| target.to_owned());
                        let target =
                            if address.contains(' ') || address.is_empty() { format!("<{address}>") } else { address };
                        let title =
                            definition.title.map_or_else(String::new, |title| format!(" {}", self.source.slice(title)));
                        let label = self.source.slice(definition.label).to_owned();
                        self.used.insert(normal, (label, format!("{target}{title}")));
                    }
                }
                _ => {}
            }
        }
    }

    /// Headings nest: each stands one level below the one it belongs to, and all at the top have the first one's level.
    fn headings(&mut self, headings: &[Heading]) {
        const DEEPEST: u8 = 6;
        let top = headings.iter().find(|heading| !heading.nested).map_or(1, |first| first.level.min(2));
        let mut open: Vec<(u8, u8)> = Vec::new();
        for heading in headings.iter().filter(|heading| !heading.nested) {
            while open.last().is_some_and(|(written, _)| *written >= heading.level) {
                open.pop();
            }
            let level = open.last().map_or(top, |(_, level)| level + 1).min(DEEPEST);
            open.push((heading.level, level));
            template::set_level(self.source, heading, level, &mut self.edits);
        }
    }

    /// Words to the program itself are no part of the RFC.
    fn comments(&mut self, document: &Document) {
        for comment in &document.comments {
            if is_suppression(self.source.slice(comment.span)) {
                self.edits.replace(comment.span, "");
            }
        }
    }

    /// Definitions leave the places where they stand; those that are used come back at the end.
    fn definitions(&mut self, definitions: &[Definition]) {
        for definition in definitions.iter().filter(|definition| !definition.is_footnote()) {
            let line = self.source.line_index(definition.span.end as usize);
            let next = self.source.line_span(line + 1).start;
            let end = next.max(definition.span.end).min(Span::at(self.source.text().len()).start);
            let first = self.source.line_span(self.source.line_index(definition.span.start as usize));
            let before = Span { start: first.start, end: definition.span.start };
            // In a quotation or list the mark before the definition may hold the block together.
            let start = if self.source.slice(before).trim().is_empty() { first.start } else { definition.span.start };
            let end = if start == first.start { end } else { definition.span.end };
            self.edits.replace(Span { start, end }, "");
        }
    }

    /// One blank line between blocks is enough, outside code; lines that become blank with their definition count too.
    fn blank_lines(&mut self, document: &Document) {
        let source = self.source;
        let gone: HashSet<usize> = document
            .definitions
            .iter()
            .filter(|definition| !definition.is_footnote())
            .flat_map(|definition| {
                source.line_index(definition.span.start as usize)..=source.line_index(definition.span.end as usize)
            })
            .collect();
        let mut verbatim = HashSet::new();
        for block in document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code | BlockKind::Html)) {
            verbatim.extend(
                source.line_index(block.span.start as usize)
                    ..=source.line_index(block.span.end.saturating_sub(1) as usize),
            );
        }
        let mut last_was_blank = true;
        for line in 0..source.line_count() {
            let span = source.line_span(line);
            if verbatim.contains(&line) {
                last_was_blank = false;
            } else if gone.contains(&line) {
                // What stands on the line goes with the definition.
            } else if source.slice(span).trim().is_empty() {
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
    fn tables(&mut self, document: &Document) {
        let mut laid_out = Vec::new();
        for table in &document.tables {
            laid_out.extend(self.lay_out(table));
        }
        for (span, text) in laid_out {
            self.edits.replace(span, text);
        }
        self.edits.sort();
    }

    fn lay_out(&self, table: &Table) -> Vec<(Span, String)> {
        let text = self.source.text();
        let columns = table.header().len();
        let cell = |span: &Span| self.edits.apply(text, *span, escape_pipes).trim().to_owned();
        let rows: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| {
                let mut cells: Vec<String> = row.cells.iter().map(cell).collect();
                cells.resize(cells.len().max(columns), String::new());
                cells
            })
            .collect();
        let marks = self.alignments(table, columns);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let widest = rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
                widest.max(marks[column].chars().count())
            })
            .collect();
        let line = |cells: &[String]| {
            let mut out = String::from("|");
            for (column, cell) in cells.iter().enumerate() {
                let pad = widths.get(column).map_or(0, |width| width.saturating_sub(cell.width()));
                out.push_str(&format!(" {cell}{} |", " ".repeat(pad)));
            }
            out
        };
        let dashes: Vec<String> = marks.iter().zip(&widths).map(|(mark, width)| stretch(mark, *width)).collect();
        let mut out: Vec<(Span, String)> =
            table.rows.iter().zip(&rows).map(|(row, cells)| (row.span, line(cells))).collect();
        out.push((table.delimiter, line(&dashes)));
        out
    }

    /// The shortest delimiter of each column: `---`, `:--`, `--:` or `:-:`.
    fn alignments(&self, table: &Table, columns: usize) -> Vec<&'static str> {
        let row = self.source.slice(table.delimiter);
        let cells = crate::markdown::split_cells(row, table.delimiter);
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

/// A delimiter as wide as its column.
fn stretch(mark: &str, width: usize) -> String {
    let more = "-".repeat(width.saturating_sub(mark.len()));
    match mark {
        ":--" => format!(":--{more}"),
        "--:" => format!("{more}--:"),
        ":-:" => format!(":{more}-:"),
        _ => format!("{more}---"),
    }
}
