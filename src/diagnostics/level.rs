//! How much a finding weighs.

use serde::Deserialize;

/// How much a rule's findings weigh.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// They are not shown.
    Off,
    /// They are shown.
    Warn,
    /// They are shown, end in exit code 1 and keep the RFC from being written.
    Error,
}

impl Level {
    /// The level of this name, as configuration and command line spell it.
    pub fn parse(name: &str) -> Option<Level> {
        match name {
            "off" => Some(Level::Off),
            "warn" => Some(Level::Warn),
            "error" => Some(Level::Error),
            _ => None,
        }
    }

    /// The word by which a configuration sets it.
    pub fn setting(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warn",
            Level::Error => "error",
        }
    }

    /// The word under which findings of this level are reported.
    pub fn word(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Warn => "warning",
            Level::Error => "error",
        }
    }
}
