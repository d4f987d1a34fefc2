//! Texts and what is found in them: opened, edited, closed, in each way to count columns.

use super::*;

/// A goal of 2026 with mistakes, in letters of one to four bytes.
pub(super) fn goal(line_end: &str) -> String {
    let text = "\
# Grüne \u{1f600} Übungen TODO

| Metadata         |                       |
|------------------|-----------------------|
| Short title      | Grün \u{1f600}               |
| Contact          | @mara-okafor          |
| Status           | \u{1f600} proposd            |
| Roadmap          | First language        |
| [compilr] champion | @jlindqvist         |

## Summary

Äpfel \u{1f600}\u{1f600} und [Birnen](./no-such-fruit.md) \u{1f600} [more](./faq.md).

## Team asks

| Team      | Support level | Notes |
|-----------|---------------|-------|
| ü\u{1f600} [compilr] | large \u{1f600} |  |
| [types]   | small         |       |
";
    text.replace('\n', line_end)
}

#[test]
fn what_is_found_is_what_lint_finds_in_every_encoding_and_with_every_line_end() {
    let place = project();
    let file = path(&place, "2026/grün.md");
    let uri = client::uri(&file);
    for encoding in ENCODINGS {
        let mut client = Client::new(PROGRAM, place.path(), &[encoding]);
        let mut version = 0;
        client.open(&uri, version, "");
        for text in [goal("\n"), goal("\r\n"), goal("\r"), format!("\u{1f600}\r\n{}", goal("\r\n"))] {
            version += 1;
            client.change(&uri, version, json!([{ "text": text }]));
            let expected = linted(place.path(), &file, &text, encoding);
            assert!(expected.len() > 3 || text.contains("\u{1f600}\r\n#"), "{expected:#?}");
            assert_eq!(client.diagnostics(&uri, version), expected, "{encoding} {text:?}");
        }
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn edits_change_the_text_as_the_client_has_it() {
    let place = project();
    let file = path(&place, "2026/grün.md");
    let uri = client::uri(&file);
    for (encoding, line_end) in [("utf-8", "\n"), ("utf-16", "\r\n"), ("utf-32", "\r"), ("utf-16", "\n")] {
        let mut client = Client::new(PROGRAM, place.path(), &[encoding]);
        let mut text = goal(line_end);
        client.open(&uri, 1, &text);
        client.diagnostics(&uri, 1);
        let replacements = [
            ("proposd", "Proposed"),
            ("\u{1f600} Proposed", "Proposed"),
            ("und", "\u{1f600}\u{1f600}ß"),
            ("ü\u{1f600} [compilr]", "[compiler]"),
            ("# Grüne", "# Gr\u{fc}ner"),
            ("[types]", ""),
            (line_end, ""),
        ];
        for (number, (old, new)) in replacements.into_iter().enumerate() {
            let start = text.find(old).unwrap();
            let range = range_of(&text, start..start + old.len(), encoding);
            let version = i32::try_from(number).unwrap() + 2;
            client.change(&uri, version, json!([{ "range": range, "text": new }]));
            text.replace_range(start..start + old.len(), new);
            let expected = linted(place.path(), &file, &text, encoding);
            assert_eq!(client.diagnostics(&uri, version), expected, "{encoding} {old:?} {text:?}");
        }
        // Several at once, each of the text that those before it left; and places that are not there.
        let end = json!({ "line": 9999, "character": 9999 });
        let changes = json!([
            { "range": { "start": end, "end": end }, "text": "A" },
            { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "B" },
        ]);
        client.change(&uri, 99, changes);
        text = format!("B{text}A");
        assert_eq!(client.diagnostics(&uri, 99), linted(place.path(), &file, &text, encoding), "{text:?}");
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn edits_that_wait_are_answered_once() {
    let place = project();
    let uri = client::uri(&path(&place, "2026/grün.md"));
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    let mut all = String::new();
    let text = json!({ "uri": uri, "languageId": "markdown", "version": 0, "text": goal("\n") });
    let message = |method: &str, params: Value| {
        client::framed(&json!({ "jsonrpc": "2.0", "method": method, "params": params }).to_string())
    };
    all.push_str(&message("textDocument/didOpen", json!({ "textDocument": text })));
    let start = json!({ "line": 10, "character": 0 });
    for version in 1..=300 {
        let changes = json!([{ "range": { "start": start, "end": start }, "text": "x" }]);
        let params = json!({ "textDocument": { "uri": uri, "version": version }, "contentChanges": changes });
        all.push_str(&message("textDocument/didChange", params));
    }
    client.send_bytes(all.as_bytes());
    client.diagnostics(&uri, 300);
    let published = client.inbox.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    assert!(published.count() < 100, "edits were not answered together");
    assert_eq!(client.end(), 0);
}

#[test]
fn texts_of_a_slate_are_the_context_of_each_other() {
    let place = project();
    let (a, b) = (client::uri(&path(&place, "2026/a.md")), client::uri(&path(&place, "2026/b.md")));
    let text = goal("\n").replace("(./no-such-fruit.md)", "(./b.md#pears)");
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    client.open(&a, 1, &text);
    let is_dead = |found: &[Value]| found.iter().any(|one| one["code"] == "dead-link" || one["code"] == "broken-link");
    assert!(is_dead(&client.diagnostics(&a, 1)));
    // A file that is not saved yet is there.
    client.open(&b, 1, "# Fruit\n\n## Pears\n");
    client.diagnostics(&b, 1);
    assert!(!is_dead(&client.published(&a)));
    client.change(&b, 2, json!([{ "text": "# Fruit\n\n## Plums\n" }]));
    client.diagnostics(&b, 2);
    assert!(client.published(&a).iter().any(|one| one["code"] == "dead-anchor"));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": b } }));
    assert!(is_dead(&client.published(&a)));
    client.notify("textDocument/didClose", json!({ "textDocument": { "uri": a } }));
    assert_eq!(client.published(&a), Vec::<Value>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn a_slate_that_is_over_is_shown_in_full_where_a_file_of_it_is_open() {
    let place = project();
    let file = path(&place, "2025h1/async-main.md");
    let text =
        std::fs::read_to_string(&file).unwrap().replace("| Proposed", "| proposed").replace("Accepted ", "accepted ");
    let uri = client::uri(&file);
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    client.open(&uri, 1, &text);
    let found = client.diagnostics(&uri, 1);
    assert_eq!(found, linted(place.path(), &file, &text, "utf-16"));
    assert_eq!(client.end(), 0);
}

#[test]
fn every_file_of_the_fixtures_has_the_findings_of_lint() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    for slate in ["2025h1", "2026"] {
        let mut files: Vec<_> =
            std::fs::read_dir(path(&place, slate)).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        for file in files.iter().take(6) {
            let text = std::fs::read_to_string(file).unwrap().replace("champion", "champoin").replace("@mara", "@mra");
            let uri = client::uri(file);
            client.open(&uri, 1, &text);
            assert_eq!(client.diagnostics(&uri, 1), linted(place.path(), file, &text, "utf-16"), "{}", file.display());
            client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
        }
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_mark_at_the_beginning_is_a_character_of_the_text() {
    let place = project();
    let file = path(&place, "2026/mark.md");
    let uri = client::uri(&file);
    let text = format!("\u{feff}{}", goal("\n"));
    let mut client = Client::new(PROGRAM, place.path(), &["utf-8"]);
    client.open(&uri, 1, &text);
    assert_eq!(client.diagnostics(&uri, 1), linted(place.path(), &file, &text, "utf-8"));
    let start = text.find("TODO").unwrap();
    let range = range_of(&text, start..start + 4, "utf-8");
    client.change(&uri, 2, json!([{ "range": range, "text": "" }]));
    let text = text.replace("TODO", "");
    assert_eq!(client.diagnostics(&uri, 2), linted(place.path(), &file, &text, "utf-8"));
    assert_eq!(client.end(), 0);
}
