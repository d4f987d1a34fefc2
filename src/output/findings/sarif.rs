//! Findings as a SARIF 2.1.0 log, as GitHub code scanning reads it.

use serde::Serialize;
use serde_json::{Value, json};
use typed_index_collections::{TiSlice, TiVec};

use super::human::tidy;
use super::run::{Checked, Place, Run};
use crate::diagnostics::diagnostic::Diagnostic;
use crate::diagnostics::finding::Fix;
use crate::diagnostics::fingerprint::Fingerprint;
use crate::diagnostics::level::Level;
use crate::output::explain::capitalized;
use crate::output::rule_page::{REPOSITORY, rule_page};
use crate::rules::registry::RULES;
use crate::rules::rule::Rule;
use crate::sys::error::Error;
use crate::sys::warning::{RUN_RULES, RunRule, Warning};
use crate::text::blanks::one_line;
use crate::text::ids::FileId;
use crate::text::sanitize::sanitize_json;
use crate::text::source::{Source, Span};

/// GitHub takes no log with more results.
pub(crate) const MAX_RESULTS: usize = 25_000;

/// The longest description of a rule that GitHub takes, in characters.
const LONGEST: usize = 1024;

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
    tool: Value,
    column_kind: &'static str,
    invocations: [Value; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<LogResult>>,
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
    let mut rules = RULES.iter().map(rule).collect::<Result<Vec<Value>, Error>>()?;
    rules.extend(RUN_RULES.iter().map(|rule| run_rule(rule)));
    rules.iter_mut().for_each(|rule| add_page(rule, REPOSITORY));
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
    let driver = json!({"name": "goals", "version": version, "semanticVersion": version, "rules": rules});
    let runs = LogRun {
        tool: json!({"driver": driver}),
        column_kind: "unicodeCodePoints",
        invocations: [invocation],
        // Nothing in an empty list would mean that all is well.
        results: (!run.checked_nothing()).then_some(results),
    };
    let log = Log { schema: SCHEMA, version: "2.1.0", runs: [runs] };
    let mut text = serde_json::to_string_pretty(&log)
        .map_err(|error| Error::new(format!("failed to write the SARIF log: {error}")))?;
    text.push('\n');
    Ok(sanitize_json(&text).into_owned())
}

/// Adds where a rule is described, if that is known.
fn add_page(rule: &mut Value, repository: &str) {
    if let Some(page) = rule["id"].as_str().and_then(|id| rule_page(repository, id)) {
        rule["helpUri"] = page.into();
    }
}

fn run_rule(rule: &RunRule) -> Value {
    let summary = capitalized(rule.summary);
    json!({
        "id": rule.id,
        "shortDescription": {"text": cut(&summary)},
        "fullDescription": {"text": cut(rule.explanation)},
        "help": {"text": rule.explanation, "markdown": format!("**{summary}.** {}", rule.explanation)},
        "defaultConfiguration": {"level": Level::Warn.word(), "enabled": true},
        "properties": {
            "tags": ["goals"],
            "precision": "very-high",
            "problem.severity": Level::Warn.word(),
        },
    })
}

fn rule(rule: &Rule) -> Result<Value, Error> {
    let default = rule.level()?.in_rfc;
    let summary = capitalized(rule.summary());
    let paragraphs: Vec<String> = rule.explanation().trim().split("\n\n").map(one_line).collect();
    let help = format!("{}\n\nSee `goals explain {}` for examples.", paragraphs.join("\n\n"), rule.id);
    let level = match default {
        Level::Off => "none",
        level => level.word(),
    };
    Ok(json!({
        "id": rule.id,
        "shortDescription": {"text": cut(&summary)},
        "fullDescription": {"text": cut(paragraphs.first().unwrap_or(&summary))},
        "help": {"text": help, "markdown": format!("**{summary}.** {help}")},
        "defaultConfiguration": {"level": level, "enabled": default != Level::Off},
        "properties": {
            "tags": ["goals"],
            "precision": "very-high",
            "problem.severity": if default == Level::Error { "error" } else { "warning" },
        },
    }))
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

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded() {
        assert_eq!(artifact("src/2025h1/a b%é:#?.md").uri, "src/2025h1/a%20b%25%C3%A9%3A%23%3F.md");
    }

    #[test]
    fn a_rule_has_the_address_of_its_page() {
        let page = |repository: &str| {
            let mut described = rule(&RULES[0]).unwrap();
            add_page(&mut described, repository);
            described.get("helpUri").cloned()
        };
        let address = format!("https://example.org/goals/blob/HEAD/docs/rules.md#{}", RULES[0].id);
        assert_eq!(page("https://example.org/goals"), Some(address.into()));
        assert_eq!(page(""), None);
    }

    #[test]
    fn no_message_is_a_link() {
        assert_eq!(plain("see [here](https://x.org)"), "see [here] (https://x.org)");
    }
}
