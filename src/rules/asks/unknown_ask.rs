//! A team ask that is none of the vocabulary.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, Task};
use crate::rules::context::LintContext;
use crate::text::similarity::{did_you_mean, find_ignoring_case};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    // Without a badge, asks have levels, which `unknown-level` checks.
    let Some(badge) = &cx.slate.format.badge else { return vec![] };
    let asks: Vec<&str> = cx.slate.format.asks.keys().map(String::as_str).collect();
    let tasks = goal.asks().map(|(task, _)| task);
    let unknown = tasks.filter(|task| !cx.slate.format.asks.contains_key(&task.name.value));
    unknown.map(|task| judge(task, badge, &asks)).collect()
}

fn judge(task: &Task, badge: &str, asks: &[&str]) -> Finding {
    let name = task.name.value.as_str();
    if name.is_empty() {
        let finding = Finding::new(task.span, "missing ask: this row does not say what the team is asked for");
        return finding.help(all_of(asks, badge));
    }
    let finding = Finding::new(task.name.span, format!("unknown ask `{name}`"));
    let bare = name.trim_matches(['↳', '→', '•', '-', ':', '.', ';', ',', ' ', '\u{a0}']);
    if let Some(ask) = find_ignoring_case(bare, asks.iter().copied()).or_else(|| same_number(bare, asks)) {
        return finding.help(format!("use `{ask}`")).fix(task.name.span, ask);
    }
    if let Some(ask) = begins_with(bare, asks) {
        return finding.help(format!("use `{ask}`, and move the rest to the notes"));
    }
    let near = did_you_mean(bare, asks.iter().copied()).or_else(|| most_words(bare, asks));
    finding.help(match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => all_of(asks, badge),
    })
}

fn all_of(asks: &[&str], badge: &str) -> String {
    format!(
        "use one of {}, or omit `![{badge}][]` if people do the work",
        crate::policy::config::messages::quoted(asks)
    )
}

/// The ask that leaves open whether there is one or several, as in `FCP decision(s)`, where `written` does not.
fn same_number<'a>(written: &str, asks: &[&'a str]) -> Option<&'a str> {
    let one = written.strip_suffix('s').unwrap_or(written);
    asks.iter().copied().find(|ask| ask.strip_suffix("(s)").is_some_and(|ask| ask.eq_ignore_ascii_case(one)))
}

/// The ask that `written` begins with, followed by more words.
fn begins_with<'a>(written: &str, asks: &[&'a str]) -> Option<&'a str> {
    let begins = |ask: &&str| {
        let start = written.get(..ask.len()).is_some_and(|start| start.eq_ignore_ascii_case(ask));
        start && written[ask.len()..].starts_with(|c: char| !c.is_alphanumeric())
    };
    asks.iter().copied().filter(begins).max_by_key(|ask| ask.len())
}

/// The ask that has the most words in common with `written`; of several the first.
fn most_words<'a>(written: &str, asks: &[&'a str]) -> Option<&'a str> {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 3);
        words.map(str::to_lowercase).collect()
    };
    let written = words(written);
    let common = |ask: &str| words(ask).iter().filter(|word| written.contains(word)).count();
    let best = asks.iter().copied().map(|ask| (common(ask), ask)).rev().max_by_key(|(common, _)| *common);
    best.filter(|(common, _)| *common > 0).map(|(_, ask)| ask)
}
