//! `goals completions` and `goals man`: what a shell and `man` know about the command line, made from the command line itself.
//!
//! Names that complete are those built into the program: rules, periods, teams. What a project adds is not known when the
//! script is made.

use clap::builder::{PossibleValuesParser, Resettable};
use clap::{Command, CommandFactory, ValueHint};
use clap_complete::Shell;
use clap_mangen::Man;
use goals::{Failure, Roster};

use super::{CLEAN, fail};
use crate::Output;
use crate::cli::args::Cli;

/// `goals completions`
pub(crate) fn completions(shell: Shell, output: &mut Output) -> u8 {
    let mut command = match with_names(Cli::command(), shell) {
        Ok(command) => command,
        Err(failure) => return fail(&failure, output),
    };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, "goals", &mut script);
    output.result_bytes(&script);
    CLEAN
}

/// The command line with the names that its arguments may have. They are for completions alone: when arguments are read,
/// our own messages say more about a name that nobody knows.
fn with_names(command: Command, shell: Shell) -> Result<Command, Failure> {
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
    Ok(command.mut_subcommands(named))
}

/// `goals man`
pub(crate) fn man(names: &[String], output: &mut Output) -> u8 {
    match page(names) {
        Ok(page) => {
            output.result_bytes(&page);
            CLEAN
        }
        Err(failure) => fail(&failure, output),
    }
}

/// What a page says it is of.
const SOURCE: &str = concat!("goals ", env!("CARGO_PKG_VERSION"));

/// The page of a command, named by the words that call it.
fn page(names: &[String]) -> Result<Vec<u8>, Failure> {
    let mut root = Cli::command();
    // Options of every command are added to each of them only now.
    root.build();
    let mut command = &root;
    let mut title = "goals".to_owned();
    for name in names {
        let known = || command.get_subcommands().map(Command::get_name).filter(|name| *name != "help");
        command = command.find_subcommand(name).ok_or_else(|| {
            let names: Vec<String> = known().map(|name| format!("`{name}`")).collect();
            let failure = Failure::new(format!("`{}` has no command `{name}`", title.replace('-', " ")));
            if names.is_empty() { failure } else { failure.help(format!("the commands are {}", names.join(", "))) }
        })?;
        title = format!("{title}-{}", command.get_name());
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.clone().after_help(Resettable::Reset).display_name(&title);
    let mut page = Vec::new();
    let rendered = Man::new(command).title(title.to_uppercase()).section("1").source(SOURCE).render(&mut page);
    rendered.map_err(|error| Failure::new(format!("failed to generate the man page: {error}")))?;
    page.extend_from_slice(end_of_page(&after).as_bytes());
    Ok(page)
}

/// What stands below the options in `--help`, as sections: the examples keep their lines.
fn end_of_page(after: &str) -> String {
    let mut page = String::new();
    for part in after.split("\n\n").filter(|part| !part.is_empty()) {
        if let Some(examples) = part.strip_prefix("Examples:\n") {
            page.push_str(&format!(".SH EXAMPLES\n.nf\n{}\n.fi\n", escape(examples)));
        } else if let Some(codes) = part.strip_prefix("Exit codes: ") {
            page.push_str(&format!(".SH \"EXIT STATUS\"\n{}\n", escape(codes)));
        } else {
            page.push_str(&format!(".SH NOTES\n{}\n", escape(part)));
        }
    }
    page
}

/// Text as roff takes it: no line of it is a command, and hyphens stay what can be copied.
fn escape(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('-', "\\-");
    let line = |line: &str| if line.starts_with(['.', '\'']) { format!("\\&{line}") } else { line.to_owned() };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
        for shell in [Shell::Bash, Shell::Zsh] {
            with_names(Cli::command(), shell).unwrap().debug_assert();
        }
    }

    #[test]
    fn every_command_has_examples() {
        fn check(command: &Command) {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.contains("Examples:\n"), "`{}` has no examples in its help", command.get_name());
            command.get_subcommands().for_each(check);
        }
        check(&Cli::command());
    }

    #[test]
    fn text_is_no_roff() {
        assert_eq!(escape(".br\n'x \\ a-b"), "\\&.br\n\\&'x \\\\ a\\-b");
    }
}
