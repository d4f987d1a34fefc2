//! One page: what is put into it, and the names in all of it.
//!
//! The page has been parsed already. What is put in is parsed by itself, so that neither the page nor what it defines changes
//! how that is read; then names become links in both, and the page gets the definitions that these need.

use std::borrow::Cow;

use hashbrown::HashSet;

use super::issues::Issues;
use super::layout::Layout;
use super::{include, readme};
use crate::markdown::document::{Block, BlockKind, Document};
use crate::markdown::label::normalize_label;
use crate::model::slate::{File, Slate};
use crate::rfc::finish::room_of;
use crate::rfc::names::{Names, link_users, logins, running_text};
use crate::rfc::open_blocks::{closed, may_be_open};
use crate::rfc::people::People;
use crate::rfc::template::as_block;
use crate::text::edits::Edits;
use crate::text::order::sort_by;
use crate::text::source::{Source, Span};

/// What a page is made with.
pub(crate) struct PageContext<'a> {
    /// The slate that it is of, or the pages beside the slates.
    pub(crate) slate: &'a Slate,
    pub(crate) file: &'a File,
    pub(crate) layout: &'a Layout,
    pub(crate) issues: &'a Issues,
    /// The pages of the book, by their paths from the project's root.
    pub(crate) book: &'a HashSet<&'a str>,
    /// Whether pages called `README.md` become `index.md`.
    pub(crate) renames_readme: bool,
}

/// Markdown that takes the place of a part of a page.
pub(crate) struct Insert {
    span: Span,
    form: Form,
    text: String,
    /// The labels of the page to which it may refer.
    labels: Vec<String>,
}

/// What something is that is put into a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Text within a line.
    Inline,
    /// Blocks on their own.
    Block,
    /// Rows of a table.
    Rows {
        /// How many cells each has.
        columns: usize,
        /// Whether they go below the line on which they are put; else they take the place of a row.
        below: bool,
    },
}

impl Insert {
    pub(crate) fn new(span: Span, form: Form, text: String) -> Insert {
        Insert { span, form, text, labels: Vec::new() }
    }

    /// The same with labels that lead where the page says.
    pub(crate) fn referring_to(self, labels: impl IntoIterator<Item = String>) -> Insert {
        Insert { labels: labels.into_iter().collect(), ..self }
    }

    /// What it replaces.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

/// A piece of Markdown whose names become links.
struct Piece<'d> {
    source: Cow<'d, Source>,
    document: Cow<'d, Document>,
    texts: Vec<Span>,
    edits: Edits,
    /// Which part of it is the text.
    part: Span,
}

impl Piece<'_> {
    fn of_page<'d>(file: &'d File, inserts: &[Insert]) -> Piece<'d> {
        let mut holes: Vec<Span> = inserts.iter().map(Insert::span).collect();
        holes.extend(include::directives(file.source.text()));
        let texts = without(&running_text(&file.source, &file.document), holes);
        let part = Span::new(0..file.source.text().len());
        let (source, document) = (Cow::Borrowed(&*file.source), Cow::Borrowed(&*file.document));
        Piece { source, document, texts, edits: Edits::default(), part }
    }

    fn of_insert<'d>(insert: &Insert) -> Piece<'d> {
        if insert.labels.is_empty() && is_plain(&insert.text) {
            return Piece::of_plain(insert.text.clone());
        }
        // Rows alone are no table, and what is in their cells would be read as one text.
        let head = match insert.form {
            Form::Rows { columns, .. } => format!("|{}\n|{}\n", " |".repeat(columns), "-|".repeat(columns)),
            _ => String::new(),
        };
        let label: String = insert.labels.iter().map(|label| format!("\n\n[{label}]: #\n")).collect();
        let part = Span::new(head.len()..head.len() + insert.text.len());
        Piece::of_text(format!("{head}{}{label}", insert.text), part)
    }

    /// The same without parsing.
    fn of_plain<'d>(text: String) -> Piece<'d> {
        let part = Span::new(0..text.len());
        let blocks = vec![Block { kind: BlockKind::Paragraph, span: part, depth: 0 }];
        let document = Cow::Owned(Document { blocks, ..Document::default() });
        let source = Cow::Owned(Source::from_bytes("", text.into_bytes()));
        Piece { source, document, texts: vec![part], edits: Edits::default(), part }
    }

    fn of_text<'d>(text: String, part: Span) -> Piece<'d> {
        let source = Source::from_bytes("", text.into_bytes());
        let document = Document::parse(&source);
        let texts = running_text(&source, &document).into_owned();
        Piece { source: Cow::Owned(source), document: Cow::Owned(document), texts, edits: Edits::default(), part }
    }

    fn finished(mut self) -> String {
        self.edits.sort();
        self.edits.apply(self.source.text(), self.part, str::to_owned)
    }

    /// The normal labels to which it refers.
    fn labels(&self) -> impl Iterator<Item = String> + '_ {
        let labels = self.document.links.iter().filter_map(|link| link.label);
        labels.map(|label| normalize_label(self.source.slice(label)))
    }
}

