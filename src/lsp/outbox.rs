//! What is sent to the client.

use std::io::Write;

use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response, ResponseError};
use lsp_types::notification::{LogMessage, Notification as _, PublishDiagnostics, ShowMessage};
use lsp_types::{Diagnostic, LogMessageParams, MessageType, PublishDiagnosticsParams, ShowMessageParams, Uri};
use serde::Serialize;
use serde_json::Value;

use super::wire;

/// The stream to the client.
pub(super) struct Outbox<W> {
    to: W,
    /// Whether the client has gone away, so that nothing reaches it any more.
    pub(super) is_closed: bool,
    requests: i32,
}

/// Why a request has no answer.
pub(super) struct Refusal(pub(super) ErrorCode, pub(super) String);

impl Refusal {
    pub(super) fn new(code: ErrorCode, message: impl Into<String>) -> Refusal {
        Refusal(code, message.into())
    }
}

impl<W: Write> Outbox<W> {
    pub(super) fn new(to: W) -> Outbox<W> {
        Outbox { to, is_closed: false, requests: 0 }
    }

    fn send(&mut self, message: &Message) {
        if !self.is_closed {
            self.is_closed = wire::write(message, &mut self.to).is_err();
        }
    }

    /// Answers a request.
    pub(super) fn respond(&mut self, id: RequestId, answer: Result<Value, Refusal>) {
        let response_result =
            answer.map_err(|Refusal(code, message)| ResponseError { code: code as i32, message, data: None });
        self.send(&Message::Response(Response { id, response_result }));
    }

    /// Says that a message could not be read.
    pub(super) fn unread(&mut self, id: &Value, code: ErrorCode, why: &str) {
        if !self.is_closed {
            self.is_closed = wire::write_error(id, code, why, &mut self.to).is_err();
        }
    }

    fn notify(&mut self, method: &str, params: impl Serialize) {
        // All of these are plain data.
        let Ok(params) = serde_json::to_value(params) else { return };
        self.send(&Message::Notification(Notification { method: method.to_owned(), params }));
    }

    /// Asks the client for something; what it answers is not waited for.
    pub(super) fn request(&mut self, method: &str, params: impl Serialize) {
        let Ok(params) = serde_json::to_value(params) else { return };
        self.requests += 1;
        let id = RequestId::from(self.requests);
        self.send(&Message::Request(Request { id, method: method.to_owned(), params }));
    }

    /// Says what is found in a file.
    pub(super) fn publish(&mut self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.notify(PublishDiagnostics::METHOD, PublishDiagnosticsParams { uri, diagnostics, version });
    }

    /// Shows a message to the user.
    pub(super) fn show_error(&mut self, message: String) {
        self.notify(ShowMessage::METHOD, ShowMessageParams { typ: MessageType::ERROR, message });
    }

    /// Writes a message where a user finds it who looks for it.
    pub(super) fn log(&mut self, typ: MessageType, message: String) {
        self.notify(LogMessage::METHOD, LogMessageParams { typ, message });
    }
}
