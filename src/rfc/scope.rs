//! What the labels, footnotes and anchors of a file mean once its text is next to that of other files.
//!
//! Each file's references are resolved in the file itself, before its text is put together with others: every one gets a number
//! instead of its label, and every definition loses its own. So no definition catches the reference of another file, or a
//! name that the generator writes; `finish` gives labels to what is used when the whole text is known.

use hashbrown::HashMap;

use super::footnotes::FootnoteLabels;
use crate::markdown::address::has_scheme;
use crate::markdown::anchor::anchor;
use crate::markdown::definition::Definition;
use crate::markdown::document::{HeadingId, LinkKind};
use crate::markdown::escape::{encode, without_escapes};
use crate::markdown::footnote::footnote_marks;
use crate::markdown::html::attribute_value;
use crate::markdown::label::normalize_label;
use crate::model::repeated_tables::MOST;
use crate::model::slate::{File, Slate};
use crate::policy::format::DirectiveKind;
use crate::text::blanks::one_line;
use crate::text::edits::Edits;
use crate::text::hidden::is_shapeless;
use crate::text::ids::FileId;
use crate::text::source::Span;

/// The files that have been read so far.
#[derive(Debug)]
pub(crate) struct Scope {
    /// What every number begins with; no text of the slate holds it.
    mark: String,
    /// Where each definition leads, by file and normal label.
    targets: HashMap<(FileId, String), String>,
    /// By number.
    references: Vec<Reference>,
    /// How many headings are led to.
    anchors: usize,
    /// How often each table was made: by what its directive is, and its argument.
    tables: HashMap<(DirectiveKind, Option<String>), usize>,
}

/// A reference and the definition it leads to, both as their file writes them.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// How the label is written.
    pub(crate) kind: LinkKind,
    /// The label, as the reference writes it.
    pub(crate) written: String,
    /// The label of the definition, on one line.
    pub(crate) label: String,
    /// The target, with the number of a heading where it leads to one of the file itself.
    pub(crate) target: String,
    /// The title with its quotation marks.
    pub(crate) title: Option<String>,
    /// The file's name without its ending.
    pub(crate) stem: String,
}

impl Scope {
    pub(crate) fn new(slate: &Slate) -> Scope {
        let holds = |mark: &str| {
            let mut texts = slate.files.iter().map(|file| file.source.text());
            texts.any(|text| text.contains(mark))
        };
        let marks = (0..).map(|number| format!("goals-{number}-"));
        let mark = marks.into_iter().find(|mark| !holds(mark)).unwrap_or_default();
        Scope { mark, targets: HashMap::new(), references: Vec::new(), anchors: 0, tables: HashMap::new() }
    }

    /// Takes a file's references, footnotes and anchors out of its text. Of a chapter the first heading does not stay.
    pub(crate) fn enter(
        &mut self,
        slate: &Slate,
        id: FileId,
        is_chapter: bool,
        footnotes: &mut FootnoteLabels,
        edits: &mut Edits,
    ) {
        let file = &slate.files[id];
        let mut page = Page { directory: directory(slate.page_of(id)), headings: HashMap::new() };
        let own = own_headings(file, is_chapter);
        let defined = file.document.definition_map();
        for (normal, definition) in &defined {
            let target = file.source.slice(definition.target);
            let target = self.target(target, &mut page, &own).unwrap_or_else(|| target.to_owned());
            self.targets.insert((id, normal.clone()), target);
        }
        for link in &file.document.links {
            match (link.destination, link.label) {
                (Some(destination), _) if link.kind == LinkKind::Inline => {
                    let target = file.source.slice(destination);
                    if let Some(target) = self.target(target, &mut page, &own) {
                        edits.replace(destination, target);
                    }
                }
                (Some(destination), _) if link.kind == LinkKind::Html => {
                    if let Some(target) = self.target(&link.target, &mut page, &own) {
                        edits.replace(destination, attribute_value(&target));
                    }
                }
                (_, Some(label)) => {
                    let Some(definition) = defined.get(&normalize_label(file.source.slice(label))) else { continue };
                    let name = self.reference(link.kind, file.source.slice(label), definition, file);
                    let length = link.span.range().len();
                    match link.kind {
                        LinkKind::Full => edits.replace(label, name),
                        LinkKind::Collapsed => edits.replace(link.span.part(length - 2..length), format!("[{name}]")),
                        _ => edits.replace(Span::at(link.span.end as usize), format!("[{name}]")),
                    }
                }
                _ => {}
            }
        }
        for (heading, name) in page.headings {
            let end = file.document.headings[heading].content.end;
            edits.replace(Span::at(end as usize), format!(" <!--{name}-->"));
        }
        for definition in file.document.definitions.iter().filter(|definition| !definition.is_footnote()) {
            edits.replace(definition.label, format!("{}x", self.mark));
        }
        for span in footnote_marks(&file.source, &file.document) {
            edits.replace(span, footnotes.label(file, file.source.slice(span)));
        }
    }

