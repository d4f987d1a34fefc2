//! `goals lint`: checks what is named, shows what is found, mends what can be mended.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use goals::output::findings::{self, Counts};
use goals::{Disk, Failure, Levels, MAX_FILE_SIZE, Replaced, Selection, Tree};

use super::formats::{self, Target};
use super::{
    CLEAN, Done, FAILED, FOUND, Projects, about_slates, check, check_flags, count, fail, guard, leave, parse_period,
    since,
};
use crate::Output;
use crate::cli::args::{Global, Lint};

/// `goals lint`
pub(crate) fn lint(global: &Global, args: &Lint, output: &mut Output) -> u8 {
    let targets = match formats::targets(args) {
        Ok(targets) => targets,
        Err(failure) => return fail(&failure, output),
    };
    match try_lint(global, args, &targets, output) {
        Ok(code) => code,
        Err(failure) => {
            fail(&failure, output);
            formats::write_failures(&targets, output);
            FAILED
        }
    }
}

fn try_lint(global: &Global, args: &Lint, targets: &[Target], output: &mut Output) -> Result<u8, Failure> {
    let period = args.period.as_deref().map(parse_period).transpose()?;
    let base = Levels::built_in()?;
    check_flags(&base, &args.levels)?;
    let mut projects = Projects { global, open: HashMap::new(), base: base.clone() };
    let stdin = stdin_path(args)?;
    if stdin.is_some() && (args.fix || args.diff) && args.paths.len() > 1 {
        return Err(Failure::new("cannot fix standard input together with other paths")
            .help("pass `-` alone, or fix the files in a separate run"));
    }
    let paths: Vec<PathBuf> = args.paths.iter().filter(|path| !is_dash(path)).cloned().collect();

    let mut slates_of = |root: &Path| Ok(projects.open(root)?.slate_directories());
    let mut selection = match (&stdin, paths.is_empty()) {
        (Some(_), true) => Selection::default(),
        _ => Selection::of(&paths, period, &mut slates_of),
    };
    if let Some(path) = &stdin {
        selection.add_file(path, period);
    }
    let text = match &stdin {
        Some(_) => Some(read_stdin()?),
        None => None,
    };
    let with_text = stdin.as_deref().zip(text.clone()).map(|(path, text)| Replaced::new(Disk, path, text));
    let tree: &dyn Tree = with_text.as_ref().map_or(&Disk, |tree| tree);

    let mut failed = false;
    for failure in &selection.failures {
        failed = true;
        fail(failure, output);
    }
    for note in &selection.notes {
        output.note(&format!("note: {note}"));
    }
    let mut done = Vec::new();
    for request in &selection.requests {
        let project = match projects.open(&request.root) {
            Ok(project) => project,
            Err(failure) => {
                failed = true;
                fail(&failure, output);
                continue;
            }
        };
        for file in targets.iter().filter_map(Target::file) {
            guard::check(file, &project, &request.directory, global.config.as_deref())?;
        }
        let mends = args.fix || args.diff;
        match check(&project, tree, request, period, &base, &args.levels, mends) {
            Ok(slate) => done.push(slate),
            Err(failure) => {
                failed = true;
                fail(&failure, output);
            }
        }
    }
    if let Some(revision) = &args.since {
        since::keep_new(revision, &mut done, &mut projects, period, &args.levels, output)?;
    }
    let (slates_failed, empty_slates) = about_slates(&done, !failed, output);
    failed |= slates_failed;
    let mut differs = false;
    if args.diff {
        for file in done.iter().flat_map(|slate| &slate.mended.files) {
            differs = true;
            let path = goals::shown(&file.path);
            match goals::output::diff(&path, &file.before, &file.after) {
                Some(diff) => output.result(&diff),
                None => output.note(&format!(
                    "note: {path}: fixable with `--fix`, but not shown as a diff, because its lines contain hidden \
                     characters, start like a CI command, such as `::`, or end in CR"
                )),
            }
        }
    } else if args.fix {
        let unwritten = write_mended(&done, stdin.as_deref(), text.as_deref(), output);
        failed |= !unwritten.is_empty();
        // What could not be written is as it was, and so are its findings.
        for index in unwritten {
            let project = projects.open(&done[index].root)?;
            done[index] = check(&project, &Disk, &done[index].request.clone(), period, &base, &args.levels, false)?;
        }
    }
    // With a text on standard output, findings go where they do not get mixed up with it.
    let beside = args.fix && stdin.is_some();
    failed |= formats::write(targets, &done, args.statistics, beside, output);
    let (errors, warnings) = findings::totals(done.iter().flat_map(|slate| &slate.findings));
    let warnings = warnings + empty_slates;
    summary(&done, errors, warnings, output);
    leave((done, projects));
    Ok(if failed {
        FAILED
    } else if differs || errors > 0 || (args.deny_warnings && warnings > 0) {
        FOUND
    } else {
        CLEAN
    })
}

