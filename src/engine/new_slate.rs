//! What a session drafts for a lead: a new slate of a project. Nothing is written here.

use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Session;
use super::draft::{Draft, DraftFile, check_above, check_file, request};
use crate::drafts::front_matter::{feature_name, front_matter};
use crate::drafts::renewal::{fits, lasting_pages, renewed, renewed_form};
use crate::drafts::settings::with_new_period;
use crate::drafts::summary::{Chapter, extended};
use crate::markdown::document::Document;
use crate::markdown::escape::{encode, link_text};
use crate::model::goal;
use crate::model::slate::{File, FileKind, GOAL_TEMPLATE_FILE, Slate, TEMPLATE_FILE};
use crate::policy::config::CONFIG_FILE;
use crate::policy::format::Format;
use crate::policy::period::PeriodName;
use crate::rfc::still_has_template;
use crate::sys::error::Error;
use crate::sys::paths::{absolute, relative, shown, with_slashes};
use crate::sys::tree::{OsTree, Tree};
use crate::text::order::sort_by_key;
use crate::text::source::{Source, Span};
use crate::workspace::discovery::find_root;
use crate::workspace::project::Project;

/// The list of the pages of a book.
const SUMMARY_FILE: &str = "SUMMARY.md";

/// A page by its path in the slate, and its text.
type Page = (String, String);

/// The slate that a new one is like.
struct Older {
    slate: Slate,
    directory: PathBuf,
}

impl Session<'_> {
    /// Drafts a slate for a period, given by its name or as the path of a directory. Its pages are those of the newest slate as
    /// far as they hold for another one, else those that the format has. What exists is left as it is, and noted. Fails where
    /// the slate has a template already.
    pub fn draft_slate(&mut self, slate: &str) -> Result<Draft, Error> {
        let (project, directory, period) = self.target_of_new_slate(slate)?;
        check_above(&project, &directory)?;
        let names = names_in(&directory);
        if names.iter().any(|name| name.eq_ignore_ascii_case(TEMPLATE_FILE)) {
            return Err(Error::of(&directory, "the slate has begun already")
                .help(format!("use `goals new TITLE --slate {period}` to add a goal to it")));
        }
        let older = self.older_slate(&project, &directory)?;
        let (format, of) = project.format(period)?;
        let like = match older.as_ref().and_then(|older| older.slate.period) {
            Some(own) if of != period => project.format(own)?.1,
            _ => of,
        };
        let format = if of == period { format } else { project.format(like)?.0 };
        let mut draft = Draft::default();
        let pages = pages(&format, older.as_ref().map(|older| &older.slate), period, of != period, &mut draft.notes);
        let mut added: Vec<&Page> = Vec::new();
        for page in &pages {
            let (path, text) = page;
            let is_there = names.iter().any(|name| name.eq_ignore_ascii_case(path));
            if is_there || OsTree.is_there(&directory.join(path)) {
                draft.notes.push(format!("{} exists and stays as it is", shown(&directory.join(path))));
                continue;
            }
            added.push(page);
            draft.files.push(DraftFile::new(directory.join(path), text.clone()));
        }
        draft.files.extend(summary(&project, older.as_ref(), &directory, period, &added)?);
        if of != period {
            draft.files.extend(self.settings(&project, period, like, &mut draft.notes)?);
        }
        draft.request = Some(request(&project.root, directory));
        Ok(draft)
    }

    /// The project, directory and period of a slate that is to be begun.
    fn target_of_new_slate(&mut self, slate: &str) -> Result<(Rc<Project>, PathBuf, PeriodName), Error> {
        let path = absolute(Path::new(slate));
        let Some(period) = PeriodName::of_directory(&path) else {
            return Err(Error::new(format!("invalid period `{slate}`"))
                .help("use a year, optionally followed by `h1` or `h2`: `2025h1`, `2026`"));
        };
        let is_path = Path::new(slate).components().count() > 1;
        let base = if is_path { path.parent().unwrap_or(&path).to_path_buf() } else { absolute(Path::new(".")) };
        let root = match find_root(&base) {
            Some(root) => root,
            // `src/2026` in a project without a file of its own.
            None => {
                base.file_name().filter(|name| is_path && *name == "src").and(base.parent()).unwrap_or(&base).into()
            }
        };
        let project = self.project(&root)?;
        let slates = project.slate_directories();
        if let Some(there) = slates.into_iter().find(|other| PeriodName::of_directory(other) == Some(period)) {
            return Ok((project, there, period));
        }
        let directory = if is_path { path } else { project.directory_of_new_slate(period) };
        Ok((project, directory, period))
    }

    /// The newest other slate that has a template of an RFC.
    fn older_slate(&self, project: &Rc<Project>, directory: &Path) -> Result<Option<Older>, Error> {
        let slates = project.slate_directories().into_iter().rev();
        for other in slates.filter(|other| absolute(other) != absolute(directory)) {
            let loaded = self.load_from(project, &self.tree, &request(&project.root, other.clone()))?;
            let slate = loaded.reading.slate;
            if slate.has_begun() && still_has_template(&slate).is_ok() {
                if let Some(failure) = loaded.reading.failures.into_iter().next() {
                    return Err(failure);
                }
                return Ok(Some(Older { slate, directory: other }));
            }
        }
        Ok(None)
    }

    /// The configuration with the new period.
    fn settings(
        &self,
        project: &Project,
        period: PeriodName,
        like: PeriodName,
        notes: &mut Vec<String>,
    ) -> Result<Option<DraftFile>, Error> {
        if self.options.config.isolated {
            notes.push(format!("no configuration is used: add `[periods.{period}] like = \"{like}\"` to goals.toml"));
            return Ok(None);
        }
        let path = self.options.config.file.map_or_else(|| project.root.join(CONFIG_FILE), absolute);
        let before = read_if_there(&path)?;
        let Some(text) = with_new_period(before.as_deref().unwrap_or_default(), period, like) else {
            return Err(Error::of(&path, &format!("failed to add `[periods.{period}]`"))
                .help(format!("add `{period} = {{ like = \"{like}\" }}` to `periods`, and run this again")));
        };
        Ok(Some(DraftFile { path, before, text, needed: true }))
    }
}

