//! Pages of the slate that stand in the template as a list item that is nothing but a link: the RFC holds their text.

use std::collections::BTreeMap;

use super::edit::Edits;
use super::template;
use crate::markdown::{Block, BlockKind, Document, LinkKind, normalize_label};
use crate::slate::{File, FileKind, Slate};
use crate::source::{Source, Span};

/// A list item of the template and the page it stands for.
pub(crate) struct Chapter {
    /// The item.
    pub(crate) item: Span,
    /// The page, as a place in the slate's files.
    pub(crate) page: usize,
}

/// Whether a file's text goes into the RFC.
pub(crate) fn is_in_rfc(slate: &Slate, file: &File) -> bool {
    matches!(file.kind, FileKind::Template | FileKind::Page)
        && files_in_rfc(slate).into_iter().any(|index| std::ptr::eq(&slate.files[index], file))
}

/// The files whose text goes into the RFC, as places in the slate's files: the template, then its chapters in their order.
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
    let items = file.document.blocks.iter().filter(|block| block.kind == BlockKind::Item && block.depth == 1);
    items.filter_map(|item| chapter(slate, file, item)).collect()
}

fn chapter(slate: &Slate, file: &File, item: &Block) -> Option<Chapter> {
    let text = file.source.slice(item.span).trim_end();
    let content =
        text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' '));
    let start = text.len() - content.len();
    let span = item.span.part(start..text.len());
    let link =
        file.document.links.iter().find(|link| link.span == span && link.kind == LinkKind::Inline && !link.image)?;
    let path = slate.path_of(link.target.trim_start_matches("./"));
    let page = slate.files.iter().position(|other| other.source.path() == path && other.kind == FileKind::Page)?;
    Some(Chapter { item: item.span, page })
}

/// The text of a chapter: its first heading goes, the others keep their distance to it, counted from the level of the heading
/// around the item. `labels` are the definitions of the text so far, by normal label; a label that means something else there
/// is renamed.
pub(super) fn text(slate: &Slate, page: &File, around: u8, labels: &mut BTreeMap<String, String>) -> String {
    let source = Source::from_bytes("", template::fill_in(slate, page, &Edits::default()).into());
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
    rename_labels(&source, &document, page, labels, &mut edits);
    edits.sort();
    edits.apply(source.text(), Span::new(0..source.text().len()), str::to_owned)
}

fn rename_labels(
    source: &Source,
    document: &Document,
    page: &File,
    labels: &mut BTreeMap<String, String>,
    edits: &mut Edits,
) {
    let mut renamed: BTreeMap<String, String> = BTreeMap::new();
    for (normal, definition) in document.definition_map() {
        if definition.is_footnote() {
            continue;
        }
        let target = source.slice(definition.target).to_owned();
        match labels.get(&normal) {
            Some(other) if *other != target => {
                let stem = page.source.file_name().trim_end_matches(".md");
                let label = format!("{} ({stem})", source.slice(definition.label));
                labels.insert(normalize_label(&label), target);
                edits.replace(definition.label, label.clone());
                renamed.insert(normal, label);
            }
            Some(_) => {}
            None => {
                labels.insert(normal, target);
            }
        }
    }
    for link in &document.links {
        let Some(label) = link.label.and_then(|label| renamed.get(&normalize_label(source.slice(label)))) else {
            continue;
        };
        let mark = if link.image { "!" } else { "" };
        edits.replace(link.span, format!("{mark}[{}][{label}]", source.slice(link.text)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each label is renamed to what the next one is called, so any other order would give one label to two targets.
    #[test]
    fn labels_are_renamed_in_one_order() {
        let names = ["a", "b", "c", "d", "e", "f", "g", "h"];
        let text: String =
            names.iter().map(|n| format!("[{n} (p)]: https://y.org/{n}\n[{n}]: https://x.org/{n}\n")).collect();
        let source = Source::from_bytes("p.md", text.into_bytes());
        let document = Document::parse(&source);
        let page = File { source, document, directives: vec![], kind: FileKind::Page };
        let mut labels: BTreeMap<String, String> =
            names.iter().map(|name| ((*name).to_owned(), "https://z.org".to_owned())).collect();
        let mut edits = Edits::default();
        rename_labels(&page.source, &page.document, &page, &mut labels, &mut edits);
        for name in names {
            assert_eq!(labels[&format!("{name} (p)")], format!("https://x.org/{name}"));
            assert_eq!(labels[&format!("{name} (p) (p)")], format!("https://y.org/{name}"));
        }
    }
}
