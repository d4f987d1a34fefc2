//! Findings as a SARIF 2.1.0 log, as GitHub code scanning reads it.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Value, json};
use typed_index_collections::{TiSlice, TiVec};

use super::human::tidy;
use super::run::{Checked, Place, Run};
use super::sarif_rules::{LogRule, rules};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Fix;
use crate::diagnostics::fingerprint::Fingerprint;
use crate::diagnostics::level::Level;
use crate::output::rule_page::REPOSITORY;
use crate::rules::registry::RULES;
use crate::sys::error::Error;
use crate::sys::warning::{RUN_RULES, Warning};
use crate::text::ids::FileId;
use crate::text::sanitize::sanitize_json;
use crate::text::source::{Source, Span};

/// GitHub takes no log with more results.
pub(crate) const MAX_RESULTS: usize = 25_000;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [LogRun; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogRun {
    tool: Tool,
    column_kind: &'static str,
    invocations: [Value; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<LogResult>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    rules: Vec<LogRule>,
    semantic_version: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogResult {
    rule_id: &'static str,
    rule_index: Option<usize>,
    level: &'static str,
    message: Text,
    locations: [Location; 1],
    partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<LogFix>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartialFingerprints {
    primary_location_line_hash: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    uri_base_id: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogFix {
    description: Text,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: Vec<Replacement>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: Text,
}

/// The log of a run. Where there are more findings than GitHub takes, errors come first and a notification says how many are
/// left out.
pub(crate) fn sarif(run: &Run<'_>) -> Result<String, Error> {
    let total = run.number();
    let mut results = Vec::with_capacity(total.min(MAX_RESULTS));
    let warnings = run.placed_warnings();
    results.extend(warnings.iter().take(MAX_RESULTS).map(|(warning, place, print)| about_run(warning, place, *print)));
    // All levels at once, in the order of the files, while there is room.
    let rounds: &[fn(Level) -> bool] =
        if total > MAX_RESULTS { &[|level| level == Level::Error, |level| level != Level::Error] } else { &[|_| true] };
    for wanted in rounds {
        for slate in run.slates {
            let paths: TiVec<FileId, ArtifactLocation> =
                slate.paths_from_top().iter().map(|path| artifact(path)).collect();
            let room = MAX_RESULTS - results.len();
            let findings = slate.findings.iter().filter(|reported| wanted(reported.level)).take(room);
            results.extend(findings.map(|reported| result(slate, reported, &paths)));
        }
    }
    let of_failure = |failure: &Error| {
        let advice = failure.advice().map_or_else(String::new, |advice| format!("\nhelp: {}", plain(advice)));
        let text = plain(failure.message()) + &advice;
        let mut notification = json!({"level": "error", "message": {"text": text}});
        if let Some(place) = run.place(failure) {
            notification["locations"] = json!([{"physicalLocation": physical(&place)}]);
        }
        notification
    };
    let mut notifications: Vec<Value> = run.failures.iter().map(of_failure).collect();
    notifications.extend(run.notes.iter().map(|note| notification("note", note)));
    if total > results.len() {
        let text = format!("{} more findings omitted: GitHub accepts at most {MAX_RESULTS}", total - results.len());
        notifications.push(notification("warning", &text));
    }
    let invocation = json!({
        "executionSuccessful": run.failures.is_empty(),
        "toolExecutionNotifications": notifications,
    });
    let version = env!("CARGO_PKG_VERSION");
    let driver = Driver { name: "goals", rules: rules(REPOSITORY)?, semantic_version: version, version };
    let runs = LogRun {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        invocations: [invocation],
        // Nothing in an empty list would mean that all is well.
        results: (!run.checked_nothing()).then_some(results),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [runs] };
    let mut text = serde_json::to_string_pretty(&log)
        .map_err(|error| Error::new(format!("failed to write the SARIF log: {error}")))?;
    text.push('\n');
    // What is plain stays where it is: the log is long.
    Ok(match sanitize_json(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(safe) => safe,
    })
}

fn result(slate: &Checked<'_>, reported: &Diagnostic, paths: &TiSlice<FileId, ArtifactLocation>) -> LogResult {
    let found = &reported.finding;
    let files = &slate.slate.files;
    let help = found.help.as_deref().map_or_else(String::new, |help| format!("\nhelp: {}", plain(help)));
    let place = |file: FileId, span: Span| PhysicalLocation {
        artifact_location: paths.get(file).cloned().unwrap_or_else(|| artifact("")),
        region: region(&files[file].source, span),
    };
    let related = reported.related().into_iter().enumerate().map(|(index, related)| Location {
        id: Some(index + 1),
        physical_location: place(related.file, related.span),
        message: Some(Text { text: plain(&related.message) }),
    });
    let change = |fix: &Fix| LogFix {
        description: Text { text: plain(&fix.message) },
        artifact_changes: [ArtifactChange {
            artifact_location: paths.get(reported.file).cloned().unwrap_or_else(|| artifact("")),
            replacements: fix
                .edits
                .iter()
                .map(|(span, text)| Replacement {
                    deleted_region: region(&files[reported.file].source, *span),
                    inserted_content: Text { text: text.clone() },
                })
                .collect(),
        }],
    };
    LogResult {
        rule_id: reported.rule,
        rule_index: RULES.iter().position(|rule| rule.id == reported.rule),
        level: reported.level.word(),
        message: Text { text: plain(&found.message) + &help },
        locations: [Location { id: None, physical_location: place(reported.file, found.span), message: None }],
        partial_fingerprints: PartialFingerprints { primary_location_line_hash: reported.fingerprint.to_string() },
        related_locations: related.collect(),
        fixes: reported.fix().iter().map(change).collect(),
    }
}

/// A warning of the run as a result.
fn about_run(warning: &Warning, place: &Place, fingerprint: Fingerprint) -> LogResult {
    let help = warning.about.advice().map_or_else(String::new, |help| format!("\nhelp: {}", plain(help)));
    LogResult {
        rule_id: warning.rule.id,
        rule_index: RUN_RULES.iter().position(|rule| *rule == warning.rule).map(|index| RULES.len() + index),
        level: Level::Warn.word(),
        message: Text { text: plain(warning.about.message_alone()) + &help },
        locations: [Location { id: None, physical_location: physical(place), message: None }],
        partial_fingerprints: PartialFingerprints { primary_location_line_hash: fingerprint.to_string() },
        related_locations: Vec::new(),
        fixes: Vec::new(),
    }
}

fn physical(place: &Place) -> PhysicalLocation {
    let (start, end) = (place.start, place.end);
    PhysicalLocation {
        artifact_location: artifact(&place.from_top),
        region: Region {
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        },
    }
}

fn notification(level: &str, text: &str) -> Value {
    json!({"level": level, "message": {"text": plain(text)}})
}

fn region(source: &Source, span: Span) -> Region {
    let (start, end) = (source.position(span.start as usize), source.position(span.end as usize));
    Region { start_line: start.line, start_column: start.column, end_line: end.line, end_column: end.column }
}

/// A path from the top of the repository as a relative address.
fn artifact(path: &str) -> ArtifactLocation {
    let mut uri = String::with_capacity(path.len());
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    ArtifactLocation { uri, uri_base_id: "%SRCROOT%" }
}

/// A message in which nothing is a link: SARIF reads `[text](target)` as one, also in plain text.
fn plain(text: &str) -> String {
    tidy(text).replace("](", "] (")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(artifact("src/2025h1/a b%é:#?.md").uri, "src/2025h1/a%20b%25%C3%A9%3A%23%3F.md");
    }

    #[test]
    fn no_message_is_a_link() {
        assert_eq!(plain("see [here](https://x.org)"), "see [here] (https://x.org)");
    }
}
