//! Findings as diagnostics: the same level, message, help, and places as `goals lint` shows.

use std::path::Path;
use std::str::FromStr;

use lsp_types::{
    CodeDescription, Diagnostic as LspDiagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, Location,
    NumberOrString, Range, Uri,
};

use super::documents::Documents;
use super::places::Places;
use super::uris::uri_of;
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::level::Level;
use crate::model::slate::Slate;
use crate::output::rule_page::{REPOSITORY, rule_page};
use crate::sys::error::Error;
use crate::text::ids::FileId;
use crate::text::sanitize::sanitize;
use crate::text::source::{Source, Span};

/// Who says what is found.
const SOURCE: &str = "goals";

/// Where the files of a slate are, as a client names them.
pub(super) struct Locations<'s> {
    pub(super) slate: &'s Slate,
    pub(super) root: &'s Path,
    pub(super) documents: &'s Documents,
    pub(super) places: Places,
}

impl Locations<'_> {
    /// A place in a file of the slate.
    pub(super) fn location(&self, file: FileId, span: Span) -> Option<Location> {
        let source = &self.slate.files.get(file)?.source;
        let path = self.root.join(source.path());
        match self.documents.of_path(&path) {
            Some(document) => Some(Location { uri: document.uri.clone(), range: self.places.range(source, span) }),
            None => Some(Location { uri: uri_of(&path)?, range: self.places.on_disk().range(source, span) }),
        }
    }
}

/// A finding as the diagnostic of a text that is open. `has_related` says whether it can have other places.
pub(super) fn diagnostic(found: &Diagnostic, locations: &Locations<'_>, has_related: bool) -> Option<LspDiagnostic> {
    let source = &locations.slate.files.get(found.file)?.source;
    let related = found.related().into_iter().filter_map(|related| {
        let location = locations.location(related.file, related.span)?;
        Some(DiagnosticRelatedInformation { location, message: sanitize(&related.message).into_owned() })
    });
    let related: Vec<_> = if has_related { related.collect() } else { Vec::new() };
    let range = locations.places.range(source, found.finding.span);
    let mut diagnostic = of_rule(found.rule, found.level, range, &found.finding.message, found.finding.help.as_deref());
    diagnostic.related_information = Some(related).filter(|related| !related.is_empty());
    Some(diagnostic)
}

/// What could not be done, at its place in the file that it is about.
pub(super) fn of_failure(failure: &Error, rule: &str, level: Level, places: Places) -> Option<(Uri, LspDiagnostic)> {
    let (source, span): (&Source, Span) = failure.place()?;
    let path = std::path::absolute(source.path()).ok()?;
    let range = places.on_disk().range(source, span);
    Some((uri_of(&path)?, of_rule(rule, level, range, failure.message(), failure.advice())))
}

fn of_rule(rule: &str, level: Level, range: Range, message: &str, help: Option<&str>) -> LspDiagnostic {
    let severity = if level == Level::Error { DiagnosticSeverity::ERROR } else { DiagnosticSeverity::WARNING };
    let page = rule_page(REPOSITORY, rule).and_then(|page| Uri::from_str(&page).ok());
    LspDiagnostic {
        range,
        severity: Some(severity),
        code: (!rule.is_empty()).then(|| NumberOrString::String(rule.to_owned())),
        code_description: page.filter(|_| !rule.is_empty()).map(|href| CodeDescription { href }),
        source: Some(SOURCE.to_owned()),
        message: with_help(message, help),
        ..LspDiagnostic::default()
    }
}

/// A message and what to do, as people read it.
pub(super) fn with_help(message: &str, help: Option<&str>) -> String {
    let message = sanitize(message);
    help.map_or_else(|| message.clone().into_owned(), |help| format!("{message}\nhelp: {}", sanitize(help)))
}
