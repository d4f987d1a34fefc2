//! The language server as an editor sees it: the built program over pipes, with every request, in each way to count columns.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test may stop at the first surprise

mod answers;
mod client;
#[path = "../common/mod.rs"]
mod common;
#[path = "../conversation/mod.rs"]
mod conversation;
mod lifecycle;
mod project;
mod seeded;
mod sync;

use std::path::Path;

use client::Client;
use common::{Place, copy, fixtures};
use serde_json::{Value, json};

/// The ways to count columns.
const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

const PROGRAM: &str = env!("CARGO_BIN_EXE_goals");

/// A copy of the fixtures in a directory whose name an address has to escape.
fn project() -> Place {
    let place = Place::new();
    copy(&fixtures(), &place.path().join("grün \u{1f600} %"));
    place
}

/// The path of a file of that project.
fn path(place: &Place, file: &str) -> std::path::PathBuf {
    place.path().join("grün \u{1f600} %").join(file)
}

/// A line and column of an offset in bytes, counted here as the protocol says.
fn place_of(text: &str, offset: usize, encoding: &str) -> Value {
    let (mut line, mut column) = (0, 0);
    let mut characters = text[..offset].chars().peekable();
    while let Some(c) = characters.next() {
        let is_pair = c == '\r'
            && (characters.peek() == Some(&'\n') || text[offset..].starts_with('\n') && characters.peek().is_none());
        if c == '\n' || c == '\r' && !is_pair {
            (line, column) = (line + 1, 0);
        } else {
            column += match encoding {
                "utf-8" => c.len_utf8(),
                "utf-16" => c.len_utf16(),
                _ => 1,
            };
        }
    }
    json!({ "line": line, "character": column })
}

/// The place of a word in a text, and `into` bytes further.
fn at(text: &str, word: &str, into: usize, encoding: &str) -> Value {
    place_of(text, text.find(word).unwrap_or_else(|| panic!("no {word:?}")) + into, encoding)
}

/// The offset in bytes of a line and column, counted here as well.
fn offset_of(text: &str, place: &Value, encoding: &str) -> usize {
    let (line, column) = (place["line"].as_u64().unwrap(), place["character"].as_u64().unwrap());
    let mut start = 0;
    for _ in 0..line {
        let end = start + text[start..].find(['\n', '\r']).unwrap();
        start = end + if text[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    let places = text[start..].char_indices().map(|(at, _)| at).chain([text.len() - start]);
    let width = |at: usize| match encoding {
        "utf-8" => at,
        "utf-16" => text[start..start + at].encode_utf16().count(),
        _ => text[start..start + at].chars().count(),
    };
    start + places.into_iter().find(|at| width(*at) as u64 == column).unwrap()
}

fn range_of(text: &str, range: std::ops::Range<usize>, encoding: &str) -> Value {
    json!({ "start": place_of(text, range.start, encoding), "end": place_of(text, range.end, encoding) })
}

/// What `goals lint` finds in a text, as the server has to say it.
fn linted(directory: &Path, file: &Path, text: &str, encoding: &str) -> Vec<Value> {
    let file = file.to_str().unwrap();
    let args = ["lint", "-", "--stdin-filename", file, "--format", "json", "--quiet"];
    let output = common::output(directory, &args, text.as_bytes(), &[]);
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let texts = |path: &str| match Path::new(path) == Path::new(file) || directory.join(path) == Path::new(file) {
        true => text.to_owned(),
        false => std::fs::read_to_string(directory.join(path)).unwrap(),
    };
    let range = |of: &Value, text: &str| {
        let offset = |end: &str| usize::try_from(of[end]["offset"].as_u64().unwrap()).unwrap();
        range_of(text, offset("start")..offset("end"), encoding)
    };
    let one = |finding: &Value| {
        let help = finding["help"].as_str().map_or_else(String::new, |help| format!("\nhelp: {help}"));
        let mut said = json!({
            "range": range(finding, text),
            "severity": if finding["level"] == "error" { 1 } else { 2 },
            "code": finding["rule"],
            "source": "goals",
            "message": format!("{}{help}", finding["message"].as_str().unwrap()),
        });
        let related: Vec<Value> = finding["related"]
            .as_array()
            .unwrap()
            .iter()
            .map(|related| {
                let path = related["file"].as_str().unwrap();
                let whole = directory.join(path);
                let location = json!({ "uri": client::uri(&whole), "range": range(related, &texts(path)) });
                json!({ "location": location, "message": related["message"] })
            })
            .collect();
        if !related.is_empty() {
            said["relatedInformation"] = json!(related);
        }
        said
    };
    found["findings"].as_array().unwrap().iter().map(one).collect()
}

/// Applies the edits of one text to it.
fn edited(text: &str, edits: &[Value], encoding: &str) -> String {
    let offset = |place: &Value| offset_of(text, place, encoding);
    let mut edits: Vec<(usize, usize, &str)> = edits
        .iter()
        .map(|edit| (offset(&edit["range"]["start"]), offset(&edit["range"]["end"]), edit["newText"].as_str().unwrap()))
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, new);
    }
    out
}

fn document(uri: &str) -> Value {
    json!({ "uri": uri })
}

/// A request about a place.
fn ask_at(client: &mut Client, what: &str, uri: &str, position: Value) -> Value {
    client.ask(&format!("textDocument/{what}"), json!({ "textDocument": document(uri), "position": position }))
}

/// The code actions for a range.
fn actions(client: &mut Client, uri: &str, range: Value, only: Option<&[&str]>) -> Vec<Value> {
    let mut context = json!({ "diagnostics": [] });
    if let Some(only) = only {
        context["only"] = json!(only);
    }
    let params = json!({ "textDocument": document(uri), "range": range, "context": context });
    client.ask("textDocument/codeAction", params).as_array().unwrap().clone()
}

/// The edits of an action, which are of a version of one text.
fn edits_of(action: &Value, uri: &str, version: i32) -> Vec<Value> {
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({ "uri": uri, "version": version }), "{action}");
    change["edits"].as_array().unwrap().clone()
}
