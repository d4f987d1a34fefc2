//! A link to a file that does not exist: in the RFC it leads nowhere, and a chapter's text would be missing.

use std::cell::OnceCell;

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::links::resolution::{Resolution, leads_into_slate};
use crate::links::target;
use crate::links::target::{FileTarget, Form, Target};
use crate::markdown::address;
use crate::markdown::label::normalize_label;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let labels = Labels { file, known: OnceCell::new() };
    // Also of definitions that nothing uses: whoever wrote one meant to use it.
    let findings = cx.all_targets(file).filter_map(|(target, text)| {
        let finding = judge(cx, file, &labels, target, text)?;
        // Those that nothing uses were often copied together.
        Some(if target.is_used { finding } else { finding.group("unused definitions") })
    });
    instructions::outside(cx.slate, file, findings.collect())
}

fn judge(cx: &LintContext<'_>, file: &File, labels: &Labels<'_>, target: &FileTarget, text: &str) -> Option<Finding> {
    let span = target.span;
    // What is no address or path at all is reported by `malformed-address`. Few targets are asked that.
    let is_flawed = || address::flaw(text).is_some();
    let inside = match target.place(text) {
        Target::Inside(inside) => inside,
        Target::Beyond if is_flawed() => return None,
        Target::Beyond => {
            let finding = Finding::new(span, "path is outside the project");
            return Some(finding.help("link to a file of the project, or use a full URL: `https://…`"));
        }
        Target::Here(_) | Target::Elsewhere => return None,
    };
    // The site's other pages are the site's business, but for what everybody copies.
    let is_of_site = cx.slate.beside_slates && file.kind != FileKind::GoalTemplate;
    if is_of_site && !leads_into_slate(cx.slate, &inside.path) {
        return None;
    }
    let found = cx.find(&inside.path);
    if !matches!(found, Resolution::Missing | Resolution::NotChecked) || is_flawed() {
        return None;
    }
    // Where labels have not been looked up yet, the word is known as one all the same.
    let label = labels.in_parentheses(span);
    if found == Resolution::NotChecked && label.is_none() {
        return None;
    }
    // A link of what authors copy may be written for its copies.
    if let Some(path) = target::seen_from_copy(cx.slate, file, &inside)
        && cx.find(&path) != Resolution::Missing
    {
        return None;
    }
    let skip = if inside.form == Form::Relative {
        inside.written.len() - inside.written.trim_start_matches("./").len()
    } else {
        0
    };
    let bytes = span.part(skip..inside.written.len());
    let name = &inside.written[skip..];
    let message = match inside.form {
        Form::Published | Form::Former => "no such page on the site".to_owned(),
        Form::Relative if !name.contains("..") && !cx.slate.beside_slates => {
            format!("no such file `{name}` in this slate")
        }
        Form::Relative | Form::FromTop => format!("no such file `{name}`"),
    };
    let finding = Finding::new(bytes, message);
    if let Some(around) = label {
        let label = format!("[{text}]");
        return Some(finding.help(format!("use `{label}`: this is a reference label")).fix(around, label));
    }
    let whole = span.part(0..inside.written.len());
    let write = |path: &str| target::relative_link(file.source.path(), path);
    let (directory, name) = wanted(&inside.path);
    let pages = cx.pages();
    if let Some(meant) = pages.meant(directory, &name) {
        return Some(finding.help(format!("use `{}`", write(meant))).fix(whole, write(meant)));
    }
    Some(match pages.near(directory, &name, &cx.slate.directory) {
        Some(near) => {
            let right = write(near);
            let finding = finding.help(format!("did you mean `{right}`?"));
            // What the RFC lacks without a page of it is not missing for another reason.
            if file.kind == FileKind::Template { finding.meant(whole, right) } else { finding }
        }
        None => finding.help("link to an existing file, or remove the link"),
    })
}

/// The labels of a file's definitions, looked up when a link leads nowhere.
struct Labels<'f> {
    file: &'f File,
    known: OnceCell<HashSet<&'f str>>,
}

impl Labels<'_> {
    /// The parentheses around a target that is a label: those of `[text](label)` for `[text][label]`.
    fn in_parentheses(&self, span: Span) -> Option<Span> {
        let source = &self.file.source;
        let find = || self.file.document.definitions.iter().map(|definition| definition.normal.as_str()).collect();
        let is_label = self.known.get_or_init(find).contains(normalize_label(source.slice(span)).as_str());
        let around = Span { start: span.start.checked_sub(1)?, end: span.end + 1 };
        let text = source.slice(around);
        (is_label && text.starts_with('(') && text.ends_with(')')).then_some(around)
    }
}

/// The directory that a path names, and the name that a file in it should have.
fn wanted(path: &str) -> (&str, String) {
    let (directory, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = match name.strip_suffix(".html") {
        Some(page) => format!("{page}.md"),
        None if name.contains('.') => name.to_owned(),
        None => format!("{name}.md"),
    };
    (directory, name)
}
