//! What is asked about a place: hover, completion, definition, outline.

use std::path::Path;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionList, CompletionResponse, CompletionTextEdit, DocumentSymbol,
    DocumentSymbolResponse, GotoDefinitionResponse, Hover, HoverContents, Location, LocationLink, MarkupContent,
    MarkupKind, SymbolInformation, SymbolKind, TextEdit,
};

use super::client::Client;
use super::documents::{Document, Documents};
use super::slates::Checked;
use super::uris::uri_of;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::engine::Session;
use crate::output::hover;
use crate::queries::editing::{
    Candidate, CandidateKind, Destination, OutlineItem, OutlineKind, anchor_in, completions, definition, file_of,
    item_at, outline,
};
use crate::rules::registry::find;
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};

/// A place about which something is asked.
pub(super) struct Asked<'s> {
    pub(super) client: &'s Client,
    pub(super) documents: &'s Documents,
    pub(super) document: &'s Document,
    pub(super) checked: Checked<'s>,
}

impl Asked<'_> {
    /// What is at an offset, and the rules of what is found there.
    pub(super) fn hover(&self, offset: usize) -> Option<Hover> {
        let (slate, file) = (self.checked.model(), self.checked.file);
        let item = item_at(slate, self.checked.slate.loaded.reading.outside.as_ref(), file, offset);
        let is_here = |found: &&Diagnostic| {
            let span = found.finding.span;
            found.file == file.id && span.start as usize <= offset && offset <= span.end as usize
        };
        let places = self.checked.slate.findings.iter().flat_map(|found| std::iter::once(found).chain(&found.also));
        let mut found: Vec<&Diagnostic> = places.filter(is_here).collect();
        sort_by_key(&mut found, |found| found.rule);
        found.dedup_by_key(|found| found.rule);
        let span = item.as_ref().map(|item| item.span).or_else(|| Some(found.first()?.finding.span))?;
        let rules = found.iter().filter_map(|found| Some(hover::rule(find(found.rule)?, Some(found.level))));
        let parts: Vec<String> = item.iter().map(|item| hover::item(&item.item)).chain(rules).collect();
        let kind = if self.client.has_markdown { MarkupKind::Markdown } else { MarkupKind::PlainText };
        let contents = HoverContents::Markup(MarkupContent { kind, value: parts.join("\n\n---\n\n") });
        Some(Hover { contents, range: Some(self.client.places.range(&file.source, span)) })
    }

    /// What can be written at an offset.
    pub(super) fn completion(&self, offset: usize) -> CompletionResponse {
        let outside = self.checked.slate.loaded.reading.outside.as_ref();
        let candidates = completions(self.checked.model(), outside, self.checked.file, offset);
        let items = candidates.into_iter().enumerate().map(|(rank, candidate)| self.completion_item(rank, candidate));
        CompletionResponse::List(CompletionList { is_incomplete: false, items: items.collect() })
    }

    fn completion_item(&self, rank: usize, candidate: Candidate) -> CompletionItem {
        let Candidate { kind, label, filter, text, detail, span } = candidate;
        let range = self.client.places.range(&self.checked.file.source, span);
        CompletionItem {
            kind: Some(completion_kind(kind)),
            // In the order of the list, whatever the letters.
            sort_text: Some(format!("{rank:05}")),
            filter_text: Some(filter),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text: text })),
            label,
            detail,
            ..CompletionItem::default()
        }
    }

    /// Where what is at an offset leads.
    pub(super) fn definition(&self, session: &Session<'_>, offset: usize) -> Option<GotoDefinitionResponse> {
        let (slate, file) = (self.checked.model(), self.checked.file);
        let outside = self.checked.slate.loaded.reading.outside.as_ref();
        let (origin, destination) = definition(slate, outside, file, offset)?;
        let Location { uri, range } = self.location(session, &destination)?;
        if !self.client.has_links {
            return Some(GotoDefinitionResponse::Scalar(Location { uri, range }));
        }
        let origin_selection_range = Some(self.client.places.range(&file.source, origin));
        let link = LocationLink {
            origin_selection_range,
            target_uri: uri,
            target_range: range,
            target_selection_range: range,
        };
        Some(GotoDefinitionResponse::Link(vec![link]))
    }

    fn location(&self, session: &Session<'_>, destination: &Destination) -> Option<Location> {
        let root = &self.checked.slate.loaded.project.root;
        let path = root.join(&destination.path);
        let places = self.client.places;
        let (uri, places) = match self.documents.of_path(&path) {
            Some(document) => (document.uri.clone(), places),
            None => (uri_of(&path)?, places.on_disk()),
        };
        let range = match file_of(self.checked.model(), &destination.path) {
            Some(file) => places.range(&file.source, destination.span.unwrap_or_default()),
            None => {
                let (source, span) = read(session, root, &path, destination);
                places.range(&source, span)
            }
        };
        Some(Location { uri, range })
    }

    /// The parts of the file.
    pub(super) fn outline(&self) -> DocumentSymbolResponse {
        let items = outline(self.checked.model(), self.checked.file);
        if self.client.has_nested_outline {
            return DocumentSymbolResponse::Nested(items.iter().map(|item| self.symbol(item)).collect());
        }
        let mut flat = Vec::new();
        items.iter().for_each(|item| self.flatten(item, None, &mut flat));
        DocumentSymbolResponse::Flat(flat)
    }

    #[allow(deprecated)] // the protocol has the field still
    fn symbol(&self, item: &OutlineItem) -> DocumentSymbol {
        let range = |span: Span| self.client.places.range(&self.checked.file.source, span);
        let children: Vec<DocumentSymbol> = item.children.iter().map(|child| self.symbol(child)).collect();
        DocumentSymbol {
            name: item.name.clone(),
            detail: item.detail.clone(),
            kind: symbol_kind(item.kind),
            tags: None,
            deprecated: None,
            range: range(item.span),
            selection_range: range(item.name_span),
            children: Some(children).filter(|children| !children.is_empty()),
        }
    }

    #[allow(deprecated)] // the protocol has the field still
    fn flatten(&self, item: &OutlineItem, above: Option<&str>, flat: &mut Vec<SymbolInformation>) {
        let range = self.client.places.range(&self.checked.file.source, item.span);
        flat.push(SymbolInformation {
            name: item.name.clone(),
            kind: symbol_kind(item.kind),
            tags: None,
            deprecated: None,
            location: Location { uri: self.document.uri.clone(), range },
            container_name: above.map(str::to_owned),
        });
        item.children.iter().for_each(|child| self.flatten(child, Some(&item.name), flat));
    }
}