    /// The number of a reference that the generator makes to a file's own definition, if it has one of that label.
    pub(crate) fn refer(&mut self, slate: &Slate, file: FileId, label: &str) -> Option<String> {
        let file = &slate.files[file];
        let defined = file.document.definition_map();
        let definition = defined.get(&normalize_label(label))?;
        Some(self.reference(LinkKind::Full, label, definition, file))
    }

    /// Counts a table that a directive makes; answers whether the text has it so often that it is left out.
    pub(crate) fn is_beyond_limit(&mut self, kind: &DirectiveKind, argument: Option<&str>) -> bool {
        let times = self.tables.entry((kind.clone(), argument.map(str::to_owned))).or_insert(0);
        *times += 1;
        *times > MOST
    }

    fn reference(&mut self, kind: LinkKind, written: &str, definition: &Definition, file: &File) -> String {
        let target = self.targets.get(&(file.id, definition.normal.clone())).cloned().unwrap_or_default();
        self.references.push(Reference {
            kind,
            written: written.to_owned(),
            label: one_line(file.source.slice(definition.label)),
            target,
            title: definition.title.map(|title| one_line(file.source.slice(title))),
            stem: stem(file),
        });
        format!("{}{}", self.mark, self.references.len() - 1)
    }

    /// A target as it is from the slate's directory, with the number of the heading where it leads to one of the page; `None`
    /// where it stays.
    fn target(&mut self, target: &str, page: &mut Page<'_>, own: &HashMap<String, HeadingId>) -> Option<String> {
        let target = &*without_escapes(target);
        match target.strip_prefix('#') {
            Some(anchor) => {
                let heading = *own.get(anchor)?;
                let name = page.headings.entry(heading).or_insert_with(|| {
                    self.anchors += 1;
                    format!("{}a{}", self.mark, self.anchors)
                });
                Some(format!("#{name}"))
            }
            None => rebased(target, page.directory),
        }
    }

    /// Definitions of all numbers, so that the whole text is read with its links.
    pub(crate) fn definitions(&self) -> String {
        (0..self.references.len()).map(|number| format!("[{}{number}]: #\n", self.mark)).collect()
    }

    /// What is known about a label that is a number.
    pub(crate) fn get(&self, label: &str) -> Option<(usize, &Reference)> {
        let number = label.strip_prefix(self.mark.as_str())?.parse().ok()?;
        Some((number, self.references.get(number)?))
    }

    /// What every number begins with.
    pub(crate) fn mark(&self) -> &str {
        &self.mark
    }

    /// Whether a text is a number of any kind.
    pub(crate) fn is_number(&self, text: &str) -> bool {
        text.starts_with(self.mark.as_str())
    }
}

/// A file while its links are read.
struct Page<'a> {
    /// Its directory from the slate's, with a slash at its end; empty for the slate's own.
    directory: &'a str,
    /// The headings that are led to, each with its number.
    headings: HashMap<HeadingId, String>,
}

/// A file's name without its ending and without what a label cannot hold.
fn stem(file: &File) -> String {
    let name = file.source.file_name().trim_end_matches(".md");
    name.replace(|c: char| c.is_whitespace() || c.is_control() || is_shapeless(c) || "[]\\|`^<>*".contains(c), " ")
}

/// The directory of a page from the slate's own, with a slash at its end.
pub(crate) fn directory(page: &str) -> &str {
    page.rfind('/').map_or("", |slash| &page[..=slash])
}

/// A relative target of a page in a directory below the slate's as it is from there; `None` where it stays.
pub(crate) fn rebased(target: &str, directory: &str) -> Option<String> {
    let stays = directory.is_empty() || target.is_empty() || target.starts_with(['#', '/']) || has_scheme(target);
    (!stays).then(|| format!("{}{target}", encode(directory)))
}

/// The headings of a file by their anchors on its page; without those whose text is not known yet, and without the first of
/// a chapter.
pub(crate) fn own_headings(file: &File, is_chapter: bool) -> HashMap<String, HeadingId> {
    let mut own = HashMap::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let gone = file.document.headings.position(|heading| is_chapter && !heading.nested);
    for (id, heading) in file.document.headings.iter_enumerated() {
        let name = unique(&mut seen, anchor(&heading.text));
        let fixed = !file.directives.iter().any(|directive| heading.span.contains(directive.span));
        if fixed && gone != Some(id) && !heading.content.is_empty() {
            own.insert(name, id);
        }
    }
    own
}

/// An anchor followed by a number where there is one of its name already, as GitHub and mdBook have it.
pub(crate) fn unique(seen: &mut HashMap<String, usize>, base: String) -> String {
    let number = seen.entry(base.clone()).or_insert(0);
    *number += 1;
    if *number == 1 { base } else { format!("{base}-{}", *number - 1) }
}
