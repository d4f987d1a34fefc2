//! A link to a page of the project by an address that leads there only by luck: of a former site, of the published page in the tree of
//! the files, from the top of the site, or after the site's.

use crate::diagnostics::finding::Finding;
use crate::links::resolution::Resolution;
use crate::links::target;
use crate::links::target::{FileTarget, Form, Target};
use crate::markdown::address::address_within;
use crate::model::slate::{File, Slate};
use crate::rules::context::LintContext;
use crate::rules::shared::instructions;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let targets = cx.all_targets(file).filter(|(target, _)| target.is_used);
    let findings = targets.filter_map(|(target, text)| judge(cx, file, target, text));
    instructions::outside(cx.slate, file, findings.collect())
}

fn judge(cx: &LintContext<'_>, file: &File, target: &FileTarget, text: &str) -> Option<Finding> {
    let span = target.span;
    if let Some(outside) = pasted(cx.slate, text) {
        let detour = span.part(0..outside);
        let finding = Finding::new(detour, "an absolute URL is appended to the site's URL");
        return Some(finding.help("remove the URL of the site").fix(detour, ""));
    }
    let Target::Inside(inside) = target.place(text) else { return None };
    let (path, made) = match cx.find(&inside.path) {
        Resolution::PageOf { from } => (from, true),
        // A page that only leads on to another has no file.
        Resolution::File if is_file(cx, &inside.path) => (inside.path.clone(), false),
        Resolution::File | Resolution::Missing | Resolution::NotChecked => return None,
    };
    let message = match inside.form {
        Form::Relative if made => "link to the published page instead of the file",
        // A published address works, in the RFC too.
        Form::Relative | Form::Published => return None,
        Form::FromTop => "a path starting with `/` is outside the published site",
        Form::Former => "link to a page of the project by a former URL of the site",
    };
    let way = target::relative_link(file.source.path(), &path);
    let written = span.part(0..inside.written.len());
    Some(Finding::new(written, message).help(format!("use `{way}`")).fix(written, way))
}

fn is_file(cx: &LintContext<'_>, path: &str) -> bool {
    let is_around = |path| cx.outside.is_some_and(|around| around.has(path) == Some(true));
    cx.slate.file_at(path).is_some()
        || (is_around(path) && path.rsplit('/').next().is_some_and(|name| name.contains('.')))
}

/// Where an outside address begins that was appended to the site's.
fn pasted(slate: &Slate, target: &str) -> Option<usize> {
    // Nearly no address has a second scheme behind its own.
    memchr::memrchr(b':', target.as_bytes()).filter(|last| *last > "https".len() || target.starts_with('/'))?;
    let (inside, _) = slate.config.on_site(target)?;
    let outside = address_within(inside)?;
    Some(target.len() - inside.len() + outside)
}
