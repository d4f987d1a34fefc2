//! A label that is defined twice with one target: whoever changes one of the two changes nothing, or not all.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::definitions::{line_of, repeated};

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings = Vec::new();
    for (earlier, definition) in repeated(file) {
        // With another target it is reported by `conflicting-definition`.
        if source.slice(earlier.target) != source.slice(definition.target) {
            continue;
        }
        let message = format!("duplicate definition of label `{}`", source.slice(definition.label));
        let fix = line_of(source, definition.span).map(|line| (line, String::new()));
        let finding = Finding::new(definition.label, message).help("remove the definition").maybe_fix(fix);
        findings.push(finding.related(file.id, earlier.label, "first definition, which is used"));
    }
    findings
}
