//! What the server can do, and what it asks the client to watch.

use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CompletionOptions,
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, HoverProviderCapability,
    InitializeResult, OneOf, Registration, RegistrationParams, SaveOptions, ServerCapabilities, ServerInfo,
    TextDocumentSyncCapability, TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};

use super::client::Client;
use crate::policy::config::{ASKS_FILE, BOOK_FILE, CONFIG_FILE};
use crate::policy::roster::NOTES_FILE;
use crate::policy::roster::pin::ROSTER_FILES;

/// All fixes of a file at once.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.goals");

/// What begins something that can be completed.
const TRIGGERS: [&str; 8] = ["@", "[", "(", "#", ":", "|", "/", " "];

pub(super) fn initialized(client: &Client) -> InitializeResult {
    let sync = TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(SaveOptions { include_text: Some(false) })),
        ..TextDocumentSyncOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, FIX_ALL]),
        resolve_provider: Some(true),
        ..CodeActionOptions::default()
    };
    let folders =
        WorkspaceFoldersServerCapabilities { supported: Some(true), change_notifications: Some(OneOf::Left(true)) };
    InitializeResult {
        capabilities: ServerCapabilities {
            position_encoding: Some(client.places.encoding()),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(CompletionOptions {
                trigger_characters: Some(TRIGGERS.map(str::to_owned).to_vec()),
                ..CompletionOptions::default()
            }),
            definition_provider: Some(OneOf::Left(true)),
            document_symbol_provider: Some(OneOf::Left(true)),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            workspace: Some(WorkspaceServerCapabilities { workspace_folders: Some(folders), file_operations: None }),
            ..ServerCapabilities::default()
        },
        server_info: Some(ServerInfo {
            name: env!("CARGO_PKG_NAME").to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
    }
}

/// The files with configuration, teams, or people, by name.
pub(super) fn settings_files() -> impl Iterator<Item = &'static str> {
    [CONFIG_FILE, BOOK_FILE, ASKS_FILE, NOTES_FILE].into_iter().chain(ROSTER_FILES.iter().map(|file| file.name))
}

/// What the client is asked to watch: the files of slates, and those that say how they are read.
pub(super) fn watched() -> RegistrationParams {
    let patterns = std::iter::once("**/*.md".to_owned()).chain(settings_files().map(|name| format!("**/{name}")));
    let watchers = patterns.map(|pattern| FileSystemWatcher { glob_pattern: GlobPattern::String(pattern), kind: None });
    let options = DidChangeWatchedFilesRegistrationOptions { watchers: watchers.collect() };
    let registration = Registration {
        id: "goals-files".to_owned(),
        method: "workspace/didChangeWatchedFiles".to_owned(),
        register_options: serde_json::to_value(options).ok(),
    };
    RegistrationParams { registrations: vec![registration] }
}
