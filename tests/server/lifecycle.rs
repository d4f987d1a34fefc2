//! How a conversation begins and ends, and what is no part of one.

use std::time::Duration;

use super::*;

#[test]
fn what_the_server_can_do() {
    let place = project();
    let mut client = Client::start(PROGRAM, place.path(), &[]);
    let answer = client.initialize(&client::capabilities(&["utf-32", "utf-8", "utf-16"]));
    let version = env!("CARGO_PKG_VERSION");
    common::snapshot("server-capabilities", &format!("{answer:#}\n").replace(version, "VERSION"));
    let asked = client.wait(|message| message["method"] == "client/registerCapability");
    common::snapshot("server-watched", &format!("{:#}\n", asked["params"]));
    client.send(&json!({ "jsonrpc": "2.0", "id": asked["id"], "result": null }));
    assert_eq!(client.end(), 0);
}

#[test]
fn what_the_server_does_not_do_is_an_error_and_the_conversation_goes_on() {
    let place = project();
    let mut client = Client::start(PROGRAM, place.path(), &[]);
    let code = |answer: &Value| answer["error"]["code"].as_i64().unwrap();
    assert_eq!(code(&client.request("textDocument/hover", json!({}))), -32002);
    client.notify("textDocument/didOpen", json!({}));
    client.initialize(&client::capabilities(&[]));
    assert_eq!(code(&client.request("initialize", json!({ "capabilities": {} }))), -32600);
    assert_eq!(code(&client.request("textDocument/rename", json!({}))), -32601);
    assert_eq!(code(&client.request("$/unknown", json!({}))), -32601);
    assert_eq!(code(&client.request("textDocument/hover", json!({ "textDocument": 1 }))), -32602);
    assert_eq!(code(&client.request("textDocument/hover", Value::Null)), -32602);
    let refused = client.request("codeAction/resolve", json!({ "title": "x", "data": 1 }));
    assert_eq!(code(&refused), -32602);
    // An answer that is none, and notifications that are unknown or malformed.
    client.send(&json!({ "jsonrpc": "2.0", "id": 77, "result": null }));
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.notify("textDocument/didChange", json!({ "textDocument": { "uri": "file:///x.md" } }));
    client.notify("textDocument/didClose", json!([]));
    let uri = client::uri(&path(&place, "2026/faq.md"));
    client.change(&uri, 1, json!([{ "text": "" }]));
    let logged = client.wait(|message| {
        message["method"] == "window/logMessage" && message["params"]["message"].as_str().unwrap().contains("not open")
    });
    assert_eq!(logged["params"]["type"], 2);
    // What is logged names the text.
    client.open(&uri, 5, "");
    client.change(&uri, 4, json!([{ "text": "# x\n" }]));
    client.open("no uri", 1, "");
    let mut logs = |part: &str| {
        client.wait(|message| {
            message["method"] == "window/logMessage" && message["params"]["message"].as_str().unwrap().contains(part)
        })
    };
    logs("was changed to version 4 after version 5");
    logs("`textDocument/didOpen` of `no uri`: ");
    client.notify("textDocument/didClose", json!({ "textDocument": document(&uri) }));
    // What is no JSON is answered without a number.
    client.send_bytes(b"Content-Length: 3\r\n\r\n{x}");
    assert_eq!(code(&client.wait(|message| message["id"].is_null() && message.get("error").is_some())), -32700);
    // A text that is not open has nothing to show.
    let position = json!({ "line": 0, "character": 0 });
    for what in ["hover", "completion", "definition"] {
        assert_eq!(ask_at(&mut client, what, &uri, position.clone()), Value::Null, "{what}");
    }
    assert_eq!(client.ask("textDocument/documentSymbol", json!({ "textDocument": document(&uri) })), Value::Null);
    let range = json!({ "start": position, "end": position });
    assert_eq!(actions(&mut client, &uri, range, None), Vec::<Value>::new());
    assert_eq!(client.ask("shutdown", Value::Null), Value::Null);
    assert_eq!(code(&client.request("textDocument/hover", json!({}))), -32600);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), 0);
}

#[test]
fn a_cancelled_request_is_answered_as_cancelled() {
    let place = project();
    let uri = client::uri(&path(&place, "2026/faq.md"));
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    client.open(&uri, 1, "# x\n");
    client.diagnostics(&uri, 1);
    let request = |id: Value| {
        let params = json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
        client::framed(
            &json!({ "jsonrpc": "2.0", "id": id, "method": "textDocument/hover", "params": params }).to_string(),
        )
    };
    let cancel = |id: Value| {
        client::framed(&json!({ "jsonrpc": "2.0", "method": "$/cancelRequest", "params": { "id": id } }).to_string())
    };
    // What keeps the server busy comes first, so that the rest waits.
    let edit = json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": "# y\n\n[a](b.md)\n".repeat(3000) }] });
    let edit =
        client::framed(&json!({ "jsonrpc": "2.0", "method": "textDocument/didChange", "params": edit }).to_string());
    let all = [
        edit,
        request(json!(900)),
        request(json!(901)),
        request(json!("a")),
        cancel(json!(901)),
        cancel(json!("a")),
        cancel(json!(12345)),
    ];
    client.send_bytes(all.concat().as_bytes());
    assert_eq!(client.answer(900)["result"], Value::Null);
    let cancelled = client.answer(901);
    assert_eq!(cancelled["error"]["code"], -32800, "{cancelled}");
    assert_eq!(client.wait(|message| message["id"] == "a")["error"]["code"], -32800);
    // One that has been answered is not answered again.
    client.send_bytes(cancel(json!(900)).as_bytes());
    assert_eq!(client.end(), 0);
}

