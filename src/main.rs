//! The command line program: parses arguments, runs the command, and exits.

mod cli;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::command::Cli;
use crate::cli::output::{Output, usage};

#[cfg(unix)]
#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    goals::prepare();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return usage(&error),
    };
    let mut output = Output::new(cli.global.color, cli.global.quiet, cli.global.verbose);
    let code = cli.run(&mut output);
    output.end(code)
}
