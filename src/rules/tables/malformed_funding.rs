//! A cost or a state of funding that cannot be read: tables would count it as nothing.

use crate::diagnostics::finding::Finding;
use crate::markdown::table::Row;
use crate::model::funding::{percentage, range};
use crate::model::goal::{self, Goal, Task};
use crate::policy::config::messages::quoted;
use crate::policy::format::{TableKind, WordsFormat};
use crate::rules::context::LintContext;
use crate::rules::shared::template_rows;
use crate::text::source::{Span, Spanned};

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let Some(format) = &cx.slate.format.funding else { return vec![] };
    let file = cx.slate.file_of(goal);
    let mut findings = Vec::new();
    for plan in goal.plans.iter().filter(|plan| plan.holds == TableKind::Funding) {
        for task in &plan.tasks {
            // Purpose, cost, funded: the three cells of the row.
            let Task { span: row, name: purpose, owners: cost, notes: state, .. } = task;
            // A row that is the template's as a whole is reported by `leftover-row`.
            let rows = &file.document.tables[plan.table].rows;
            let at = rows.binary_search_by_key(&task.span, |row: &Row| row.span);
            let is_leftover = at.is_ok_and(|at| template_rows::is_leftover(cx.slate, &file.source, &rows[at]));
            if is_leftover || [purpose, cost, state].iter().all(|cell| cell.value.is_empty()) {
                continue;
            }
            if !is_cost(&format.costs, &cost.value) {
                let other = "an amount such as `$25,000`, `$75K`, or `$50K-$75K`, or";
                findings.push(complain(*row, cost, "cost", &propose(&format.costs, &cost.value, other)));
            }
            if !is_state(&format.states, &state.value) {
                let help = propose(&format.states, &state.value, "a percentage, or");
                findings.push(complain(*row, state, "funding state", &help));
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

/// The word that was most likely meant, or else everything that is valid: `other`, and the words.
fn propose(format: &WordsFormat, written: &str, other: &str) -> String {
    if let Some(word) = format.nearest(written) {
        return format!("did you mean `{word}`?");
    }
    let words: Vec<&str> = format.words.iter().map(String::as_str).filter(|word| !word.ends_with(" X")).collect();
    let with_name = format.words.iter().find(|word| word.ends_with("By X") || word.ends_with("by X"));
    let sponsor = with_name.map(|word| format!(", or `{word}` with the name of the sponsor")).unwrap_or_default();
    format!("use {other} one of {}{sponsor}", quoted(&words))
}

/// An amount of dollars, a range of two, or a word for a cost that is not known.
fn is_cost(format: &WordsFormat, text: &str) -> bool {
    format.contains(text) || range(text).is_some()
}

/// A word, or a percentage.
fn is_state(format: &WordsFormat, text: &str) -> bool {
    format.contains(text) || percentage(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::formats::Formats;

    #[test]
    fn costs_and_states_are_read() {
        let format = Formats::built_in().newest().unwrap().0.funding.unwrap();
        for cost in [
            "$25,000",
            "$75K",
            "$1.5M",
            "TBD",
            "Ask",
            "$900",
            "$1,250,000",
            "$12.50",
            "$70,000-$110,000",
            "$70K \u{2013} $110K",
            "$5,000 to $7,000",
            "$5,000-7,000",
            "ask @mara-okafor",
            "Ask the maintainers",
            "n/a",
        ] {
            assert!(is_cost(&format.costs, cost), "{cost}");
        }
        for odd in
            ["", "25,000", "$25,00", "$", "$K", "about $5K", "$1.5.2M", "$1,5000", "$2.5", "$5-", "-$5", "Asking"]
        {
            assert!(!is_cost(&format.costs, odd), "{odd}");
        }
        for state in ["No", "partial", "FULL", "Partial by Some Company", "By Some Company", "50%", "12.5 %", "100%"] {
            assert!(is_state(&format.states, state), "{state}");
        }
        for odd in ["", "Yes", "By", "Partial by", "Partially", "%", "120%", "half"] {
            assert!(!is_state(&format.states, odd), "{odd}");
        }
    }

    #[test]
    fn help_is_one_sentence() {
        let format = Formats::built_in().newest().unwrap().0.funding.unwrap();
        let help = |state: &str| propose(&format.states, state, "a percentage, or");
        assert_eq!(help("yes"), "did you mean `Full`?");
        assert_eq!(help("None"), "did you mean `No`?");
        assert_eq!(help("Partialy"), "did you mean `Partial`?");
        assert_eq!(
            help("in spring"),
            "use a percentage, or one of `No`, `Partial`, `Full`, or `Partial by X` with the name of the sponsor"
        );
    }
}