/// Whether all of a text is plain, but for names in brackets and emphasis: nothing in it is code, HTML, a link, or escaped.
fn is_plain(text: &str) -> bool {
    !text.contains(['`', '<', '\\', '!']) && !text.contains("](")
}

/// Pieces of plain text without what is replaced.
fn without(texts: &[Span], mut holes: Vec<Span>) -> Vec<Span> {
    holes.retain(|span| !span.is_empty());
    holes.sort_unstable();
    let mut left = Vec::with_capacity(texts.len());
    let mut holes = holes.into_iter().peekable();
    for &text in texts {
        let mut start = text.start;
        while holes.next_if(|hole| hole.end <= start).is_some() {}
        while let Some(hole) = holes.peek().filter(|hole| hole.start < text.end) {
            left.push(Span { start, end: hole.start.max(start) });
            start = hole.end.clamp(start, text.end);
            if hole.end > text.end {
                break;
            }
            holes.next();
        }
        left.push(Span { start, end: text.end });
    }
    left.retain(|span| !span.is_empty());
    left
}

/// The text of a page with what is put into it, with links in the place of names. `footnotes` are texts of footnotes that come
/// along.
pub(crate) fn assemble(cx: &PageContext<'_>, inserts: &[Insert], footnotes: String) -> String {
    let part = Span::new(0..footnotes.len());
    // The page, what is put into it, and what comes below.
    let mut pieces = vec![Piece::of_page(cx.file, inserts)];
    pieces.extend(inserts.iter().map(Piece::of_insert));
    pieces.push(if part.is_empty() { Piece::of_plain(footnotes) } else { Piece::of_text(footnotes, part) });
    let definitions = link_names(cx, &mut pieces);
    if cx.renames_readme {
        for piece in &mut pieces {
            readme::rename(&piece.source, &piece.document, cx.file.source.path(), cx.book, &mut piece.edits);
        }
    }
    let used: HashSet<String> = pieces.iter().flat_map(Piece::labels).collect();
    let mut pieces = pieces.into_iter();
    let Some(mut page) = pieces.next() else { return String::new() };
    drop_unused_definitions(&mut page, &used);
    for (insert, piece) in inserts.iter().zip(&mut pieces) {
        put(&mut page.edits, &cx.file.source, insert, &piece.finished());
    }
    let footnotes: String = pieces.map(Piece::finished).collect();
    let text = with_appended(cx.file, page.finished(), &[footnotes, definitions]);
    // Blocks and rows come with line feeds.
    match cx.file.source.line_end() {
        "\n" => text,
        end => text.replace("\r\n", "\n").replace('\n', end),
    }
}

