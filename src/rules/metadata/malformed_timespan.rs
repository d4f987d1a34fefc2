//! A row of years that is none, runs backwards, or leaves out the period of its slate.

use crate::diagnostics::finding::Finding;
use crate::model::goal::{Goal, Metadata, MetadataRow};
use crate::model::placeholders::is_placeholder_value;
use crate::model::slate::Slate;
use crate::policy::format::RowFormat;
use crate::policy::period::PeriodName;
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, goal: &Goal) -> Vec<Finding> {
    let of_goal = cx.rows(goal).filter_map(|(row, known)| Some((row, known?.1)));
    let of_subgoals = goal.plans.iter().filter_map(|plan| plan.metadata.as_ref());
    let of_subgoals = of_subgoals.flat_map(|metadata: &Metadata| &metadata.rows);
    let of_subgoals = of_subgoals.filter_map(|row| Some((row, cx.slate.format.row(&row.name.value)?.0)));
    of_goal.chain(of_subgoals).filter_map(|(row, format)| judge(cx.slate, row, format)).collect()
}

fn judge(slate: &Slate, row: &MetadataRow, format: &RowFormat) -> Option<Finding> {
    let value = row.value.value.as_str();
    if !format.years || value.is_empty() || is_placeholder_value(slate, value) {
        return None;
    }
    let own = slate.period.map(PeriodName::year);
    let example = own.map_or_else(|| "YYYY-YYYY".to_owned(), |year| format!("{year}-{}", year + 1));
    let finding = |message: String, help: String| Some(Finding::new(row.value.span, message).help(help));
    let help = || format!("use a year or two: `{example}`");
    let Some((first, last)) = years(value) else {
        return finding(format!("`{value}` is not a year, nor the first and last of several"), help());
    };
    if first > last {
        return finding(format!("`{value}` ends before it begins"), help());
    }
    match own {
        Some(year) if !(first..=last).contains(&year) => {
            finding(format!("`{value}` does not include {year}, the year of this slate"), help())
        }
        _ => None,
    }
}

/// The first and last year of a value.
fn years(value: &str) -> Option<(u16, u16)> {
    let (first, last) = value.split_once(['-', '\u{2013}', '\u{2014}']).unwrap_or((value, value));
    let year = |text: &str| {
        let text = text.trim();
        (text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
    };
    Some((year(first)?, year(last)?))
}
