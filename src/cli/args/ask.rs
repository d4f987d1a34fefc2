//! What can be said to the commands that answer questions.
//!
//! How they are answered is for `run` to say.

use std::path::PathBuf;

use clap::{ArgAction, Args, Subcommand, ValueEnum};

#[derive(Debug, Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) of: OfSlate,

    #[command(flatten)]
    pub(crate) choice: Choice,
}

#[derive(Debug, Args)]
pub(crate) struct Asks {
    #[command(flatten)]
    pub(crate) of: OfSlate,

    #[command(flatten)]
    pub(crate) choice: Choice,

    /// Show only totals per team, champion, or person
    #[arg(long, value_name = "OF", value_enum, hide_possible_values = true)]
    pub(crate) totals: Option<TotalsOf>,
}

/// Which slate is asked about, and in which form the answer is wanted.
#[derive(Debug, Args)]
pub(crate) struct OfSlate {
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

/// Which goals or asks are wanted. Each option may be given several times; one of its names has to fit.
#[derive(Debug, Args)]
pub(crate) struct Choice {
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

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TotalsOf {
    Teams,
    Champions,
    People,
}

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(crate) struct Roster {
    #[command(subcommand)]
    pub(crate) command: Option<RosterCommand>,

    /// Show a team and its members
    #[arg(long, value_name = "TEAM", action = ArgAction::Append)]
    pub(crate) team: Vec<String>,

    /// Show a GitHub user and their teams
    #[arg(long, value_name = "USER", action = ArgAction::Append)]
    pub(crate) person: Vec<String>,

    /// Output format: table, json, csv, or markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: AnswerFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RosterCommand {
    /// Update the pinned roster from downloaded files
    #[command(after_help = "Examples:
  goals roster update --from downloads --date 2026-04-09
  goals roster update --from downloads --to team

The files are teams.json, people.json, and optionally archived-teams.json from
https://team-api.infra.rust-lang.org/v1/. Only names, membership, and
repositories are kept, sorted. If one of the files is invalid, none is written.

Exit codes: 0 success, 2 error (bad arguments, unreadable or unwritable files)")]
    Update(Update),
}

#[derive(Debug, Args)]
pub(crate) struct Update {
    /// Directory of the downloaded files
    #[arg(long, value_name = "DIR")]
    pub(crate) from: PathBuf,

    /// Directory of the pinned files [default: `[roster] path` of goals.toml]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,

    /// Date of the downloads, such as 2026-04-09, stored with the files
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    Toml,
    Json,
}
