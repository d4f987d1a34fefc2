//! What is said about projects and slates that have been read: what got in the way, and what holds no goals.

use std::collections::BTreeSet;
use std::sync::Arc;

use goals::{CheckedSlate, Diagnostic, EMPTY_SLATE, Error, Level, LoadedSlate, Request, Roster, Session, Warning};

use super::output::{Output, count};

/// The rules that ask the roster who there is.
const OF_ROSTER: [&str; 2] = ["unknown-team", "unknown-person"];

/// Says what could not be read of the configurations of the projects that have been opened.
pub(crate) fn about_configuration(session: &mut Session<'_>, output: &mut Output) {
    session.take_warnings().iter().for_each(|warning| output.warn(warning));
}

/// The slate that is asked for. What could not be read of its project's configuration is said also where there is no such slate.
pub(crate) fn find_slate(
    session: &mut Session<'_>,
    slate: Option<&str>,
    output: &mut Output,
) -> Result<Request, Error> {
    let request = session.find_slate(slate);
    about_configuration(session, output);
    request
}

/// Says that a slate has errors, beside a document that others rely on: what an error hides is not in it.
pub(crate) fn about_errors(slate: &LoadedSlate, output: &mut Output) {
    let checked = slate.clone().check();
    let (errors, _) = goals::totals(&checked.findings);
    if errors > 0 {
        let name = &checked.slate().name;
        let (number, what) = (count(errors, "error"), if errors == 1 { "it hides" } else { "they hide" });
        output
            .note(&format!("note: {number} in {name}: what {what} is missing here; see `goals lint {name} --errors`"));
    }
}

/// Of which day the teams and people are, where a finding that is shown depends on it. `level` is that of the findings that
/// are shown, if not all are.
pub(crate) fn about_roster(done: &[CheckedSlate], level: Option<Level>) -> BTreeSet<String> {
    let is_shown = |reported: &Diagnostic| level.is_none_or(|level| reported.level == level);
    let depends = |slate: &&CheckedSlate| {
        slate.findings.iter().any(|reported| is_shown(reported) && OF_ROSTER.contains(&reported.rule))
    };
    let rosters = done.iter().filter(depends).map(|slate| &slate.loaded.reading.slate.roster);
    let note = |roster: &Arc<Roster>| {
        let date = roster.date()?;
        let way = if roster.is_built_in() { "`[roster] path` sets others" } else { "see `goals roster update`" };
        Some(format!("teams and people as of {date}; {way}"))
    };
    rosters.filter_map(note).collect()
}

/// Says what could not be read and what holds no goals; answers whether that is a failure. `complete` tells whether these are
/// all the slates that were asked for.
pub(crate) fn about_slates(done: &[&LoadedSlate], complete: bool, output: &mut Output) -> bool {
    let mut failed = false;
    for slate in done {
        for failure in &slate.reading.failures {
            failed = true;
            output.fail(failure);
        }
        slate.reading.slate.roster.warnings().iter().for_each(|warning| output.warn(warning));
        slate.reading.warnings.iter().for_each(|warning| output.warn(warning));
        for note in &slate.reading.notes {
            output.remark(note.clone());
        }
        for path in slate.request.files.iter().flatten().filter(|path| !slate.holds(path)) {
            if slate.project.is_excluded(path) {
                output.remark(format!("{}: excluded by goals.toml", goals::shown(path)));
            } else {
                failed = true;
                let failure = Error::of(path, "not a page of its slate");
                output.fail(&failure.help("files and directories whose names start with a dot are ignored"));
            }
        }
    }
    let is_whole = |slate: &&&LoadedSlate| slate.request.files.is_none() && !slate.request.beside_slates;
    let whole: Vec<&&LoadedSlate> = done.iter().filter(is_whole).collect();
    let any_goal = whole.iter().any(|slate| slate.has_goals());
    // A slate begins with its template.
    let has_begun = |slate: &LoadedSlate| slate.reading.slate.has_begun();
    for slate in whole.iter().filter(|slate| !slate.has_goals()) {
        let nothing = Error::of(&slate.request.directory, "no goals found");
        if slate.request.named && has_begun(slate) {
            let about = nothing.help("use `goals new TITLE` to add one");
            output.warn(&Warning { rule: &EMPTY_SLATE, about });
        } else if slate.request.named {
            failed = true;
            output.fail(&nothing.help("a goal is a Markdown file with a metadata table below its title"));
        } else if any_goal {
            let about = nothing.help(match has_begun(slate) {
                true => "use `goals new TITLE` to add one",
                false => "add a goal, or remove the directory",
            });
            output.warn(&Warning { rule: &EMPTY_SLATE, about });
        }
    }
    if complete && !failed && !any_goal && !whole.is_empty() && !whole.iter().any(|slate| slate.request.named) {
        failed = true;
        output.fail(&Error::new("no goals found in any slate of this project"));
    }
    failed
}