#[test]
fn who_goes_without_a_word_is_gone() {
    let place = project();
    let uri = client::uri(&path(&place, "2026/faq.md"));
    let mut client = Client::start(PROGRAM, place.path(), &[]);
    assert_eq!(client.code(), 1, "before the first word");
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.open(&uri, 1, "# x\n");
    assert_eq!(client.code(), 1, "with a text open");
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), 1, "`exit` without `shutdown`");
    let mut client = Client::start(PROGRAM, place.path(), &[]);
    client.notify("exit", Value::Null);
    assert_eq!(client.code(), 1, "`exit` before `initialize`");
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.send_bytes(b"Content-Length: 1000\r\n\r\n{\"half");
    assert_eq!(client.code(), 1, "amid a message");
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.ask("shutdown", Value::Null);
    assert_eq!(client.code(), 0, "after `shutdown`");
}

#[test]
fn what_is_no_message_ends_the_conversation_with_a_reason() {
    let place = project();
    for (bytes, why) in [
        (&b"hello\r\n\r\n"[..], "malformed header: hello"),
        (b"Content-Length: x\r\n\r\n", "malformed `Content-Length`: `x`"),
        (b"Content-Type: x\r\n\r\n", "header without `Content-Length`"),
    ] {
        let mut client = Client::new(PROGRAM, place.path(), &[]);
        client.send_bytes(bytes);
        // The stream stays open: it is the server that goes.
        while client.receive().is_some() {}
        let said = client.stderr();
        assert!(said.contains(why), "{said}");
        assert_eq!(client.code(), 2);
    }
}

#[test]
fn json_that_is_no_message_is_answered_under_its_id() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    for (text, id, why) in [
        (r#"[{"jsonrpc":"2.0","id":9,"method":"shutdown"}]"#.to_owned(), json!(9), "message is a list of messages"),
        ("[]".to_owned(), Value::Null, "message is a list of messages"),
        ("5".to_owned(), Value::Null, "message is no request or notification"),
        (
            format!(r#"{{"jsonrpc":"2.0","id":77,"method":"textDocument/hover","params":{deep}}}"#),
            json!(77),
            "message is nested too deeply",
        ),
        (
            r#"{"jsonrpc":"2.0","id":99999999999,"method":"textDocument/hover","params":{}}"#.to_owned(),
            json!(99_999_999_999_u64),
            "message is no request or notification of the protocol",
        ),
    ] {
        client.send_bytes(client::framed(&text).as_bytes());
        let answer = client.wait(|message| message.get("error").is_some());
        assert_eq!(answer["id"], id, "{text}: {answer}");
        assert_eq!(answer["error"], json!({ "code": -32600, "message": why }), "{text}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn a_message_that_is_too_large_is_skipped() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.send_bytes(client::framed(&"x".repeat(81 << 20)).as_bytes());
    let said = client.wait(|message| message["method"] == "window/logMessage");
    assert_eq!(said["params"]["message"], "message of 84934656 bytes is larger than 80 MiB: skipped");
    assert_eq!(client.end(), 0);
}

#[test]
fn what_somebody_sees_who_starts_it_by_hand() {
    let place = project();
    let runs = [(&["server"][..], &b"hello\r\n\r\n"[..]), (&["server", "--stdio"], b""), (&["server", "2026"], b"")];
    let shown: Vec<String> = runs.iter().map(|(args, stdin)| place.run_with(args, stdin)).collect();
    common::snapshot("server-by-hand", &shown.join("\n"));
}

#[test]
fn a_message_of_many_bytes_is_read() {
    let place = project();
    let uri = client::uri(&path(&place, "2026/large.md"));
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    let text = format!("# x\n\n{}\n", "words and words ".repeat(1 << 18));
    client.open(&uri, 1, &text);
    client.diagnostics(&uri, 1);
    let end = json!({ "line": 99, "character": 0 });
    client.change(&uri, 2, json!([{ "range": { "start": end, "end": end }, "text": "more" }]));
    client.diagnostics(&uri, 2);
    assert_eq!(client.end(), 0);
}

#[test]
fn a_client_that_promises_bytes_and_sends_none_costs_nothing() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &[]);
    client.send_bytes(format!("Content-Length: {}\r\n\r\n{{", 79 << 20).as_bytes());
    std::thread::sleep(Duration::from_millis(100));
    #[cfg(target_os = "linux")]
    {
        let status = std::fs::read_to_string(format!("/proc/{}/status", client.process())).unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS")).unwrap();
        let kibibytes: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
        assert!(kibibytes < 60 << 10, "{line}");
    }
    assert_eq!(client.code(), 1);
}
