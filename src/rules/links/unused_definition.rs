//! A definition of an unused label.

use hashbrown::HashSet;

use crate::diagnostics::finding::Finding;
use crate::markdown::definition::Definition;
use crate::markdown::document::LinkKind;
use crate::markdown::label::normalize_label;
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::rules::shared::definitions::{line_of, used};
use crate::rules::shared::undefined_labels;
use crate::text::source::Source;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let source = &file.source;
    let mut used = used(cx.slate, file);
    // `[text](label)` means `[text][label]`, which `dead-link` says.
    let inline = file.document.links.iter().filter(|link| link.kind == LinkKind::Inline);
    used.extend(inline.map(|link| normalize_label(&link.target)));
    let mut seen: HashSet<&str> = HashSet::new();
    let mut meant: Option<HashSet<&str>> = None;
    let mut findings = Vec::new();
    for definition in file.document.definitions.iter().filter(|definition| !definition.is_footnote()) {
        // One that is there twice is reported by `repeated-definition` or `conflicting-definition`.
        let is_first = seen.insert(&definition.normal);
        if !is_first || used.contains(&definition.normal) || is_anchor(source, definition) {
            continue;
        }
        // Which label was meant by it is said by `undefined-label`.
        let meant = meant.get_or_insert_with(|| undefined_labels::meant(cx, file));
        if !meant.contains(definition.normal.as_str()) {
            let label = source.slice(definition.label);
            let finding = Finding::new(definition.label, format!("unused label `{label}`"));
            let fix = line_of(source, definition.span).map(|line| (line, String::new()));
            findings.push(finding.help("remove the definition").maybe_fix(fix));
        }
    }
    findings
}

/// RFCs give their headings labels of their own by habit: `[summary]: #summary`.
fn is_anchor(source: &Source, definition: &Definition) -> bool {
    source.slice(definition.target).starts_with('#')
}
