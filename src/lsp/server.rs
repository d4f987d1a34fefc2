//! The server: what it does with each message, and when it checks.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Read, Write};

use lsp_server::{ErrorCode, Message, Notification, Request};
use lsp_types::notification::{
    DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles, DidChangeWorkspaceFolders,
    DidCloseTextDocument, DidOpenTextDocument, DidSaveTextDocument, Exit, Initialized, Notification as _,
};
use lsp_types::request::{
    CodeActionRequest, CodeActionResolveRequest, Completion, DocumentSymbolRequest, GotoDefinition, HoverRequest,
    Initialize, Request as _, Shutdown,
};
use lsp_types::{
    CodeAction, CodeActionOrCommand, CodeActionParams, CompletionParams, Diagnostic as LspDiagnostic,
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams,
    DidSaveTextDocumentParams, DocumentSymbolParams, GotoDefinitionParams, HoverParams, MessageType, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::Served;
use super::actions::{Unresolved, fixing_edit};
use super::capabilities::{initialized, settings_files, watched};
use super::client::{Client, Params};
use super::diagnostics::{Locations, diagnostic, of_failure, with_help};
use super::documents::{Document, Documents};
use super::inbox::{Inbox, Next};
use super::outbox::{Outbox, Refusal};
use super::requests::Asked;
use super::slates::{Key, Slates};
use super::uris::path_of;
use super::wire::Received;
use crate::diagnostics::level::Level;
use crate::engine::Session;
use crate::sys::error::Error;
use crate::text::sanitize::sanitize;

/// What a request comes to.
type Answer = Result<Value, Refusal>;

/// How far a client has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// It has not said what it can do.
    Starting,
    /// It works.
    Running,
    /// It has said that it will go.
    Leaving,
}

/// The server of one client.
pub(super) struct Server<'o, W> {
    session: Session<'o>,
    out: Outbox<W>,
    client: Client,
    phase: Phase,
    documents: Documents,
    slates: Slates,
    /// What has been published last, by address: the version of the text and what was found in it.
    published: BTreeMap<String, (Option<i32>, Vec<LspDiagnostic>)>,
    /// What was said that concerns no open text; said once.
    said: BTreeSet<String>,
    /// The files with configuration about which something was published.
    about_settings: BTreeMap<String, (Uri, Vec<LspDiagnostic>)>,
}

