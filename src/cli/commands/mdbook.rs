//! `goals mdbook`: the preprocessor of a book of goals.
//!
//! mdBook starts it for each renderer; the library knows what is said on the two streams.

use std::io::{IsTerminal, Read};

use clap::{Args, Subcommand};
use goals::output::findings;
use goals::{Error, Session};

use crate::cli::args::Global;
use crate::cli::output::{CLEAN, Output, count};

// The arguments of `goals mdbook`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Mdbook {
    #[command(subcommand)]
    question: Option<Question>,
}

// What mdBook asks before it hands over a book; a doc comment would be the text of the help.
#[derive(Debug, Subcommand)]
pub(crate) enum Question {
    /// Tell whether books can be rendered for a renderer: exit code 0 means yes
    #[command(after_help = "Examples:
  goals mdbook supports html         what mdBook asks first

Exit codes: 0 the renderer is supported; all are")]
    Supports {
        /// Name of the renderer
        #[arg(value_name = "RENDERER")]
        renderer: String,
    },
}

impl Mdbook {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        if let Some(Question::Supports { .. }) = self.question {
            // Pages are Markdown before and after, so whoever renders it can have them.
            return Ok(CLEAN);
        }
        let mut session = Session::new(global.options(None)?)?;
        let preprocessed = goals::mdbook::preprocess(&mut session, &input()?)?;
        session.take_warnings().iter().for_each(|warning| output.warn(warning));
        preprocessed.notes.iter().for_each(|note| say(note, output));
        let (pages, added) = preprocessed.counts;
        output.detail(&format!("rendered {}, and added {}", count(pages, "page"), count(added, "chapter")));
        output.result_bytes(&preprocessed.book);
        goals::forget((session, preprocessed));
        Ok(CLEAN)
    }
}

/// The book that mdBook hands over. Whoever types this on a terminal would wait forever.
fn input() -> Result<Vec<u8>, Error> {
    let mut stdin = std::io::stdin().lock();
    if stdin.is_terminal() {
        return Err(Error::new("standard input is a terminal, not a book from mdBook")
            .help("let mdBook run this: `[preprocessor.goals]` with `command = \"goals mdbook\"` in book.toml"));
    }
    let mut input = Vec::new();
    stdin.read_to_end(&mut input).map_err(|error| Error::new(format!("standard input cannot be read: {error}")))?;
    Ok(input)
}

/// Says what readers of the book would miss.
fn say(note: &Error, output: &mut Output) {
    if note.place().is_some() {
        let text = findings::warning(note, output.run_look);
        output.diagnostics(&text);
        return;
    }
    output.note(&format!("warning: {}", note.message()));
    if let Some(help) = note.advice() {
        output.note(&format!("  help: {help}"));
    }
}
