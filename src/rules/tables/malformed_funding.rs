//! A cost or a state of funding that cannot be read: tables would count it as nothing.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{self, Goal, Task};
use crate::policy::format::TableKind;
use crate::rules::context::LintContext;
use crate::rules::shared::proposal::propose;
use crate::text::source::{Span, Spanned};

/// Words for a cost that is not known.
const UNKNOWN_COSTS: [&str; 2] = ["TBD", "Ask"];
/// States of funding, as they are written; `X` is a placeholder for a sponsor.
const STATES: [&str; 5] = ["No", "Partial", "Full", "Partial by X", "By X"];

pub(crate) fn check(_: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in goal.plans.iter().filter(|plan| plan.holds == TableKind::Funding) {
        for task in &plan.tasks {
            // Purpose, cost, funded: the three cells of the row.
            let Task { span: row, name: purpose, owners: cost, notes: state, .. } = task;
            if [purpose, cost, state].iter().all(|cell| cell.value.is_empty()) {
                continue;
            }
            if !is_cost(&cost.value) {
                findings.push(complain(
                    *row,
                    cost,
                    "cost",
                    "use an amount such as `$25,000`, `$75K`, or `$1.5M`, or `TBD` or `Ask`",
                ));
            }
            if !is_state(&state.value) {
                findings.push(complain(
                    *row,
                    state,
                    "funding state",
                    &format!("{} (X is the name of the sponsor)", propose(&state.value, STATES)),
                ));
            }
        }
    }
    findings
}

fn complain(row: Span, cell: &Spanned<String>, what: &str, help: &str) -> Finding {
    let finding = match cell.value.as_str() {
        "" => Finding::new(row, format!("missing {what} in this row")),
        value if goal::is_placeholder_text(value) => Finding::new(cell.span, format!("leftover template {what}")),
        value => Finding::new(cell.span, format!("invalid {what} `{value}`")),
    };
    finding.help(help)
}

/// `$25,000`, `$75K`, `$1.5M`, or a word for a cost that is not known.
fn is_cost(text: &str) -> bool {
    if UNKNOWN_COSTS.iter().any(|known| known.eq_ignore_ascii_case(text)) {
        return true;
    }
    let Some(amount) = text.strip_prefix('$') else { return false };
    let (digits, scaled) = match amount.strip_suffix(['K', 'k', 'M', 'm']) {
        Some(digits) => (digits, true),
        None => (amount, false),
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(|first| is_number(first) && (first.len() <= 3 || !whole.contains(',')));
    let rest = groups.all(|group| group.len() == 3 && is_number(group));
    first && rest && fraction.is_none_or(|fraction| is_number(fraction) && (scaled || fraction.len() == 2))
}

/// `No`, `Partial`, `Full`, `Partial by X`, `By X`.
fn is_state(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is = |word: &str, name: &str| word.eq_ignore_ascii_case(name);
    match words.as_slice() {
        [one] => ["No", "Partial", "Full"].iter().any(|name| is(one, name)),
        [partial, by, _, ..] if is(partial, "Partial") && is(by, "by") => true,
        [by, _, ..] => is(by, "By"),
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_and_states_are_read() {
        for cost in ["$25,000", "$75K", "$1.5M", "TBD", "Ask", "$900", "$1,250,000", "$12.50"] {
            assert!(is_cost(cost), "{cost}");
        }
        for odd in ["", "25,000", "$25,00", "$", "$K", "about $5K", "$1.5.2M", "$1,5000", "$2.5"] {
            assert!(!is_cost(odd), "{odd}");
        }
        for state in ["No", "partial", "Full", "Partial by Some Company", "By Some Company"] {
            assert!(is_state(state), "{state}");
        }
        for odd in ["", "Yes", "By", "Partial by", "Partially"] {
            assert!(!is_state(odd), "{odd}");
        }
    }
}
