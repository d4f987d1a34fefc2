//! The command line: what can be said, and nothing more.
//!
//! What it means is for `run` to say; what names may complete, for `run::shell`.

pub(crate) mod ask;

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use ask::{Asks, ConfigFormat, List, Roster};

/// Checks the goals of a Rust project goals slate and assembles the RFC from them.
#[derive(Debug, Parser)]
#[command(
    name = "goals",
    version,
    propagate_version = true,
    max_term_width = 80,
    after_help = "Examples:
  goals lint                         check every slate of this project
  goals explain unknown-team         why a rule exists, with examples
  goals rfc -o rfc.md                write the RFC of the newest slate to a file
  goals asks --team lang             what is asked of a team, and who said yes

Run it anywhere in a goals repository; `goals COMMAND --help` says more.

Exit codes: 0 done, 1 errors were found, 2 something could not be done"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) global: Global,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check goals and show everything that is wrong with them
    #[command(after_help = "Examples:
  goals lint                         every slate of this project
  goals lint src/2025h1              one slate
  goals lint src/2025h1/async.md     one goal, read with its slate as context
  goals lint - --stdin-filename src/2025h1/async.md < draft.md
  goals lint --fix                   mend what can be mended
  goals lint --since origin/main     what this branch brought
  goals lint --format human --format sarif=goals.sarif

Exit codes: 0 no errors, 1 errors, 2 something could not be checked")]
    Lint(Lint),

    /// Write the RFC text of one slate to standard output or a file
    #[command(after_help = "Examples:
  goals rfc                          the newest slate of this project
  goals rfc src/2025h1 -o ../rfcs/text/3764-project-goals.md --pr 3764
  goals rfc src/2025h1 --check ../rfcs/text/3764-project-goals.md

Exit codes: 0 written, or FILE is up to date; 1 errors, or FILE differs; 2 something could not be read or written")]
    Rfc(Rfc),

    /// List the goals of a slate: contact, status, teams, champions
    #[command(after_help = "Examples:
  goals list                         the goals of the newest slate
  goals list 2025h1 --team lang      those that ask the language team
  goals list --person @somebody      those that somebody has to do with
  goals list --format csv > goals.csv

Exit codes: 0 answered, 2 something could not be read")]
    List(List),

    /// Show what is asked of which team, with totals
    #[command(after_help = "Examples:
  goals asks --team lang             what is asked of the language team
  goals asks --person @somebody      the asks that somebody has to do with
  goals asks --totals people         who carries how many goals
  goals asks --status Proposed --format markdown

Goals that are not accepted are left out unless `--status` names their status.

Exit codes: 0 answered, 2 something could not be read")]
    Asks(Asks),

    /// Show the teams and people that are known, or renew them
    #[command(after_help = "Examples:
  goals roster                       all teams, and of which day they are
  goals roster --team lang           the members of a team
  goals roster --person somebody     the teams of a person
  goals roster update --from downloads

Exit codes: 0 answered, 2 something could not be read or written")]
    Roster(Roster),

    /// Show the effective configuration, and where each value comes from
    #[command(after_help = "Examples:
  goals config
  goals config --isolated            what is built into the program
  goals config --format json

Exit codes: 0 shown, 2 the configuration cannot be used")]
    Config {
        /// How it is written: toml or json
        #[arg(long, value_name = "FORMAT", value_enum, default_value_t = ConfigFormat::Toml, hide_possible_values = true, hide_default_value = true)]
        format: ConfigFormat,
    },

    /// Explain a rule with examples, or list all rules
    #[command(after_help = "Examples:
  goals explain                      the list of all rules
  goals explain unknown-team         one rule

Exit codes: 0 explained, 2 no rule has this name")]
    Explain {
        /// The rule's name, as findings show it in brackets
        rule: Option<String>,
    },

    /// Print a script by which a shell completes commands, options and names
    #[command(after_help = "Examples:
  goals completions bash > ~/.local/share/bash-completion/completions/goals
  goals completions zsh > ~/.zfunc/_goals
  goals completions fish > ~/.config/fish/completions/goals.fish

