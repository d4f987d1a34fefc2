//! The words of a badge where the badge is meant: nothing is shown in their place, and nobody is looked for.

use crate::diagnostics::finding::Finding;
use crate::model::goal::Goal;
use crate::rules::context::LintContext;

/// The badge that says that an owner is wanted.
const HELP_WANTED: &str = "Help wanted";

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let file = cx.slate.file_of(goal);
    let mut findings = Vec::new();
    for &cell in cx.owner_cells(goal) {
        let text = file.shown(cell);
        let mut start = 0;
        for part in text.split(',') {
            let written = part.trim();
            let at = start + (part.len() - part.trim_start().len());
            start += part.len() + 1;
            let bare = written.trim_end_matches("[]").trim_matches(['*', '_', '[', ']', '!', '"', '(', ')', '.', ' ']);
            if !written.starts_with("![") && bare.eq_ignore_ascii_case(HELP_WANTED) {
                let span = cell.part(at..at + written.len());
                let badge = format!("![{HELP_WANTED}][]");
                let finding = Finding::new(span, format!("`{written}` is not a badge"));
                findings.push(finding.help(format!("use `{badge}`")).fix(span, badge));
            }
        }
    }
    findings
}
