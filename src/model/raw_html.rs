//! Raw HTML that would not stay where it is written: what an RFC may not hold.

use hashbrown::HashMap;

use crate::markdown::address::has_scheme;
use crate::markdown::document::{BlockKind, Document};
use crate::markdown::html::{Tag, TagKind};
use crate::policy::html::{AllowedHtml, AttributeKind, Element};
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};

/// Something wrong in raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct HtmlFlaw {
    /// Where: a tag or an attribute.
    pub(crate) span: Span,
    /// What.
    pub(crate) kind: HtmlFlawKind,
    /// The tag, as its place in those of the document.
    pub(crate) tag: usize,
}

/// What can be wrong in raw HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum HtmlFlawKind {
    /// An element that runs or loads something.
    ActiveElement,
    /// An attribute or address that runs a script.
    ActiveAttribute,
    /// An element that is not allowed, or not in this place.
    ForbiddenElement,
    /// An attribute that is not allowed.
    ForbiddenAttribute,
    /// A name that no element has.
    UnknownElement,
    /// `<!...>` or `<?...?>`.
    Declaration,
    /// A tag without `>`.
    Unfinished,
    /// An element that is not closed where it begins.
    Unclosed,
    /// An end of an element that does not begin there.
    Unopened,
}

impl HtmlFlawKind {
    /// Whether something happens where the text is shown.
    pub(crate) fn is_active(self) -> bool {
        matches!(self, HtmlFlawKind::ActiveElement | HtmlFlawKind::ActiveAttribute)
    }
}

/// Everything wrong in the raw HTML of a document, in its order.
pub(crate) fn flaws(source: &Source, document: &Document) -> Vec<HtmlFlaw> {
    if document.tags.is_empty() {
        return Vec::new();
    }
    let mut reader = Reader { source, allowed: AllowedHtml::built_in(), rejected: HashMap::new(), found: Vec::new() };
    let places = Places::of(document);
    let mut inline: Option<(Place, Open)> = None;
    let mut around: HashMap<usize, Open> = HashMap::new();
    for (index, tag) in document.tags.iter().enumerate() {
        let place = places.of_tag(tag);
        if !reader.is_allowed(index, tag, place.kind) {
            continue;
        }
        let element = reader.allowed.element(source.slice(tag.name));
        if element == Element::Empty && tag.kind == TagKind::Open {
            continue;
        }
        // What is around blocks is closed in the same quotation, list or file.
        let open = if element == Element::Block && tag.in_block {
            around.entry(place.container).or_default()
        } else {
            match &mut inline {
                Some((of, open)) if of.span == place.span => open,
                _ => {
                    if let Some((_, open)) = inline.take() {
                        reader.unclosed(open.0, document);
                    }
                    &mut inline.insert((place, Open::default())).1
                }
            }
        };
        reader.count(index, tag, open, document);
    }
    let left = inline.into_iter().map(|(_, open)| open).chain(around.into_values());
    left.for_each(|open| reader.unclosed(open.0, document));
    sort_by_key(&mut reader.found, |flaw| (flaw.span, flaw.kind));
    reader.found
}

/// The elements that are open, the innermost last: tags as places in those of the document.
#[derive(Default)]
struct Open(Vec<usize>);

struct Reader<'a> {
    source: &'a Source,
    allowed: &'static AllowedHtml,
    /// How many elements are open that are not allowed, by name: their ends are no flaws of their own.
    rejected: HashMap<String, usize>,
    found: Vec<HtmlFlaw>,
}