Exit codes: 0 printed, 2 the shell is not known")]
    Completions {
        /// The shell: bash, elvish, fish, powershell or zsh
        #[arg(value_enum, hide_possible_values = true)]
        shell: Shell,
    },

    /// Print the manual page of the program or of one of its commands
    #[command(after_help = "Examples:
  goals man > goals.1                the page of the program, to be installed
  goals man lint | man -l -          read the page of a command
  goals man roster update > goals-roster-update.1

Exit codes: 0 printed, 2 no command has this name")]
    Man {
        /// The command, as it is called
        command: Vec<String>,
    },
}

#[derive(Debug, Args)]
#[command(next_help_heading = "Options of every command")]
pub(crate) struct Global {
    /// Read this file instead of the project's goals.toml
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,

    /// Read no configuration at all
    #[arg(long, global = true, conflicts_with = "config")]
    pub(crate) isolated: bool,

    /// Take teams and people from this directory
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) roster: Option<PathBuf>,

    /// Whether to use colours
    #[arg(long, global = true, value_name = "WHEN", value_enum, default_value_t = When::Auto, hide_possible_values = true, help = "Whether to use colours: auto, always or never")]
    pub(crate) color: When,

    /// Say nothing about the run itself
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Say more about the run
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
    /// Files, slates, or directories that hold slates; `-` for standard input [default: every slate of the project]
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,

    /// The path of the text that comes from standard input
    #[arg(long, value_name = "PATH")]
    pub(crate) stdin_filename: Option<PathBuf>,

    /// The format of slates whose directory is not named like a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// How findings are written: human, short, json, github or sarif; with `=FILE`, to a file. May be given several times
    /// [default: human]
    #[arg(long, value_name = "FORMAT[=FILE]", action = ArgAction::Append, alias = "output-format")]
    pub(crate) format: Vec<String>,

    /// Show only findings that the merge base of this commit and HEAD did not have
    #[arg(long, value_name = "COMMIT", conflicts_with_all = ["fix", "diff"], allow_hyphen_values = true)]
    pub(crate) since: Option<String>,

    /// Count findings by rule instead of showing each
    #[arg(long)]
    pub(crate) statistics: bool,

    /// Mend what can be mended without changing what is meant
    #[arg(long, conflicts_with = "diff")]
    pub(crate) fix: bool,

    /// Show what `--fix` would change, as a unified diff, and change nothing
    #[arg(long)]
    pub(crate) diff: bool,

    #[command(flatten)]
    pub(crate) levels: LevelFlags,

    /// Exit with 1 also where there are only warnings
    #[arg(long)]
    pub(crate) deny_warnings: bool,
}

#[derive(Debug, Args)]
pub(crate) struct LevelFlags {
    /// Turn a rule off; `all` stands for every rule
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) allow: Vec<String>,

    /// Make a rule a warning
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) warn: Vec<String>,

    /// Make a rule an error
    #[arg(long, value_name = "RULE", action = ArgAction::Append)]
    pub(crate) deny: Vec<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Rfc {
    /// A slate's directory, or the name of its period [default: the newest slate]
    #[arg(value_name = "SLATE")]
    pub(crate) slate: Option<String>,

    /// The format of a slate whose directory is not named like a period
    #[arg(long, value_name = "PERIOD")]
    pub(crate) period: Option<String>,

    /// Write to FILE, which is left alone where it holds the text already
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Write nothing; show how FILE differs from the text, as a unified diff
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    pub(crate) check: Option<PathBuf>,

    /// The number of the pull request, for the lines above the text
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub(crate) pr: Option<u64>,

    /// The start date, for the lines above the text
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) start_date: Option<String>,

    /// The name of the feature, for the lines above the text
    #[arg(long, value_name = "NAME")]
    pub(crate) feature_name: Option<String>,

    /// Assemble in spite of errors
    #[arg(long)]
    pub(crate) allow_errors: bool,
}
