//! What a client has sent and nobody has answered yet.
//!
//! A thread of its own reads, so that a request that was cancelled in the meantime is never worked on, and so that any number of
//! edits that wait are one edit.

use std::collections::VecDeque;
use std::io::BufReader;
use std::io::Read;
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};

use lsp_server::{Message, RequestId};
use lsp_types::notification::{Cancel, Notification as _};
use lsp_types::{CancelParams, NumberOrString};

use super::wire::{self, Received};

/// The messages that wait, in their order.
pub(super) struct Inbox {
    receiver: Receiver<Received>,
    waiting: VecDeque<Received>,
}

/// What is next.
pub(super) enum Next {
    /// Something has come.
    Received(Received),
    /// A request that its client does not want to be answered any more.
    Cancelled(RequestId),
    /// Nothing is there now.
    Nothing,
}

impl Inbox {
    /// Begins to read.
    pub(super) fn new(from: impl Read + Send + 'static) -> Inbox {
        let (sender, receiver) = channel();
        std::thread::spawn(move || read_all(from, &sender));
        Inbox { receiver, waiting: VecDeque::new() }
    }

    /// What is next; `wait` says whether to wait for it.
    pub(super) fn next(&mut self, wait: bool) -> Next {
        self.collect(wait);
        loop {
            let Some(next) = self.waiting.pop_front() else { return Next::Nothing };
            match &next {
                Received::Message(Message::Request(request)) if self.is_cancelled(&request.id) => {
                    return Next::Cancelled(request.id.clone());
                }
                // What it was about has been answered, or has not been asked.
                Received::Message(Message::Notification(one)) if one.method == Cancel::METHOD => {}
                _ => return Next::Received(next),
            }
        }
    }

    /// Takes everything that has come.
    fn collect(&mut self, wait: bool) {
        if self.waiting.is_empty() && wait {
            self.waiting.push_back(self.receiver.recv().unwrap_or(Received::End));
        }
        loop {
            match self.receiver.try_recv() {
                Ok(received) => self.waiting.push_back(received),
                Err(TryRecvError::Empty | TryRecvError::Disconnected) => return,
            }
        }
    }

    /// Whether a request that came before what waits is cancelled by that.
    fn is_cancelled(&self, id: &RequestId) -> bool {
        self.waiting.iter().any(|received| cancelled(received).as_ref() == Some(id))
    }
}

fn cancelled(received: &Received) -> Option<RequestId> {
    let Received::Message(Message::Notification(one)) = received else { return None };
    if one.method != Cancel::METHOD {
        return None;
    }
    let params: CancelParams = serde_json::from_value(one.params.clone()).ok()?;
    Some(match params.id {
        NumberOrString::Number(number) => RequestId::from(number),
        NumberOrString::String(text) => RequestId::from(text),
    })
}

fn read_all(from: impl Read, sender: &Sender<Received>) {
    let mut from = BufReader::new(from);
    loop {
        let received = wire::read(&mut from);
        let is_last = matches!(received, Received::Broken(_) | Received::End);
        if sender.send(received).is_err() || is_last {
            return;
        }
    }
}
