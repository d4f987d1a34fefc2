//! What a session drafts for an author: a new goal of a slate. Nothing is written here.

use std::path::Path;
use std::rc::Rc;

use super::draft::{Draft, DraftFile, check_above, check_file, request};
use super::old_goal::tracking_issue;
use super::{LoadedSlate, Session};
use crate::drafts::asks::{carried, overridden, stated};
use crate::drafts::file_name::{free_stem, stem};
use crate::drafts::goal::{NewGoal, filled};
use crate::drafts::old_goal::OldGoal;
use crate::drafts::outline::outline;
use crate::drafts::template::misfit;
use crate::drafts::title::title_markdown;
use crate::markdown::document::Document;
use crate::markdown::shown::{as_shown, comparable, shown as shown_line};
use crate::model::goal::{self, Goal};
use crate::model::placeholders::is_placeholder_user;
use crate::model::slate::{GOAL_TEMPLATE_FILE, Slate};
use crate::policy::period::PeriodName;
use crate::queries::filter::person_of;
use crate::sys::error::Error;
use crate::sys::paths::{absolute, shown};
use crate::sys::symlink_boundary::SymlinkBoundary;
use crate::sys::tree::{OsTree, Tree};
use crate::text::source::{Source, Span};
use crate::text::user_names::single_user;
use crate::workspace::discovery::find_root;
use crate::workspace::project::Project;
use crate::workspace::selection::{Request, no_slate};

/// What is known of a goal that is to be drafted.
#[derive(Clone, Debug, Default)]
pub struct GoalWishes<'a> {
    /// Its title; that of the older goal where there is none.
    pub title: Option<&'a str>,
    /// Its point of contact, with or without `@`.
    pub contact: Option<&'a str>,
    /// The teams that it asks: `team`, `team=level`, or `team=ask`.
    pub teams: &'a [String],
    /// The file of a goal that it continues.
    pub from: Option<&'a Path>,
}

