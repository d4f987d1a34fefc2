//! What is said about slates that have been read: what got in the way, and what holds no goals.

use goals::{Error, LoadedSlate};

use super::output::Output;

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
