//! A link of the RFC to a page of the slate that does not exist. A chapter whose page is misspelt would be missing.

use crate::finding::Finding;
use crate::nearest::nearest;
use crate::rfc::chapters::is_in_rfc;
use crate::slate::{File, GOAL_TEMPLATE_FILE, Slate};
use crate::source::Span;

pub(crate) fn check(slate: &Slate, file: &File) -> Vec<Finding> {
    if !is_in_rfc(slate, file) {
        return vec![];
    }
    file.targets().into_iter().filter_map(|(span, target)| judge(slate, span, target)).collect()
}

fn judge(slate: &Slate, span: Span, target: &str) -> Option<Finding> {
    let path = target.split(['#', '?']).next()?;
    let page = path.trim_start_matches("./");
    // Only pages of this slate are known here.
    let stem = page.strip_suffix(".md").or_else(|| page.strip_suffix(".html"))?;
    if page.contains("..") || page.contains(':') || page.starts_with('/') {
        return None;
    }
    let pages = || (0..slate.files.len()).map(|file| slate.page_of(file));
    let stem = if stem == "index" { "README" } else { stem };
    // The template for goals has a page too.
    let is_template =
        slate.goal_template.is_some() && page.strip_suffix(".md") == GOAL_TEMPLATE_FILE.strip_suffix(".md");
    if is_template || pages().any(|known| known.strip_suffix(".md") == Some(stem)) {
        return None;
    }
    let start = target.len() - target.trim_start_matches("./").len();
    let span = span.part(start..path.len());
    Some(Finding::new(span, format!("this slate has no page `{page}`")).help(match nearest(page, pages()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a file of the slate, or take the link out".to_owned(),
    }))
}