/// Writes the mended texts: to standard output where the text came from standard input, else to their files. Answers which
/// slates have a file that could not be written.
fn write_mended(done: &[Done], stdin: Option<&Path>, text: Option<&[u8]>, output: &mut Output) -> Vec<usize> {
    let mut unwritten = Vec::new();
    let (mut files, mut findings) = (0, 0);
    for (index, slate) in done.iter().enumerate() {
        if stdin.is_some() {
            // Untouched bytes stay what they are, whether they are text or not.
            match slate.mended.files.first() {
                Some(file) => output.result(&file.after),
                None => output.result_bytes(text.unwrap_or_default()),
            }
            continue;
        }
        findings += slate.mended.count;
        for file in &slate.mended.files {
            match goals::replace_file(&file.path, file.before.as_bytes(), file.after.as_bytes()) {
                Ok(()) => files += 1,
                Err(failure) => {
                    unwritten.push(index);
                    fail(&failure, output);
                }
            }
        }
    }
    unwritten.dedup();
    if files > 0 && unwritten.is_empty() {
        output.note(&format!("fixed {} in {}", count(findings, "finding"), count(files, "file")));
    } else if files > 0 {
        output.note(&format!("fixed {}", count(files, "file")));
    }
    unwritten
}

fn summary(done: &[Done], errors: usize, warnings: usize, output: &mut Output) {
    let slates: Vec<String> = done
        .iter()
        .map(|slate| {
            let Counts { files, goals } = slate.counts;
            format!("{} in {} of {}", count(goals, "goal"), count(files, "file"), slate.reading.slate.name)
        })
        .collect();
    if !slates.is_empty() {
        let fixable = match findings::fixable(done.iter().flat_map(|slate| &slate.findings)) {
            0 => String::new(),
            number => format!("; {number} fixable with `--fix`"),
        };
        output.note(&format!(
            "checked {}: {}, {}{fixable}",
            slates.join(", "),
            count(errors, "error"),
            count(warnings, "warning")
        ));
    }
    for slate in done {
        output.detail(&format!(
            "  {} contains {} bytes of text",
            slate.reading.slate.name,
            slate.reading.slate.text_len()
        ));
    }
}

fn is_dash(path: &Path) -> bool {
    path.as_os_str() == "-"
}

fn stdin_path(args: &Lint) -> Result<Option<PathBuf>, Failure> {
    match (args.paths.iter().any(|path| is_dash(path)), &args.stdin_filename) {
        (true, Some(path)) => Ok(Some(std::path::absolute(path).unwrap_or_else(|_| path.clone()))),
        (false, None) => Ok(None),
        (true, None) => Err(Failure::new("missing path for the text on standard input")
            .help("add `--stdin-filename PATH`: it determines the period, the slate, and relative links")),
        (false, Some(_)) => {
            Err(Failure::new("`--stdin-filename` requires `-`").help("add `-` to read the text from standard input"))
        }
    }
}

fn read_stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let cannot = |error: &dyn std::fmt::Display| Failure::new(format!("failed to read standard input: {error}"));
    let limited = std::io::stdin().lock().take(MAX_FILE_SIZE + 1).read_to_end(&mut bytes);
    if limited.map_err(|error| cannot(&error))? as u64 > MAX_FILE_SIZE {
        return Err(cannot(&format!("larger than {} MiB", MAX_FILE_SIZE >> 20)));
    }
    Ok(bytes)
}
