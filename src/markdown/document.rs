//! What Markdown says of a document, as our own flat model: lists in document order, one for each kind of part, in which every
//! part knows its bytes.

use std::collections::BTreeMap;

use typed_index_collections::TiVec;

use super::definition::Definition;
use super::html::Tag;
use super::table::Table;
use crate::text::ids::id;
use crate::text::source::Span;

id! {
    /// A heading, as its place in the headings of its document, from 0.
    HeadingId
}

id! {
    /// A table, as its place in the tables of its document, from 0.
    TableId
}

/// One file's parts, each list in document order.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Paragraphs, lists and all other blocks; containers come before what they contain.
    pub blocks: Vec<Block>,
    /// Headings of both styles, at any depth.
    pub headings: TiVec<HeadingId, Heading>,
    /// Tables at any depth.
    pub tables: TiVec<TableId, Table>,
    /// Links and images that lead somewhere; undefined references are plain text.
    pub links: Vec<Link>,
    /// Plain text: outside links, images, code and HTML. In the order of the text; no two share a byte.
    pub texts: Vec<Span>,
    /// Code blocks and inline code, with fences and backticks.
    pub codes: Vec<Span>,
    /// HTML comments.
    pub comments: Vec<Comment>,
    /// Tags of raw HTML.
    pub tags: Vec<Tag>,
    /// What is struck out: `~~text~~`, and `<s>`, `<del>` or `<strike>` up to the end tag, else up to the end of its block or
    /// table cell.
    pub struck: Vec<Span>,
    /// Reference definitions.
    pub definitions: Vec<Definition>,
    /// The openings of code blocks and comments that nothing closes: what follows, up to the end of the file or of the
    /// quotation or list around them, belongs to them.
    pub unclosed: Vec<Unclosed>,
}

/// Something that is opened and never closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unclosed {
    /// What opens it, such as a fence with its language.
    pub opening: Span,
    /// All that belongs to it.
    pub span: Span,
    /// Whether it is a comment; else it is a code block.
    pub comment: bool,
}

/// A block and how deeply it is nested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// All its bytes, without the line end.
    pub span: Span,
    /// How many block quotes, lists and items it is nested in; 0 at the top.
    pub depth: u16,
}

/// The kinds of block that anyone asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading; see [`Document::headings`].
    Heading,
    /// A table; see [`Document::tables`].
    Table,
    /// A fenced or indented code block.
    Code,
    /// A block of HTML, comments among them.
    Html,
    /// A quotation.
    Quote,
    /// A list.
    List,
    /// A list item.
    Item,
    /// A rule such as `---`.
    Rule,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// All its bytes: with the `#`s or the underline.
    pub span: Span,
    /// Its text as written.
    pub content: Span,
    /// Its visible text: without emphasis, with the text of links and code.
    pub text: String,
    /// Whether it is underlined instead of marked with `#`.
    pub setext: bool,
    /// Whether it is in a block quote or list.
    pub nested: bool,
}

/// How a link says where it leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// `[text](destination)`
    Inline,
    /// `[text][label]`
    Full,
    /// `[label][]`
    Collapsed,
    /// `[label]`
    Shortcut,
    /// `<https://...>`
    Autolink,
    /// `<a href="...">`, `<img src="...">`: an address in raw HTML
    Html,
}

/// A link or an image.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// All its bytes.
    pub span: Span,
    /// Its text as written, between the brackets; empty for raw HTML.
    pub text: Span,
    /// How it says where it leads.
    pub kind: LinkKind,
    /// Whether it is an image.
    pub image: bool,
    /// Where it leads, unescaped.
    pub target: String,
    /// Where the destination is written (inline, autolink and HTML), without angle brackets or quotation marks.
    pub destination: Option<Span>,
    /// The label that a reference uses, as written.
    pub label: Option<Span>,
}

/// An HTML comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// From `<!--` to `-->`.
    pub span: Span,
    /// What is between.
    pub body: Span,
}

impl Document {
    /// The table that a place lies in.
    pub(crate) fn table_at(&self, place: Span) -> Option<&Table> {
        let before = self.tables.partition_point(|table| table.span.start <= place.start);
        self.tables[..before].last().filter(|table| table.span.contains(place))
    }

    /// The definitions by normalized label; the first of a label counts, as in CommonMark. They come in the order of the labels,
    /// because texts are built from them.
    pub fn definition_map(&self) -> BTreeMap<String, &Definition> {
        let mut map = BTreeMap::new();
        for definition in &self.definitions {
            map.entry(definition.normal.clone()).or_insert(definition);
        }
        map
    }
}
