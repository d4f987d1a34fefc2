//! Code actions: the fix of each finding, all fixes of a file, and the comment that allows a finding.

use lsp_types::{
    CodeAction, CodeActionContext, CodeActionKind, CodeActionOrCommand, DocumentChanges, OneOf,
    OptionalVersionedTextDocumentIdentifier, Range, TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use serde::{Deserialize, Serialize};
use similar::{DiffTag, TextDiff};

use super::capabilities::FIX_ALL;
use super::client::Client;
use super::diagnostics::{Locations, diagnostic};
use super::documents::Document;
use super::requests::Asked;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::engine::CheckedSlate;
use crate::queries::editing::suppression_edit;
use crate::text::blanks::one_line;
use crate::text::sanitize::sanitize;
use crate::text::source::Span;

/// The most characters of a title: what a fix writes may be long.
const MAX_TITLE: usize = 80;

/// By what an action is known until its edit is asked for.
#[derive(Debug, Deserialize, Serialize)]
pub(super) struct Unresolved {
    /// The address of the text.
    pub(super) uri: String,
    /// Its version when the action was offered.
    pub(super) version: i32,
}

impl Asked<'_> {
    /// What can be done about the findings that touch a range.
    pub(super) fn of_findings(&self, range: Range, context: &CodeActionContext) -> Vec<CodeActionOrCommand> {
        if !is_wanted(context, &CodeActionKind::QUICKFIX) {
            return Vec::new();
        }
        let span = self.client.places.span(&self.document.source, range);
        // Fixes come before ways to live without them.
        let (mut fixes, mut allowed): (Vec<CodeAction>, Vec<CodeAction>) = (Vec::new(), Vec::new());
        for found in &self.checked.slate.findings {
            let places = std::iter::once(found).chain(&found.also).filter(|place| self.touches(place, span));
            let touched: Vec<&Diagnostic> = places.collect();
            fixes.extend((!touched.is_empty()).then(|| self.fix(found)).flatten());
            for action in touched.iter().filter_map(|place| self.allow(found, place.finding.span)) {
                if !allowed.iter().any(|other| other.title == action.title && other.edit == action.edit) {
                    allowed.push(action);
                }
            }
        }
        fixes.into_iter().chain(allowed).map(CodeActionOrCommand::CodeAction).collect()
    }

    fn fix(&self, found: &Diagnostic) -> Option<CodeAction> {
        let fix = found.fix()?;
        let places = if fix.edits.len() > 1 { format!(" ({} places)", fix.edits.len()) } else { String::new() };
        let title = format!("{}{places}", shortened(&fix.message));
        Some(CodeAction {
            is_preferred: Some(true),
            edit: Some(self.edit(fix.edits.iter().map(|(span, text)| (*span, text.as_str())))),
            ..self.action(title, found)
        })
    }

    /// The comment that allows a finding at one of its places.
    fn allow(&self, found: &Diagnostic, place: Span) -> Option<CodeAction> {
        let file = self.checked.file;
        let (span, text) = suppression_edit(file, place, found.rule)?;
        let first_heading = file.document.headings.iter().find(|heading| !heading.nested);
        let is_in_table = file.document.tables.iter().any(|table| table.span.contains(span));
        let is_above = first_heading.is_none_or(|heading| span.start <= heading.span.start);
        let place = if is_above && !is_in_table { "in this file" } else { "here" };
        let title = format!("allow `{}` {place}", found.rule);
        Some(CodeAction { edit: Some(self.edit([(span, text.as_str())])), ..self.action(title, found) })
    }

    /// Whether a place of a finding is in the file and touches a span.
    fn touches(&self, place: &Diagnostic, span: Span) -> bool {
        let own = place.finding.span;
        place.file == self.checked.file.id && own.start <= span.end && span.start <= own.end
    }

    fn action(&self, title: String, found: &Diagnostic) -> CodeAction {
        let locations = Locations {
            slate: self.checked.model(),
            root: &self.checked.slate.loaded.project.root,
            documents: self.documents,
            places: self.client.places,
        };
        let diagnostics = diagnostic(found, &locations, self.client.has_related).map(|one| vec![one]);
        CodeAction { title, kind: Some(CodeActionKind::QUICKFIX), diagnostics, ..CodeAction::default() }
    }

    /// Whether all fixes of the file are wanted, and there are some.
    pub(super) fn wants_all(&self, context: &CodeActionContext) -> bool {
        let is_here = |found: &&Diagnostic| found.file == self.checked.file.id;
        is_wanted(context, &FIX_ALL)
            && self.checked.slate.findings.iter().filter(is_here).any(|found| found.fix().is_some())
    }

    /// All fixes of the file; their edit is asked for later.
    pub(super) fn fix_all(&self) -> CodeAction {
        let unresolved = Unresolved { uri: self.document.uri.as_str().to_owned(), version: self.document.version };
        CodeAction {
            title: "apply all safe fixes in this file".to_owned(),
            kind: Some(FIX_ALL),
            data: serde_json::to_value(unresolved).ok(),
            ..CodeAction::default()
        }
    }

    fn edit<'e>(&self, edits: impl IntoIterator<Item = (Span, &'e str)>) -> WorkspaceEdit {
        edit(self.client, self.document, edits)
    }
}

