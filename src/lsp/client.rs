//! What the client can do.

use serde::Deserialize;

use lsp_types::{MarkupKind, PositionEncodingKind};

use super::places::Places;

/// What the client can do, as far as an answer depends on it.
#[derive(Clone, Debug)]
pub(super) struct Client {
    /// How it counts places.
    pub(super) places: Places,
    /// Whether edits may say of which version of a text they are.
    pub(super) has_versioned_edits: bool,
    /// Whether a code action is more than a command.
    pub(super) has_code_actions: bool,
    /// Whether the edit of a code action may be asked for when the action is chosen.
    pub(super) resolves_edits: bool,
    /// Whether a finding can have other places.
    pub(super) has_related: bool,
    /// Whether the parts of a file may have parts themselves.
    pub(super) has_nested_outline: bool,
    /// Whether what is shown at a place may be Markdown.
    pub(super) has_markdown: bool,
    /// Whether it watches files where it is asked to.
    pub(super) watches: bool,
    /// Whether a definition may say which part of the text leads to it.
    pub(super) has_links: bool,
}

impl Client {
    pub(super) fn of(params: &Params) -> Client {
        let Capabilities { text_document, workspace, general } = params.capabilities.clone().unwrap_or_default();
        let text = text_document.unwrap_or_default();
        let workspace = workspace.unwrap_or_default();
        let action = text.code_action;
        let resolved = action.as_ref().and_then(|action| action.resolve_support.as_ref());
        let properties = resolved.and_then(|resolved| resolved.properties.as_deref()).unwrap_or_default();
        let formats = text.hover.and_then(|hover| hover.content_format);
        let is = |flag: Option<bool>| flag == Some(true);
        Client {
            places: Places::negotiated(general.and_then(|general| general.position_encodings).as_deref()),
            has_versioned_edits: is(workspace.workspace_edit.and_then(|edit| edit.document_changes)),
            has_code_actions: action.as_ref().is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves_edits: is(action.as_ref().and_then(|action| action.data_support))
                && properties.iter().any(|property| property == "edit"),
            has_related: is(text.publish_diagnostics.and_then(|one| one.related_information)),
            has_nested_outline: is(text.document_symbol.and_then(|one| one.hierarchical_document_symbol_support)),
            has_markdown: formats.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            watches: is(workspace.did_change_watched_files.and_then(|watched| watched.dynamic_registration)),
            has_links: is(text.definition.and_then(|definition| definition.link_support)),
        }
    }
}

/// Reads a few keys of an object; whatever else is in it is left alone.
macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident { $($key:ident: $kind:ty),* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, Deserialize)]
            #[serde(rename_all = "camelCase")]
            pub(super) struct $name { $($key: Option<$kind>),* }
        )*
    };
}

// The types of `lsp-types` hold every capability there is, and reading those nobody asks for would be a tenth of the program.
keys! {
    /// The parameters of `initialize`, as far as an answer depends on them.
    Params { capabilities: Capabilities }
    Capabilities { text_document: TextDocument, workspace: Workspace, general: General }
    TextDocument {
        code_action: CodeAction, hover: Hover, publish_diagnostics: Diagnostics, document_symbol: Symbols,
        definition: Definition
    }
    CodeAction {
        code_action_literal_support: serde::de::IgnoredAny, data_support: bool, resolve_support: Resolved
    }
    Resolved { properties: Vec<String> }
    Hover { content_format: Vec<MarkupKind> }
    Diagnostics { related_information: bool }
    Symbols { hierarchical_document_symbol_support: bool }
    Definition { link_support: bool }
    Workspace { workspace_edit: WorkspaceEdit, did_change_watched_files: Watched }
    WorkspaceEdit { document_changes: bool }
    Watched { dynamic_registration: bool }
    General { position_encodings: Vec<PositionEncodingKind> }
}
