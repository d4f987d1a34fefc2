//! Which files belong to which project, and what changes on disk.

use super::sync::goal;
use super::*;

fn changed(client: &mut Client, file: &Path) {
    let change = json!({ "uri": client::uri(file), "type": 2 });
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
}

#[test]
fn texts_outside_of_slates_have_no_findings() {
    let place = project();
    place.write("notes/a.md", b"");
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    let outside = client::uri(&place.path().join("notes/a.md"));
    let all =
        [outside.as_str(), "untitled:Untitled-1", "http://example.org/2026/a.md", "file://elsewhere/src/2026/a.md"];
    for uri in all {
        client.open(uri, 1, "# TODO\n\n| a |\n");
        client.change(uri, 2, json!([{ "text": "[x](y.md)\n" }]));
        let position = json!({ "line": 0, "character": 1 });
        for what in ["hover", "completion", "definition"] {
            assert_eq!(ask_at(&mut client, what, uri, position.clone()), Value::Null, "{uri} {what}");
        }
    }
    // Not Markdown, and excluded.
    let toml = client::uri(&path(&place, "goals.toml"));
    client.open(&toml, 1, "x");
    ask_at(&mut client, "hover", &toml, json!({ "line": 0, "character": 0 }));
    for uri in all {
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    ask_at(&mut client, "hover", &toml, json!({ "line": 0, "character": 0 }));
    let published = client.inbox.iter().filter(|message| message["method"] == "textDocument/publishDiagnostics");
    assert_eq!(published.count(), 0);
    assert_eq!(client.end(), 0);
}

#[test]
fn addresses_are_taken_as_they_are_written() {
    let place = project();
    let file = path(&place, "2026/a (1).md");
    let escaped = client::uri(&file);
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    // Editors escape more or less.
    for uri in [escaped.clone(), escaped.replace("%281%29", "(1)"), escaped.replace("%C3%BC", "%c3%bc")] {
        client.open(&uri, 1, &goal("\n"));
        assert!(!client.diagnostics(&uri, 1).is_empty(), "{uri}");
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    // No address at all.
    client.open("file:///a b", 1, "x");
    client.wait(|message| message["method"] == "window/logMessage");
    assert_eq!(client.end(), 0);
}

#[cfg(unix)]
#[test]
fn a_project_can_be_reached_through_a_link() {
    let place = project();
    let link = place.path().join("link");
    std::os::unix::fs::symlink(path(&place, ""), &link).unwrap();
    let file = link.join("2026/grün.md");
    let uri = client::uri(&file);
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    client.open(&uri, 1, &goal("\n"));
    assert_eq!(client.diagnostics(&uri, 1), linted(place.path(), &file, &goal("\n"), "utf-16"));
    assert_eq!(client.end(), 0);
}

#[test]
fn projects_are_apart_from_each_other() {
    let place = project();
    let text = goal("\n");
    place.write("other/goals.toml", b"[lint]\nunknown-status = \"off\"\n");
    place.write("other/src/2026/a.md", text.as_bytes());
    let (a, b) = (path(&place, "2026/a.md"), place.path().join("other/src/2026/a.md"));
    let mut client = Client::new(PROGRAM, Path::new("/"), &["utf-16"]);
    for file in [&a, &b] {
        let uri = client::uri(file);
        client.open(&uri, 1, &text);
        assert_eq!(client.diagnostics(&uri, 1), linted(file.parent().unwrap(), file, &text, "utf-16"));
    }
    let folders = json!({ "event": { "added": [], "removed": [{ "uri": client::uri(place.path()), "name": "x" }] } });
    client.notify("workspace/didChangeWorkspaceFolders", folders);
    client.change(&client::uri(&b), 2, json!([{ "text": text }]));
    client.diagnostics(&client::uri(&b), 2);
    assert_eq!(client.end(), 0);
}

#[test]
fn configuration_is_read_anew_where_it_changes() {
    let place = project();
    let (file, config) = (path(&place, "2026/grün.md"), path(&place, "goals.toml"));
    let (uri, config_uri) = (client::uri(&file), client::uri(&config));
    let before = std::fs::read_to_string(&config).unwrap();
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    client.open(&uri, 1, &goal("\n"));
    let has = |found: &[Value], rule: &str| found.iter().any(|one| one["code"] == rule);
    assert!(has(&client.diagnostics(&uri, 1), "unknown-status"));

    std::fs::write(&config, format!("{before}\n[lint]\nunknown-status = \"off\"\n")).unwrap();
    changed(&mut client, &config);
    assert!(!has(&client.published(&uri), "unknown-status"));

    // Who watches nothing is told with the next edit.
    std::fs::write(&config, format!("{before}\n[lint]\nunknown-team = \"off\"\n")).unwrap();
    client.change(&uri, 2, json!([{ "text": goal("\n") }]));
    let found = client.diagnostics(&uri, 2);
    assert!(has(&found, "unknown-status") && !has(&found, "unknown-team"), "{found:#?}");

    // One that cannot be used is said at its place, and nothing else is.
    std::fs::write(&config, format!("{before}\n[lint]\nno-such-rule = \"off\"\n")).unwrap();
    changed(&mut client, &config);
    let said = client.published(&config_uri);
    assert_eq!(said[0]["severity"], 1, "{said:?}");
    assert!(said[0]["message"].as_str().unwrap().contains("no-such-rule"), "{said:?}");
    let shown = client.wait(|message| message["method"] == "window/showMessage");
    assert!(shown["params"]["message"].as_str().unwrap().contains("no-such-rule"), "{shown}");
    assert_eq!(client.published(&uri), Vec::<Value>::new());

    // Repaired, it is as it was.
    std::fs::write(&config, &before).unwrap();
    client.change(&uri, 3, json!([{ "text": goal("\n") }]));
    assert!(has(&client.diagnostics(&uri, 3), "unknown-status"));
    assert_eq!(client.published(&config_uri), Vec::<Value>::new());

    // Excluded.
    std::fs::write(&config, before.replace("src = ", "exclude = [\"2026/grün.md\"]\nsrc = ")).unwrap();
    changed(&mut client, &config);
    assert_eq!(client.published(&uri), Vec::<Value>::new());
    assert_eq!(client.end(), 0);
}

#[test]
fn the_roster_and_the_files_of_a_slate_are_read_anew() {
    let place = project();
    let file = path(&place, "2026/grün.md");
    let uri = client::uri(&file);
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    let text = goal("\n").replace("[compilr]", "[gardeners]").replace("@mara-okafor", "@nobody-known");
    client.open(&uri, 1, &text);
    let has = |found: &[Value], rule: &str| found.iter().any(|one| one["code"] == rule);
    let found = client.diagnostics(&uri, 1);
    assert!(has(&found, "unknown-team"), "{found:#?}");
    let teams = path(&place, "team/teams.json");
    let known = std::fs::read_to_string(&teams).unwrap();
    let new = known.replacen('{', "{ \"gardeners\": { \"members\": [] },", 1);
    std::fs::write(&teams, new).unwrap();
    changed(&mut client, &teams);
    assert!(!has(&client.published(&uri), "unknown-team"));

    // A page that a link leads to comes and goes.
    assert!(has(&found, "broken-link") || has(&found, "dead-link"), "{found:#?}");
    let fruit = path(&place, "2026/no-such-fruit.md");
    std::fs::write(&fruit, "# Fruit\n").unwrap();
    changed(&mut client, &fruit);
    let found = client.published(&uri);
    assert!(!has(&found, "broken-link") && !has(&found, "dead-link"), "{found:#?}");
    std::fs::remove_file(&fruit).unwrap();
    client.notify("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    let found = client.published(&uri);
    assert!(has(&found, "broken-link") || has(&found, "dead-link"), "{found:#?}");

    // What authors copy.
    let template = path(&place, "2026/TEMPLATE.md");
    std::fs::write(&template, "# TEMPLATE\n\n> Äpfel \u{1f600}\u{1f600} und Birnen, in so vielen Worten.\n").unwrap();
    changed(&mut client, &template);
    client.change(&uri, 2, json!([{ "text": text }]));
    assert_eq!(client.diagnostics(&uri, 2), linted(place.path(), &file, &text, "utf-16"));
    assert_eq!(client.end(), 0);
}
