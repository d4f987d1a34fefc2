//! Two goals under one name.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::markdown::shown::{as_shown, comparable, shown};
use crate::model::goal;
use crate::model::slate::Slate;
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::text::ids::FileId;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let (mut titles, mut names) = (Places::default(), Places::default());
    let mut short_titles = HashSet::new();
    // A goal that was not accepted may come again.
    for goal in cx.slate.goals.iter().filter(|goal| Slate::may_be_accepted(goal)) {
        let Some(title) = goal.title.as_ref().filter(|title| !title.value.is_empty()) else { continue };
        let short = goal.field(Field::ShortTitle).map(|row| &row.value).filter(|short| !short.value.is_empty());
        let name = short.unwrap_or(title);
        let file = cx.slate.file_of(goal);
        let (of_title, of_name) = cx.memo(file).titles.get_or_init(|| {
            // The document knows more of the title than the title itself: what its labels are.
            let heading = goal::title(&file.document).map_or("", |heading| heading.text.as_str());
            let of_title = comparable(&as_shown(heading));
            let of_name = short.map_or_else(|| of_title.clone(), |short| comparable(&shown(&short.value)));
            (of_title, of_name)
        });
        // What shows nothing is reported by `missing-title`.
        if of_title.is_empty() || of_name.is_empty() {
            continue;
        }
        titles.add(of_title.clone(), (goal.file, title.span));
        names.add(of_name.clone(), (goal.file, name.span));
        short_titles.extend(short.map(|short| (goal.file, short.span)));
    }
    // Where both are titles, that is said already.
    names.shared.retain(|(here, other)| short_titles.contains(here) || short_titles.contains(other));
    let help = |what: &str| format!("choose a unique {what}");
    let mut findings = titles.findings("duplicate title", &help("title"), "also used here");
    let message = "duplicate short title";
    findings.extend(names.findings(message, &help("short title"), "also used here"));
    findings
}
