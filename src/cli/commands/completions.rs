//! `goals completions`: what a shell knows about the command line, made from the command line itself.
//!
//! Names that complete are those built into the program: rules, periods, teams. What a project adds is not known when the
//! script is made.

use clap::builder::PossibleValuesParser;
use clap::{Args, Command, ValueHint};
use clap_complete::Shell;
use goals::{Error, Roster};

use crate::cli::output::{CLEAN, Output};

// The arguments of `goals completions`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// Shell: bash, elvish, fish, powershell, or zsh
    #[arg(value_enum, hide_possible_values = true)]
    shell: Shell,
}

impl Completions {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, command: Command, output: &mut Output) -> Result<u8, Error> {
        let mut command = with_names(command, self.shell)?;
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut command, "goals", &mut script);
        output.result_bytes(&script);
        Ok(CLEAN)
    }
}

/// The command line with the names that its arguments may have. They are for completions alone: when arguments are read,
/// our own messages say more about an unknown name.
pub(crate) fn with_names(mut command: Command, shell: Shell) -> Result<Command, Error> {
    let rules: Vec<String> = goals::RULES.iter().map(|rule| rule.id.to_owned()).collect();
    let rules_and_all: Vec<String> = rules.iter().cloned().chain(["all".to_owned()]).collect();
    let periods: Vec<String> = goals::built_in_periods().map(|period| period.to_string()).collect();
    let teams: Vec<String> = Roster::built_in()?.team_names().map(str::to_owned).collect();
    let named = |mut command: Command| {
        let ids: Vec<String> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
        for id in ids {
            let names = match id.as_str() {
                "rule" => &rules,
                "allow" | "warn" | "deny" => &rules_and_all,
                "period" => &periods,
                "team" => &teams,
                // bash goes on with the names of directories where none of the periods fits; other shells would not.
                "slate" if shell == Shell::Bash => &periods,
                "slate" => {
                    command = command.mut_arg(id, |arg| arg.value_hint(ValueHint::DirPath));
                    continue;
                }
                _ => continue,
            };
            let parser = PossibleValuesParser::new(names.clone());
            command = command.mut_arg(id, |arg| arg.value_parser(parser));
        }
        command
    };
    // The arguments of commands are put together only now.
    command.build();
    Ok(command.mut_subcommands(named))
}
