//! The front end for mdBook: what it hands to a preprocessor, and what it gets back.
//!
//! It knows the protocol and nothing of goals: the engine renders the pages.

mod chapters;

use std::path::PathBuf;

use mdbook_preprocessor::book::Book;
use mdbook_preprocessor::{MDBOOK_VERSION, PreprocessorContext};
use serde::Deserialize;

use crate::engine::{BookRequest, Session};
use crate::sys::error::Error;

/// What a preprocessor answers.
#[derive(Clone, Debug)]
pub struct Preprocessed {
    /// The book, as JSON.
    pub book: Vec<u8>,
    /// What its readers would miss, with the place where there is one.
    pub notes: Vec<Error>,
    /// How many pages it was given, and how many chapters came below them.
    pub counts: (usize, usize),
}

/// Renders the pages of a book that mdBook has handed over as JSON. Fails where that cannot be read, or where the configuration
/// or the roster of the project cannot.
pub fn preprocess(session: &mut Session<'_>, input: &[u8]) -> Result<Preprocessed, Error> {
    let (context, mut book): (PreprocessorContext, Book) =
        serde_json::from_slice(input).map_err(|error| unreadable(input, &error))?;
    let mut notes: Vec<Error> = version_note(&context.mdbook_version).into_iter().collect();
    let issues = context.config.get::<PathBuf>("preprocessor.goals.issues").unwrap_or_else(|_| {
        let message = "`issues` in [preprocessor.goals] of book.toml is not a string: progress is shown as links";
        notes.push(Error::new(message).help("use the path of a directory: `issues = \"issues\"`"));
        None
    });
    let pages = chapters::pages(&book.items);
    let given = pages.len();
    let directory = context.root.join(&context.config.book.src);
    // What mdBook does by itself unless it is told not to.
    let renames_readme =
        context.config.build.use_default_preprocessors || context.config.contains_key("preprocessor.index");
    let rendered =
        session.render_book(&BookRequest { root: context.root, directory, issues, renames_readme, pages })?;
    notes.extend(rendered.notes);
    let added = rendered.pages.iter().map(|page| page.chapters.len()).sum();
    chapters::fill(&mut book.items, &mut rendered.pages.into_iter());
    let book = serde_json::to_vec(&book).map_err(|error| Error::new(format!("the book cannot be written: {error}")))?;
    Ok(Preprocessed { book, notes, counts: (given, added) })
}

/// What is wrong with input that is no book.
fn unreadable(input: &[u8], error: &serde_json::Error) -> Error {
    /// As much of a context as every version of mdBook hands over.
    #[derive(Deserialize)]
    struct Version {
        mdbook_version: String,
    }
    if input.iter().all(u8::is_ascii_whitespace) {
        return Error::new("standard input is empty")
            .help("let mdBook run this: `[preprocessor.goals]` with `command = \"goals mdbook\"` in book.toml");
    }
    let version = serde_json::from_slice::<(Version, serde::de::IgnoredAny)>(input).ok();
    match version.filter(|(version, _)| !is_supported(&version.mdbook_version)) {
        Some((Version { mdbook_version }, _)) => {
            let message = format!("the book of mdBook {mdbook_version} cannot be read: {error}");
            Error::new(message).help(format!("use mdBook {}", series(MDBOOK_VERSION)))
        }
        None => Error::new(format!("standard input is not a book from mdBook: {error}"))
            .help("let mdBook run this: `[preprocessor.goals]` with `command = \"goals mdbook\"` in book.toml"),
    }
}

/// What to say of a version of mdBook that nobody has tried.
fn version_note(version: &str) -> Option<Error> {
    let message = format!("mdBook {version} is not supported, its book is read as one of {}", series(MDBOOK_VERSION));
    let help = format!("use mdBook {}, or a newer version of `goals`", series(MDBOOK_VERSION));
    (!is_supported(version)).then(|| Error::new(message).help(help))
}

/// Whether a version is one of those that have the same protocol.
fn is_supported(version: &str) -> bool {
    series(version) == series(MDBOOK_VERSION)
}

/// The part of a version that changes when something no longer works: `0.5` of `0.5.4`, `1` of `1.2.3`.
fn series(version: &str) -> &str {
    let parts = if version.starts_with("0.") { 2 } else { 1 };
    let end = version.match_indices('.').nth(parts - 1).map_or(version.len(), |(at, _)| at);
    &version[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_a_series_have_one_protocol() {
        assert_eq!(["0.5.4", "0.5", "1.2.3", "2", ""].map(series), ["0.5", "0.5", "1", "2", ""]);
        assert!(is_supported("0.5.0") && is_supported("0.5.99"));
        assert!(!is_supported("0.4.52") && !is_supported("0.50.1") && !is_supported("1.0.0"));
    }
}
