//! Answering questions about one slate, whatever state it is in.
//!
//! The answers are the library's; this module finds the slate and says what got in the way.

use goals::output::answers::OutputFormat;
use goals::queries::Filter;
use goals::{Error, FileKind, LoadedSlate, Session};

use super::args::{FilterArgs, Global, SlateArgs};
use super::output::{CLEAN, FAILED, Output};
use super::slates::{about_slates, find_slate};

/// Reads the slate that is asked about and lets `show` answer; its answer is the line about the run.
pub(crate) fn answer(
    global: &Global,
    of: &SlateArgs,
    choice: &FilterArgs,
    output: &mut Output,
    mut show: impl FnMut(&LoadedSlate, &Filter, OutputFormat, &mut Output) -> String,
) -> Result<u8, Error> {
    let mut session = Session::new(global.options(of.period.as_deref())?)?;
    let request = find_slate(&mut session, of.slate.as_deref(), output)?;
    let done = session.load(&request)?;
    let slate = &done.reading.slate;
    let filter = Filter::new(slate, &choice.team, &choice.person, &choice.status)?;
    let failed = about_slates(&[&done], true, output);
    if failed && slate.goals.is_empty() {
        return Ok(FAILED);
    }
    let view = of.format.view(output.table());
    let about = show(&done, &filter, view, output);
    for file in slate.files.iter().filter(|file| matches!(file.kind, FileKind::Broken { .. })) {
        output.note(&format!(
            "warning: {}: this goal is omitted because its metadata is invalid",
            shown(&done, file.source.path())
        ));
    }
    output.note(&about);
    goals::forget((done, session));
    Ok(if failed { FAILED } else { CLEAN })
}

/// A file's path as the other commands show it: from the current directory.
pub(crate) fn shown(done: &LoadedSlate, path: &str) -> String {
    goals::shown(&done.project.root.join(path))
}
