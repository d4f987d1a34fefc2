//! What holds of every conversation with the language server, whatever an editor does: it answers, and what it says of the open
//! texts is what a new run finds in the same texts. `cargo test` tries it with seeded bytes (tests/server), the target `server` in
//! fuzz/ with whatever a fuzzer comes up with.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, PipeReader, PipeWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use goals::{ColumnUnit, EditorPlace, Level, Options, Served, Session, Source};
use serde_json::{Value, json};

/// What an editor may put into a text.
const PIECES: [&str; 28] = [
    "",
    "x",
    "\n",
    "\r\n",
    "\r",
    "|",
    "\u{1f600}",
    "ä",
    "[",
    "]",
    "](./faq.md)",
    "[lang]",
    "[compilr]",
    "@kofi42",
    "@",
    "# ",
    "## Team asks\n\n",
    "| Team | Support level | Notes |\n|---|---|---|\n| [types] | Small | |\n",
    "| Status | proposed |\n",
    "Proposed",
    "Large",
    "<!-- goals: allow(unknown-team) x -->",
    "<!--",
    "```\n",
    "(((GOALS)))",
    "TODO",
    "\u{feff}",
    "[plan]: ./x.md\n",
];

/// The bytes of a try as choices; the last one is over when they are.
struct Choices<'b>(&'b [u8]);

impl Choices<'_> {
    fn below(&mut self, bound: usize) -> usize {
        let (number, rest) = match self.0 {
            [a, b, rest @ ..] => (usize::from(*a) << 8 | usize::from(*b), rest),
            _ => (0, &[][..]),
        };
        self.0 = rest;
        number % bound.max(1)
    }

    fn is_over(&self) -> bool {
        self.0.is_empty()
    }
}

/// A text that is open.
struct Text {
    version: i64,
    text: String,
}

/// An editor and its server, within this process.
struct Conversation {
    to: Option<PipeWriter>,
    from: BufReader<PipeReader>,
    server: Option<JoinHandle<Served>>,
    next: i64,
    unit: ColumnUnit,
    root: PathBuf,
    texts: BTreeMap<PathBuf, Text>,
    /// What was published last of each address.
    published: BTreeMap<String, (Value, Value)>,
}

/// Plays a conversation about the project at a root, whose files stay as they are.
pub(crate) fn play(root: &Path, bytes: &[u8]) {
    let mut choices = Choices(bytes);
    let unit = [ColumnUnit::Utf8, ColumnUnit::Utf16, ColumnUnit::Utf32][choices.below(3)];
    let mut conversation = Conversation::begin(root, unit);
    while !choices.is_over() {
        conversation.step(&mut choices);
        conversation.compare();
    }
    conversation.end();
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.to_str().unwrap())
}

impl Conversation {
    fn begin(root: &Path, unit: ColumnUnit) -> Conversation {
        let (their_from, to) = std::io::pipe().unwrap();
        let (from, their_to) = std::io::pipe().unwrap();
        let server = std::thread::spawn(move || goals::serve(their_from, their_to, Options::default()).unwrap());
        let mut conversation = Conversation {
            to: Some(to),
            from: BufReader::new(from),
            server: Some(server),
            next: 0,
            unit,
            root: root.to_path_buf(),
            texts: BTreeMap::new(),
            published: BTreeMap::new(),
        };
        let encoding = match unit {
            ColumnUnit::Utf8 => "utf-8",
            ColumnUnit::Utf16 => "utf-16",
            ColumnUnit::Utf32 => "utf-32",
        };
        let action = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
        let can = json!({ "general": { "positionEncodings": [encoding] }, "textDocument": { "codeAction": action } });
        conversation.ask("initialize", json!({ "capabilities": can }));
        conversation.notify("initialized", json!({}));
        conversation
    }

    fn end(mut self) {
        self.ask("shutdown", Value::Null);
        self.notify("exit", Value::Null);
        assert_eq!(self.server.take().unwrap().join().unwrap(), Served::Orderly);
    }