impl Reader<'_> {
    fn add(&mut self, tag: usize, span: Span, kind: HtmlFlawKind) {
        self.found.push(HtmlFlaw { span, kind, tag });
    }

    /// Whether a tag may stand there; what is wrong with it is added.
    fn is_allowed(&mut self, index: usize, tag: &Tag, place: BlockKind) -> bool {
        let flaw = match (tag.kind, self.allowed.element(self.source.slice(tag.name))) {
            (TagKind::Declaration, _) => Some(HtmlFlawKind::Declaration),
            (_, Element::Active) => Some(HtmlFlawKind::ActiveElement),
            (_, Element::Other) => Some(HtmlFlawKind::ForbiddenElement),
            (_, Element::Block) if place == BlockKind::Heading => Some(HtmlFlawKind::ForbiddenElement),
            (_, Element::Unknown) => Some(HtmlFlawKind::UnknownElement),
            (TagKind::Unfinished, _) => Some(HtmlFlawKind::Unfinished),
            _ => None,
        };
        if let Some(kind) = flaw.filter(|_| !self.is_end_of_rejected(tag)) {
            self.add(index, tag.span, kind);
        }
        for attribute in &tag.attributes {
            let span = Span { start: attribute.name.start, end: attribute.value.unwrap_or(attribute.name).end };
            match self.allowed.attribute(self.source.slice(attribute.name)) {
                AttributeKind::Active => self.add(index, span, HtmlFlawKind::ActiveAttribute),
                // An element that is not allowed brings its attributes along.
                AttributeKind::Other if flaw.is_none() => self.add(index, span, HtmlFlawKind::ForbiddenAttribute),
                _ => {}
            }
        }
        for (span, address) in tag.addresses(self.source) {
            if hides_scheme(&address) {
                self.add(index, span, HtmlFlawKind::ActiveAttribute);
            }
        }
        flaw.is_none()
    }

    /// Whether a tag is the end of an element that is not allowed, and so said already.
    fn is_end_of_rejected(&mut self, tag: &Tag) -> bool {
        let open = self.rejected.entry(self.source.slice(tag.name).to_ascii_lowercase()).or_default();
        let is_end = tag.kind == TagKind::Close && *open > 0;
        match tag.kind {
            TagKind::Open => *open += 1,
            _ if is_end => *open -= 1,
            _ => {}
        }
        is_end
    }

    /// Opens or closes an element.
    fn count(&mut self, index: usize, tag: &Tag, open: &mut Open, document: &Document) {
        let name = self.source.slice(tag.name);
        let is_it = |other: usize| self.source.slice(document.tags[other].name).eq_ignore_ascii_case(name);
        if tag.kind == TagKind::Open {
            // A summary is a part of the details around it.
            if name.eq_ignore_ascii_case("summary") && open.0.is_empty() {
                self.add(index, tag.span, HtmlFlawKind::ForbiddenElement);
            }
            open.0.push(index);
            return;
        }
        match open.0.last() {
            Some(&last) if is_it(last) => {
                open.0.pop();
            }
            // What is wrong with one of very many is no better known by looking at all of them.
            _ => match open.0.iter().rev().take(MAX_DEPTH).position(|other| is_it(*other)) {
                Some(above) => {
                    let inner = open.0.split_off(open.0.len() - above);
                    open.0.pop();
                    self.unclosed(inner, document);
                }
                None => self.add(index, tag.span, HtmlFlawKind::Unopened),
            },
        }
    }

    fn unclosed(&mut self, tags: Vec<usize>, document: &Document) {
        for index in tags {
            self.add(index, document.tags[index].span, HtmlFlawKind::Unclosed);
        }
    }
}

/// How far up an element is looked for that a tag may close.
const MAX_DEPTH: usize = 64;

/// Whether an address runs a script in a browser, which takes no notice of blanks and control characters, though it has no
/// scheme as it is written.
fn hides_scheme(address: &str) -> bool {
    let bare: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    let is_script = ["javascript:", "vbscript:", "data:"]
        .iter()
        .any(|scheme| bare.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)));
    is_script && !has_scheme(address)
}

/// Where a tag is.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// The paragraph, heading, table cell or piece of HTML.
    span: Span,
    /// What kind of block that is in.
    kind: BlockKind,
    /// The quotation, list or item around it, as its place in the blocks of the document and 1; 0 for the document.
    container: usize,
}

/// Where everything in a document is.
struct Places<'d> {
    document: &'d Document,
    /// By block: the container around it.
    containers: Vec<usize>,
}

