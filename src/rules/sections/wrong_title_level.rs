//! A title that is no heading of level one: the site takes its first heading for a section.

use crate::diagnostics::finding::Finding;
use crate::model::goal;
use crate::model::slate::{File, FileKind};
use crate::rules::context::LintContext;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if !matches!(file.kind, FileKind::Goal(_) | FileKind::Roadmap(_) | FileKind::GoalTemplate) {
        return vec![];
    }
    let Some(title) = goal::title(&file.document).filter(|title| title.level > 1) else { return vec![] };
    let message = format!("the title is a heading of level {}", title.level);
    vec![Finding::new(title.content, message).help("use `# ` for the title")]
}