impl Session<'_> {
    /// Drafts a goal for a slate: the named one, else the newest of the current directory's project. Fails at an unknown name,
    /// at a title that the slate has already, and where the slate's template or the older goal cannot be read.
    pub fn draft_goal(&mut self, slate: Option<&str>, wishes: &GoalWishes<'_>) -> Result<Draft, Error> {
        let request = self.slate_of_new_goal(slate)?;
        let project = self.project(&request.root)?;
        let loaded = self.load_or_begin(&project, &request)?;
        let slate = &loaded.reading.slate;
        let mut notes = loaded.reading.notes.clone();
        notes.extend(loaded.reading.failures.iter().map(ToString::to_string));
        let old = wishes.from.map(|from| self.old_goal(from, &request, &mut notes)).transpose()?;
        let new = new_goal(slate, wishes, old, &mut notes)?;
        check_title(&project, slate, &new.title)?;
        let template = self.goal_template(&project, &request.directory, slate, &mut notes)?;
        let name = file_name(&project, slate, &request.directory, &new.title);
        let text = template.as_ref().map_or_else(|| outline(slate), without_signs);
        let text = filled(&Source::from_bytes(GOAL_TEMPLATE_FILE, text.into_bytes()), slate, &new);
        let text = match template {
            Some(template) if template.line_end() == "\r\n" => text.replace('\n', "\r\n"),
            _ => text,
        };
        let path = absolute(&request.directory).join(name);
        Ok(Draft { request: Some(request), files: vec![DraftFile::new(path, text)], notes })
    }

    /// The slate for a new goal. The newest one counts although it has no goal yet: somebody has to be the first.
    fn slate_of_new_goal(&mut self, slate: Option<&str>) -> Result<Request, Error> {
        let root = find_root(Path::new(".")).unwrap_or_else(|| absolute(Path::new(".")));
        let Some(named) = slate else {
            let project = self.project(&root)?;
            if let Some(directory) = project.slate_directories().pop() {
                return Ok(request(&root, directory));
            }
            let newest = project.newest_period()?;
            return Err(Error::new("no slate found").help(format!(
                "use `goals new --slate {newest}` to begin one, or `goals new TITLE --slate {newest}` for a goal of {newest}"
            )));
        };
        let period = PeriodName::parse(named).filter(|_| !Path::new(named).exists());
        let found = self.find_slate(slate);
        let (Some(period), Err(failure)) = (period, &found) else {
            let request = found?;
            self.check_is_slate(&request)?;
            return Ok(request);
        };
        let project = self.project(&root)?;
        let slates = project.slate_directories();
        if slates.iter().any(|slate| PeriodName::of_directory(slate) == Some(period)) {
            return Err(failure.clone());
        }
        match slates.is_empty() {
            true => Ok(request(&root, project.directory_of_new_slate(period))),
            false => Err(no_slate(period, &slates).help(format!("use `goals new --slate {period}` to begin it"))),
        }
    }

    /// Fails where a named directory is no slate: neither its name nor a goal nor the user says that it is one.
    fn check_is_slate(&mut self, request: &Request) -> Result<(), Error> {
        let directory = absolute(&request.directory);
        let is_named = self.options.period.is_some() || PeriodName::of_directory(&directory).is_some();
        if is_named || self.project(&request.root)?.holds_goal(&self.tree, &directory) {
            return Ok(());
        }
        Err(Error::of(&directory, "not a slate")
            .help("name the directory after its period (`2025h1`, `2026`), or add `--period PERIOD`"))
    }

    /// Reads a slate, which need not exist yet.
    fn load_or_begin(&self, project: &Rc<Project>, request: &Request) -> Result<LoadedSlate, Error> {
        if request.directory.is_dir() {
            return self.load_from(project, &self.tree, request);
        }
        check_above(project, &request.directory)?;
        let period = self.options.period.or_else(|| PeriodName::of_directory(&request.directory));
        let reading = project.slate(&project.path_from_root(&request.directory), period, false, Vec::new())?;
        let levels = self.built_in.for_slate(&project.config, &reading.slate)?;
        let (project, request) = (Rc::clone(project), request.clone());
        Ok(LoadedSlate { project, request, reading, levels, fixes: Default::default(), findings: None })
    }

    /// What authors of a slate copy: its own template, else that of the project, where they fit its format.
    fn goal_template(
        &self,
        project: &Project,
        directory: &Path,
        slate: &Slate,
        notes: &mut Vec<String>,
    ) -> Result<Option<Source>, Error> {
        let directory = absolute(directory);
        let bounds = &SymlinkBoundary::of(&project.root);
        let beside = directory.parent().map(|above| above.join(GOAL_TEMPLATE_FILE));
        for path in std::iter::once(directory.join(GOAL_TEMPLATE_FILE)).chain(beside) {
            if !self.tree.is_there(&path) || project.is_excluded(&path) {
                continue;
            }
            self.tree.check_boundary(&path, bounds)?;
            check_file(&path)?;
            let source = Source::from_bytes(project.path_from_root(&path), self.tree.read(&path)?);
            if let Some(at) = source.invalid_utf8() {
                let sign = source.text()[at..].chars().next().map_or(0, char::len_utf8);
                let failure = Error::in_text(source, Span::new(at..at + sign), "the template is not valid UTF-8");
                return Err(failure.help("save the file as UTF-8"));
            }
            match misfit(&source, &Document::parse(&source), &slate.format) {
                None => return Ok(Some(source)),
                Some(reason) => {
                    notes.push(format!("{} does not fit the format of {}: {reason}", shown(&path), slate.name));
                }
            }
        }
        Ok(None)
    }
}

/// A template's text without what only its file has: a byte-order mark, and line ends of another system.
fn without_signs(template: &Source) -> String {
    template.text()[template.bom_len()..].replace("\r\n", "\n")
}

