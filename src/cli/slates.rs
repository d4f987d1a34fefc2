//! What is said about projects and slates that have been read: what got in the way, and what holds no goals.

use std::collections::BTreeSet;

use goals::output::findings;
use goals::{CheckedSlate, Diagnostic, Error, Level, LoadedSlate, Request, Session};

use super::output::Output;

/// The rules that ask the roster who there is.
const OF_ROSTER: [&str; 2] = ["unknown-team", "unknown-person"];

/// Says what could not be read of the configurations of the projects that have been opened; answers how many warnings that are.
pub(crate) fn about_configuration(session: &mut Session<'_>, output: &mut Output) -> usize {
    warn(&session.take_warnings(), output)
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

/// Says what does not stop the run; answers how many warnings that are.
pub(crate) fn warn(warnings: &[Error], output: &mut Output) -> usize {
    for warning in warnings {
        let text = findings::warning(warning, output.run_look);
        output.diagnostics(&text);
    }
    warnings.len()
}

/// Says of which day the teams and people are, where a finding that is shown depends on it. `level` is that of the findings that
/// are shown, if not all are.
pub(crate) fn about_roster(done: &[CheckedSlate], level: Option<Level>, output: &mut Output) {
    let is_shown = |reported: &Diagnostic| level.is_none_or(|level| reported.level == level);
    let depends = |slate: &&CheckedSlate| {
        slate.findings.iter().any(|reported| is_shown(reported) && OF_ROSTER.contains(&reported.rule))
    };
    let rosters = done.iter().filter(depends).map(|slate| &slate.loaded.reading.slate.roster);
    let notes: BTreeSet<String> = rosters
        .filter_map(|roster| {
            let date = roster.date()?;
            let way = if roster.is_built_in() { "`[roster] path` sets others" } else { "see `goals roster update`" };
            Some(format!("note: teams and people as of {date}; {way}"))
        })
        .collect();
    notes.iter().for_each(|note| output.note(note));
}

/// Says what could not be read and what holds no goals; answers whether that is a failure. `complete` tells whether these are
/// all the slates that were asked for.
pub(crate) fn about_slates(done: &[&LoadedSlate], complete: bool, output: &mut Output) -> (bool, usize) {
    let mut failed = false;
    let mut warnings = 0;
    for slate in done {
        for failure in &slate.reading.failures {
            failed = true;
            output.fail(failure);
        }
        for note in &slate.reading.notes {
            output.note(&format!("note: {note}"));
        }
        for path in slate.request.files.iter().flatten().filter(|path| !slate.holds(path)) {
            if slate.project.is_excluded(path) {
                output.note(&format!("note: {}: excluded by goals.toml", goals::shown(path)));
            } else {
                failed = true;
                let failure = Error::new(format!("{}: not a page of its slate", goals::shown(path)));
                output.fail(&failure.help("files and directories whose names start with a dot are ignored"));
            }
        }
    }
    let whole: Vec<&&LoadedSlate> = done.iter().filter(|slate| slate.request.files.is_none()).collect();
    let any_goal = whole.iter().any(|slate| slate.has_goals());
    for slate in whole.iter().filter(|slate| !slate.has_goals()) {
        let path = goals::shown(&slate.request.directory);
        if slate.request.named {
            failed = true;
            let failure = Error::new(format!("{path}: no goals found"));
            output.fail(&failure.help("a goal is a Markdown file with a metadata table below its title"));
        } else if any_goal {
            warnings += 1;
            output.note(&format!("warning: {path}: no goals found"));
        }
    }
    if complete && !failed && !any_goal && !whole.is_empty() {
        failed = true;
        output.fail(&Error::new("no goals found in any slate of this project"));
    }
    (failed, warnings)
}
