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

    /// Only the totals: of teams, champions or people
    #[arg(long, value_name = "OF", value_enum, hide_possible_values = true)]
    pub(crate) totals: Option<TotalsOf>,
}

/// Which slate is asked about, and in which form the answer is wanted.
#[derive(Debug, Args)]
pub(crate) struct OfSlate {
    /// A slate's directory, or the name of its period [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// The format of a slate whose directory is not named like a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// How the answer is written: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: AnswerFormat,
}

/// Which goals or asks are wanted. Each option may be given several times; one of its names has to fit.
#[derive(Debug, Args)]
pub(crate) struct Choice {
    /// Only what concerns this team
    #[arg(long, value_name = "TEAM", action = ArgAction::Append)]
    pub(crate) team: Vec<String>,

    /// Only what concerns this user of GitHub: as contact, champion or owner of a task
    #[arg(long, value_name = "USER", action = ArgAction::Append)]
    pub(crate) person: Vec<String>,

    /// Only goals of this status
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

    /// Only this team, with its members
    #[arg(long, value_name = "TEAM", action = ArgAction::Append)]
    pub(crate) team: Vec<String>,

    /// Only this user of GitHub, with their teams
    #[arg(long, value_name = "USER", action = ArgAction::Append)]
    pub(crate) person: Vec<String>,

    /// How the answer is written: table, json, csv or markdown
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t = AnswerFormat::Table, hide_possible_values = true, hide_default_value = true)]
    pub(crate) format: AnswerFormat,
}

#[derive(Debug, Subcommand)]
pub(crate) enum RosterCommand {
    /// Renew the pinned teams and people from downloaded files
    #[command(after_help = "Examples:
  goals roster update --from downloads --date 2026-04-09
  goals roster update --from downloads --to team

The files are teams.json, people.json and, where there is one,
archived-teams.json of https://team-api.infra.rust-lang.org/v1/. Only names,
membership and repositories are kept, sorted. Where one of the files cannot be
used, none is written.

Exit codes: 0 renewed, 2 something could not be read or written")]
    Update(Update),
}

#[derive(Debug, Args)]
pub(crate) struct Update {
    /// The directory of the downloaded files
    #[arg(long, value_name = "DIR")]
    pub(crate) from: PathBuf,

    /// The directory of the pinned files [default: `[roster] path` of goals.toml]
    #[arg(long, value_name = "DIR")]
    pub(crate) to: Option<PathBuf>,

    /// The day of the downloads, as 2026-04-09, to be kept with the files
    #[arg(long, value_name = "DATE")]
    pub(crate) date: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ConfigFormat {
    Toml,
    Json,
}
