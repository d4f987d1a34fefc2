//! The goal that a new one continues: where it is, and what its file says.

use std::path::Path;
use std::rc::Rc;

use super::draft::request;
use super::{LoadedSlate, Session};
use crate::drafts::old_goal::OldGoal;
use crate::drafts::template::misfit;
use crate::markdown::document::Document;
use crate::markdown::escape::encode;
use crate::model::goal::Goal;
use crate::model::slate::{FileKind, Slate};
use crate::model::tracking_issue::{parse, repair};
use crate::policy::config::site::Repository;
use crate::policy::format::Field;
use crate::policy::period::PeriodName;
use crate::rfc::site::Site;
use crate::sys::error::Error;
use crate::sys::paths::{absolute, lexical, relative, shown, with_slashes};
use crate::sys::symlink_boundary::SymlinkBoundary;
use crate::sys::tree::{OsTree, Tree};
use crate::text::source::Source;
use crate::workspace::discovery::{find_root, is_slate_directory};
use crate::workspace::project::Project;
use crate::workspace::selection::{Request, missing};

impl Session<'_> {
    /// Reads the goal that a new one continues, and how the new one links to it.
    pub(super) fn old_goal(
        &mut self,
        from: &Path,
        new: &Request,
        notes: &mut Vec<String>,
    ) -> Result<(OldGoal, Option<String>), Error> {
        let path = absolute(from);
        if path.is_dir() {
            return Err(Error::of(from, "not a goal, but a directory").help("use the file of the goal"));
        }
        if !path.exists() {
            let slates = self.slates_here().unwrap_or_default();
            return Err(missing(from, &slates, "use the file of a goal, such as `src/2025h1/async.md`"));
        }
        let above = path.parent().unwrap_or(&path).to_path_buf();
        let named = path.ancestors().skip(1).find(|above| is_slate_directory(&OsTree, above)).map(Path::to_path_buf);
        let is_of_new = absolute(&new.directory) == *named.as_ref().unwrap_or(&above);
        let loaded = match named {
            _ if is_of_new => self.load(new)?,
            Some(directory) => {
                let root = find_root(&directory).or_else(|| directory.parent().map(Path::to_path_buf));
                self.load(&request(&root.unwrap_or_else(|| directory.clone()), directory))?
            }
            None => self.goal_alone(&path, &above, notes)?,
        };
        let goal = goal_at(&loaded, &path, from)?;
        if is_of_new {
            return Err(Error::of(from, "already a goal of this slate").help("name a goal of an older slate"));
        }
        let slate = &loaded.reading.slate;
        let is_here = absolute(&loaded.project.root) == absolute(&new.root);
        let site = slate.config.site.as_deref().map(|site| Site::new(site, &slate.site_path));
        let relocate = |target: &str| match is_here {
            true => moved(target, &path, &above, &absolute(&new.directory)),
            false => site.as_ref()?.address(&if target.starts_with('#') {
                format!("{}{target}", slate.page_of(goal.file))
            } else {
                target.to_owned()
            }),
        };
        let address = relocate(&encode(slate.page_of(goal.file).rsplit('/').next().unwrap_or_default()));
        Ok((OldGoal::read(slate, goal, &shown(from), relocate), address))
    }

    /// Reads a goal that is in no slate, by the newest period whose sections it has.
    fn goal_alone(&mut self, path: &Path, above: &Path, notes: &mut Vec<String>) -> Result<LoadedSlate, Error> {
        let root = find_root(above).unwrap_or_else(|| above.to_path_buf());
        let project = self.project(&root)?;
        self.tree.check_boundary(path, &SymlinkBoundary::of(&project.root))?;
        let source = Source::from_bytes(project.path_from_root(path), self.tree.read(path)?);
        if source.invalid_utf8().is_some() {
            return Err(Error::of(path, "not valid UTF-8").help("save the file as UTF-8"));
        }
        let found = period_of(&project, &source)?;
        let period = match found {
            Some(period) => period,
            None => project.newest_period()?,
        };
        let name = shown(path);
        notes.push(match found {
            Some(_) => format!("{name} is in no slate: read as a goal of {period}"),
            None => format!("{name} is in no slate and fits no period: read as a goal of {period}"),
        });
        let directory = project.path_from_root(above);
        let mut reading = project.slate(&directory, Some(period), false, vec![source])?;
        // It is not in a slate of that period.
        reading.slate.period = None;
        let levels = self.built_in.for_slate(&project.config, &reading.slate)?;
        let request = request(&root, above.to_path_buf());
        let project = Rc::clone(&project);
        Ok(LoadedSlate { project, request, reading, levels, fixes: Default::default(), findings: None })
    }
}

