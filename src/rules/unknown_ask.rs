//! A team ask that is none of the vocabulary.

use crate::finding::Finding;
use crate::goal::Goal;
use crate::nearest::{nearest, same};
use crate::slate::Slate;

pub(crate) fn check(slate: &Slate, goal: &Goal) -> Vec<Finding> {
    // Without a badge asks have levels, which are `unknown-level`'s business.
    let Some(badge) = &slate.format.badge else { return vec![] };
    let asks = &slate.format.asks;
    let unknown = goal.asks().map(|(task, _)| task).filter(|task| !asks.contains_key(&task.name.value));
    let finding = |task: &crate::goal::Task| {
        let name = task.name.value.as_str();
        let finding = match name {
            "" => Finding::new(task.span, "this row does not say what the team is asked for"),
            _ => Finding::new(task.name.span, format!("`{name}` is nothing that a team can be asked for")),
        };
        let fix = same(name, asks.keys().map(String::as_str)).map(|ask| (task.name.span, ask.to_owned()));
        finding
            .help(match nearest(name, asks.keys().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    let asks: Vec<&String> = asks.keys().collect();
                    let asks = crate::config::quoted(&asks);
                    format!("write one of {asks}; work by people has no `![{badge}][]`")
                }
            })
            .maybe_fix(fix)
    };
    unknown.map(finding).collect()
}
