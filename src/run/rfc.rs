//! `goals rfc`: which slate is meant, whether it may be assembled, and where the text goes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use goals::report::{self, Counts};
use goals::{Disk, Failure, Level, Levels, PeriodName, Project, Request, find_root};

use super::{CLEAN, FAILED, FOUND, Projects, about_slates, check, count, current_directory, fail, parse_period};
use crate::Output;
use crate::cli::{Global, LevelFlags, Rfc};

/// `goals rfc`
pub(crate) fn rfc(global: &Global, args: &Rfc, output: &mut Output) -> u8 {
    match try_rfc(global, args, output) {
        Ok(code) => code,
        Err(failure) => fail(&failure, output),
    }
}

fn try_rfc(global: &Global, args: &Rfc, output: &mut Output) -> Result<u8, Failure> {
    let period = args.period.as_deref().map(parse_period).transpose()?;
    let base = Levels::built_in()?;
    let mut projects = Projects { global, open: HashMap::new(), base: base.clone() };
    let directory = find_slate(args.slate.as_deref(), &mut projects)?;
    let root = find_root(&directory).or_else(|| directory.parent().map(Path::to_path_buf));
    let project = projects.open(&root.unwrap_or_else(|| directory.clone()))?;
    let request = Request { root: project.root.clone(), directory, files: None, named: true };
    let flags = LevelFlags { allow: vec![], warn: vec![], deny: vec![] };
    let slate = check(&project, &Disk, &request, period, &base, &flags, false)?;
    if about_slates(std::slice::from_ref(&slate), true, output).0 {
        return Ok(FAILED);
    }

    let (errors, warnings) = report::totals(&slate.findings);
    if errors > 0 && !args.allow_errors {
        let (current, look) = (current_directory(), output.run_look);
        let checked = slate.checked();
        for reported in checked.findings.iter().filter(|reported| reported.level == Level::Error) {
            output.important(&(report::finding(&checked, reported, &current, look) + "\n"));
        }
        let name = &slate.reading.slate.name;
        output.important(&format!("the RFC of {name} was not written: {}\n", count(errors, "error")));
        output.note("mend them, or say `--allow-errors` to assemble in spite of them");
        return Ok(FOUND);
    }
    let assembled = goals::rfc::assemble(&slate.reading.slate, &project.config)?;
    for note in &assembled.notes {
        output.note(&format!("note: {note}"));
    }
    output.result(&assembled.text);
    let Counts { goals, .. } = slate.counts;
    let in_spite = if errors > 0 { format!(" in spite of {}", count(errors, "error")) } else { String::new() };
    let summary = format!(
        "assembled {} of {}{in_spite}: {}",
        count(goals, "goal"),
        slate.reading.slate.name,
        count(warnings, "warning")
    );
    if errors > 0 {
        output.important(&format!("{}\n", goals::visible(&summary)));
    } else {
        output.note(&summary);
    }
    Ok(CLEAN)
}

/// The directory of the slate that is meant: a path, the name of a period, or the newest one.
pub(super) fn find_slate(slate: Option<&str>, projects: &mut Projects<'_>) -> Result<PathBuf, Failure> {
    let in_project = |projects: &mut Projects<'_>| -> Result<Vec<PathBuf>, Failure> {
        let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
        Ok(projects.open(&root)?.slate_directories())
    };
    let Some(slate) = slate else {
        return in_project(projects)?.pop().ok_or_else(|| {
            Failure::new("no slate is here")
                .help("name one, such as `src/2025h1`, or run this inside a goals repository")
        });
    };
    let path = Path::new(slate);
    if path.is_dir() {
        let inside = if Project::period_of(path).is_some() { Vec::new() } else { goals::slates_below(path) };
        if inside.is_empty() {
            return Ok(path.to_path_buf());
        }
        let names: Vec<String> = inside.iter().map(|slate| format!("`{}`", goals::shown(slate))).collect();
        return Err(Failure::new(format!("{}: this directory holds slates and is none", goals::shown(path)))
            .help(format!("name one of them: {}", names.join(", "))));
    }
    if path.exists() {
        return Err(Failure::new(format!("{}: this is a file, not a slate", goals::shown(path)))
            .help("name the directory of the slate"));
    }
    let Some(period) = PeriodName::parse(slate) else {
        return Err(Failure::new(format!("{slate}: there is no such slate"))
            .help("name a directory such as `src/2025h1`, or a period such as `2025h1`"));
    };
    let directories = in_project(projects)?;
    let found = directories.iter().find(|directory| Project::period_of(directory) == Some(period));
    found.cloned().ok_or_else(|| {
        let known: Vec<String> = directories.iter().map(|directory| goals::shown(directory)).collect();
        let failure = Failure::new(format!("this project has no slate of {slate}"));
        if known.is_empty() { failure } else { failure.help(format!("its slates are {}", known.join(", "))) }
    })
}
