//! Pages of the slate that the template includes as a list item with only a link: the RFC holds their text.

use std::collections::HashMap;

use super::scope::Scope;
use super::template;
use crate::markdown::document::{Block, BlockKind, Document, Link, LinkKind};
use crate::model::slate::{File, FileKind, Slate};
use crate::text::edits::Edits;
use crate::text::source::{Source, Span};

/// A list item of the template and the page that replaces it.
pub(crate) struct Chapter {
    /// The item.
    pub(crate) item: Span,
    /// The page, as a place in the slate's files.
    pub(crate) page: usize,
}

/// Whether a file's text goes into the RFC.
pub(crate) fn is_in_rfc(slate: &Slate, file: &File) -> bool {
    matches!(file.kind, FileKind::Template | FileKind::Page)
        && slate.in_rfc().iter().any(|index| std::ptr::eq(&slate.files[*index], file))
}

/// Finds [`Slate::in_rfc`].
pub(crate) fn files_in_rfc(slate: &Slate) -> Vec<usize> {
    let Some(template) = slate.template() else { return Vec::new() };
    let chapters = chapters(slate, &slate.files[template]);
    std::iter::once(template).chain(chapters.into_iter().map(|chapter| chapter.page)).collect()
}

/// The chapters of a template, in its order.
pub(crate) fn chapters(slate: &Slate, file: &File) -> Vec<Chapter> {
    if !slate.format.rfc.chapters {
        return Vec::new();
    }
    let links = file.document.links.iter().filter(|link| link.kind == LinkKind::Inline && !link.image);
    let links: HashMap<Span, &Link> = links.map(|link| (link.span, link)).collect();
    let items = file.document.blocks.iter().filter(|block| block.kind == BlockKind::Item && block.depth == 1);
    let chapter = |item: &Block| {
        let link = links.get(&content(file, item))?;
        let path = slate.path_of(link.target.trim_start_matches("./"));
        // Files are sorted by path.
        let page = slate.files.binary_search_by(|other| other.source.path().cmp(&path)).ok()?;
        (slate.files[page].kind == FileKind::Page).then_some(Chapter { item: item.span, page })
    };
    items.filter_map(chapter).collect()
}

/// What follows the mark of a list item.
fn content(file: &File, item: &Block) -> Span {
    let text = file.source.slice(item.span).trim_end();
    let content =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' '));
    item.span.part(text.len() - content.len()..text.len())
}

/// The text of a chapter: its first heading goes, the others keep their distance to it, counted from the level of the heading
/// around the item.
pub(crate) fn text(slate: &Slate, page: usize, around: u8, scope: &mut Scope) -> String {
    let mut edits = Edits::default();
    scope.enter(slate, page, true, &mut edits);
    let source = Source::from_bytes("", template::fill_in(slate, page, edits, scope).into());
    let document = Document::parse(&source);
    let mut edits = Edits::default();
    let mut headings = document.headings.iter().filter(|heading| !heading.nested);
    if let Some(first) = headings.next() {
        edits.replace(first.span, "");
        for heading in headings {
            let level = (around + heading.level).saturating_sub(first.level).clamp(1, 6);
            template::set_level(&source, heading, level, &mut edits);
        }
    }
    edits.sort();
    let text = edits.apply(source.text(), Span::new(0..source.text().len()), str::to_owned);
    let text = without_blank_ends(&text);
    if may_be_open(&source, &document) { closed(text) } else { text.to_owned() }
}

/// A text without blank lines at its ends; what a line begins with stays, since it may be code.
pub(crate) fn without_blank_ends(text: &str) -> &str {
    let end = text.trim_end();
    let first = end.len() - end.trim_start().len();
    &end[end[..first].rfind(['\n', '\r']).map_or(0, |line_end| line_end + 1)..]
}

/// Whether something may be open at the end of a text, which [`closed`] would close: only a code block or HTML can be.
pub(crate) fn may_be_open(source: &Source, document: &Document) -> bool {
    let Some(last) = document.blocks.iter().rfind(|block| block.depth == 0) else { return false };
    let text = source.slice(last.span).trim_start();
    match last.kind {
        BlockKind::Code => text.starts_with(['`', '~']),
        BlockKind::Html => !text.contains(html_end(text)),
        _ => false,
    }
}

/// A text that another one can follow: where a fence, comment or piece of HTML is open at its end, it is closed. On the
/// site that ends with its page; here it would swallow the rest of the RFC.
pub(crate) fn closed(text: &str) -> String {
    let mut text = text.to_owned();
    for _ in 0..2 {
        let source = Source::from_bytes("", format!("{text}\n\nend\n").into());
        let document = Document::parse(&source);
        let last = document.blocks.iter().rfind(|block| block.depth == 0);
        let Some(last) = last.filter(|last| last.kind != BlockKind::Paragraph) else { break };
        let open = source.slice(last.span).trim_start();
        match last.kind {
            BlockKind::Code if open.starts_with(['`', '~']) => {
                let mark = open.chars().next().unwrap_or('`');
                text.push('\n');
                text.extend(open.chars().take_while(|c| *c == mark));
            }
            BlockKind::Html => text.push_str(html_end(open)),
            _ => break,
        }
    }
    text
}

/// What ends a piece of HTML that no blank line ends.
fn html_end(open: &str) -> &'static str {
    let begins = |tag: &str| open.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    let ends = [
        ("<!--", " -->"),
        ("<![CDATA[", "]]>"),
        ("<?", "?>"),
        ("<script", "</script>"),
        ("<pre", "</pre>"),
        ("<style", "</style>"),
        ("<textarea", "</textarea>"),
    ];
    ends.into_iter().find(|(tag, _)| begins(tag)).map_or(">", |(_, end)| end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_at_the_end_is_closed() {
        for (text, end) in [
            ("a\n\n````text\n```\nb", "\n````"),
            ("a\n\n~~~\nb\n~~~", ""),
            ("- a\n\n  ```\n  b", ""),
            ("<!-- a\n\nb", " -->"),
            ("<pre>\n\na", "</pre>"),
            ("<div>\na", ""),
            ("    code", ""),
            ("a", ""),
        ] {
            assert_eq!(closed(text), format!("{text}{end}"));
        }
    }

    #[test]
    fn blank_lines_go_and_indentation_stays() {
        assert_eq!(without_blank_ends("\n  \n    a\n\n b \n \n"), "    a\n\n b");
        assert_eq!(without_blank_ends(" a"), " a");
        assert_eq!(without_blank_ends(" \n"), "");
    }
}
