//! A short title that is not shorter than the title.

use crate::diagnostics::finding::Finding;
use crate::markdown::shown::{comparable, shown};
use crate::model::goal::Goal;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::text::similarity::normalize;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let Some(row) = goal.field(Field::ShortTitle).filter(|row| !row.value.value.is_empty()) else { return vec![] };
    let (short, title) = (row.value.value.as_str(), goal.title_text());
    if title.is_empty() {
        return vec![];
    }
    let (shown_short, shown_title) = (shown(short), shown(title));
    if comparable(&shown_short) == comparable(&shown_title) {
        // Users can differ in what makes no other difference, and so can markup.
        let is_same = normalize(short) == normalize(title) && !short.contains('@');
        let line = row.line_of_its_own(&cx.slate.file_of(goal).source).filter(|_| is_same);
        let fix = line.map(|line| (line, String::new()));
        let finding = Finding::new(row.value.span, "short title is the same as the title");
        return vec![finding.help("remove the row, or use a shorter one").maybe_fix(fix)];
    }
    if shown_short.chars().count() <= shown_title.chars().count() {
        return vec![];
    }
    let finding = Finding::new(row.value.span, "short title is longer than the title");
    vec![finding.help("use a shorter one, or remove the row")]
}