/// What makes the text of a file the one that `goals lint --fix` writes; `fixed` is its slate with the fixes of this file.
pub(super) fn fixing_edit(client: &Client, document: &Document, fixed: &CheckedSlate) -> Option<WorkspaceEdit> {
    let path = document.path.as_deref()?;
    let changed = fixed.fixes().files.iter().find(|file| file.path == path)?;
    let diff = TextDiff::from_lines(changed.before.as_str(), changed.after.as_str());
    let (old, new) = (starts(diff.old_slices()), starts(diff.new_slices()));
    let changes = diff.ops().iter().filter(|change| change.tag() != DiffTag::Equal).map(|change| {
        let (from, to) = (change.old_range(), change.new_range());
        (Span::new(old[from.start]..old[from.end]), &changed.after[new[to.start]..new[to.end]])
    });
    Some(edit(client, document, changes.collect::<Vec<_>>()))
}

/// Where each line begins, and where the last one ends.
fn starts(lines: &[&str]) -> Vec<usize> {
    let mut at = 0;
    let mut starts = vec![0];
    for line in lines {
        at += line.len();
        starts.push(at);
    }
    starts
}

/// Changes of an open text.
fn edit<'e>(client: &Client, document: &Document, edits: impl IntoIterator<Item = (Span, &'e str)>) -> WorkspaceEdit {
    let uri = document.uri.clone();
    let edits = edits
        .into_iter()
        .map(|(span, text)| TextEdit { range: client.places.range(&document.source, span), new_text: text.to_owned() });
    if !client.has_versioned_edits {
        #[allow(clippy::mutable_key_type)] // the type is that of the protocol, and nothing changes an address
        let changes = [(uri, edits.collect())].into();
        return WorkspaceEdit { changes: Some(changes), ..WorkspaceEdit::default() };
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(document.version) };
    let change = TextDocumentEdit { text_document, edits: edits.map(OneOf::Left).collect() };
    WorkspaceEdit { document_changes: Some(DocumentChanges::Edits(vec![change])), ..WorkspaceEdit::default() }
}

/// Whether the client wants actions of a kind, or of all kinds.
fn is_wanted(context: &CodeActionContext, kind: &CodeActionKind) -> bool {
    // Who wants none of them would not have asked.
    context.only.as_ref().filter(|only| !only.is_empty()).is_none_or(|only| {
        only.iter().any(|wanted| {
            let rest = kind.as_str().strip_prefix(wanted.as_str());
            wanted.as_str().is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    })
}

fn shortened(text: &str) -> String {
    let text = sanitize(&one_line(text)).into_owned();
    match text.char_indices().nth(MAX_TITLE) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