/// The newest period whose format a goal has.
fn period_of(project: &Project, source: &Source) -> Result<Option<PeriodName>, Error> {
    let document = Document::parse(source);
    for period in project.periods().into_iter().rev() {
        if misfit(source, &document, &project.format(period)?.0).is_none() {
            return Ok(Some(period));
        }
    }
    Ok(None)
}

/// A relative target of a file, as seen from another directory.
fn moved(target: &str, file: &Path, directory: &Path, new: &Path) -> Option<String> {
    let end = target.find(['?', '#']).unwrap_or(target.len());
    let (path, rest) = target.split_at(end);
    if path.starts_with('/') {
        return None;
    }
    let there = if path.is_empty() { file.to_path_buf() } else { lexical(&directory.join(path)) };
    Some(format!("{}{rest}", with_slashes(&relative(&there, new))))
}

/// The goal in a file.
fn goal_at<'l>(loaded: &'l LoadedSlate, path: &Path, from: &Path) -> Result<&'l Goal, Error> {
    let slate = &loaded.reading.slate;
    let file = slate.file_at(&loaded.project.path_from_root(path)).map(|file| &slate.files[file]);
    let help = "a goal is a Markdown file with a metadata table below its title";
    match file.map(|file| file.kind) {
        Some(FileKind::Goal(goal)) => Ok(&slate.goals[goal]),
        Some(FileKind::Broken { .. }) => {
            Err(Error::of(from, "the metadata table cannot be read").help("run `goals lint` on the file"))
        }
        Some(FileKind::Roadmap(_) | FileKind::BrokenRoadmap) => {
            Err(Error::of(from, "not a goal, but a roadmap").help(help))
        }
        Some(_) => Err(Error::of(from, "not a goal").help(help)),
        None => {
            let failure = loaded.reading.failures.iter().find(|failure| failure.path() == Some(path));
            Err(failure.cloned().unwrap_or_else(|| Error::of(from, "not a goal").help(help)))
        }
    }
}

/// The tracking issue of a goal that goes on, from the values of an older one: of several that in the repository of the goals.
pub(super) fn tracking_issue(slate: &Slate, written: &[String], notes: &mut Vec<String>) -> Option<String> {
    let mut issues: Vec<String> = Vec::new();
    for value in written {
        let found = issues_in(value);
        if found.is_empty() {
            notes.push(format!("not taken over: `{value}`, which is not a tracking issue"));
        }
        issues.extend(found);
    }
    let wanted = slate.format.row_of(Field::TrackingIssue).and_then(|name| slate.format.row(name));
    let wanted = wanted.and_then(|(row, _)| row.repository.as_deref());
    let is_own = |issue: &String| {
        parse(issue).is_some_and(|(owner, name, _)| {
            wanted.is_some_and(|wanted| name.ends_with(wanted))
                || Repository::parse(&format!("{owner}/{name}")).is_some_and(|issue| slate.config.is_own(&issue))
        })
    };
    let chosen = issues.iter().position(is_own).unwrap_or_default();
    let others = issues.iter().enumerate().filter(|(at, issue)| *at != chosen && Some(*issue) != issues.get(chosen));
    notes.extend(others.map(|(_, issue)| format!("not taken over: `{issue}`, since a goal has one tracking issue")));
    issues.get(chosen).cloned()
}

/// The issues that a value names, as they are to be written.
fn issues_in(value: &str) -> Vec<String> {
    let one = |part: &str| if parse(part).is_some() { Some(part.to_owned()) } else { repair(part) };
    let parts = value.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '&'));
    let found: Vec<String> = parts.flat_map(|part| part.split("<br>")).filter_map(one).collect();
    if found.is_empty() { one(value).into_iter().collect() } else { found }
}