impl<'o, W: Write> Server<'o, W> {
    pub(super) fn new(session: Session<'o>, to: W) -> Server<'o, W> {
        Server {
            session,
            out: Outbox::new(to),
            client: Client::of(&Params::default()),
            phase: Phase::Starting,
            documents: Documents::default(),
            slates: Slates::default(),
            published: BTreeMap::new(),
            said: BTreeSet::new(),
            about_settings: BTreeMap::new(),
        }
    }

    /// Answers until the client goes away.
    pub(super) fn run(mut self, from: impl Read + Send + 'static) -> Served {
        let mut inbox = Inbox::new(from);
        loop {
            let stale = self.slates.next();
            match inbox.next(stale.is_none()) {
                Next::Nothing => {
                    if let Some(key) = stale {
                        self.check(&key);
                    }
                }
                Next::Cancelled(id) => {
                    let refusal = Refusal::new(ErrorCode::RequestCanceled, "the request was cancelled");
                    self.out.respond(id, Err(refusal));
                }
                Next::Received(Received::Malformed(why)) => self.out.unread(&Value::Null, ErrorCode::ParseError, &why),
                Next::Received(Received::Invalid(id, why)) => self.out.unread(&id, ErrorCode::InvalidRequest, why),
                Next::Received(Received::Skipped(why)) => self.out.log(MessageType::WARNING, why),
                Next::Received(Received::Broken(why)) => return Served::Broken(why),
                Next::Received(Received::End) => return self.end(),
                Next::Received(Received::Message(message)) => match message {
                    Message::Request(request) => self.request(request),
                    Message::Notification(one) if one.method == Exit::METHOD => return self.end(),
                    Message::Notification(one) => self.notification(one),
                    // Nothing depends on what the client answers.
                    Message::Response(_) => {}
                },
            }
            if self.out.is_closed {
                return self.end();
            }
        }
    }

    fn end(&self) -> Served {
        if self.phase == Phase::Leaving { Served::Orderly } else { Served::Abrupt }
    }

    fn request(&mut self, request: Request) {
        let Request { id, method, params } = request;
        let answer = match (self.phase, method.as_str()) {
            (Phase::Starting, Initialize::METHOD) => read(params).and_then(|params| self.initialize(&params)),
            (Phase::Starting, _) => {
                Err(Refusal::new(ErrorCode::ServerNotInitialized, "the first request has to be `initialize`"))
            }
            (Phase::Leaving, _) => {
                Err(Refusal::new(ErrorCode::InvalidRequest, "no request is answered after `shutdown`"))
            }
            (Phase::Running, Initialize::METHOD) => {
                Err(Refusal::new(ErrorCode::InvalidRequest, "`initialize` has been answered already"))
            }
            (Phase::Running, Shutdown::METHOD) => {
                self.phase = Phase::Leaving;
                Ok(Value::Null)
            }
            (Phase::Running, method) => self.ask(method, params),
        };
        self.out.respond(id, answer);
    }

    fn initialize(&mut self, params: &Params) -> Answer {
        self.client = Client::of(params);
        self.phase = Phase::Running;
        Ok(initialized(&self.client))
    }

    fn ask(&mut self, method: &str, params: Value) -> Answer {
        match method {
            HoverRequest::METHOD => self.hover(&read(params)?),
            Completion::METHOD => self.completion(&read(params)?),
            GotoDefinition::METHOD => self.definition(&read(params)?),
            DocumentSymbolRequest::METHOD => self.outline(&read(params)?),
            CodeActionRequest::METHOD => self.actions(&read(params)?),
            CodeActionResolveRequest::METHOD => self.resolve(read(params)?),
            method => Err(Refusal::new(ErrorCode::MethodNotFound, format!("unknown method `{method}`"))),
        }
    }

    fn hover(&mut self, params: &HoverParams) -> Answer {
        let place = &params.text_document_position_params;
        let asked = self.asked(&place.text_document.uri);
        written(asked.and_then(|asked| asked.hover(asked.client.places.offset(&asked.document.source, place.position))))
    }

    fn completion(&mut self, params: &CompletionParams) -> Answer {
        let place = &params.text_document_position;
        let asked = self.asked(&place.text_document.uri);
        written(asked.map(|asked| asked.completion(asked.client.places.offset(&asked.document.source, place.position))))
    }

    fn definition(&mut self, params: &GotoDefinitionParams) -> Answer {
        let place = &params.text_document_position_params;
        self.refresh(&place.text_document.uri);
        let asked = self.asked_now(&place.text_document.uri);
        written(asked.and_then(|asked| {
            asked.definition(&self.session, asked.client.places.offset(&asked.document.source, place.position))
        }))
    }

    fn outline(&mut self, params: &DocumentSymbolParams) -> Answer {
        written(self.asked(&params.text_document.uri).map(|asked| asked.outline()))
    }

    fn actions(&mut self, params: &CodeActionParams) -> Answer {
        let uri = &params.text_document.uri;
        self.refresh(uri);
        let mut found = Vec::new();
        let mut all = None;
        if let Some(actions) = self.asked_now(uri).filter(|actions| actions.client.has_code_actions) {
            found = actions.of_findings(params.range, &params.context);
            all = actions.wants_all(&params.context).then(|| actions.fix_all());
        }
        if let Some(mut all) = all {
            if !self.client.resolves_edits {
                // Checking a slate with its fixes takes several times as long as without.
                all = CodeAction { edit: self.fixed(uri), data: None, ..all };
            }
            if all.edit.is_some() || all.data.is_some() {
                found.push(CodeActionOrCommand::CodeAction(all));
            }
        }
        written(found)
    }

    fn resolve(&mut self, action: CodeAction) -> Answer {
        let Some(data) = action.data.clone() else { return written(action) };
        let Unresolved { uri, version } = read(data)?;
        let uri: Uri = read(Value::String(uri))?;
        if self.documents.get(&uri).is_none_or(|document| document.version != version) {
            return Err(Refusal::new(ErrorCode::ContentModified, "the text has changed since the action was offered"));
        }
        written(CodeAction { edit: self.fixed(&uri), ..action })
    }

    /// The edit that makes a text what `goals lint --fix` would make it.
    fn fixed(&mut self, uri: &Uri) -> Option<lsp_types::WorkspaceEdit> {
        self.refresh(uri);
        let document = self.documents.get(uri)?;
        let request = self.slates.request_of(document)?;
        let fixed = self.session.check(&request, true).ok()?;
        fixing_edit(&self.client, document, &fixed)
    }

    /// The text at an address and its slate, checked as it is now.
    fn asked(&mut self, uri: &Uri) -> Option<Asked<'_>> {
        self.refresh(uri);
        self.asked_now(uri)
    }

