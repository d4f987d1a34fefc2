//! `goals list` and `goals asks`: questions about one slate, whatever state it is in.
//!
//! The answers are the library's; this module finds the slate and says what got in the way.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use goals::output::answers::{Part, View};
use goals::output::findings;
use goals::queries::{self, Filter};
use goals::{Disk, Failure, FileKind, Levels, Request, find_root};

use super::rfc::find_slate;
use super::{CLEAN, Done, FAILED, Projects, about_slates, check, count, fail, parse_period};
use crate::Output;
use crate::cli::args::ask::{AnswerFormat, Asks, Choice, List, OfSlate, TotalsOf};
use crate::cli::args::{Global, LevelFlags};

/// `goals list`
pub(crate) fn list(global: &Global, args: &List, output: &mut Output) -> u8 {
    answer(global, &args.of, &args.choice, output, |slate, filter, view, output| {
        let mut list = queries::goals(&slate.reading.slate, filter);
        for goal in &mut list.goals {
            goal.path = shown(slate, &goal.path);
        }
        output.result(&list.show(view));
        let number = count(list.goals.len(), "goal");
        match slate.counts.goals {
            _ if list.goals.is_empty() => format!("no matching goals in {}", list.slate),
            all if all == list.goals.len() => format!("{number} of {}", list.slate),
            all => format!("{} of {} of {}", list.goals.len(), count(all, "goal"), list.slate),
        }
    })
}

/// `goals asks`
pub(crate) fn asks(global: &Global, args: &Asks, output: &mut Output) -> u8 {
    let part = args.totals.map(|of| match of {
        TotalsOf::Teams => Part::Teams,
        TotalsOf::Champions => Part::Champions,
        TotalsOf::People => Part::People,
    });
    answer(global, &args.of, &args.choice, output, |slate, filter, view, output| {
        let mut asks = queries::asks(&slate.reading.slate, filter);
        for ask in &mut asks.asks {
            ask.path = shown(slate, &ask.path);
        }
        output.result(&asks.show(view, part));
        let goals = &slate.reading.slate.goals;
        let left_out = match goals.iter().filter(|goal| goal.is_not_accepted()).count() {
            number if number > 0 && filter.statuses.is_empty() => {
                format!("; {} omitted (not accepted)", count(number, "goal"))
            }
            _ => String::new(),
        };
        if asks.asks.is_empty() {
            return format!("no matching asks in {}{left_out}", asks.slate);
        }
        let (number, teams) = (count(asks.asks.len(), "ask"), count(asks.totals.teams.len(), "team"));
        format!("{number} of {teams} in {}{left_out}", asks.slate)
    })
}

/// Reads the slate that is asked about and lets `show` answer; its answer is the line about the run.
fn answer(
    global: &Global,
    of: &OfSlate,
    choice: &Choice,
    output: &mut Output,
    show: impl Fn(&Done, &Filter, View, &mut Output) -> String,
) -> u8 {
    match try_answer(global, of, choice, output, show) {
        Ok(code) => code,
        Err(failure) => fail(&failure, output),
    }
}

fn try_answer(
    global: &Global,
    of: &OfSlate,
    choice: &Choice,
    output: &mut Output,
    show: impl Fn(&Done, &Filter, View, &mut Output) -> String,
) -> Result<u8, Failure> {
    let period = of.period.as_deref().map(parse_period).transpose()?;
    let base = Levels::built_in()?;
    let mut projects = Projects { global, open: HashMap::new(), base: base.clone() };
    let directory = find_slate(of.slate.as_deref(), &mut projects)?;
    let root = find_root(&directory).or_else(|| directory.parent().map(Path::to_path_buf));
    let project = projects.open(&root.unwrap_or_else(|| directory.clone()))?;
    let request = Request { root: project.root.clone(), directory, files: None, named: true };
    let flags = LevelFlags { allow: vec![], warn: vec![], deny: vec![] };
    let done = check(&project, &Disk, &request, period, &base, &flags, false)?;
    let slate = &done.reading.slate;
    let filter = Filter::new(slate, &choice.team, &choice.person, &choice.status)?;
    let (failed, _) = about_slates(std::slice::from_ref(&done), true, output);
    if failed && slate.goals.is_empty() {
        return Ok(FAILED);
    }
    let view = view(of.format, output);
    let about = show(&done, &filter, view, output);
    for file in slate.files.iter().filter(|file| matches!(file.kind, FileKind::Broken { .. })) {
        output.note(&format!(
            "warning: {}: this goal is omitted because its metadata is invalid",
            shown(&done, file.source.path())
        ));
    }
    let (errors, _) = findings::totals(&done.findings);
    if errors > 0 {
        output.note(&format!(
            "note: `goals lint` reports {} in this slate, so the result may be incomplete",
            count(errors, "error")
        ));
    }
    output.note(&about);
    Ok(if failed { FAILED } else { CLEAN })
}

/// A file's path as the other commands show it: from the current directory.
fn shown(done: &Done, path: &str) -> String {
    let path: PathBuf = done.root.join(path);
    goals::shown(&path)
}

/// The form in which an answer is wanted.
pub(crate) fn view(format: AnswerFormat, output: &Output) -> View {
    match format {
        AnswerFormat::Table => View::Table(output.result_look),
        AnswerFormat::Json => View::Json,
        AnswerFormat::Csv => View::Csv,
        AnswerFormat::Markdown => View::Markdown,
    }
}
