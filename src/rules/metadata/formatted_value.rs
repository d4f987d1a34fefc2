//! A value that is right but for the markup around it, with which it is not read.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::formatted_values::{FormattedValue, formatted_values};

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let finding = |FormattedValue { span, value, marks }| {
        let value = file.source.slice(value);
        let finding = Finding::new(span, format!("value in {marks}: expected `{value}`"));
        finding.help(format!("remove the {marks}")).fix(span, value).meant(span, value)
    };
    formatted_values(cx.slate, file).into_iter().map(finding).collect()
}