/// The names of what is in a directory.
fn names_in(directory: &Path) -> Vec<String> {
    OsTree.entries(directory).unwrap_or_default().iter().map(crate::sys::tree::Entry::name).collect()
}

/// The pages of a new slate: those of an older one that has the same format, else those of the format.
fn pages(
    format: &Format,
    older: Option<&Slate>,
    period: PeriodName,
    is_unknown: bool,
    notes: &mut Vec<String>,
) -> Vec<Page> {
    if let Some(slate) = older {
        let lasting = lasting_pages(slate);
        if is_unknown || fits(slate, &lasting, format) {
            notes.push(format!("the pages are those of {0}, without text that holds for {0} alone", slate.name));
            if !slate.roadmaps.is_empty() {
                notes.push(format!("the roadmaps of {} were not taken over: copy those that go on", slate.name));
            }
            let form = own_goal_template(slate);
            let left = slate.files.iter().filter(|file| file.kind == FileKind::Page && !lasting.contains(&file.id));
            let left: Vec<&str> = left.map(|file| slate.page_of(file.id)).collect();
            if !left.is_empty() {
                notes.push(format!("the other pages of {} were not taken over: {}", slate.name, left.join(", ")));
            }
            let mut all: Vec<Page> = Vec::new();
            let pages = lasting
                .iter()
                .map(|id| (&slate.files[*id], renewed(slate, &slate.files[*id], &lasting, format, period)));
            for (file, renewed) in pages.chain(form.map(|file| (file, renewed_form(slate, file, period)))) {
                let lines = line_numbers(&file.source, &renewed.left_out);
                if !lines.is_empty() {
                    let line = if lines.contains([',', '-']) { "lines" } else { "line" };
                    notes.push(format!("left out of {}: {line} {lines}", file.source.path()));
                }
                all.push((slate.page_of(file.id).to_owned(), renewed.text));
            }
            return all;
        }
        notes.push(format!("the pages are those of the format of {period}: {} has another format", slate.name));
    }
    let name = feature_name(format, None, &period.to_string());
    let page = |(path, text): (&String, &String)| {
        let text = text.replace("{period}", &period.to_string());
        let text = text.trim_start();
        let text = match path == TEMPLATE_FILE {
            true => format!("{}\n{text}", front_matter(format, &name)),
            false => text.to_owned(),
        };
        (path.clone(), text)
    };
    format.new_slate.pages.iter().map(page).collect()
}

