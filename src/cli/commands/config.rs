//! `goals config`: what is configured, and where each value comes from.
//!
//! The library finds the values and their lines.

use std::path::Path;

use clap::{Args, ValueEnum};
use goals::{Error, current_directory, find_root};

use crate::cli::args::Global;
use crate::cli::output::{CLEAN, Output};

// The arguments of `goals config`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Config {
    /// Output format: toml or json
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ConfigFormat::Toml, hide_possible_values = true, hide_default_value = true)]
    format: ConfigFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    Toml,
    Json,
}

impl Config {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
        let settings = goals::settings(&root, global.config_files(), global.roster.as_deref())?;
        settings.warnings.iter().for_each(|warning| output.warn(warning));
        output.result(&match self.format {
            ConfigFormat::Toml => settings.toml(output.result_look),
            ConfigFormat::Json => settings.json(),
        });
        Ok(CLEAN)
    }
}