    fn send(&mut self, message: &Value) {
        let text = message.to_string();
        write!(self.to.as_mut().unwrap(), "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
    }

    fn notify(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.receive();
            if message["method"] == "textDocument/publishDiagnostics" {
                let params = &message["params"];
                let address = params["uri"].as_str().unwrap().to_owned();
                self.published.insert(address, (params["version"].clone(), params["diagnostics"].clone()));
            }
            if message["id"] == id {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return message["result"].clone();
            }
        }
    }

    fn receive(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.from.read_line(&mut line).unwrap() > 0, "the server is gone");
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut bytes = vec![0; length];
        self.from.read_exact(&mut bytes).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    }

    /// The files of the project that are opened, one that is not there among them.
    fn path(&self, choices: &mut Choices<'_>) -> PathBuf {
        let names =
            ["README.md", "TEMPLATE.md", "errors-that-teach.md", "roadmap-no-surprises.md", "highlights.md", "new.md"];
        self.root.join("2026").join(names[choices.below(names.len())])
    }

    fn source(&self, path: &Path) -> Source {
        Source::from_bytes("", self.texts[path].text.clone().into_bytes())
    }

    fn place(&self, source: &Source, offset: usize) -> Value {
        let EditorPlace { line, column } = source.editor_place(offset, self.unit, true);
        json!({ "line": line, "character": column })
    }

    /// A place of a text, at times one that is not there.
    fn any_place(&self, path: &Path, choices: &mut Choices<'_>) -> Value {
        let source = self.source(path);
        match choices.below(8) {
            0 => json!({ "line": choices.below(200), "character": choices.below(200) }),
            _ => self.place(&source, choices.below(source.text().len() + 1)),
        }
    }

    fn step(&mut self, choices: &mut Choices<'_>) {
        let path = self.path(choices);
        let document = json!({ "uri": uri(&path) });
        if !self.texts.contains_key(&path) {
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            let item = json!({ "uri": uri(&path), "languageId": "markdown", "version": 1, "text": text });
            self.notify("textDocument/didOpen", json!({ "textDocument": item }));
            self.texts.insert(path, Text { version: 1, text });
            return;
        }
        match choices.below(12) {
            0 => {
                self.texts.remove(&path);
                self.notify("textDocument/didClose", json!({ "textDocument": document }));
            }
            1 => {
                let change = json!({ "uri": uri(&path), "type": 2 });
                self.notify("workspace/didChangeWatchedFiles", json!({ "changes": [change] }));
            }
            2 => {
                let place = self.any_place(&path, choices);
                let what = ["hover", "completion", "definition"][choices.below(3)];
                self.ask(&format!("textDocument/{what}"), json!({ "textDocument": document, "position": place }));
            }
            3 => self.act(&path, choices),
            _ => {
                let changes: Vec<Value> = (0..1 + choices.below(3)).map(|_| self.edit(&path, choices)).collect();
                self.changed(&path, &changes);
            }
        }
    }

    fn changed(&mut self, path: &Path, changes: &[Value]) {
        let text = self.texts.get_mut(path).unwrap();
        text.version += 1;
        let document = json!({ "uri": uri(path), "version": text.version });
        self.notify("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// An edit, which is done to the text here, too.
    fn edit(&mut self, path: &Path, choices: &mut Choices<'_>) -> Value {
        let new = PIECES[choices.below(PIECES.len())].repeat(1 + choices.below(2));
        if choices.below(16) == 0 {
            self.texts.get_mut(path).unwrap().text.clone_from(&new);
            return json!({ "text": new });
        }
        let source = self.source(path);
        let text = source.text();
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let start = boundary(choices.below(text.len() + 1));
        let most = if choices.below(4) == 0 { 200 } else { 3 };
        let end = boundary(start + choices.below(most)).max(start);
        // A place between the bytes of CRLF is that before them.
        let (start, end) = (self.place(&source, start), self.place(&source, end));
        let offset = |place: &Value| {
            let number = |key: &str| u32::try_from(place[key].as_u64().unwrap()).unwrap();
            let place = EditorPlace { line: number("line"), column: number("character") };
            source.offset_of(place, self.unit, true)
        };
        let range = offset(&start)..offset(&end).max(offset(&start));
        let mut text = text.to_owned();
        text.replace_range(range, &new);
        self.texts.get_mut(path).unwrap().text = text;
        json!({ "range": { "start": start, "end": end }, "text": new })
    }

    /// Asks for the actions at a place, and does one of them.
    fn act(&mut self, path: &Path, choices: &mut Choices<'_>) {
        let (start, end) = (self.any_place(path, choices), self.any_place(path, choices));
        let params = json!({
            "textDocument": { "uri": uri(path) },
            "range": { "start": start, "end": end },
            "context": { "diagnostics": [] },
        });
        let found = self.ask("textDocument/codeAction", params);
        let found = found.as_array().unwrap();
        let Some(action) = found.get(choices.below(found.len())) else { return };
        let mut edits: Vec<Value> = action["edit"]["changes"][uri(path)].as_array().unwrap().clone();
        // From the last to the first, so that none moves another; all are of one line or more, and none overlap.
        edits.sort_by_key(|edit| {
            let number = |end: &str, key: &str| edit["range"][end][key].as_u64().unwrap();
            std::cmp::Reverse((
                number("start", "line"),
                number("start", "character"),
                number("end", "line"),
                number("end", "character"),
            ))
        });
        for edit in &edits {
            let source = self.source(path);
            let offset = |end: &str| {
                let number = |key: &str| u32::try_from(edit["range"][end][key].as_u64().unwrap()).unwrap();
                source.offset_of(EditorPlace { line: number("line"), column: number("character") }, self.unit, true)
            };
            let mut text = source.text().to_owned();
            text.replace_range(offset("start")..offset("end"), edit["newText"].as_str().unwrap());
            self.texts.get_mut(path).unwrap().text = text;
        }
        let text = self.texts[path].text.clone();
        self.changed(path, &[json!({ "text": text })]);
    }

    /// Compares what the server says of each open text with what a new run finds in it.
    fn compare(&mut self) {
        let open: Vec<PathBuf> = self.texts.keys().cloned().collect();
        for path in &open {
            let outline = self.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": uri(path) } }));
            assert!(outline.is_array(), "{}: {outline}", path.display());
        }
        let mut session = Session::new(Options::default()).unwrap();
        for (path, text) in &self.texts {
            session.overlay(path, text.text.clone().into_bytes());
        }
        for (path, text) in &self.texts {
            let request = session.find_file(path).unwrap();
            let checked = session.check(&request, false).unwrap();
            let source = self.source(path);
            let expected: Vec<Value> = checked
                .findings
                .iter()
                .map(|found| {
                    let help = found
                        .finding
                        .help
                        .as_deref()
                        .map_or_else(String::new, |help| format!("\nhelp: {}", goals::sanitize(help)));
                    let place = |offset: u32| self.place(&source, offset as usize);
                    let span = found.finding.span;
                    json!({
                        "range": { "start": place(span.start), "end": place(span.end) },
                        "severity": if found.level == Level::Error { 1 } else { 2 },
                        "code": found.rule,
                        "source": "goals",
                        "message": format!("{}{help}", goals::sanitize(&found.finding.message)),
                    })
                })
                .collect();
            let (version, said) = &self.published[&uri(path)];
            assert_eq!(*said, json!(expected), "{}: {:?}", path.display(), text.text);
            assert_eq!(*version, json!(text.version), "{}", path.display());
        }
        let open: BTreeSet<String> = self.texts.keys().map(|path| uri(path)).collect();
        for (address, (_, said)) in self.published.iter().filter(|(address, _)| !open.contains(*address)) {
            assert_eq!(*said, json!([]), "{address} is closed");
        }
    }
}
