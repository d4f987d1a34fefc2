//! A roadmap or flagship theme that the slate does not have: the goal would be in no table of it.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::model::slate::{FileKind, Slate, page_in_slate};
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::without_format;
use crate::rules::shared::proposal::propose;
use crate::text::similarity::{did_you_mean, find_ignoring_case};
use crate::text::source::Spanned;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // A slate that says nothing of themes cannot tell, and a later period's row in an old slate means no theme of its own.
    let Some(themes) = cx.slate.themes() else { return vec![] };
    let own_rows = cx.slate.format.metadata.rows.values();
    if !own_rows.into_iter().any(|row| row.field == Some(Field::Theme) && !row.later) {
        return vec![];
    }
    // One that is right but for the markup around it is reported by `formatted-value`.
    let is_known = |theme: &str| themes.contains(&theme) || themes.contains(&without_format(theme));
    let unknown = goal.themes.iter().filter(|theme| !is_known(&theme.value));
    let what = if cx.slate.format.roadmaps.is_some() { "roadmap" } else { "flagship theme" };
    let finding = |theme: &Spanned<String>| {
        let fix = find_ignoring_case(&theme.value, themes.iter().copied()).map(|name| (theme.span, name.to_owned()));
        let all = cx.slate.goals.iter().flat_map(|goal| &goal.themes);
        let uses = all.filter(|other| other.value == theme.value).take(2).count();
        let finding = Finding::new(theme.span, format!("unknown {what} `{}`", theme.value))
            .help(propose(&theme.value, themes.iter().copied()))
            .maybe_fix(fix);
        // Where several goals agree, the directive may be what is wrong: see `empty-directive`.
        match did_you_mean(&theme.value, themes.iter().copied()).filter(|_| uses < 2) {
            Some(near) => finding.meant(theme.span, near),
            None => finding,
        }
    };
    let mut findings: Vec<Finding> = unknown.map(finding).collect();
    findings.extend(goal.themes.iter().filter_map(|theme| of_another_page(cx.slate, goal, theme)));
    findings
}

/// A roadmap whose name is a link to the page of another one.
fn of_another_page(slate: &Slate, goal: &Goal, theme: &Spanned<String>) -> Option<Finding> {
    let links = &slate.file_of(goal).document.links;
    let link = links.iter().find(|link| link.text == theme.span)?;
    let page = slate.file_at(&slate.path_of(&format!("{}.md", page_in_slate(&link.target)?)))?;
    let FileKind::Roadmap(roadmap) = slate.files[page].kind else { return None };
    let other = slate.roadmap_name(&slate.roadmaps[roadmap]);
    let message = format!("`{}` links to the page of `{other}`", theme.value);
    (other != theme.value).then(|| Finding::new(link.span, message).help("correct the name or the link"))
}
