//! `goals rfc`: which slate is meant, whether it may be assembled, and where the text goes.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use goals::output::findings::{self, Counts};
use goals::{Disk, Failure, FrontMatter, Level, Levels, PeriodName, Project, Request, Tree, find_root};

use super::{
    CLEAN, Done, FAILED, FOUND, Projects, about_slates, count, current_directory, fail, guard, leave, parse_period,
    read,
};
use crate::Output;
use crate::cli::args::{Global, LevelFlags, Rfc};

/// `goals rfc`
pub(crate) fn rfc(global: &Global, args: &Rfc, output: &mut Output) -> u8 {
    match try_rfc(global, args, output) {
        Ok(code) => code,
        Err(failure) => fail(&failure, output),
    }
}

fn try_rfc(global: &Global, args: &Rfc, output: &mut Output) -> Result<u8, Failure> {
    let period = args.period.as_deref().map(parse_period).transpose()?;
    let stated = stated(args)?;
    let base = Levels::built_in()?;
    let mut projects = Projects { global, open: HashMap::new(), base: base.clone() };
    let directory = find_slate(args.slate.as_deref(), &mut projects)?;
    let root = find_root(&directory).or_else(|| directory.parent().map(Path::to_path_buf));
    let project = projects.open(&root.unwrap_or_else(|| directory.clone()))?;
    if let Some(path) = &args.output {
        guard::check(path, &project, &directory, global.config.as_deref())?;
    }
    let request = Request { root: project.root.clone(), directory, files: None, named: true };
    let flags = LevelFlags { allow: vec![], warn: vec![], deny: vec![] };
    let draft = read(&project, &Disk, &request, period, &base, &flags)?;
    let (findings, assembled) =
        goals::lint_and_assemble(&draft.reading.slate, draft.reading.outside.as_ref(), &draft.levels, &stated);
    let slate = draft.done(&project, findings);
    if about_slates(std::slice::from_ref(&slate), true, output).0 {
        return Ok(FAILED);
    }

    let (errors, warnings) = findings::totals(&slate.findings);
    if errors > 0 && !args.allow_errors {
        show(&slate, Level::Error, output, Output::important);
        let name = &slate.reading.slate.name;
        output.important(&format!("the RFC of {name} was not written: {}\n", count(errors, "error")));
        output.note("fix them, or use `--allow-errors` to assemble the RFC anyway");
        return Ok(FOUND);
    }
    let assembled = assembled?;
    let text = &assembled.text;
    let (code, what) = match (&args.output, &args.check) {
        (Some(path), _) => {
            let is_new = goals::write_file(path, text.as_bytes())?;
            let what = if is_new { "wrote" } else { "no changes in" };
            (CLEAN, format!("; {what} {}", goals::shown(path)))
        }
        (None, Some(path)) => compare(path, text, output)?,
        (None, None) => {
            output.result(text);
            (CLEAN, String::new())
        }
    };

    for note in &assembled.notes {
        output.note(&format!("note: {note}"));
    }
    // Whoever assembles a slate without errors reads its warnings here, since nobody else will before it is submitted. Whoever
    // asks for it in spite of errors knows that much is wrong, and has `goals lint` for it: there the numbers will do.
    if errors == 0 {
        show(&slate, Level::Warn, output, Output::picture);
    }
    let Counts { goals, .. } = slate.counts;
    let in_spite = if errors > 0 { format!(" despite {}", count(errors, "error")) } else { String::new() };
    let name = &slate.reading.slate.name;
    let summary =
        format!("assembled {} of {name}{in_spite}: {}{what}", count(goals, "goal"), count(warnings, "warning"));
    if errors > 0 {
        output.important(&format!("{}\n", goals::visible(&summary)));
    } else {
        output.note(&summary);
    }
    leave((slate, projects));
    Ok(code)
}

/// Shows the findings of one level beside the result.
fn show(slate: &Done, level: Level, output: &mut Output, write: fn(&mut Output, &str)) {
    let look = output.run_look;
    findings::findings(&slate.checked(), Some(level), &current_directory(), look, &mut |text| write(output, text));
}

