//! `goals config`: what is configured, and where each value comes from.
//!
//! The library finds the values and their lines.

use std::path::Path;

use goals::{ConfigFiles, find_root};

use super::{CLEAN, current_directory, fail};
use crate::Output;
use crate::cli::args::Global;
use crate::cli::args::ask::ConfigFormat;

/// `goals config`
pub(crate) fn config(global: &Global, format: ConfigFormat, output: &mut Output) -> u8 {
    let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
    let files = ConfigFiles { file: global.config.as_deref(), isolated: global.isolated };
    match goals::settings(&root, files, global.roster.as_deref()) {
        Ok(settings) => {
            output.result(&match format {
                ConfigFormat::Toml => settings.toml(),
                ConfigFormat::Json => settings.json(),
            });
            CLEAN
        }
        Err(failure) => fail(&failure, output),
    }
}
