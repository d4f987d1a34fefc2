//! A definition of an unused label.

use std::collections::{HashMap, HashSet};

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
    let mut first: HashMap<&str, &Definition> = HashMap::new();
    let mut meant: Option<HashSet<&str>> = None;
    let mut findings = Vec::new();
    for definition in file.document.definitions.iter().filter(|definition| !definition.is_footnote()) {
        let label = source.slice(definition.label);
        let is_unused = !used.contains(&definition.normal) && !is_anchor(source, definition);
        let finding = match first.get(definition.normal.as_str()) {
            Some(earlier) if source.slice(earlier.target) == source.slice(definition.target) => {
                Finding::new(definition.label, format!("duplicate definition of label `{label}`"))
            }
            // Which of the two counts is checked by `conflicting-definition`, and which label was meant by `undefined-label`.
            None if is_unused
                && !meant
                    .get_or_insert_with(|| undefined_labels::meant(cx, file))
                    .contains(definition.normal.as_str()) =>
            {
                Finding::new(definition.label, format!("unused label `{label}`"))
            }
            _ => {
                first.entry(&definition.normal).or_insert(definition);
                continue;
            }
        };
        first.entry(&definition.normal).or_insert(definition);
        let fix = line_of(source, definition.span).map(|line| (line, String::new()));
        findings.push(finding.help("remove the definition").maybe_fix(fix));
    }
    findings
}

/// RFCs give their headings labels of their own by habit: `[summary]: #summary`.
fn is_anchor(source: &Source, definition: &Definition) -> bool {
    source.slice(definition.target).starts_with('#')
}
