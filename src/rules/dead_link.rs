//! A link to a file that does not exist: in the RFC it leads nowhere, and a chapter's text would be missing.

use super::leftover_instruction;
use crate::finding::Finding;
use crate::markdown::normalize_label;
use crate::nearest::nearest;
use crate::slate::{File, Slate};
use crate::source::Span;
use crate::target::{self, Form, Found, Inside, Target};

/// Names that every directory may have, so that a file of the name elsewhere says nothing.
const COMMON: [&str; 3] = ["readme.md", "index.md", "summary.md"];

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    let targets = file.targets().into_iter().filter(|(_, target)| target::flaw(target).is_none());
    let findings = targets.filter_map(|(span, target)| judge(slate, file, span, target));
    leftover_instruction::outside(slate, file, findings.collect())
}

fn judge(slate: &Slate, file: &File, span: Span, target: &str) -> Option<Finding> {
    let inside = match target::read(slate, file, target) {
        Target::Inside(inside) => inside,
        Target::Beyond => {
            let finding = Finding::new(span, "this path leads out of the project");
            return Some(finding.help("name a file of the project, or write the whole address: `https://…`"));
        }
        Target::Here(_) | Target::Elsewhere => return None,
    };
    let label = label_in_parentheses(file, span);
    match target::find(slate, &inside.path) {
        Found::Nothing => {}
        // Where nobody has looked, the word is known as a label all the same.
        Found::Unknown if label.is_some() => {}
        _ => return None,
    }
    let skip = if inside.form == Form::Relative {
        inside.written.len() - inside.written.trim_start_matches("./").len()
    } else {
        0
    };
    let bytes = span.part(skip..inside.written.len());
    let name = &inside.written[skip..];
    let message = match inside.form {
        Form::Published => "the site has no such page".to_owned(),
        Form::Relative if !name.contains("..") => format!("this slate has no file `{name}`"),
        Form::Relative | Form::FromTop => format!("there is no file `{name}`"),
    };
    let finding = Finding::new(bytes, message);
    if let Some(around) = label {
        let label = format!("[{target}]");
        return Some(finding.help(format!("write `{label}`, since this is a label")).fix(around, label));
    }
    let whole = span.part(0..inside.written.len());
    let write = |path: &str| target::way(file.source.path(), path);
    let candidates = Candidates::of(slate, &inside);
    Some(match (candidates.meant(), candidates.near()) {
        (Some(meant), _) => finding.help(format!("write `{}`", write(meant))).fix(whole, write(meant)),
        (None, Some(near)) => finding.help(format!("did you mean `{}`?", write(near))),
        (None, None) => finding.help("name a file that exists, or take the link out"),
    })
}

/// The parentheses around a target that is the label of a definition: those of `[text](label)` for `[text][label]`.
fn label_in_parentheses(file: &File, span: Span) -> Option<Span> {
    let source = &file.source;
    let normal = normalize_label(source.slice(span));
    let is_label = file.document.definitions.iter().any(|definition| definition.normal == normal);
    let around = Span { start: span.start.checked_sub(1)?, end: span.end + 1 };
    let text = source.slice(around);
    (is_label && text.starts_with('(') && text.ends_with(')')).then_some(around)
}

/// The files that may have been meant by a path that does not exist.
struct Candidates<'s> {
    wanted: String,
    /// In the directory that the path names.
    here: Vec<&'s str>,
    /// In any other.
    elsewhere: Vec<&'s str>,
}

impl<'s> Candidates<'s> {
    fn of(slate: &'s Slate, inside: &Inside<'_>) -> Candidates<'s> {
        let (directory, name) = inside.path.rsplit_once('/').unwrap_or(("", &inside.path));
        let wanted = match name.strip_suffix(".html") {
            Some(page) => format!("{page}.md"),
            None if name.contains('.') => name.to_owned(),
            None => format!("{name}.md"),
        };
        let around = slate.neighbours.iter().flat_map(|around| around.all());
        let mut all: Vec<&str> = slate.files.iter().map(|file| file.source.path()).chain(around).collect();
        all.sort_unstable();
        all.dedup();
        let is_here = |path: &&str| path.rsplit_once('/').map_or("", |(above, _)| above) == directory;
        let (here, elsewhere) = all.into_iter().partition(is_here);
        Candidates { wanted, here, elsewhere }
    }

    /// The one file that must have been meant: its name differs in letter case, hyphens and underscores at most.
    fn meant(&self) -> Option<&'s str> {
        let wanted = fold(&self.wanted);
        let only = |paths: &[&'s str]| {
            let mut same = paths.iter().copied().filter(|path| fold(file_name(path)) == wanted);
            same.next().filter(|_| same.next().is_none())
        };
        let is_common = COMMON.contains(&self.wanted.to_lowercase().as_str());
        only(&self.here).or_else(|| only(&self.elsewhere).filter(|_| !is_common))
    }

    fn near(&self) -> Option<&'s str> {
        let among = |paths: &[&'s str]| {
            let name = nearest(&self.wanted, paths.iter().map(|path| file_name(path)))?;
            paths.iter().copied().find(|path| file_name(path) == name)
        };
        among(&self.here).or_else(|| among(&self.elsewhere))
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// A name without what people confuse.
fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, ' ' | '-' | '_')).flat_map(char::to_lowercase).collect()
}