/// Compares a file with the text; answers the exit code, and what to say about it.
fn compare(path: &Path, text: &str, output: &mut Output) -> Result<(u8, String), Failure> {
    let bytes = Disk.read(path).map_err(|failure| match path.exists() {
        true => failure,
        false => failure.help("run `goals rfc -o FILE` to write it"),
    })?;
    let shown = goals::shown(path);
    if bytes == text.as_bytes() {
        return Ok((CLEAN, format!("; {shown} is up to date")));
    }
    match goals::output::diff(&shown, &String::from_utf8_lossy(&bytes), text) {
        Some(diff) if !diff.is_empty() => output.result(&diff),
        _ => output.important(&format!("{shown} differs in characters that cannot be displayed\n")),
    }
    Ok((FOUND, format!("; {shown} is out of date")))
}

/// The lines above the text that the arguments state.
fn stated(args: &Rfc) -> Result<FrontMatter, Failure> {
    for (option, value) in [("--feature-name", &args.feature_name), ("--start-date", &args.start_date)] {
        let value = value.as_deref().unwrap_or("-");
        if value.trim().is_empty() || value.contains(char::is_control) {
            return Err(Failure::new(format!("invalid value `{value}` for {option}"))
                .help("use a single line without control characters"));
        }
    }
    if let Some(date) = args.start_date.as_ref().filter(|date| !is_date(date)) {
        return Err(Failure::new(format!("invalid date `{date}` for --start-date"))
            .help("use year, month, and day: `2025-01-14`"));
    }
    Ok(FrontMatter {
        feature_name: args.feature_name.clone(),
        start_date: args.start_date.clone(),
        pr: args.pr,
        issue: None,
    })
}

/// Whether a text is a day of the calendar, as `2025-01-14`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| -> Option<u32> {
        let part =
            parts.get(at).filter(|part| part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit()))?;
        part.parse().ok()
    };
    let (Some(year), Some(month), Some(day), 3) = (number(0, 4), number(1, 2), number(2, 2), parts.len()) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// The directory of the slate that is meant: a path, the name of a period, or the newest one.
pub(crate) fn find_slate(slate: Option<&str>, projects: &mut Projects<'_>) -> Result<PathBuf, Failure> {
    let in_project = |projects: &mut Projects<'_>| -> Result<Vec<PathBuf>, Failure> {
        let root = find_root(Path::new(".")).unwrap_or_else(current_directory);
        Ok(projects.open(&root)?.slate_directories())
    };
    let Some(slate) = slate else {
        return in_project(projects)?.pop().ok_or_else(|| {
            Failure::new("no slate found").help("specify one, such as `src/2025h1`, or run this in a goals repository")
        });
    };
    let path = Path::new(slate);
    if path.is_dir() {
        let inside = goals::slates_below(path);
        // A slate is found at its own directory.
        if inside.is_empty() || inside == [path] {
            return Ok(path.to_path_buf());
        }
        let names: Vec<String> = inside.iter().map(|slate| format!("`{}`", goals::shown(slate))).collect();
        return Err(Failure::new(format!("{}: not a slate, but a directory of slates", goals::shown(path)))
            .help(format!("use one of them: {}", names.join(", "))));
    }
    if path.exists() {
        return Err(Failure::new(format!("{}: not a slate, but a file", goals::shown(path)))
            .help("use the directory of the slate"));
    }
    let Some(period) = PeriodName::parse(slate) else {
        return Err(Failure::new(format!("{slate}: no such slate"))
            .help("use a directory such as `src/2025h1`, or a period such as `2025h1`"));
    };
    let directories = in_project(projects)?;
    let found = directories.iter().find(|directory| Project::period_of(directory) == Some(period));
    found.cloned().ok_or_else(|| {
        let known: Vec<String> = directories.iter().map(|directory| goals::shown(directory)).collect();
        let failure = Failure::new(format!("no slate of {slate} in this project"));
        if known.is_empty() { failure } else { failure.help(format!("the slates are {}", known.join(", "))) }
    })
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn dates_are_days_of_the_calendar() {
        for day in ["2025-01-14", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_date(day), "{day}");
        }
        for other in
            ["", "2025", "2025-1-14", "2025-02-29", "2100-02-29", "2025-13-01", "2025-00-01", "2025-04-31", "14.1.2025"]
        {
            assert!(!is_date(other), "{other}");
        }
        assert!(!is_date("2025-01-14-1") && !is_date("2025-01-+4"));
    }
}
