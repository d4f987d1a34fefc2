//! What the client can do.

use lsp_types::{ClientCapabilities, InitializeParams, MarkupKind};

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
    pub(super) fn of(params: &InitializeParams) -> Client {
        let ClientCapabilities { text_document, workspace, general, .. } = &params.capabilities;
        let text = text_document.as_ref();
        let workspace = workspace.as_ref();
        let encodings = general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let action = text.and_then(|text| text.code_action.as_ref());
        let resolved = action.and_then(|action| action.resolve_support.as_ref());
        let hover = text.and_then(|text| text.hover.as_ref()?.content_format.as_ref());
        let is = |flag: Option<bool>| flag == Some(true);
        let diagnostics = text.and_then(|text| text.publish_diagnostics.as_ref());
        let symbols = text.and_then(|text| text.document_symbol.as_ref());
        let watched = workspace.and_then(|workspace| workspace.did_change_watched_files.as_ref());
        Client {
            places: Places::negotiated(encodings),
            has_versioned_edits: is(workspace.and_then(|workspace| workspace.workspace_edit.as_ref()?.document_changes)),
            has_code_actions: action.is_some_and(|action| action.code_action_literal_support.is_some()),
            resolves_edits: is(action.and_then(|action| action.data_support))
                && resolved.is_some_and(|resolved| resolved.properties.iter().any(|property| property == "edit")),
            has_related: is(diagnostics.and_then(|diagnostics| diagnostics.related_information)),
            has_nested_outline: is(symbols.and_then(|symbols| symbols.hierarchical_document_symbol_support)),
            has_markdown: hover.is_none_or(|formats| formats.contains(&MarkupKind::Markdown)),
            watches: is(watched.and_then(|watched| watched.dynamic_registration)),
            has_links: is(text.and_then(|text| text.definition.as_ref()?.link_support)),
        }
    }
}
