//! `goals roster`: who is known, and how the pinned files of that are renewed.
//!
//! What is kept of a download is for the library to say; files are read and written here.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{ArgAction, Args, Subcommand};
use goals::output::answers::OutputFormat;
use goals::queries::{self, RosterFilter};
use goals::{
    Error, NOTES_FILE, OsTree, Pinned, Prepared, Project, ROSTER_FILES, RosterFile, TEAMS_FILE, Tree,
    current_directory, find_root, prepare_file as prepare, within_project,
};

use crate::cli::args::{AnswerFormat, Global};
use crate::cli::date::is_date;
use crate::cli::output::{CLEAN, Output, count};

// The arguments of `goals roster`; a doc comment would be the text of the help.
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

// The commands below `goals roster`; a doc comment would be the text of the help.
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

/// The arguments of `goals roster update`.
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

impl Roster {
    /// Runs the command; answers the exit code.
    pub(crate) fn run(&self, global: &Global, output: &mut Output) -> Result<u8, Error> {
        match &self.command {
            Some(RosterCommand::Update(args)) => update(global, args, output)?,
            None => show(global, self, output)?,
        }
        Ok(CLEAN)
    }
}

fn show(global: &Global, args: &Roster, output: &mut Output) -> Result<(), Error> {
    let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
    let project = Project::open(&root, global.config_files(), global.roster.as_deref())?;
    project.config.warnings.iter().for_each(|warning| output.warn(warning));
    let own = project.config.roster.as_ref().map(|path| project.root.join(path));
    let from = global.roster.as_ref().or(own.as_ref());
    let from = from.map_or_else(|| "built in".to_owned(), |path| goals::shown(path));
    let filter = RosterFilter { teams: &args.team, people: &args.person };
    project.roster()?.warnings().iter().for_each(|warning| output.warn(warning));
    let list = queries::roster(project.roster()?, &from, filter)?;
    let of_names = !args.team.is_empty() || !args.person.is_empty();
    let view = args.format.view(output.table());
    output.result(&list.show(view, of_names));
    // Rows for a pipe have no title, and the date is what a reader has to know of a roster.
    if view == OutputFormat::Tabs && !of_names {
        output.note(&list.about());
    }
    Ok(())
}

/// What is there before anything is written: a file of the API that can be used, and what is pinned of it today.
struct New {
    file: RosterFile,
    pinned: Pinned,
    before: Option<Pinned>,
}

fn update(global: &Global, args: &Update, output: &mut Output) -> Result<(), Error> {
    if let Some(date) = args.date.as_deref().filter(|date| !is_date(date)) {
        return Err(
            Error::new(format!("invalid date `{date}`")).help("use the date of the downloads, such as `2026-04-09`")
        );
    }
    let to = target(global, args)?;
    let new: Vec<New> =
        ROSTER_FILES.iter().filter_map(|file| read(file, &args.from, &to).transpose()).collect::<Result<_, _>>()?;
    let notes = notes(&to.join(NOTES_FILE), args.date.as_deref())?;

    std::fs::create_dir_all(&to).map_err(|error| Error::at(&to, "failed to create the directory", &error))?;
    // Everything is on disk before anything changes, so that a full disk leaves the old files as they are.
    let mut prepared: Vec<Prepared> = Vec::new();
    for one in new.iter().filter(|one| one.before.as_ref().map(|before| &before.text) != Some(&one.pinned.text)) {
        prepared.push(prepare(&to.join(one.file.name), one.pinned.text.as_bytes())?);
    }
    if let Some(text) = notes {
        prepared.push(prepare(&to.join(NOTES_FILE), text.as_bytes())?);
    }
    let number = prepared.len();
    prepared.into_iter().try_for_each(Prepared::commit)?;

    let known: BTreeSet<&str> = new.iter().flat_map(|one| &one.pinned.names).map(String::as_str).collect();
    for one in &new {
        differences(one, &known, output);
    }
    output.note(&match number {
        0 => format!("{}: up to date", goals::shown(&to)),
        number => format!("wrote {} in {}", count(number, "file"), goals::shown(&to)),
    });
    Ok(())
}

