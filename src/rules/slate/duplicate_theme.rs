//! Two roadmaps or themes under one name.

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::markdown::shown::{comparable, shown};
use crate::policy::format::{DirectiveKind, Field, GoalFilter};
use crate::rules::context::LintContext;
use crate::rules::shared::duplicates::Places;
use crate::text::ids::FileId;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>) -> Vec<(FileId, Finding)> {
    let mut roadmaps = Places::default();
    for roadmap in &cx.slate.roadmaps {
        let short =
            roadmap.metadata.field(Field::ShortTitle).map(|row| &row.value).filter(|short| !short.value.is_empty());
        if let Some(name) = short.or(roadmap.title.as_ref()).filter(|name| !name.value.is_empty()) {
            roadmaps.add(comparable(&shown(&name.value)), (roadmap.file, name.span));
        }
    }
    let help = "choose a unique name";
    let mut findings = roadmaps.findings("duplicate roadmap name", help, "also used here");
    let mut names: HashMap<String, (&str, FileId, Span)> = HashMap::new();
    // One theme may have several directives, in the template and on pages, all in one spelling.
    let of_theme = DirectiveKind::GoalTable { of: GoalFilter::Flagship };
    let directives = cx.slate.files.iter().flat_map(|file| file.directives.iter().map(move |it| (file.id, it)));
    for (file, directive) in directives {
        let Some(theme) = directive.argument.as_ref() else { continue };
        if cx.slate.directive(directive) != Some(&of_theme) || theme.value.is_empty() {
            continue;
        }
        let (first, other, span) =
            *names.entry(comparable(&shown(&theme.value))).or_insert((&theme.value, file, theme.span));
        if first != theme.value {
            let finding = Finding::new(theme.span, format!("theme is spelled `{first}` elsewhere"))
                .help(format!("use `{first}`, or use one spelling everywhere"))
                .related(other, span, "other spelling");
            findings.push((file, finding));
        }
    }
    findings
}
