//! A label that is defined twice with one target: whoever changes one of the two changes nothing, or not all.

use std::collections::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::definition::Definition;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::definitions::line_of;

pub(crate) fn check(_: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut first: HashMap<&str, &Definition> = HashMap::new();
    let mut findings = Vec::new();
    for definition in file.document.definitions.iter().filter(|definition| !definition.is_footnote()) {
        let earlier = *first.entry(&definition.normal).or_insert(definition);
        // With another target it is reported by `conflicting-definition`.
        if earlier.span == definition.span || source.slice(earlier.target) != source.slice(definition.target) {
            continue;
        }
        let message = format!("duplicate definition of label `{}`", source.slice(definition.label));
        let fix = line_of(source, definition.span).map(|line| (line, String::new()));
        let finding = Finding::new(definition.label, message).help("remove the definition").maybe_fix(fix);
        findings.push(finding.related(file.id, earlier.label, "first definition, which is used"));
    }
    findings
}
