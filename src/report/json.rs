//! Findings as one JSON document, as the contract describes it.

use std::path::Path;

use serde::Serialize;

use super::{Checked, Fingerprints, fixable, totals};
use crate::finding::Fix;
use crate::source::{Source, Span};
use crate::visible::visible_json;

#[derive(Serialize)]
struct Document {
    version: u32,
    findings: Vec<JsonFinding>,
    summary: Summary,
}

#[derive(Serialize)]
struct JsonFinding {
    rule: &'static str,
    level: &'static str,
    message: String,
    help: Option<String>,
    file: String,
    start: Place,
    end: Place,
    fingerprint: String,
    related: Vec<JsonRelated>,
    fix: Option<JsonFix>,
}

#[derive(Serialize)]
struct JsonFix {
    message: String,
    edits: Vec<JsonEdit>,
}

#[derive(Serialize)]
struct JsonEdit {
    start: u32,
    end: u32,
    text: String,
}

#[derive(Serialize)]
struct JsonRelated {
    message: String,
    file: String,
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
    offset: usize,
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    goals: usize,
    errors: usize,
    warnings: usize,
    fixable: usize,
}

/// The findings of some slates as one JSON document, with a line end behind it. Paths are as seen from `current`.
pub fn json(checked: &[Checked<'_>], current: &Path) -> String {
    let mut fingerprints = Fingerprints::default();
    let mut findings = Vec::new();
    for slate in checked {
        let files = &slate.slate.files;
        for reported in slate.findings {
            let source = &files[reported.file].source;
            let found = &reported.finding;
            let related = found.related.iter().map(|related| JsonRelated {
                message: related.message.clone(),
                file: slate.shown_path(related.file, current),
                start: start(&files[related.file].source, related.span),
                end: end(&files[related.file].source, related.span),
            });
            findings.push(JsonFinding {
                rule: reported.rule,
                level: reported.level.word(),
                message: found.message.clone(),
                help: found.help.clone(),
                file: slate.shown_path(reported.file, current),
                start: start(source, found.span),
                end: end(source, found.span),
                fingerprint: fingerprints.next(reported.rule, source, found.span),
                related: related.collect(),
                fix: found.fix.as_ref().map(fix),
            });
        }
    }
    let (errors, warnings) = totals(checked.iter().flat_map(|slate| slate.findings));
    let summary = Summary {
        files: checked.iter().map(|slate| slate.counts.files).sum(),
        goals: checked.iter().map(|slate| slate.counts.goals).sum(),
        errors,
        warnings,
        fixable: fixable(checked.iter().flat_map(|slate| slate.findings)),
    };
    let mut text = serde_json::to_string_pretty(&Document { version: 1, findings, summary }).unwrap_or_default();
    text.push('\n');
    visible_json(&text).into_owned()
}

fn fix(fix: &Fix) -> JsonFix {
    let edit = |(span, text): &(Span, String)| JsonEdit { start: span.start, end: span.end, text: text.clone() };
    JsonFix { message: fix.message.clone(), edits: fix.edits.iter().map(edit).collect() }
}

fn start(source: &Source, span: Span) -> Place {
    place(source, span.start)
}

fn end(source: &Source, span: Span) -> Place {
    place(source, span.end)
}

fn place(source: &Source, offset: u32) -> Place {
    let position = source.position(offset as usize);
    Place { line: position.line, column: position.column, offset: position.offset }
}
