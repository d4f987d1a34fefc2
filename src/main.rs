//! The command line program: parses arguments, runs the command, and exits.

mod cli;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use crate::cli::command::Cli;
use crate::cli::output::{Output, help_width, usage};

#[cfg(unix)]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    goals::prepare();
    let args: Vec<OsString> = std::env::args_os().collect();
    // The width is set here, since clap asks the environment where there is no terminal.
    let command = Cli::command().term_width(help_width());
    let parsed = command.try_get_matches_from(&args).and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return usage(&error, &args),
    };
    let mut output = Output::new(cli.global.color, cli.global.quiet, cli.global.verbose);
    let code = cli.run(&mut output);
    output.end(code)
}
