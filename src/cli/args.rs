//! Arguments that several commands share. What only one command takes is in its own file.

use std::path::PathBuf;

use clap::{ArgAction, Args, ValueEnum};
use goals::output::answers::OutputFormat;
use goals::{ConfigFiles, Error, LevelOverrides, Options, PeriodName};

#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(crate) struct Global {
    /// Use this file instead of the project's goals.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Ignore all configuration files
    #[arg(long, global = true, conflicts_with = "config")]
    pub(crate) isolated: bool,

    /// Read teams and people from this directory
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) roster: Option<PathBuf>,

    /// Whether to use colors
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto, hide_possible_values = true, help = "Whether to use colors: auto, always, or never")]
    pub(crate) color: When,

    /// Suppress progress, notes, and warnings about the run
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Use verbose output
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

impl Global {
    /// What the options of every command say about a run, with the format of slates that are not named like a period.
    pub(crate) fn options(&self, period: Option<&str>) -> Result<Options<'_>, Error> {
        let period = period.map(parse_period).transpose()?;
        let levels = LevelOverrides::default();
        Ok(Options { config: self.config_files(), roster: self.roster.as_deref(), period, levels })
    }

    /// Which configuration is read.
    pub(crate) fn config_files(&self) -> ConfigFiles<'_> {
        ConfigFiles { file: self.config.as_deref(), isolated: self.isolated }
    }
}

fn parse_period(name: &str) -> Result<PeriodName, Error> {
    PeriodName::parse(name).ok_or_else(|| {
        Error::new(format!("invalid period `{name}`"))
            .help("use a year, optionally followed by `h1` or `h2`: `2025h1`, `2026`")
    })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

// Which slate is asked about, and in which form the answer is wanted; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct SlateArgs {
    /// Directory or period of the slate [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Output format: table, json, csv, or markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: AnswerFormat,
}

// Which goals or asks are wanted. Each option may be given several times; one of its names has to fit. A doc comment would be
// the text of the help.
#[derive(Debug, Default, Args)]
pub(crate) struct FilterArgs {
    /// Filter by team. Can be repeated
    #[arg(long, value_name = "TEAM", action = ArgAction::Append)]
    pub(crate) team: Vec<String>,

    /// Filter by GitHub user: contact, champion, or task owner. Can be repeated
    #[arg(long, value_name = "USER", action = ArgAction::Append)]
    pub(crate) person: Vec<String>,

    /// Filter by status. Can be repeated
    #[arg(long, value_name = "STATUS", action = ArgAction::Append)]
    pub(crate) status: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum AnswerFormat {
    Table,
    Json,
    Csv,
    Markdown,
}

impl AnswerFormat {
    /// The form in which an answer is written; `table` is that of a table.
    pub(crate) fn view(self, table: OutputFormat) -> OutputFormat {
        match self {
            AnswerFormat::Table => table,
            AnswerFormat::Json => OutputFormat::Json,
            AnswerFormat::Csv => OutputFormat::Csv,
            AnswerFormat::Markdown => OutputFormat::Markdown,
        }
    }
}