/// What authors of the older slate copy, where it is in the slate itself.
fn own_goal_template(slate: &Slate) -> Option<&File> {
    let file = slate.files.iter().find(|file| file.kind == FileKind::GoalTemplate)?;
    (file.source.path() == slate.path_of(GOAL_TEMPLATE_FILE)).then_some(file)
}

/// The numbers of the lines of some parts, which are in order: `3, 8-10`. Blank lines between two belong to both.
fn line_numbers(source: &Source, parts: &[Span]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for part in parts.iter().filter(|part| !source.slice(**part).trim().is_empty()) {
        let text = source.slice(*part);
        let start = part.start as usize + (text.len() - text.trim_start().len());
        let end = part.start as usize + text.trim_end().len() - 1;
        let (first, last) = (source.line_index(start), source.line_index(end));
        let is_blank = |line: usize| source.slice(source.line_span(line)).trim().is_empty();
        match ranges.last_mut().filter(|known| (known.1 + 1..first).all(is_blank)) {
            Some(known) => known.1 = known.1.max(last),
            None => ranges.push((first, last)),
        }
    }
    let shown = |(first, last): &(usize, usize)| match first == last {
        true => format!("{}", first + 1),
        false => format!("{}-{}", first + 1, last + 1),
    };
    ranges.iter().map(shown).collect::<Vec<_>>().join(", ")
}

/// The list of the book's pages with those of the new slate, where there is one.
fn summary(
    project: &Project,
    older: Option<&Older>,
    directory: &Path,
    period: PeriodName,
    pages: &[&Page],
) -> Result<Option<DraftFile>, Error> {
    let above = project.config.slates(&project.root);
    let path = above.join(SUMMARY_FILE);
    let Some(before) = read_if_there(&path)? else { return Ok(None) };
    let from_here = |path: &Path| with_slashes(&relative(path, &above));
    let chapter = |(path, text): &&Page| Chapter {
        path: from_here(&directory.join(path)),
        title: title(text).unwrap_or_else(|| path.clone()),
    };
    let mut chapters: Vec<Chapter> = pages.iter().filter(|(path, _)| path != GOAL_TEMPLATE_FILE).map(chapter).collect();
    sort_by_key(&mut chapters, |chapter| !chapter.path.ends_with(TEMPLATE_FILE));
    // Where there is no model for the pages, the newest slate still shows where their lines belong.
    let newest = || {
        let others = project.slate_directories().into_iter().rev();
        let other = others.into_iter().find(|other| absolute(other) != absolute(directory))?;
        Some((PeriodName::of_directory(&other)?, from_here(&other)))
    };
    let old = older.and_then(|older| Some((older.slate.period?, from_here(&older.directory)))).or_else(newest);
    let old = old.as_ref().map(|(period, directory)| (*period, directory.as_str()));
    let new = from_here(directory);
    let text = extended(&before, old, (period, &encode(&new)), &chapters);
    Ok(text.map(|text| DraftFile { path, before: Some(before), text, needed: false }))
}

/// The title of a page, as the text of a link.
fn title(text: &str) -> Option<String> {
    let source = Source::from_bytes("", text.as_bytes().to_vec());
    let document = Document::parse(&source);
    let title = goal::title(&document)?;
    // A badge behind it is not a part of it.
    let text = source.slice(title.content).split("![").next().unwrap_or_default().trim();
    (!text.is_empty()).then(|| link_text(text))
}

/// The text of a file that is to be changed.
fn read_if_there(path: &Path) -> Result<Option<String>, Error> {
    if !OsTree.is_there(path) {
        return Ok(None);
    }
    check_file(path)?;
    let text = String::from_utf8(OsTree.read(path)?);
    text.map(Some).map_err(|_| Error::of(path, "not valid UTF-8").help("save the file as UTF-8"))
}
