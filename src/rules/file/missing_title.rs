//! A file without any heading, and titles that show nothing.

use crate::diagnostics::finding::Finding;
use crate::markdown::shown::{as_shown, shown};
use crate::model::goal;
use crate::model::slate::{File, FileKind, anchor};
use crate::policy::format::Field;
use crate::rules::context::LintContext;
use crate::text::source::Span;

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    let mut findings = of_file(file);
    let metadata = match file.kind {
        FileKind::Goal(goal) => &cx.slate.goals[goal].metadata,
        FileKind::Roadmap(roadmap) => &cx.slate.roadmaps[roadmap].metadata,
        _ => return findings,
    };
    if let Some(row) = metadata.field(Field::ShortTitle).filter(|row| shows_nothing(&row.value.value)) {
        let finding = Finding::new(row.value.span, "short title without visible text");
        findings.push(finding.help("add visible text, or remove the row"));
    }
    findings
}

/// Whether a text is there, and nothing of it is shown.
fn shows_nothing(markdown: &str) -> bool {
    !markdown.is_empty() && shown(markdown).is_empty()
}

fn of_file(file: &File) -> Vec<Finding> {
    match goal::title(&file.document) {
        Some(title) if title.content.is_empty() => {
            vec![Finding::new(title.span, "empty title").help("add the title after the `#`")]
        }
        Some(title) if as_shown(&title.text).is_empty() => {
            vec![Finding::new(title.content, "title without visible text").help("add visible text")]
        }
        Some(_) => vec![],
        None => {
            let first_line = file.source.line_span(file.source.line_index(anchor(file).start as usize));
            let span = if first_line.is_empty() { Span::at(first_line.start as usize) } else { first_line };
            vec![Finding::new(span, "file without a heading").help("add the title at the start: `# Title`")]
        }
    }
}
