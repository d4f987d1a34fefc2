//! A directive of another period, for something that the goals of this one do not have.

use crate::diagnostics::finding::Finding;
use crate::model::slate::{File, FileKind, Slate};
use crate::policy::format::{DirectiveKind, Field};
use crate::rules::context::LintContext;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if matches!(file.kind, FileKind::Goal(_) | FileKind::Broken { .. }) {
        return vec![];
    }
    let judge = |directive: &crate::markdown::directive::Directive| {
        let name = directive.name.value.as_str();
        let lacks = lacking(cx.slate, cx.slate.directive(directive)?)?;
        let message = format!("`{name}` shows {lacks}, which goals of this period do not have");
        Some(Finding::new(directive.span, message).help("remove it"))
    };
    file.directives.iter().filter_map(judge).collect()
}

/// What a directive shows that the period's goals do not have, by its format.
fn lacking(slate: &Slate, kind: &DirectiveKind) -> Option<&'static str> {
    let format = &slate.format;
    let has = |field: Field| format.metadata.rows.values().any(|row| row.field == Some(field) && !row.later);
    match kind {
        DirectiveKind::LevelTable { .. } if format.levels.is_empty() => Some("support levels"),
        DirectiveKind::Roadmaps if format.roadmaps.is_none() => Some("roadmaps"),
        DirectiveKind::Champions if !has(Field::Champion) => Some("champions"),
        DirectiveKind::ValidAsks if format.badge.is_none() => Some("named asks"),
        _ => None,
    }
}