/// Where the pinned files are: `--to`, else where the roster of every command comes from. What is there need not be
/// readable: an update is how it is fixed.
fn target(global: &Global, args: &Update) -> Result<PathBuf, Error> {
    let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
    if let Some(to) = args.to.as_ref().or(global.roster.as_ref()) {
        // An option is seen from the current directory, which may be one of the project's.
        let path = current_directory().join(to);
        return within_project(&root, &path);
    }
    let config = goals::Config::read(&root, global.config_files())?;
    config.roster.map(|path| within_project(&root, &path)).transpose()?.ok_or_else(|| {
        Error::new("the directory of the pinned roster is not configured")
            .help("add `path = \"team\"` under `[roster]` in goals.toml, or use `--to DIR`")
    })
}

/// Reads one downloaded file, and what is pinned of it so far. None where it need not be there and is not.
fn read(file: &RosterFile, from: &Path, to: &Path) -> Result<Option<New>, Error> {
    let path = from.join(file.name);
    if !file.required && !path.exists() {
        return Ok(None);
    }
    let text = OsTree.read(&path)?;
    let text = String::from_utf8(text).map_err(|error| Error::at(&path, "not a file of the Rust team API", &error));
    let pinned = file.pin(&text?).map_err(|error| {
        Error::at(&path, "not a file of the Rust team API", &error)
            .help(format!("download {} again: no file was changed", file.name))
    })?;
    // What is pinned today may be damaged; it is about to be replaced.
    let before = OsTree.read(&to.join(file.name)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let before = before.and_then(|text| Some(Pinned { text: text.clone(), ..file.pin(&text).ok()? }));
    Ok(Some(New { file: *file, pinned, before }))
}

/// Says who came and who went. `known` are all names of today: a team that is not even archived needs its new name, or old
/// slates name an unknown team.
fn differences(one: &New, known: &BTreeSet<&str>, output: &mut Output) {
    let name = one.file.name;
    let number = one.pinned.names.len();
    let Some(before) = &one.before else {
        output.note(&format!("{name}: {number} new"));
        return;
    };
    let set = |pinned: &'_ Pinned| -> BTreeSet<String> { pinned.names.iter().cloned().collect() };
    let quoted = |names: &[&String]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let (today, before) = (set(&one.pinned), set(before));
    let (came, went): (Vec<_>, Vec<_>) = (today.difference(&before).collect(), before.difference(&today).collect());
    output.note(&format!("{name}: {number}, {} added, {} removed", came.len(), went.len()));
    for (what, names) in [("new", &came), ("gone", &went)].iter().filter(|(_, names)| !names.is_empty()) {
        output.detail(&format!("  {what}: {}", quoted(names)));
    }
    let lost: Vec<&String> = went.into_iter().filter(|name| !known.contains(name.as_str())).collect();
    if !lost.is_empty() && name == TEAMS_FILE {
        let help = "if one was renamed, add it to `[roster.renamed]`";
        output.note(&format!("note: removed teams: {}; {help}", quoted(&lost)));
    }
}

/// The text of the file with the date, where it has to change: its other lines stay. Without a date the old one goes, since
/// it is that of other files.
fn notes(path: &Path, date: Option<&str>) -> Result<Option<String>, Error> {
    let old = match path.exists() {
        true => String::from_utf8_lossy(&OsTree.read(path)?).into_owned(),
        false => String::new(),
    };
    let is_date_line = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == "date");
    let mut text: String = date.map_or_else(String::new, |date| format!("date = \"{date}\"\n"));
    if let (Some(date), Some(line)) = (date, old.lines().find(|line| is_date_line(line))) {
        text = old.replacen(line, &format!("date = \"{date}\""), 1);
    } else {
        text.extend(old.split_inclusive('\n').filter(|line| !is_date_line(line)));
    }
    Ok((text != old).then_some(text))
}