/// What is known of the goal, from what is stated and what an older goal hands on. What is stated counts.
fn new_goal(
    slate: &Slate,
    wishes: &GoalWishes<'_>,
    old: Option<(OldGoal, Option<String>)>,
    notes: &mut Vec<String>,
) -> Result<NewGoal, Error> {
    let title = match (wishes.title, &old) {
        (Some(title), _) => title_markdown(title)?,
        (None, Some((old, _))) if !old.title.is_empty() => old.title.clone(),
        (None, Some(_)) => return Err(Error::new("the older goal has no title").help("name one: `goals new TITLE`")),
        (None, None) => return Err(Error::new("missing title").help("name one: `goals new TITLE`")),
    };
    let contact = wishes.contact.map(|contact| contact_of(slate, contact, notes)).transpose()?;
    let asks = stated(slate, wishes.teams)?;
    let Some((old, address)) = old else { return Ok(NewGoal { title, contact, asks, ..NewGoal::default() }) };
    let carried = carried(slate, &old.asks, notes);
    let asks = overridden(&slate.format, carried, asks);
    notes.extend(old.left_behind.iter().cloned());
    if address.is_none() {
        notes.push("no link to the older goal: the URL of its site is not configured".to_owned());
    }
    let tracking_issue = tracking_issue(slate, &old.tracking_issues, notes);
    Ok(NewGoal {
        title,
        contact: contact.or_else(|| old.contact.clone()),
        asks,
        tracking_issue,
        mention: address.map(|address| old.mention(&address)),
    })
}

/// The user name of a contact, spelled like its owner does. Whoever begins with a goal may not be known yet.
fn contact_of(slate: &Slate, written: &str, notes: &mut Vec<String>) -> Result<String, Error> {
    let login = written.trim().trim_start_matches('@');
    if single_user(&format!("@{login}")).is_none() || login.starts_with('-') || login.ends_with('-') {
        return Err(Error::new(format!("invalid GitHub user `{written}`")).help("use a single user name: `@name`"));
    }
    if is_placeholder_user(slate, login) {
        return Err(Error::new(format!("`{written}` stands for a user")).help("use your GitHub user name"));
    }
    match person_of(&slate.roster, login) {
        Ok(known) => Ok(known),
        Err(unknown) => {
            let near = unknown.advice().filter(|help| help.starts_with("did you mean"));
            let near = near.map_or_else(String::new, |help| format!("; {help}"));
            notes.push(format!("user `@{login}` is not in the roster{near}"));
            Ok(login.to_owned())
        }
    }
}

/// Fails where a goal of the slate has this title; one that was not accepted may come again.
fn check_title(project: &Project, slate: &Slate, title: &str) -> Result<(), Error> {
    let wanted = comparable(&shown_line(title));
    let is_same = |goal: &&Goal| {
        let heading = goal::title(&slate.file_of(goal).document).map_or("", |heading| heading.text.as_str());
        comparable(&as_shown(heading)) == wanted
    };
    let goals = slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal));
    match goals.clone().find(is_same) {
        Some(other) => {
            let path = project.root.join(slate.path_of(slate.page_of(other.file)));
            let message = format!("the slate has a goal `{}` already", other.title_text().replace('`', ""));
            Err(Error::of(&path, &message).help("choose another title, or edit that file"))
        }
        None => Ok(()),
    }
}

/// A name for the file of a goal that nothing in the directory has, in any letter case.
fn file_name(project: &Project, slate: &Slate, directory: &Path, title: &str) -> String {
    let entries = OsTree.entries(directory).unwrap_or_default();
    let names: Vec<String> = entries.iter().map(|entry| entry.name().to_lowercase()).collect();
    let prefix = slate.format.roadmaps.as_ref().map(|roadmaps| roadmaps.prefix.as_str());
    let pages = || slate.format.new_slate.pages.keys().map(|page| page.to_lowercase());
    let is_taken = |stem: &str| {
        let name = format!("{stem}.md");
        let is_page = pages().any(|page| page == name);
        is_page
            || names.iter().any(|known| *known == name || known == stem)
            || project.is_excluded(&directory.join(&name))
    };
    let stem = stem(&shown_line(title), &prefix.into_iter().collect::<Vec<_>>());
    format!("{}.md", free_stem(&stem, is_taken))
}
