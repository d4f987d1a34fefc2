//! Findings as one JSON document, as the contract describes it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::run::Run;
use super::statistics::counts;
use crate::diagnostics::finding::Fix;
use crate::diagnostics::level::Level;
use crate::output::rule_page::{REPOSITORY, rule_page};
use crate::text::sanitize::sanitize_json;
use crate::text::source::{Position, Source, Span};

#[derive(Serialize)]
struct Document {
    version: u32,
    findings: Vec<JsonFinding>,
    failures: Vec<JsonFailure>,
    notes: Vec<String>,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    statistics: Option<BTreeMap<&'static str, usize>>,
}

#[derive(Serialize)]
struct JsonFinding {
    rule: &'static str,
    /// Where the rule is described.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    level: &'static str,
    message: String,
    help: Option<String>,
    file: String,
    start: JsonPlace,
    end: JsonPlace,
    fingerprint: String,
    related: Vec<JsonRelated>,
    fix: Option<JsonFix>,
}

/// What could not be done; about the run as a whole where it has no file.
#[derive(Serialize)]
struct JsonFailure {
    message: String,
    help: Option<String>,
    file: Option<String>,
    start: Option<JsonPlace>,
    end: Option<JsonPlace>,
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
    start: JsonPlace,
    end: JsonPlace,
}

#[derive(Serialize)]
struct JsonPlace {
    line: usize,
    column: usize,
    offset: usize,
}

impl JsonPlace {
    fn of(position: Position) -> JsonPlace {
        JsonPlace { line: position.line, column: position.column, offset: position.offset }
    }
}

#[derive(Serialize)]
struct Summary {
    files: usize,
    goals: usize,
    errors: usize,
    warnings: usize,
    fixable: usize,
    suppressed: usize,
}

/// The findings of a run as one JSON document, followed by a line end.
pub(crate) fn json(run: &Run<'_>) -> String {
    let current = run.current;
    let mut findings = Vec::new();
    for (warning, place, fingerprint) in run.placed_warnings() {
        findings.push(JsonFinding {
            rule: warning.rule.id,
            url: rule_page(REPOSITORY, warning.rule.id),
            level: Level::Warn.word(),
            message: warning.about.message_alone().to_owned(),
            help: warning.about.advice().map(str::to_owned),
            file: place.shown,
            start: JsonPlace::of(place.start),
            end: JsonPlace::of(place.end),
            fingerprint: fingerprint.to_string(),
            related: Vec::new(),
            fix: None,
        });
    }
    let failures = run.failures.iter().map(|failure| {
        let place = run.place(failure);
        JsonFailure {
            message: failure.message_alone().to_owned(),
            help: failure.advice().map(str::to_owned),
            file: place.as_ref().map(|place| place.shown.clone()),
            start: place.as_ref().map(|place| JsonPlace::of(place.start)),
            end: place.as_ref().map(|place| JsonPlace::of(place.end)),
        }
    });
    for slate in run.slates {
        let files = &slate.slate.files;
        for reported in slate.findings {
            let source = &files[reported.file].source;
            let found = &reported.finding;
            let related = reported.related().into_iter().map(|related| JsonRelated {
                file: slate.shown_path(related.file, current),
                start: start(&files[related.file].source, related.span),
                end: end(&files[related.file].source, related.span),
                message: related.message,
            });
            findings.push(JsonFinding {
                rule: reported.rule,
                url: rule_page(REPOSITORY, reported.rule),
                level: reported.level.word(),
                message: found.message.clone(),
                help: found.help.clone(),
                file: slate.shown_path(reported.file, current),
                start: start(source, found.span),
                end: end(source, found.span),
                fingerprint: reported.fingerprint.to_string(),
                related: related.collect(),
                fix: reported.fix().as_ref().map(fix),
            });
        }
    }
    let (errors, warnings) = run.totals();
    let summary = Summary {
        files: run.slates.iter().map(|slate| slate.counts.files).sum(),
        goals: run.slates.iter().map(|slate| slate.counts.goals).sum(),
        errors,
        warnings,
        fixable: run.fixable(),
        suppressed: run.slates.iter().map(|slate| slate.suppressed).sum(),
    };
    let statistics = run.statistics.then(|| {
        let mut by_rule = BTreeMap::new();
        counts(run).into_iter().for_each(|count| *by_rule.entry(count.rule).or_default() += count.number);
        by_rule
    });
    let document =
        Document { version: 1, findings, failures: failures.collect(), notes: run.notes.to_vec(), summary, statistics };
    let mut text = serde_json::to_string_pretty(&document).unwrap_or_default();
    text.push('\n');
    sanitize_json(&text).into_owned()
}

fn fix(fix: &Fix) -> JsonFix {
    let edit = |(span, text): &(Span, String)| JsonEdit { start: span.start, end: span.end, text: text.clone() };
    JsonFix { message: fix.message.clone(), edits: fix.edits.iter().map(edit).collect() }
}

fn start(source: &Source, span: Span) -> JsonPlace {
    place(source, span.start)
}

fn end(source: &Source, span: Span) -> JsonPlace {
    place(source, span.end)
}

fn place(source: &Source, offset: u32) -> JsonPlace {
    JsonPlace::of(source.position(offset as usize))
}
