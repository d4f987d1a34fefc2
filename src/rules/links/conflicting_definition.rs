//! A label that is defined twice, with two targets: the second is never used.

use std::collections::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::definition::Definition;
use crate::model::slate::File;
use crate::rules::context::LintContext;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut first: HashMap<&str, &Definition> = HashMap::new();
    let mut findings = Vec::new();
    for definition in file.document.definitions.iter().filter(|one| !one.is_footnote()) {
        let earlier = *first.entry(&definition.normal).or_insert(definition);
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
