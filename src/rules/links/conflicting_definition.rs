//! A label that is defined twice, with two targets: the second is never used.

use crate::diagnostics::finding::Finding;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::definitions::repeated;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut findings = Vec::new();
    for (earlier, definition) in repeated(file) {
        if source.slice(earlier.target) == source.slice(definition.target) {
            continue;
        }
        let label = source.slice(definition.label);
        let finding =
            Finding::new(definition.label, format!("label `{label}` is already defined with a different URL"));
        let finding = finding.related(file.id, earlier.label, "first definition, which is used");
        findings.push(finding.help("use a different label for this URL, or remove one of the two"));
    }
    findings
}
