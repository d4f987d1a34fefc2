//! How often each rule found something.

use hashbrown::HashMap;

use super::human::FIXABLE;
use super::run::Run;
use super::short::label;
use crate::diagnostics::level::Level;
use crate::output::style::Style;
use crate::text::order::sort_by;

/// How often a rule found something, at one level.
pub(crate) struct Count {
    pub(crate) rule: &'static str,
    level: Level,
    pub(crate) number: usize,
    fixable: usize,
}

/// The counts of a run, the largest first.
pub(crate) fn counts(run: &Run<'_>) -> Vec<Count> {
    let mut counts: Vec<Count> = Vec::new();
    let mut places: HashMap<(&str, bool), usize> = HashMap::new();
    for reported in run.findings() {
        let (rule, level) = (reported.rule, reported.level);
        let place = *places.entry((rule, level == Level::Error)).or_insert_with(|| {
            counts.push(Count { rule, level, number: 0, fixable: 0 });
            counts.len() - 1
        });
        counts[place].number += 1;
        counts[place].fixable += usize::from(reported.finding.fix.is_some());
    }
    for warning in run.warnings {
        match counts.iter_mut().find(|count| count.rule == warning.rule.id) {
            Some(count) => count.number += 1,
            None => counts.push(Count { rule: warning.rule.id, level: Level::Warn, number: 1, fixable: 0 }),
        }
    }
    sort_by(&mut counts, |a, b| (b.number, b.level, a.rule).cmp(&(a.number, a.level, b.rule)));
    counts
}

/// The counts as a list, a line each.
pub(crate) fn statistics(run: &Run<'_>, look: Style) -> String {
    let counts = counts(run);
    let width = counts.iter().map(|count| count.number.to_string().len()).max().unwrap_or(0);
    let mut text = String::new();
    for Count { rule, level, number, fixable } in counts {
        let fixes = if fixable > 0 { format!("  {FIXABLE} {fixable} fixable with --fix") } else { String::new() };
        text.push_str(&format!("{number:>width$}  {}{fixes}\n", label(level, rule, look)));
    }
    text
}