    fn asked_now(&self, uri: &Uri) -> Option<Asked<'_>> {
        let document = self.documents.get(uri)?;
        let checked = self.slates.of_document(document)?;
        Some(Asked { client: &self.client, documents: &self.documents, document, checked })
    }

    /// Checks the slate of a text where something has changed since it was checked.
    fn refresh(&mut self, uri: &Uri) {
        let key = self.documents.get(uri).and_then(|document| self.slates.home(document)).cloned();
        if let Some(key) = key.filter(|key| self.slates.is_stale(key)) {
            self.check(&key);
        }
    }

    fn notification(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        // A client that has not begun, or is about to go, has nothing to say.
        if self.phase != Phase::Running {
            return;
        }
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str).map(|uri| sanitize(uri).into_owned());
        let done = match method.as_str() {
            Initialized::METHOD => {
                self.watch();
                Ok(())
            }
            DidOpenTextDocument::METHOD => read(params).map(|params| self.open(params)),
            DidChangeTextDocument::METHOD => read(params).map(|params| self.change(params)),
            DidCloseTextDocument::METHOD => read(params).map(|params| self.close(&params)),
            DidSaveTextDocument::METHOD => read(params).map(|params: DidSaveTextDocumentParams| {
                self.changed_on_disk([params.text_document.uri].iter());
            }),
            DidChangeWatchedFiles::METHOD => read(params).map(|params: DidChangeWatchedFilesParams| {
                self.changed_on_disk(params.changes.iter().map(|change| &change.uri));
            }),
            DidChangeConfiguration::METHOD | DidChangeWorkspaceFolders::METHOD => {
                self.reload();
                Ok(())
            }
            _ => Ok(()),
        };
        if let Err(Refusal(_, why)) = done {
            let about = uri.map_or_else(String::new, |uri| format!(" of `{uri}`"));
            self.out.log(MessageType::WARNING, format!("`{method}`{about}: {why}"));
        }
    }

    fn watch(&mut self) {
        if self.client.watches {
            self.out.request("client/registerCapability", watched());
        }
    }

    fn open(&mut self, params: DidOpenTextDocumentParams) {
        let item = params.text_document;
        let document = self.documents.open(item.uri, item.version, item.text);
        if let Some(path) = &document.path {
            self.session.overlay(path, document.source.text().as_bytes().to_vec());
        }
        self.slates.add(&mut self.session, document);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let (uri, version) = (&params.text_document.uri, params.text_document.version);
        let before = self.documents.get(uri).map(|document| document.version);
        if let Some(before) = before.filter(|before| version < *before) {
            let message = format!("`{}` was changed to version {version} after version {before}", uri.as_str());
            self.out.log(MessageType::WARNING, message);
        }
        let Some(document) = self.documents.change(uri, version, params.content_changes, self.client.places) else {
            let message = format!("`{}` was changed, but is not open", uri.as_str());
            self.out.log(MessageType::WARNING, message);
            return;
        };
        if let Some(path) = &document.path {
            self.session.overlay(path, document.source.text().as_bytes().to_vec());
        }
        if let Some(home) = self.slates.home(document).cloned() {
            self.slates.mark(Some(&home));
        }
    }

    fn close(&mut self, params: &DidCloseTextDocumentParams) {
        let Some(document) = self.documents.close(&params.text_document.uri) else { return };
        if let Some(path) = &document.path {
            self.session.remove_overlay(path);
        }
        self.slates.remove(&document);
        self.unpublish(&document.uri);
    }

    /// Reads anew what has changed on disk.
    fn changed_on_disk<'u>(&mut self, files: impl Iterator<Item = &'u Uri>) {
        let is_setting = |uri: &Uri| {
            let path = path_of(uri.as_str());
            path.is_some_and(|path| settings_files().any(|name| path.file_name().is_some_and(|own| own == name)))
        };
        let mut files = files.peekable();
        if files.peek().is_none() {
            return;
        }
        match files.any(is_setting) {
            true => self.reload(),
            false => self.slates.mark(None),
        }
    }

    /// Reads configuration, teams and people anew, and where slates are.
    fn reload(&mut self) {
        self.session.reload();
        self.relocate();
    }

    fn relocate(&mut self) {
        self.said.clear();
        self.clear_settings();
        self.slates.find(&mut self.session, &self.documents);
        // What is in no slate any more has no findings.
        let homeless = self.documents.all().filter(|document| self.slates.home(document).is_none());
        let homeless: Vec<Uri> = homeless.map(|document| document.uri.clone()).collect();
        homeless.iter().for_each(|uri| self.unpublish(uri));
    }

    /// Checks a slate and publishes what is found in the texts of it that are open.
    fn check(&mut self, key: &Key) {
        if self.session.reload_if_changed() {
            self.relocate();
        }
        let failure = self.slates.check(&mut self.session, &self.documents, key).err();
        for warning in self.session.take_warnings() {
            self.about(&warning.about, warning.rule.id, Level::Warn);
        }
        if let Some(failure) = failure {
            self.about(&failure, "", Level::Error);
        }
        self.about_reading(key);
        let open: Vec<Uri> = {
            let here = self.documents.all().filter(|document| self.slates.home(document) == Some(key));
            here.map(|document| document.uri.clone()).collect()
        };
        open.iter().for_each(|uri| self.publish(uri));
    }

    /// Says what got in the way of reading a slate.
    fn about_reading(&mut self, key: &Key) {
        let Some(slate) = self.slates.checked(key) else { return };
        let reading = &slate.loaded.reading;
        let failures = reading.failures.iter().chain(reading.warnings.iter().map(|warning| &warning.about));
        let failures = failures.map(|failure| with_help(failure.message(), failure.advice()));
        let messages: Vec<String> = failures.chain(reading.notes.iter().cloned()).collect();
        for message in messages {
            if self.said.insert(message.clone()) {
                self.out.log(MessageType::WARNING, message);
            }
        }
    }

    /// Says what is wrong with the configuration: at its place, and once in words where nothing can be checked.
    fn about(&mut self, failure: &Error, rule: &str, level: Level) {
        let message = with_help(failure.message(), failure.advice());
        if !self.said.insert(message.clone()) {
            return;
        }
        let place = of_failure(failure, rule, level, self.client.places);
        let shown = match failure.place() {
            Some((source, span)) => {
                format!("{}:{}: {message}", source.path(), source.position(span.start as usize).line)
            }
            None => message,
        };
        match level {
            Level::Error => self.out.show_error(shown),
            _ => self.out.log(MessageType::WARNING, shown),
        }
        if let Some((uri, diagnostic)) = place {
            let entry = self.about_settings.entry(uri.as_str().to_owned()).or_insert((uri, Vec::new()));
            entry.1.push(diagnostic);
            let (uri, diagnostics) = entry.clone();
            self.out.publish(uri, diagnostics, None);
        }
    }

    fn clear_settings(&mut self) {
        for (uri, _) in std::mem::take(&mut self.about_settings).into_values() {
            self.out.publish(uri, Vec::new(), None);
        }
    }

    /// Publishes what is found in a text, unless that has been said of this version.
    fn publish(&mut self, uri: &Uri) {
        let Some(document) = self.documents.get(uri) else { return };
        let now = (Some(document.version), self.found(document));
        if self.published.get(uri.as_str()) != Some(&now) {
            self.out.publish(uri.clone(), now.1.clone(), now.0);
            self.published.insert(uri.as_str().to_owned(), now);
        }
    }

    fn found(&self, document: &Document) -> Vec<LspDiagnostic> {
        let Some(checked) = self.slates.of_document(document) else { return Vec::new() };
        let locations = Locations {
            slate: checked.model(),
            root: &checked.slate.loaded.project.root,
            documents: &self.documents,
            places: self.client.places,
        };
        let here = checked.slate.findings.iter().filter(|found| found.file == checked.file.id);
        here.filter_map(|found| diagnostic(found, &locations, self.client.has_related)).collect()
    }

    fn unpublish(&mut self, uri: &Uri) {
        let had = self.published.remove(uri.as_str());
        if had.is_some_and(|(_, diagnostics)| !diagnostics.is_empty()) {
            self.out.publish(uri.clone(), Vec::new(), None);
        }
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::new(ErrorCode::InvalidParams, error.to_string()))
}

fn written(answer: impl Serialize) -> Answer {
    serde_json::to_value(answer).map_err(|error| Refusal::new(ErrorCode::InternalError, error.to_string()))
}
