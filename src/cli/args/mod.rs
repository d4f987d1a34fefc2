//! The command line: what can be said, and nothing more.
//!
//! What it means is for `run` to say; what names may complete, for `run::shell`.

pub(crate) mod ask;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use ask::{Asks, ConfigFormat, List, Roster};

/// A linter and RFC assembler for Rust project goals.
#[derive(Debug, Parser)]
#[command(
    name = "goals",
    version,
    propagate_version = true,
    max_term_width = 80,
    after_help = "Examples:
  goals lint                         check all slates of the project
  goals explain unknown-team         explain a rule, with examples
  goals rfc -o rfc.md                write the RFC of the newest slate to a file
  goals asks --team lang             list the asks of a team and their champions

Run it anywhere in a goals repository. See `goals COMMAND --help` for details.

Exit codes: 0 success, 1 errors found, 2 error (bad arguments, unreadable files)"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check goals and report all problems
    #[command(after_help = "Examples:
  goals lint                         check all slates of the project
  goals lint src/2025h1              check one slate
  goals lint src/2025h1/async.md     check one goal, with its slate as context
  goals lint - --stdin-filename src/2025h1/async.md < draft.md
  goals lint --fix                   apply safe fixes
  goals lint --since origin/main     report what this branch introduces
  goals lint --format human --format sarif=goals.sarif

Exit codes: 0 no errors, 1 errors found, 2 error (bad arguments, unreadable files)")]
    Lint(Lint),

    /// Assemble the RFC of a slate
    #[command(after_help = "Examples:
  goals rfc                          print the RFC of the newest slate
  goals rfc src/2025h1 -o ../rfcs/text/3764-project-goals.md --pr 3764
  goals rfc src/2025h1 --check ../rfcs/text/3764-project-goals.md

Exit codes: 0 written or up to date, 1 errors found or FILE differs, 2 error (bad arguments, unreadable or unwritable files)")]
    Rfc(Rfc),

    /// List the goals of a slate: contact, status, teams, champions
    #[command(after_help = "Examples:
  goals list                         list the goals of the newest slate
  goals list 2025h1 --team lang      only goals with asks for the language team
  goals list --person @somebody      only goals that involve a person
  goals list --format csv > goals.csv

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    List(List),

    /// List the asks of each team, with totals
    #[command(after_help = "Examples:
  goals asks --team lang             list the asks of the language team
  goals asks --person @somebody      list a person's commitments
  goals asks --totals people         count the goals of each person
  goals asks --status Proposed --format markdown

Goals that are not accepted are omitted unless selected with `--status`.

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    Asks(Asks),

    /// Show or update the roster of teams and people
    #[command(after_help = "Examples:
  goals roster                       list all teams and the date of the roster
  goals roster --team lang           list the members of a team
  goals roster --person somebody     list the teams of a person
  goals roster update --from downloads

Exit codes: 0 success, 2 error (bad arguments, unreadable or unwritable files)")]
    Roster(Roster),

    /// Show the effective configuration and the source of each value
    #[command(after_help = "Examples:
  goals config
  goals config --isolated            show the built-in defaults
  goals config --format json

Exit codes: 0 success, 2 invalid configuration")]
    Config {
        /// Output format: toml or json
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ConfigFormat::Toml, hide_possible_values = true, hide_default_value = true)]
        format: ConfigFormat,
    },

    /// Explain a rule with examples, or list all rules
    #[command(after_help = "Examples:
  goals explain                      list all rules
  goals explain unknown-team         explain one rule

Exit codes: 0 success, 2 unknown rule")]
    Explain {
        /// Name of a rule, as shown in brackets in findings
        rule: Option<String>,
    },

    /// Generate shell completions
    #[command(after_help = "Examples:
  goals completions bash > ~/.local/share/bash-completion/completions/goals
  goals completions zsh > ~/.zfunc/_goals
  goals completions fish > ~/.config/fish/completions/goals.fish

Exit codes: 0 success, 2 unknown shell")]
    Completions {
        /// Shell: bash, elvish, fish, powershell, or zsh
        #[arg(value_enum, hide_possible_values = true)]
        shell: Shell,
    },

    /// Generate a man page
    #[command(after_help = "Examples:
  goals man > goals.1                write the man page of `goals` to a file
  goals man lint | man -l -          show the man page of a command
  goals man roster update > goals-roster-update.1

Exit codes: 0 success, 2 unknown command")]
    Man {
        /// Name of a command
        command: Vec<String>,
    },
}

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

    /// Suppress progress and notes
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Use verbose output
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Args)]
pub(crate) struct Lint {
    /// Files, slates, or directories of slates; `-` for standard input [default: all slates of the project]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// Path of the text on standard input
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// Period of slates whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Output format: human, short, json, github, or sarif; with `=FILE`, written to a file. Can be repeated [default:
    /// human]
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, alias = "output-format")]
    pub(crate) format: Vec<String>,

    /// Only report findings introduced since the merge base with COMMIT
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["fix", "diff"], allow_hyphen_values = true)]
    pub(crate) since: Option<String>,

    /// Show the number of findings per rule instead of each finding
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Apply safe fixes
    #[arg(long, conflicts_with = "diff")]
    pub(crate) fix: bool,

    /// Show the changes of `--fix` as a unified diff without applying them
    #[arg(long)]
    pub(crate) diff: bool,

    #[command(flatten)]
    pub(crate) levels: LevelFlags,

    /// Exit with 1 if there are warnings
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LevelFlags {
    /// Turn off a rule, or `all`
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) allow: Vec<String>,

    /// Report a rule, or `all`, as a warning
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) warn: Vec<String>,

    /// Report a rule, or `all`, as an error
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) deny: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Rfc {
    /// Directory or period of the slate [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// Period of a slate whose directory is not named after a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Write to FILE; not touched if it is up to date
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Compare with FILE and show a unified diff, without writing anything
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub(crate) check: Option<PathBuf>,

    /// Number of the pull request, for the front matter
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) pr: Option<u64>,

    /// Start date, for the front matter
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) start_date: Option<String>,

    /// Feature name, for the front matter
    #[arg(long, value_name = "NAME")]
    pub(crate) feature_name: Option<String>,

    /// Assemble the RFC even if there are errors
    #[arg(long)]
    pub(crate) allow_errors: bool,
}
