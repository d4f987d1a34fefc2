//! What could not be done, as opposed to what is wrong with a goal: bad configuration, files that cannot be read.
//!
//! A mistake in a goal is a finding and never stops a run; a failure ends in exit code 2.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use crate::text::source::{Source, Span};

/// Something the program could not do, and the way out where there is one.
#[derive(Clone, Debug)]
pub struct Error(Box<Parts>);

#[derive(Clone, Debug)]
struct Parts {
    message: String,
    help: Option<String>,
    /// Many failures may be of one text.
    place: Option<(Arc<Source>, Span)>,
}

impl Error {
    /// A failure without a place.
    pub fn new(message: impl Into<String>) -> Error {
        Error(Box::new(Parts { message: message.into(), help: None, place: None }))
    }

    /// A failure about a file, with the cause the system or a parser gave.
    pub fn at(path: &Path, message: &str, cause: &dyn fmt::Display) -> Error {
        Error::new(format!("{}: {message}: {cause}", super::paths::shown(path)))
    }

    /// A failure at a place in a file's text.
    pub fn in_text(source: impl Into<Arc<Source>>, span: Span, message: impl Into<String>) -> Error {
        Error(Box::new(Parts { message: message.into(), help: None, place: Some((source.into(), span)) }))
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Error {
        self.0.help = Some(help.into());
        self
    }

    /// What could not be done.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it.
    pub fn advice(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Whether a reader is told the same by both.
    pub fn says_the_same(&self, other: &Error) -> bool {
        let place = |failure: &Error| failure.place().map(|(source, span)| (source.path().to_owned(), span));
        self.message() == other.message() && self.advice() == other.advice() && place(self) == place(other)
    }

    /// The text and the place in it, where the failure has one.
    pub fn place(&self) -> Option<(&Source, Span)> {
        self.0.place.as_ref().map(|(source, span)| (source.as_ref(), *span))
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Error {}
