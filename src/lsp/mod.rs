//! The language server: what the engine knows, in the words of the Language Server Protocol.
//!
//! It keeps the texts that are open in an editor, and translates: findings into diagnostics and code actions, places into ranges,
//! what [`editing`](crate::queries::editing) answers into hovers, completions, definitions, and outlines. It judges nothing itself.
//!
//! One thread reads; everything else happens one after the other, so that each answer is about the texts as they were when it was
//! asked for. Slates are checked when no message waits, or when a request needs what is found.

mod actions;
mod capabilities;
mod client;
mod diagnostics;
mod documents;
mod inbox;
mod outbox;
mod places;
mod requests;
mod server;
mod slates;
mod uris;
mod wire;

use std::io::{Read, Write};

use crate::engine::{Options, Session};
use crate::sys::error::Error;

/// How a client went away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Served {
    /// As the protocol says: `shutdown`, then the end.
    Orderly,
    /// Without `shutdown`.
    Abrupt,
    /// It sent what is no message of the protocol, after which none can be read: why.
    Broken(String),
}

/// Serves a client until it goes away. Fails where the options cannot be used; whatever else is wrong, the client is told.
pub fn serve(from: impl Read + Send + 'static, to: impl Write, options: Options<'_>) -> Result<Served, Error> {
    let mut session = Session::new(options)?;
    session.keep_parsed();
    Ok(server::Server::new(session, to).run(from))
}