/// A file of which the slate knows nothing but that it is there, and the place in it.
fn read(session: &Session<'_>, root: &Path, path: &Path, destination: &Destination) -> (Source, Span) {
    let source = Source::from_bytes("", session.read(root, path).unwrap_or_default());
    let span = destination.anchor.as_ref().and_then(|anchor| anchor_in(&source, anchor)).unwrap_or_default();
    (source, span)
}

fn completion_kind(kind: CandidateKind) -> CompletionItemKind {
    match kind {
        CandidateKind::Person => CompletionItemKind::CONSTANT,
        CandidateKind::Team => CompletionItemKind::MODULE,
        CandidateKind::Value => CompletionItemKind::ENUM_MEMBER,
        CandidateKind::Row => CompletionItemKind::PROPERTY,
        CandidateKind::Section => CompletionItemKind::CLASS,
        CandidateKind::Directive => CompletionItemKind::FUNCTION,
        CandidateKind::Label | CandidateKind::Anchor => CompletionItemKind::REFERENCE,
        CandidateKind::File => CompletionItemKind::FILE,
        CandidateKind::Rule => CompletionItemKind::KEYWORD,
    }
}

fn symbol_kind(kind: OutlineKind) -> SymbolKind {
    match kind {
        OutlineKind::Heading => SymbolKind::STRING,
        OutlineKind::Row => SymbolKind::PROPERTY,
        OutlineKind::Task => SymbolKind::FIELD,
        OutlineKind::Ask => SymbolKind::EVENT,
    }
}
