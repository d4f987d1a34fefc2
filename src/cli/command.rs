//! The command line as a whole. What a command takes and does is in its own file below `commands`.

use clap::{CommandFactory, Parser, Subcommand};

use super::args::Global;
use super::commands::{
    asks, changes, completions, config, explain, fcp, lint, list, man, mdbook, new, review, rfc, roster, server,
};
use super::output::Output;

/// A linter and RFC assembler for Rust project goals.
#[derive(Debug, Parser)]
#[command(
    name = "goals",
    version,
    propagate_version = true,
    after_help = "Examples:
  goals lint                         check all slates of the project
  goals explain unknown-team         explain a rule, with examples
  goals rfc -o rfc.md                write the RFC of the newest slate to a file
  goals asks --team lang             list the asks of a team and their champions

Run it anywhere in a goals repository. See `goals COMMAND --help` for details.

Exit codes: 0 success, 1 errors found or a file differs, 2 error (bad arguments, unreadable files)"
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,

    #[command(flatten)]
    pub(crate) global: Global,
}

// The arguments of a command are put together only where it is the one that is called.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(crate) enum Command {
    /// Check goals and report all problems
    #[command(
        visible_alias = "check",
        after_help = "Examples:
  goals lint                         check all slates of the project
  goals lint src/2025h1              check one slate
  goals lint src/2025h1/async.md     check one goal, with its slate as context
  goals lint - --stdin-filename src/2025h1/async.md < draft.md
  goals lint 2026 --errors           show only the errors of one slate
  goals lint --fix                   apply safe fixes
  goals lint --allow stale-status,missing-champion
  goals lint --since origin/main     report what this branch introduces
  goals lint --format human --format sarif=goals.sarif

Exit codes: 0 no errors, 1 errors found, 2 error (bad arguments, unreadable files)"
    )]
    Lint(lint::Lint),

    /// Assemble the RFC of a slate
    #[command(after_help = "Examples:
  goals rfc                          print the RFC of the newest slate
  goals rfc src/2025h1 -o ../rfcs/text/3764-project-goals.md --pr 3764
  goals rfc src/2025h1 --check ../rfcs/text/3764-project-goals.md

Exit codes: 0 written or up to date, 1 errors found or FILE differs, 2 error (bad arguments, unreadable or unwritable files)")]
    Rfc(rfc::Rfc),

    /// Begin a goal, or a slate
    #[command(after_help = "Examples:
  goals new 'Faster builds' --contact @your-username --team lang=medium
  goals new 'Faster builds' --slate 2026 --dry-run
  goals new --from src/2025h2/build-std.md
                                     continue a goal of an older slate
  goals new --slate 2027             begin a slate, like the newest one

Nothing that exists is written over.

Exit codes: 0 success, 2 error (bad arguments, unreadable or unwritable files)")]
    New(new::New),

    /// List the goals of a slate: contact, status, teams, champions
    #[command(after_help = "Examples:
  goals list                         list the goals of the newest slate
  goals list 2025h1 --team lang      only goals with asks for the language team
  goals list --person @somebody      only goals that involve a person
  goals list --missing champion      only goals that lack a champion
  goals list --format csv > goals.csv

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    List(list::List),

    /// List the asks of each team, with totals
    #[command(after_help = "Examples:
  goals asks --team lang             list the asks of the language team
  goals asks --person @somebody      list a person's commitments
  goals asks --totals people         count the goals of each person
  goals asks --matrix --format csv   goals by teams, for a spreadsheet
  goals asks --status Proposed --format markdown

Goals that are not accepted are omitted unless selected with `--status`.

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    Asks(asks::Asks),

    /// Write all that a team needs to decide about its asks, as one document
    #[command(after_help = "Examples:
  goals review lang                  print the review of the language team
  goals review lang > agenda.md      write it to a file, for a meeting
  goals review types 2026 --format json

Goals that are not accepted are omitted.

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    Review(review::Review),

    /// List what changed in goals and asks, by team
    #[command(after_help = "Examples:
  goals changes --since v1           compare with a tag, branch, or commit
  goals changes --since origin/main --team lang
  goals changes 2026 --old ../goals-of-march --format markdown

Text that only moved or is formatted otherwise is no change.

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    Changes(changes::Changes),

    /// Write the comment that asks each team's members for their vote
    #[command(after_help = "Examples:
  goals fcp > comment.md             write the comment for the newest slate
  goals fcp --done comment.md        list who has not ticked their box
  goals fcp 2026 --format csv > voters.csv

