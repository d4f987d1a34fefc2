//! `goals man`: the pages of the manual, made from the command line itself.

use clap::builder::Resettable;
use clap::{Args, Command};
use goals::Error;

use crate::cli::output::{CLEAN, Output};

// The arguments of `goals man`; a doc comment would be the text of the help.
#[derive(Debug, Args)]
pub(crate) struct Man {
    /// Name of a command
    command: Vec<String>,
}

impl Man {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, command: Command, output: &mut Output) -> Result<u8, Error> {
        let page = page(command, &self.command)?;
        output.result_bytes(&page);
        Ok(CLEAN)
    }
}

/// What a page says it is of.
const SOURCE: &str = concat!("goals ", env!("CARGO_PKG_VERSION"));

/// The page of a command, named by the words that call it.
fn page(mut root: Command, names: &[String]) -> Result<Vec<u8>, Error> {
    // Options of every command are added to each of them only now.
    root.build();
    let mut command = &root;
    let mut title = "goals".to_owned();
    for name in names {
        let known = || command.get_subcommands().map(Command::get_name).filter(|name| *name != "help");
        command = command.find_subcommand(name).ok_or_else(|| {
            let names: Vec<String> = known().map(|name| format!("`{name}`")).collect();
            let failure = Error::new(format!("`{}` has no command `{name}`", title.replace('-', " ")));
            if names.is_empty() { failure } else { failure.help(format!("the commands are {}", names.join(", "))) }
        })?;
        title = format!("{title}-{}", command.get_name());
    }
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let command = command.clone().after_help(Resettable::Reset).display_name(&title);
    let mut page = Vec::new();
    let rendered =
        clap_mangen::Man::new(command).title(title.to_uppercase()).section("1").source(SOURCE).render(&mut page);
    rendered.map_err(|error| Error::new(format!("failed to generate the man page: {error}")))?;
    page.extend_from_slice(end_of_page(&after).as_bytes());
    Ok(page)
}

/// What is below the options in `--help`, as sections: the examples keep their lines.
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
    fn text_is_no_roff() {
        assert_eq!(escape(".br\n'x \\ a-b"), "\\&.br\n\\&'x \\\\ a\\-b");
    }
}
