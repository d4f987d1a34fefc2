//! What could not be done, as opposed to what is wrong with a goal: bad configuration, files that cannot be read.
//!
//! A mistake in a goal is a finding and never stops a run; a failure ends in exit code 2.

use std::fmt;
use std::path::{Path, PathBuf};
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
    /// The file or directory that the message begins with, and where what is said of it begins.
    path: Option<(PathBuf, usize)>,
}

impl Error {
    /// A failure without a place.
    pub fn new(message: impl Into<String>) -> Error {
        Error(Box::new(Parts { message: message.into(), help: None, place: None, path: None }))
    }

    /// A failure about a file or directory as a whole.
    pub fn of(path: &Path, message: &str) -> Error {
        let shown = super::paths::shown(path);
        let mut failure = Error::new(format!("{shown}: {message}"));
        failure.0.path = Some((path.to_path_buf(), shown.len() + ": ".len()));
        failure
    }

    /// The same, with the cause the system or a parser gave.
    pub fn at(path: &Path, message: &str, cause: &dyn fmt::Display) -> Error {
        Error::of(path, &format!("{message}: {cause}"))
    }

    /// A failure at a place in a file's text.
    pub fn in_text(source: impl Into<Arc<Source>>, span: Span, message: impl Into<String>) -> Error {
        let place = Some((source.into(), span));
        Error(Box::new(Parts { message: message.into(), help: None, place, path: None }))
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

    /// The same without the path that it begins with, for whoever names that beside it.
    pub fn message_alone(&self) -> &str {
        let start = self.0.path.as_ref().map_or(0, |(_, start)| *start);
        self.0.message.get(start..).unwrap_or(&self.0.message)
    }

    /// The file or directory that it is about as a whole, where that is one.
    pub fn path(&self) -> Option<&Path> {
        self.0.path.as_ref().map(|(path, _)| path.as_path())
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