/// Makes links of the names in all pieces, the first of which is the page; answers the definitions that they need.
fn link_names(cx: &PageContext<'_>, pieces: &mut [Piece<'_>]) -> String {
    let nowhere = |_: &str| None;
    let mut names = Names::new(cx.slate, &nowhere);
    let defined: HashSet<&str> = cx.file.document.definitions.iter().map(|one| one.normal.as_str()).collect();
    let mut resolved = Vec::with_capacity(pieces.len());
    for (index, piece) in pieces.iter_mut().enumerate() {
        // In what is put in, a label that the page defines would lead elsewhere.
        let is_reserved = |label: &str| index > 0 && defined.contains(label);
        resolved.push(names.resolve(&piece.source, &piece.texts, is_reserved, &mut piece.edits));
    }
    let mut taken: HashSet<String> = defined.iter().map(|label| (*label).to_owned()).collect();
    for (piece, resolved) in pieces.iter_mut().zip(&resolved) {
        let mut escapes = Edits::default();
        taken.extend(names.loose_labels(&piece.source, &piece.document, resolved, |_| false, &mut escapes));
        // What mdBook replaces has no escapes.
        let kept: Vec<Span> = include::directives(piece.source.text()).collect();
        escapes.retain(|span| {
            let before = kept.partition_point(|one| one.start <= span.start);
            !kept[..before].last().is_some_and(|one| one.contains(span))
        });
        piece.edits.extend(escapes);
    }
    taken.extend(names.labels().cloned());
    let users = pieces.iter().flat_map(|piece| logins(&piece.source, &piece.texts));
    let people = People::new(users, &cx.slate.roster, &cx.slate.config, |label| taken.contains(label));
    for piece in pieces {
        link_users(&piece.source, &piece.texts, &people, &mut piece.edits);
    }
    let mut definitions: Vec<(String, String)> = names.into_definitions().chain(people.definitions()).collect();
    sort_by(&mut definitions, |a, b| (a.0.to_lowercase(), &a.0).cmp(&(b.0.to_lowercase(), &b.0)));
    definitions.into_iter().map(|(label, address)| format!("[{label}]: {address}\n")).collect()
}

/// Text below a page, each part after a blank line. What is open at the end of the page would swallow it.
fn with_appended(file: &File, text: String, parts: &[String]) -> String {
    let mut parts = parts.iter().map(|part| part.trim_end()).filter(|part| !part.is_empty()).peekable();
    if parts.peek().is_none() {
        return text;
    }
    let mut text = if may_be_open(&file.source, &file.document) { closed(&text) } else { text };
    text.truncate(text.trim_end().len());
    for part in parts {
        let gap = if text.is_empty() { "" } else { "\n\n" };
        text.push_str(gap);
        text.push_str(part);
    }
    text + "\n"
}

fn put(edits: &mut Edits, source: &Source, insert: &Insert, text: &str) {
    match insert.form {
        Form::Inline => edits.replace(insert.span, text),
        Form::Block if text.is_empty() => edits.replace(insert.span, ""),
        Form::Block => edits.replace(insert.span, as_block(source, insert.span, text)),
        Form::Rows { below, .. } => {
            let line = source.line_span(source.line_index(insert.span.start as usize));
            let rows: Vec<&str> = text.lines().collect();
            if below {
                // As far in as the line above.
                let written = source.slice(line);
                let mark = &written[..written.len() - written.trim_start_matches([' ', '\t', '>']).len()];
                let rows = rows.iter().map(|row| format!("\n{mark}{row}"));
                edits.replace(insert.span, rows.collect::<String>());
            } else if rows.is_empty() {
                edits.replace(source.whole_line(line.start as usize), "");
            } else {
                // Within a quotation its marks come with each line.
                let before = source.slice(Span { start: line.start, end: insert.span.start });
                edits.replace(insert.span, rows.join(&format!("\n{before}")));
            }
        }
    }
}

/// Definitions of the page to which nothing refers go. Where a text is included later, nobody knows yet.
fn drop_unused_definitions(page: &mut Piece<'_>, used: &HashSet<String>) {
    let text = page.source.text();
    let mut seen = HashSet::new();
    let unused = page.document.definitions.iter().filter(|one| {
        let is_first = seen.insert(one.normal.as_str());
        !(one.is_footnote() || is_first && used.contains(&one.normal))
    });
    let mut unused = unused.peekable();
    if unused.peek().is_none() || include::directives(text).next().is_some() {
        return;
    }
    for definition in unused {
        page.edits.replace(room_of(&page.source, definition), "");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_replaced_is_no_text() {
        let spans = |ranges: &[(usize, usize)]| ranges.iter().map(|(a, b)| Span::new(*a..*b)).collect::<Vec<_>>();
        for (texts, holes, left) in [
            (vec![(0, 10)], vec![(2, 4)], vec![(0, 2), (4, 10)]),
            (vec![(0, 10)], vec![(0, 10)], vec![]),
            (vec![(2, 5), (6, 9)], vec![(0, 3), (4, 7)], vec![(3, 4), (7, 9)]),
            (vec![(2, 5)], vec![(5, 5), (7, 9)], vec![(2, 5)]),
            (vec![(0, 3), (4, 6), (8, 12)], vec![(2, 10)], vec![(0, 2), (10, 12)]),
        ] {
            assert_eq!(without(&spans(&texts), spans(&holes)), spans(&left), "{texts:?} {holes:?}");
        }
    }
}