impl Places<'_> {
    fn of(document: &Document) -> Places<'_> {
        let mut around: Vec<(u16, usize)> = Vec::new();
        let containers = document.blocks.iter().enumerate().map(|(index, block)| {
            while around.last().is_some_and(|(depth, _)| *depth >= block.depth) {
                around.pop();
            }
            let container = around.last().map_or(0, |(_, container)| *container);
            if matches!(block.kind, BlockKind::Quote | BlockKind::List | BlockKind::Item) {
                around.push((block.depth, index + 1));
            }
            container
        });
        let containers = containers.collect();
        Places { document, containers }
    }

    fn of_tag(&self, tag: &Tag) -> Place {
        let Document { blocks, tables, .. } = self.document;
        let index = blocks.partition_point(|block| block.span.start <= tag.span.start).saturating_sub(1);
        let Some(block) = blocks.get(index) else {
            return Place { span: tag.span, kind: BlockKind::Paragraph, container: 0 };
        };
        let mut span = block.span;
        if block.kind == BlockKind::Table {
            let tables = &tables.raw;
            let table = tables.partition_point(|table| table.span.start <= tag.span.start).checked_sub(1);
            let rows = table.map_or(&[][..], |table| &tables[table].rows);
            let row = rows.partition_point(|row| row.span.start <= tag.span.start).checked_sub(1);
            let cells = row.map_or(&[][..], |row| &rows[row].cells);
            let cell = cells.partition_point(|cell| cell.start <= tag.span.start).checked_sub(1);
            span = cell.map_or(span, |cell| cells[cell]);
        }
        Place { span, kind: block.kind, container: self.containers.get(index).copied().unwrap_or_default() }
    }
}

#[cfg(test)]
mod tests {
    use super::HtmlFlawKind::*;
    use super::*;

    fn found(text: &str) -> Vec<(&str, HtmlFlawKind)> {
        let source = Source::from_bytes("a.md", text.into());
        let document = Document::parse(&source);
        flaws(&source, &document).into_iter().map(|flaw| (&text[flaw.span.range()], flaw.kind)).collect()
    }

    #[test]
    fn inline_html_that_is_closed_is_let_alone() {
        for text in [
            "a<br>b<br/>c<BR />d<wbr>",
            "x<sup>2</sup> <SUB>i</sub> <kbd>a<b>b</b></kbd>",
            "<a href=\"./a.md\" title='b'>c</a> <img src=a.png alt=\"d\" width=100>",
            "| <b>a</b> | c |\n|---|---|\n| <i>b</i> | <details><summary>s</summary>t</details> |",
            "<details>\n<summary>More</summary>\n\nText <b>b</b>\n\n</details>",
            "- <details>\n  <summary>More</summary>\n\n  Text\n\n  </details>\n- b",
            "`<td>` <!-- <td> --> \\<td> &lt;td> a < b <https://x.org>",
            "```html\n<script>\n```",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_does_not_stay_where_it_is_is_found() {
        for (text, expected) in [
            ("# a </td></tr> b", vec![("</td>", ForbiddenElement), ("</tr>", ForbiddenElement)]),
            ("a <script>x</script>", vec![("<script>", ActiveElement)]),
            (
                "a <b onclick=\"x\" style='y'>c</b>",
                vec![("onclick=\"x", ActiveAttribute), ("style='y", ForbiddenAttribute)],
            ),
            ("<img src=\" java\tscript:x\" alt=a>", vec![("java\tscript:x", ActiveAttribute)]),
            ("<a href=\"&#10;javascript&colon;x\">a</a>", vec![("&#10;javascript&colon;x", ActiveAttribute)]),
            ("a Vec<T> b", vec![("<T>", UnknownElement)]),
            ("a <b>b\n\nc</b>", vec![("<b>", Unclosed), ("</b>", Unopened)]),
            ("| <b>a | c</b> |\n|---|---|\n| d | e |", vec![("<b>", Unclosed), ("</b>", Unopened)]),
            ("a <b><i>b</b> c</i>", vec![("<i>", Unclosed), ("</i>", Unopened)]),
            ("a </br> b <sup/>", vec![("</br>", Unopened), ("<sup/>", Unclosed)]),
            (
                "# <details><summary>a</summary></details>",
                vec![("<details>", ForbiddenElement), ("<summary>", ForbiddenElement)],
            ),
            ("<details>\n<summary>a</summary>\n\nb", vec![("<details>", Unclosed)]),
            ("- <details>\n  a\n\nb\n\n</details>", vec![("<details>", Unclosed), ("</details>", Unopened)]),
            ("<summary>a</summary> b", vec![("<summary>", ForbiddenElement)]),
            ("a <?php x ?> <!DOCTYPE html>", vec![("<?php x ?>", Declaration), ("<!DOCTYPE html>", Declaration)]),
            ("<details class=\"a\n\nb", vec![("<details class=\"a", Unfinished)]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
