//! What people type who know other tools: each habit is answered with what does the same here.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use goals::Error;

/// Commands of other tools, each with what to do instead.
const COMMANDS: &[(&[&str], &str)] = &[
    (&["rule", "rules", "linter", "why"], "use `goals explain` for the list of rules, `goals explain RULE` for one"),
    (&["version"], "use `goals --version`"),
    (&["usage", "h", "man-page"], "use `goals --help`, or `goals COMMAND --help`"),
    (&["fmt", "format", "fix"], "use `goals lint --fix`, or `goals lint --diff` to see what it would change"),
    (
        &["diff"],
        "use `goals changes` for what changed in goals and asks, `goals lint --diff` for fixes, `goals rfc --check FILE` for the RFC",
    ),
    (
        &["votes", "vote", "ballot"],
        "use `goals fcp` for the comment that asks for votes, `goals fcp --done FILE` to count them",
    ),
    (&["champions", "csv", "matrix"], "use `goals asks --matrix`, or `goals asks --totals champions`"),
    (&["issues", "updates"], "use `goals list --format json` for the data; issues and updates are for other programs"),
    (&["test", "run", "validate", "verify"], "use `goals lint`"),
    (&["build", "assemble", "generate", "render"], "use `goals rfc`"),
    (&["ls", "show", "goals"], "use `goals list`"),
    (
        &["teams", "team", "people", "person", "users"],
        "use `goals roster`, or `goals asks --team TEAM` for what a team is asked",
    ),
    (&["settings", "show-settings", "configuration"], "use `goals config`"),
];

/// Options of other tools, each with what to do instead.
const OPTIONS: &[(&[&str], &str)] = &[
    (
        &["--select", "--only", "--rule", "--rules"],
        "to report one rule alone, use `--allow all --warn RULE` or `--allow all --deny RULE`",
    ),
    (&["--extend-select", "--enable"], "use `--warn RULE` or `--deny RULE`"),
    (&["--ignore", "--extend-ignore", "--disable", "--skip", "-A"], "use `--allow RULE`"),
    (&["-W"], "use `--warn RULE`"),
    (&["-D", "--forbid"], "use `--deny RULE`, or `--deny-warnings`"),
    (&["--strict", "--error-on-warning", "--error-on-warnings", "--max-warnings"], "use `--deny-warnings`"),
    (&["--exclude", "--extend-exclude"], "add the path to `exclude` in goals.toml"),
    (&["--json"], "use `--format json`"),
    (&["--no-color", "--no-colour", "--colour"], "use `--color never`, `--color always`, or `--color auto`"),
    (
        &["--check", "--dry-run", "--show-fixes"],
        "use `--diff`: it changes nothing, and exits with 1 if there is something to fix",
    ),
    (&["--fix-only", "--write", "-w", "--fixable", "--unsafe-fixes"], "use `--fix`: all of its fixes are safe"),
    (&["--output-file", "--out", "--to"], "use `--format FORMAT=FILE` with `goals lint`, `-o FILE` with `goals rfc`"),
    (&["--force", "--no-verify"], "use `--allow-errors` with `goals rfc`"),
    (
        &["--list", "--list-rules", "--explain"],
        "use `goals explain` for the list of rules, `goals explain RULE` for one",
    ),
    (&["--show-settings"], "use `goals config`"),
    (&["--target-version"], "use `--period PERIOD`"),
    (&["--stdin"], "use `-` with `--stdin-filename PATH`"),
    (&["--errors-only", "--quiet-warnings"], "use `--errors`"),
    (&["--new-from-rev", "--changed", "--diff-base"], "use `--since COMMIT`"),
];

/// What to say of arguments that clap does not know, where they are somebody's habit.
pub(crate) fn answer(error: &clap::Error) -> Option<Error> {
    let (kind, noun, known) = match error.kind() {
        ErrorKind::InvalidSubcommand => (ContextKind::InvalidSubcommand, "command", COMMANDS),
        ErrorKind::UnknownArgument => (ContextKind::InvalidArg, "option", OPTIONS),
        _ => return None,
    };
    if let Some(failure) = about_title(error, std::env::args_os().filter_map(|arg| arg.into_string().ok())) {
        return Some(failure);
    }
    let Some(ContextValue::String(written)) = error.get(kind) else { return None };
    let name = written.split_once('=').map_or(written.as_str(), |(name, _)| name);
    let ours = known.iter().find(|(habits, _)| habits.contains(&name)).map(|(_, ours)| (*ours).to_owned());
    let ours = ours.or_else(|| (noun == "command" && is_path(name)).then(|| format!("use `goals lint {name}`")));
    Some(Error::new(format!("unknown {noun} `{name}`")).help(ours?))
}

/// What to say of a title that begins like an option, as in `goals new '- item'`.
fn about_title(error: &clap::Error, mut args: impl Iterator<Item = String>) -> Option<Error> {
    let Some(ContextValue::String(written)) = error.get(ContextKind::InvalidArg) else { return None };
    // Of a title the error has the first letters alone.
    let title =
        args.by_ref().skip_while(|arg| arg != "new").find(|arg| arg.starts_with(written) && arg.contains(' '))?;
    let quoted = title.replace('\'', r"'\''");
    Some(
        Error::new(format!("unknown option `{title}`"))
            .help(format!("to use it as the title, put `-- '{quoted}'` at the end")),
    )
}

/// Whether a word in the place of a command is the path of something that can be checked.
fn is_path(word: &str) -> bool {
    std::path::Path::new(word).exists() || word.contains('/') || word.ends_with(".md")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::command::Cli;

    #[test]
    fn no_habit_is_a_command_or_an_option_of_ours() {
        let mut command = Cli::command();
        command.build();
        for habit in COMMANDS.iter().flat_map(|(habits, _)| *habits) {
            assert!(command.find_subcommand(habit).is_none(), "{habit}");
        }
        let lint = command.find_subcommand("lint").unwrap();
        for habit in OPTIONS.iter().flat_map(|(habits, _)| *habits) {
            let name = habit.trim_start_matches('-');
            assert!(lint.get_arguments().all(|arg| arg.get_long() != Some(name)), "{habit}");
        }
    }

    #[test]
    fn what_is_proposed_is_understood() {
        for (habits, ours) in COMMANDS.iter().chain(OPTIONS) {
            for call in ours.split('`').skip(1).step_by(2).filter(|code| code.starts_with("goals ")) {
                let words: Vec<&str> = call.split(' ').collect();
                let error = Cli::command().try_get_matches_from(&words).err();
                let is_unknown = |error: &clap::Error| {
                    matches!(error.kind(), ErrorKind::InvalidSubcommand | ErrorKind::UnknownArgument)
                };
                let is_help = words[1] == "COMMAND";
                assert!(is_help || error.is_none_or(|error| !is_unknown(&error)), "{habits:?}: {call}");
            }
        }
    }
}
