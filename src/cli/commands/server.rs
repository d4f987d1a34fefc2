//! `goals server`: the language server on standard input and output.

use clap::Args;
use goals::{Error, Served};

use crate::cli::args::Global;
use crate::cli::output::{CLEAN, FAILED, FOUND, Output};

// The arguments of `goals server`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Server {
    /// Use standard input and output, which it always does: some editors add this
    #[arg(long, hide = true)]
    stdio: bool,
}

impl Server {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        if Output::is_typed() {
            output.note(
                "note: this is for editors, which start it and speak the Language Server Protocol; Ctrl+C ends it",
            );
        }
        let (from, to) = Output::conversation();
        Ok(match goals::serve(from, to, global.options(None)?)? {
            Served::Orderly => CLEAN,
            Served::Abrupt => FOUND,
            Served::Broken(why) => {
                output.fail(&Error::new(why).help("an editor starts `goals server` and sends messages with a header"));
                FAILED
            }
        })
    }
}
