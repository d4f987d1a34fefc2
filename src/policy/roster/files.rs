//! Reading the files of a roster: what is no file of the Rust team API is a failure at its line, and a single entry that cannot be
//! used a warning.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::{NOTES_FILE, Notes, Roster, TEAMS_FILE};
use crate::policy::config::messages::describe;
use crate::policy::values::{self, Fault};
use crate::sys::error::Error;
use crate::sys::symlink_boundary::file_within_boundary;
use crate::sys::tree::{OsTree, Tree};
use crate::sys::warning::{IGNORED_ENTRY, Warning};
use crate::text::source::{Source, Span, boundary_before};

/// How many warnings about one file are kept.
const MAX_WARNINGS: usize = 20;

impl Roster {
    /// Reads `teams.json`, `people.json` and, where they exist, `archived-teams.json` and `roster.toml` of a directory.
    pub fn read(directory: &Path) -> Result<Roster, Error> {
        let mut roster = Roster::default();
        let teams = File::read(&directory.join(TEAMS_FILE))?;
        roster.add_teams(&teams.text, false).map_err(|error| teams.failure(&error))?;
        teams.check_teams(&mut roster);
        let people = File::read(&directory.join("people.json"))?;
        roster.set_people(&people.text).map_err(|error| people.failure(&error))?;
        people.check_people(&mut roster);
        let archived = directory.join("archived-teams.json");
        if archived.exists() {
            let teams = File::read(&archived)?;
            roster.add_teams(&teams.text, true).map_err(|error| teams.failure(&error))?;
            teams.check_teams(&mut roster);
        }
        let path = directory.join(NOTES_FILE);
        if path.exists() {
            let file = File::read(&path)?;
            let notes = toml::Deserializer::parse(&file.text).and_then(Notes::deserialize);
            let notes = notes.map_err(|error| {
                let (message, help) = describe(error.message());
                let failure = Error::in_text(file.source(), error.span().map_or(Span::at(0), Span::new), message);
                help.into_iter().fold(failure, Error::help)
            })?;
            for name in notes.renamed.iter().flat_map(|(old, today)| [old, today]) {
                if let Some(fault) = values::name(name) {
                    let span = file.find_quoted(name, &[format!("\"{name}\"")]);
                    let failure = Error::in_text(file.source(), span, fault.message("team name", name));
                    return Err(failure.help(fault.help));
                }
            }
            roster.add_notes(notes);
        }
        Ok(roster)
    }
}

/// A file of a roster.
struct File {
    path: PathBuf,
    text: String,
    /// The text with its lines, which only what is said about it needs.
    source: OnceLock<Arc<Source>>,
}

impl File {
    fn read(path: &Path) -> Result<File, Error> {
        file_within_boundary(path, path.parent().unwrap_or(path))?;
        match String::from_utf8(OsTree.read(path)?) {
            Ok(text) => Ok(File { path: path.to_owned(), text, source: OnceLock::new() }),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let source = Source::from_bytes(crate::sys::paths::shown(path), error.into_bytes());
                Err(Error::in_text(Arc::new(source), Span::new(at..at + 1), "invalid UTF-8"))
            }
        }
    }

    fn source(&self) -> Arc<Source> {
        let source = || Source::from_bytes(crate::sys::paths::shown(&self.path), self.text.clone().into_bytes());
        Arc::clone(self.source.get_or_init(|| Arc::new(source())))
    }

    /// What is wrong with the file as a whole.
    fn failure(&self, error: &serde_json::Error) -> Error {
        let said = error.to_string();
        // The place is shown with the text.
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let (message, _) = describe(said);
        let message = message.replace("a table", "an object").replace("a list", "an array");
        let source = self.source();
        let line = source.line_span(error.line().saturating_sub(1).min(source.line_count() - 1));
        let column = error.column().saturating_sub(1);
        let at = (line.start as usize + column).min(line.end as usize);
        let span = Span::at(boundary_before(&self.text, at));
        let help = format!("download {} again, or change `[roster] path`", source.file_name());
        Error::in_text(source, span, format!("not a file of the Rust team API: {message}")).help(help)
    }

    /// Leaves out what cannot be the name of a team, and addresses that are none.
    fn check_teams(&self, roster: &mut Roster) {
        let mut faults: Vec<(String, Fault)> = Vec::new();
        roster.teams.retain(|name, team| {
            if let Some(fault) = values::name(name) {
                faults.push((name.clone(), fault));
                return false;
            }
            if let Some(fault) = team.repository.as_deref().and_then(values::url) {
                faults.push((team.repository.take().unwrap_or_default(), fault));
            }
            true
        });
        self.warn(roster, "name or URL", faults);
    }

    /// Shows people whose names cannot be shown by their user names.
    fn check_people(&self, roster: &mut Roster) {
        let mut faults: Vec<(String, Fault)> = Vec::new();
        roster.people.rename_all(|login, name| {
            if let Some(fault) = values::display_name(name) {
                let help = format!("fix it, or set `\"@{login}\"` in `[users]` of goals.toml");
                faults.push((std::mem::replace(name, format!("@{login}")), Fault { help, ..fault }));
            } else if name.trim().len() < name.len() {
                *name = name.trim().to_owned();
            }
        });
        self.warn(roster, "display name", faults);
    }

    fn warn(&self, roster: &mut Roster, what: &str, faults: Vec<(String, Fault)>) {
        let more = faults.len().saturating_sub(MAX_WARNINGS);
        for (index, (value, fault)) in faults.into_iter().take(MAX_WARNINGS).enumerate() {
            let json = serde_json::to_string(&value).unwrap_or_default();
            // The API escapes what is not ASCII; other programs do not.
            let span = self.find_quoted(&value, &[json, ascii_json(&value)]);
            let and = if index + 1 == MAX_WARNINGS && more > 0 { format!(", and {more} more") } else { String::new() };
            let about = Error::in_text(self.source(), span, fault.message(what, &value) + &and);
            roster.warnings.push(Warning { rule: &IGNORED_ENTRY, about: about.help(fault.help) });
        }
    }

    /// Where a text is in the file, in one of these forms.
    fn find_quoted(&self, plain: &str, forms: &[String]) -> Span {
        let text = self.text.as_str();
        let forms = forms.iter().map(String::as_str).chain([plain]).filter(|form| !form.is_empty());
        let found = forms.filter_map(|form| text.find(form).map(|at| at..at + form.len())).next();
        found.map_or(Span::at(0), Span::new)
    }
}

/// A text as JSON in ASCII alone.
fn ascii_json(text: &str) -> String {
    let mut out = String::from("\"");
    for unit in text.encode_utf16() {
        match char::from_u32(unit.into()).filter(|c| matches!(c, ' '..='~') && !matches!(c, '"' | '\\')) {
            Some(c) => out.push(c),
            None => out.push_str(&format!("\\u{unit:04x}")),
        }
    }
    out + "\""
}
