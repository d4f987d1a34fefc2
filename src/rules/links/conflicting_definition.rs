//! A label that is defined twice, with two targets: the second is never used.

use hashbrown::HashMap;

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
    findings.extend(repeated_footnotes(file));
    findings
}

/// Footnotes with a label that another one has: they are shown nowhere.
fn repeated_footnotes(file: &File) -> Vec<Finding> {
    let mut first = HashMap::new();
    let mut findings = Vec::new();
    for note in file.document.definitions.iter().filter(|definition| definition.is_footnote()) {
        let Some(above) = first.get(note.normal.as_str()).copied() else {
            first.insert(note.normal.as_str(), note.label);
            continue;
        };
        let label = file.source.slice(note.label);
        let finding = Finding::new(note.label, format!("footnote `{label}` is already defined: this one is not shown"));
        findings.push(finding.help("use a different label").related(file.id, above, "first definition, which is used"));
    }
    findings
}
