//! What the server can do, and what it asks the client to watch.

use lsp_types::{
    CodeActionKind, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, Registration,
    RegistrationParams, TextDocumentSyncKind,
};
use serde_json::{Value, json};

use super::client::Client;
use crate::policy::config::{ASKS_FILE, BOOK_FILE, CONFIG_FILE};
use crate::policy::roster::NOTES_FILE;
use crate::policy::roster::pin::ROSTER_FILES;

/// All fixes of a file at once.
pub(super) const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.goals");

/// What begins something that can be completed.
const TRIGGERS: [&str; 8] = ["@", "[", "(", "#", ":", "|", "/", " "];

/// The answer to `initialize`. It is written by hand: the type of `lsp-types` holds every capability there is, and none but these
/// are used.
pub(super) fn initialized(client: &Client) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": client.places.encoding(),
            "textDocumentSync": {
                "openClose": true,
                "change": TextDocumentSyncKind::INCREMENTAL,
                "save": {"includeText": false},
            },
            "hoverProvider": true,
            "completionProvider": {"triggerCharacters": TRIGGERS},
            "definitionProvider": true,
            "documentSymbolProvider": true,
            "codeActionProvider": {"codeActionKinds": [CodeActionKind::QUICKFIX, FIX_ALL], "resolveProvider": true},
            "workspace": {"workspaceFolders": {"supported": true, "changeNotifications": true}},
        },
        "serverInfo": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
    })
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
