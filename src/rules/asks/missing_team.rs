//! A team ask that names no team.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal, Task, TeamAsk};
use crate::model::slate::Slate;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // A row of dots is reported by `leftover-row`.
    let without = goal.asks().filter(|(task, ask)| ask.teams.is_empty() && !goal::is_placeholder_task(task));
    without.map(|(task, ask)| judge(cx.slate, goal, task, ask)).collect()
}

fn judge(slate: &Slate, goal: &Goal, task: &Task, ask: &TeamAsk) -> Finding {
    let source = &slate.file_of(goal).source;
    let Some(badge) = &slate.format.badge else {
        let word = source.slice(ask.badge);
        if word.is_empty() {
            return Finding::new(task.span, "missing team").help("add the team: `[lang]`");
        }
        return no_team(slate, ask.badge, word, "[lang]");
    };
    let after = Span { start: ask.badge.end, end: task.owners.span.end.max(ask.badge.end) };
    let text = source.slice(after);
    let word = text.trim();
    if word.is_empty() {
        return Finding::new(ask.badge, "missing team after the badge")
            .help(format!("add the team: `![{badge}][] [lang]`, or several: `![{badge}][] [lang], [types]`"));
    }
    let start = text.len() - text.trim_start().len();
    no_team(slate, after.part(start..start + word.len()), word, &format!("![{badge}][] [lang]"))
}

fn no_team(slate: &Slate, span: Span, word: &str, example: &str) -> Finding {
    let finding = Finding::new(span, format!("expected a team in brackets, found `{word}`"));
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let known = slate.roster.team(bare).is_some();
    // That its champion is not asked is said for no other reason.
    let finding = if known { finding.meant(span, format!("[{bare}]")) } else { finding };
    finding.help(match slate.roster.resolve(word) {
        Some(team) => format!("did you mean `[{}]`?", team.name),
        None if known => format!("did you mean `[{bare}]`?"),
        None if word.starts_with('@') => "name a team here, and move the person to the notes".to_owned(),
        None => format!("use the name of a team: `{example}`"),
    })
}