Exit codes: 0 success, 2 error (bad arguments, unreadable files)")]
    Fcp(fcp::Fcp),

    /// Serve an editor: diagnostics, fixes, hover, completion
    #[command(after_help = "Examples:
  goals server                       an editor starts it and speaks the
                                     Language Server Protocol with it

Exit codes: 0 the editor ended it, 1 the editor went away, 2 error (bad arguments, no message of the protocol)")]
    Server(server::Server),

    /// Render the pages of a goals book (mdBook preprocessor)
    #[command(after_help = "Examples:
  goals mdbook supports html         what mdBook asks first
  goals mdbook < book.json > out     what it asks then, with a book

mdBook runs this if book.toml says:

  [preprocessor.goals]
  command = \"goals mdbook\"

Exit codes: 0 success, 2 error (no book on standard input, unreadable configuration)")]
    Mdbook(mdbook::Mdbook),

    /// Show or update the roster of teams and people
    #[command(after_help = "Examples:
  goals roster                       list all teams and the date of the roster
  goals roster --team lang           list the members of a team
  goals roster --person somebody     list the teams of a person
  goals roster update --from downloads

Exit codes: 0 success, 2 error (bad arguments, unreadable or unwritable files)")]
    Roster(roster::Roster),

    /// Show the effective configuration and the source of each value
    #[command(after_help = "Examples:
  goals config
  goals config --isolated            show the built-in defaults
  goals config --format json

Exit codes: 0 success, 2 invalid configuration")]
    Config(config::Config),

    /// Explain a rule with examples, or list all rules
    #[command(after_help = "Examples:
  goals explain                      list all rules
  goals explain unknown-team         explain one rule

Exit codes: 0 success, 2 unknown rule")]
    Explain(explain::Explain),

    /// Generate shell completions
    #[command(after_help = "Examples:
  goals completions bash > ~/.local/share/bash-completion/completions/goals
  goals completions zsh > ~/.zfunc/_goals
  goals completions fish > ~/.config/fish/completions/goals.fish

Exit codes: 0 success, 2 unknown shell")]
    Completions(completions::Completions),

    /// Generate a man page
    #[command(after_help = "Examples:
  goals man > goals.1                write the man page of `goals` to a file
  goals man lint | man -l -          show the man page of a command
  goals man roster update > goals-roster-update.1

Exit codes: 0 success, 2 unknown command")]
    Man(man::Man),
}

impl Cli {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, output: &mut Output) -> u8 {
        let global = &self.global;
        let done = match &self.command {
            Command::Lint(lint) => lint.run(global, output),
            Command::Rfc(rfc) => rfc.run(global, output),
            Command::New(new) => new.run(global, output),
            Command::List(list) => list.run(global, output),
            Command::Asks(asks) => asks.run(global, output),
            Command::Review(review) => review.run(global, output),
            Command::Changes(changes) => changes.run(global, output),
            Command::Fcp(fcp) => fcp.run(global, output),
            Command::Server(server) => server.run(global, output),
            Command::Mdbook(mdbook) => mdbook.run(global, output),
            Command::Roster(roster) => roster.run(global, output),
            Command::Config(config) => config.run(global, output),
            Command::Explain(explain) => explain.run(output),
            Command::Completions(completions) => completions.run(Cli::command(), output),
            Command::Man(man) => man.run(Cli::command(), output),
        };
        done.unwrap_or_else(|failure| output.fail(&failure))
    }
}

#[cfg(test)]
mod tests {
    use clap_complete::Shell;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
        for shell in [Shell::Bash, Shell::Zsh] {
            completions::with_names(Cli::command(), shell).unwrap().debug_assert();
        }
    }

    #[test]
    fn every_command_has_examples() {
        fn check(command: &clap::Command) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:\n"), "`{}` has no examples in its help", command.get_name());
            // On the narrowest terminal each is a line.
            let wide = help.lines().find(|line| line.starts_with("  ") && line.len() > 80);
            assert_eq!(wide, None, "an example of `{}` is broken on a terminal", command.get_name());
            command.get_subcommands().filter(|command| command.get_name() != "help").for_each(check);
        }
        let mut command = Cli::command();
        // Without that, the commands below a command are not there yet.
        command.build();
        check(&command);
    }
}
