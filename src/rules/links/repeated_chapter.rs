//! A page that is in the book's table of contents twice: its chapter is built twice, under one address.

use std::path::Path;

use hashbrown::HashMap;

use crate::diagnostics::finding::Finding;
use crate::links::target::{self, Target};
use crate::model::slate::File;
use crate::rules::context::LintContext;
use crate::text::source::{Source, Span};

/// The table of contents of a book, as mdBook calls it.
const CONTENTS: &str = "SUMMARY.md";

pub(crate) fn check(cx: &LintContext<'_>, file: &File) -> Vec<Finding> {
    if file.source.path() != cx.slate.path_of(CONTENTS) {
        return vec![];
    }
    let mut first = HashMap::new();
    let mut findings = Vec::new();
    for link in file.document.links.iter().filter(|link| !link.image) {
        let Target::Inside(inside) = target::read(cx.slate, file, &link.target) else { continue };
        if inside.anchor.is_some() || Path::new(&inside.path).extension().is_none() {
            continue;
        }
        let Some(above) = first.get(&inside.path).copied() else {
            first.insert(inside.path, link);
            continue;
        };
        let name = inside.written.trim_start_matches("./");
        let finding = Finding::new(link.span, format!("`{name}` is in the table of contents twice"));
        let finding = finding.help("remove one of the two entries").related(file.id, above.span, "first here");
        // Of two that are the same, one may go, unless there are chapters below it.
        let line = file.source.whole_line(link.span.start as usize);
        let is_item =
            file.source.slice(line).trim().trim_start_matches(['-', '*', '+', ' ']) == file.source.slice(link.span);
        let is_same = file.source.slice(link.span) == file.source.slice(above.span);
        let line = (is_item && is_same && !has_chapters_below(&file.source, line)).then_some(line);
        findings.push(finding.maybe_fix(line.map(|line| (line, String::new()))));
    }
    findings
}

/// Whether the line below an entry is further in.
fn has_chapters_below(source: &Source, line: Span) -> bool {
    let indent = |at: u32| source.text()[at as usize..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    indent(line.end) > indent(line.start)
}
