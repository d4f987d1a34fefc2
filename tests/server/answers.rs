//! Code actions, hover, completion, definition, outline.

use super::sync::goal;
use super::*;

/// A project with one open goal.
fn opened(encoding: &str, text: &str) -> (Place, String, Client) {
    let place = project();
    let uri = client::uri(&path(&place, "2026/grün.md"));
    let mut client = Client::new(PROGRAM, place.path(), &[encoding]);
    client.open(&uri, 1, text);
    client.diagnostics(&uri, 1);
    (place, uri, client)
}

#[test]
fn a_fix_is_an_edit_of_the_version_that_was_asked_about() {
    for (encoding, line_end) in [("utf-8", "\n"), ("utf-16", "\r\n"), ("utf-32", "\r")] {
        let text = goal(line_end);
        let (_place, uri, mut client) = opened(encoding, &text);
        let start = at(&text, "proposd", 3, encoding);
        let found = actions(&mut client, &uri, json!({ "start": start, "end": start }), None);
        assert!(found.iter().any(|action| action["kind"] == "quickfix"), "{found:#?}");
        let start = at(&text, "large", 1, encoding);
        let found = actions(&mut client, &uri, json!({ "start": start, "end": start }), Some(&["quickfix"]));
        for action in found.iter().filter(|action| action["isPreferred"] == true) {
            assert!(action["diagnostics"][0]["code"].is_string());
            let fixed = edited(&text, &edits_of(action, &uri, 1), encoding);
            assert_ne!(fixed, text);
            client.change(&uri, 2, json!([{ "text": fixed }]));
            client.diagnostics(&uri, 2);
            client.change(&uri, 1, json!([{ "text": text }]));
        }
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn all_fixes_are_those_of_lint() {
    for (encoding, line_end) in [("utf-8", "\n"), ("utf-16", "\r\n"), ("utf-32", "\r")] {
        let text = goal(line_end).replace("| large \u{1f600} |", "| large |").replace("\u{1f600} proposd ", "proposed");
        let (place, uri, mut client) = opened(encoding, &text);
        let top = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
        for only in [
            Some(&["source.fixAll"][..]),
            Some(&["source.fixAll.goals"][..]),
            Some(&["source"][..]),
            Some(&[][..]),
            None,
        ] {
            let found = actions(&mut client, &uri, top.clone(), only);
            let all: Vec<_> = found.iter().filter(|action| action["kind"] == "source.fixAll.goals").collect();
            let [action] = all.as_slice() else { panic!("{found:#?}") };
            let action = client.ask("codeAction/resolve", (*action).clone());
            let file = path(&place, "2026/grün.md");
            let args = ["lint", "--fix", "-", "--stdin-filename", file.to_str().unwrap(), "--quiet"];
            let fixed = String::from_utf8(place.output(&args, text.as_bytes()).stdout).unwrap();
            assert_ne!(fixed, text);
            assert_eq!(edited(&text, &edits_of(&action, &uri, 1), encoding), fixed);
        }
        assert_eq!(actions(&mut client, &uri, top.clone(), Some(&["refactor"])), Vec::<Value>::new());
        assert_eq!(actions(&mut client, &uri, top, Some(&["source.organizeImports"])), Vec::<Value>::new());
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn an_action_that_was_offered_for_another_version_is_refused() {
    let text = goal("\n").replace("\u{1f600} proposd ", "proposed");
    let (_place, uri, mut client) = opened("utf-16", &text);
    let top = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let found = actions(&mut client, &uri, top, Some(&["source.fixAll"]));
    client.change(&uri, 2, json!([{ "text": text.replace("Summary", "Summry") }]));
    let answer = client.request("codeAction/resolve", found[0].clone());
    assert_eq!(answer["error"]["code"], -32801, "{answer}");
    assert_eq!(client.end(), 0);
}

#[test]
fn a_finding_can_be_allowed_with_a_reason_to_fill_in() {
    for line_end in ["\n", "\r\n", "\r"] {
        let text = goal(line_end);
        let (place, uri, mut client) = opened("utf-16", &text);
        let file = path(&place, "2026/grün.md");
        let found = linted(place.path(), &file, &text, "utf-16");
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let offered = actions(&mut client, &uri, whole, None);
        let rules: std::collections::BTreeSet<&str> = found.iter().map(|one| one["code"].as_str().unwrap()).collect();
        let mut version = 1;
        for rule in rules {
            let allow = offered
                .iter()
                .find(|action| action["title"].as_str().unwrap().starts_with(&format!("allow `{rule}` ")));
            let action = allow.unwrap_or_else(|| panic!("{rule}: {offered:#?}"));
            let allowed = edited(&text, &edits_of(action, &uri, 1), "utf-16");
            assert!(allowed.contains(&format!("<!-- goals: allow({rule}) *reason* -->")), "{allowed}");
            version += 1;
            client.change(&uri, version, json!([{ "text": allowed }]));
            let now = client.diagnostics(&uri, version);
            // The same in other places is one finding.
            let places = |one: &Value| 1 + one["relatedInformation"].as_array().map_or(0, Vec::len);
            let count = |found: &[Value]| found.iter().filter(|one| one["code"] == rule).map(places).sum::<usize>();
            assert!(count(&now) < count(&found), "{rule}: {now:#?}\n{allowed}");
            assert!(now.iter().any(|one| one["code"] == "malformed-suppression"), "{now:#?}");
            // With a reason nothing is left to say.
            version += 1;
            let reasoned = allowed.replace("*reason*", "agreed with the teams");
            client.change(&uri, version, json!([{ "text": reasoned }]));
            let now = client.diagnostics(&uri, version);
            assert!(now.iter().all(|one| one["code"] != "malformed-suppression"), "{now:#?}");
        }
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn a_comment_that_allows_something_changes_nothing_else() {
    let table = std::fs::read_to_string(fixtures().join("2026/errors-that-teach.md")).unwrap();
    let texts = [
        // A definition directly below a table is a row of it only for a parser.
        (table.replacen("\n\n[channel]", "\n[channel]", 1), "missing-blank-line"),
        (table.replacen("\n\n[channel]", "\n[other]: https://example.org/@c\n\n[channel]", 1), "missing-blank-line"),
        // What is below its heading is below it still.
        (
            table.replacen("## Team asks\n", "### Outputs\n\n*The last outputs that are made*\n\n## Team asks\n", 1),
            "leftover-instruction",
        ),
    ];
    for (text, rule) in texts {
        let (_place, uri, mut client) = opened("utf-16", "");
        client.change(&uri, 2, json!([{ "text": text }]));
        let codes = |found: Vec<Value>| {
            let mut codes: Vec<String> = found.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect();
            codes.sort();
            codes
        };
        let mut before = codes(client.diagnostics(&uri, 2));
        assert!(before.iter().any(|code| code == rule), "{before:?}");
        let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 999, "character": 0 } });
        let offered = actions(&mut client, &uri, whole, None);
        let title = format!("allow `{rule}` ");
        let action = offered.iter().find(|action| action["title"].as_str().unwrap().starts_with(&title)).unwrap();
        let allowed = edited(&text, &edits_of(action, &uri, 2), "utf-16").replace("*reason*", "agreed with the teams");
        client.change(&uri, 3, json!([{ "text": allowed }]));
        before.retain(|code| code != rule);
        let mut after = codes(client.diagnostics(&uri, 3));
        if rule == "missing-blank-line" {
            // Allowed as it is, the line is no definition, which is said of the links that need it.
            after.retain(|code| code != "broken-link");
            assert!(text.lines().all(|line| allowed.lines().any(|same| same == line)), "{allowed}");
        }
        assert_eq!(after, before, "{allowed}");
        assert_eq!(client.end(), 0);
    }
}

/// What is shown at a place, without its range.
fn hover(client: &mut Client, uri: &str, text: &str, word: &str, encoding: &str) -> String {
    let answer = ask_at(client, "hover", uri, at(text, word, 1, encoding));
    answer["contents"]["value"].as_str().unwrap_or("nothing").to_owned()
}

#[test]
fn hover_says_what_things_are() {
    let text = std::fs::read_to_string(fixtures().join("2026/errors-that-teach.md")).unwrap();
    let text = format!(
        "{}<!-- goals: allow(unknown-team) for this test -->\n\n[nowhere](https://example.org)\n",
        text.replace("## Summary", "\u{1f600} @mara-okafor [lang-docs]\n\n## Summary")
    );
    let mut shown = String::new();
    for encoding in ENCODINGS {
        let (_place, uri, mut client) = opened(encoding, &text);
        let mut said = String::new();
        for word in [
            "@mara-okafor",
            "Discontinued",
            "Contact",
            "Roadmap",
            "First language",
            "Errors  ",
            "[compiler] champion",
            "Large",
            "Medium",
            "[types]",
            "## Team asks",
            "## Summary",
            "unknown-team",
            "plan][plan]",
            "Actionable errors](",
            "nowhere](",
            "[lang-docs]\n",
            "Split the",
        ] {
            said.push_str(&format!("--- {word}\n{}\n", hover(&mut client, &uri, &text, word, encoding)));
        }
        let answer = ask_at(&mut client, "hover", &uri, at(&text, "@mara-okafor [lang", 2, encoding));
        let start = text.find("@mara-okafor [lang").unwrap();
        assert_eq!(answer["range"], range_of(&text, start..start + "@mara-okafor".len(), encoding));
        assert!(shown.is_empty() || shown == said, "{said}");
        shown = said;
        assert_eq!(client.end(), 0);
    }
    common::snapshot("server-hover", &shown);
}

#[test]
fn hover_says_what_the_rule_of_a_finding_means() {
    let text = goal("\r\n");
    let (_place, uri, mut client) = opened("utf-16", &text);
    let said = hover(&mut client, &uri, &text, "proposd", "utf-16");
    assert!(said.contains("`unknown-status` (error): checks that "), "{said}");
    assert!(hover(&mut client, &uri, &text, "no-such-fruit", "utf-16").contains("-link` ("));
    assert_eq!(hover(&mut client, &uri, &text, "und", "utf-16"), "nothing");
    assert_eq!(client.end(), 0);
}

/// What can be written where the mark is in a text: the labels, and the line that comes of the wanted one.
fn completed(
    client: &mut Client,
    uri: &str,
    version: &mut i32,
    text: &str,
    (encoding, wanted): (&str, &str),
) -> (Vec<String>, Option<String>) {
    let offset = text.find('\u{2038}').unwrap();
    let text = text.replace('\u{2038}', "");
    *version += 1;
    client.change(uri, *version, json!([{ "text": text }]));
    let list = ask_at(client, "completion", uri, place_of(&text, offset, encoding));
    let items = list["items"].as_array().cloned().unwrap_or_default();
    let line = |text: &str| {
        let start = text[..offset.min(text.len())].rfind('\n').map_or(0, |at| at + 1);
        text[start..].lines().next().unwrap_or_default().to_owned()
    };
    let chosen = items.iter().find(|item| item["label"] == wanted);
    let chosen = chosen.map(|item| line(&edited(&text, std::slice::from_ref(&item["textEdit"]), encoding)));
    (items.iter().map(|item| item["label"].as_str().unwrap().to_owned()).collect(), chosen)
}

#[test]
fn completion_offers_what_the_slate_and_the_roster_know() {
    let text = std::fs::read_to_string(fixtures().join("2026/errors-that-teach.md")).unwrap();
    for encoding in ["utf-8", "utf-16"] {
        let (_place, uri, mut client) = opened(encoding, &text);
        let mut version = 1;
        // What is replaced by what, a label that has to be offered, and the line that comes of it.
        let cases = [
            ("| Discontinued ", "| Pro\u{2038} ", "Proposed", "| Status               | Proposed "),
            ("| Discontinued ", "| \u{2038} ", "Completed", "| Status               | Completed"),
            ("| @mara-okafor ", "| @\u{2038} ", "@kofi42", "| Contact              | @kofi42 "),
            ("| @jlindqvist ", "| \u{2038}", "@jlindqvist", "| [compiler] champion  | @jlindqvist"),
            ("| First language ", "| \u{2038}", "No surprises", "| Roadmap              | No surprises"),
            ("| Errors   ", "| \u{2038}", "Boards and `core`", "| Highlight            | Boards and `core`"),
            ("| Short title ", "| Ti\u{2038} ", "Timespan", "| Timespan "),
            ("| Large   ", "| \u{2038} ", "Medium", "| [compiler]  | Medium"),
            ("| [types]     ", "| \u{2038} ", "types", "| [types]"),
            ("| [types]     ", "| [ty\u{2038}] ", "types", "| [types] "),
            ("## Summary", "## Sum\u{2038}", "Summary", "## Summary"),
            ("## Team asks\n", "## \u{2038}\n", "Team asks", "## Team asks"),
            (
                "](../2025h1/actionable-errors.md)",
                "](\u{2038})",
                "faq.md",
                "Write a lesson for every error that [Actionable errors](./faq.md) has given an advice line,",
            ),
            (
                "](../2025h1/actionable-errors.md)",
                "](./one-budget-of-steps.md#\u{2038})",
                "summary",
                "Write a lesson for every error that [Actionable errors](./one-budget-of-steps.md#summary) has given an advice line,",
            ),
            (
                "](../2025h1/actionable-errors.md)",
                "](#te\u{2038})",
                "team-asks",
                "Write a lesson for every error that [Actionable errors](#team-asks) has given an advice line,",
            ),
            (
                "Translations.",
                "\u{1f600} [pl\u{2038} Translations.",
                "plan",
                "\u{1f600} [plan] Translations. They become easier once the lessons are files, and they need people whom we do not know yet.",
            ),
            (
                "Translations.",
                "\u{1f600} @so\u{2038} x.",
                "@SoltanA",
                "\u{1f600} @SoltanA x. They become easier once the lessons are files, and they need people whom we do not know yet.",
            ),
            (
                "Translations.",
                "![Help\u{2038}",
                "Help wanted",
                "![Help wanted] They become easier once the lessons are files, and they need people whom we do not know yet.",
            ),
            (
                "Translations.",
                "<!-- goals: allow(unk\u{2038}) x -->",
                "unknown-team",
                "<!-- goals: allow(unknown-team) x --> They become easier once the lessons are files, and they need people whom we do not know yet.",
            ),
        ];
        for (old, new, label, line) in cases {
            let changed = text.replacen(old, new, 1);
            assert!(changed.contains('\u{2038}'), "{old}");
            let (labels, written) = completed(&mut client, &uri, &mut version, &changed, (encoding, label));
            let written = written.unwrap_or_else(|| panic!("{encoding} {new:?}: no {label} in {labels:?}"));
            assert!(written.starts_with(line), "{encoding} {new:?}: {written:?}");
        }
        // Running text offers nothing.
        for new in ["Trans\u{2038}", "a (b\u{2038}", "a@b\u{2038}"] {
            let changed = text.replacen("Translations.", new, 1);
            let (labels, _) = completed(&mut client, &uri, &mut version, &changed, (encoding, ""));
            assert_eq!(labels, Vec::<String>::new(), "{new}");
        }
        assert_eq!(client.end(), 0);
    }
}

#[test]
fn nothing_is_offered_or_explained_where_no_name_means_anything() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    for (file, texts) in [
        (
            "2026/new.md",
            &[
                "```rust\n#[de\u{2038}\n```",
                "```rust\n#[de\u{2038}",
                "~~~\n/// @\u{2038}\n~~~",
                "> ```\n> @mara-okafor\u{2038}\n> ```",
                "    #[de\u{2038}",
                "```\n(((GO\u{2038}\n```",
                "```\n## Fre\u{2038}\n```",
                "```\n[x](./f\u{2038}\n```",
                "`Vec<[u\u{2038}`",
                "`Vec<[u\u{2038}",
                "`a` and `` @m\u{2038}",
                "`<!-- goals: allow(unk\u{2038}`",
                "<!-- [te\u{2038} -->",
                "<!-- [te\u{2038}",
                "<!--\n@\u{2038}\n-->",
                "<!--\n\n## S\u{2038}\n",
                "<!-- (((GO\u{2038} -->",
                "\\[te\u{2038}",
                "\\(((GO\u{2038}",
                "[x\\](\u{2038}",
                "arr[i\u{2038}]",
                "- [ \u{2038}",
                "- [\u{2038} ] open",
                "- [x\u{2038}] done",
                "> 1. [X\u{2038}] done",
                "<b title=\"@m\u{2038}\">b</b>",
            ][..],
        ),
        ("2026/goals.md", &["```\n<!-- GO\u{2038}\n```", "`(((GO\u{2038}`", "<!-- [te\u{2038} -->"]),
    ] {
        let uri = client::uri(&path(&place, file));
        client.open(&uri, 1, "");
        let mut version = 1;
        for text in texts {
            let text = format!("# Zz\n\n| Metadata | |\n|:--|--|\n| Status | Proposed |\n\n## Summary\n\n{text}");
            let (labels, _) = completed(&mut client, &uri, &mut version, &text, ("utf-16", ""));
            assert!(labels.is_empty(), "{text:?}: {} of {labels:?}", labels.len());
        }
        // What is no code beside some is as it was.
        for (text, wanted) in
            [("`a` [\u{2038}", "compiler"), ("\\`[\u{2038}", "compiler"), ("- [comp\u{2038}", "compiler")]
        {
            let (labels, _) = completed(&mut client, &uri, &mut version, text, ("utf-16", ""));
            assert!(labels.iter().any(|label| label == wanted), "{text:?}");
        }
        let text = "# x\n\n```\n@mara-okafor [compiler]\n```\n\n`@jlindqvist [lang]` and @SoltanA [types]\n";
        version += 1;
        client.change(&uri, version, json!([{ "text": text }]));
        for (word, is_something) in
            [("@mara", false), ("compiler", false), ("@jl", false), ("lang]", false), ("@Sol", true), ("types", true)]
        {
            let said = hover(&mut client, &uri, text, word, "utf-16");
            assert_eq!(said.contains("@") || said.contains("team"), is_something, "{word}: {said}");
        }
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn files_are_offered_by_the_way_that_is_begun() {
    let text = "# x\n\n## Summary\n\n[old](../2025h1/actionable-errors.md)\n\n";
    let (_place, uri, mut client) = opened("utf-16", text);
    let mut offered = |link: &str| {
        let text = format!("{text}{link}");
        let offset = text.find('\u{2038}').unwrap();
        let text = text.replace('\u{2038}', "");
        client.change(&uri, 2, json!([{ "text": text }]));
        let list = ask_at(&mut client, "completion", &uri, place_of(&text, offset, "utf-16"));
        let items = list["items"].as_array().unwrap().iter();
        let text_of = |of: &Value| of.as_str().unwrap().to_owned();
        items.map(|item| (text_of(&item["textEdit"]["newText"]), text_of(&item["filterText"]))).collect::<Vec<_>>()
    };
    let both = |text: &str| (text.to_owned(), text.to_owned());
    for link in ["[x](\u{2038}", "[x](./\u{2038})", "[x](./fa\u{2038}", "[x](<./fa\u{2038}>)", "[ab]: ./f\u{2038}"] {
        assert!(offered(link).contains(&both("./faq.md")), "{link}");
    }
    assert!(offered("[x](fa\u{2038}").contains(&("./faq.md".to_owned(), "faq.md".to_owned())));
    for link in ["[x](../2025h1/\u{2038})", "[x](../2025h1/act\u{2038}"] {
        let files = offered(link);
        assert!(files.contains(&both("../2025h1/actionable-errors.md")), "{link}: {files:?}");
        assert!(files.iter().all(|(file, _)| file.starts_with("../2025h1/")), "{link}: {files:?}");
    }
    assert!(offered("[x](../2026/\u{2038}").contains(&both("../2026/faq.md")));
    for link in [
        "[x](https://blog.rust-lang.o\u{2038}",
        "[x](https:\u{2038})",
        "[x](mailto:\u{2038}",
        "[x](//x.org/\u{2038}",
        "[ab]: https://x.y/\u{2038}",
        "[x](../nowhere/\u{2038}",
        "[x](../../../../\u{2038}",
        "[x](https://x.y/#\u{2038}",
    ] {
        assert_eq!(offered(link), [], "{link}");
    }
    assert_eq!(client.end(), 0);
}

#[test]
fn completion_in_pages_and_in_the_older_layout() {
    let place = project();
    let mut client = Client::new(PROGRAM, place.path(), &["utf-16"]);
    let offers = |client: &mut Client, file: &str, text: &str, label: &str, line: &str| {
        let uri = client::uri(&path(&place, file));
        let offset = text.find('\u{2038}').unwrap();
        client.open(&uri, 1, "");
        let mut version = 1;
        let (labels, written) = completed(client, &uri, &mut version, text, ("utf-16", label));
        let written = written.unwrap_or_else(|| panic!("no {label} at {offset} of {text:?}: {labels:?}"));
        assert_eq!(written, line);
        client.notify("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    };
    offers(&mut client, "2026/goals.md", "# Goals\n\n(((LAR\u{2038}\n", "LARGE GOALS", "(((LARGE GOALS)))");
    offers(
        &mut client,
        "2026/goals.md",
        "# Goals\n\n(((HIGHLIGHT TABLE: \u{2038})))\n",
        "Errors",
        "(((HIGHLIGHT TABLE: Errors)))",
    );
    offers(&mut client, "2026/goals.md", "# Goals\n\n<!-- TEAM\u{2038}\n", "TEAM ASKS", "<!-- TEAM ASKS -->");
    let old = std::fs::read_to_string(fixtures().join("2025h1/async-main.md")).unwrap();
    let row = "| RFC\u{2038} | ![Team][] [lang] | |";
    let at = old.find("\n## Frequently").unwrap();
    let table = "\n## Ownership and team asks\n\n| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n";
    let (before, after) = (&old[..old.find("\n## Ownership").unwrap()], &old[at..]);
    offers(
        &mut client,
        "2025h1/async-main.md",
        &format!("{before}{table}{row}\n{after}"),
        "RFC decision",
        "| RFC decision | ![Team][] [lang] | |",
    );
    let row = "| Standard reviews | \u{2038} | |";
    offers(
        &mut client,
        "2025h1/async-main.md",
        &format!("{before}{table}{row}\n{after}"),
        "lang",
        "| Standard reviews | ![Team][] [lang] | |",
    );
    assert_eq!(client.end(), 0);
}

#[test]
fn definitions_are_found() {
    let text = std::fs::read_to_string(fixtures().join("2026/errors-that-teach.md")).unwrap();
    let text = text.replace(
        "Translations.",
        "\u{1f600} [here](#team-asks), [faq](./faq.md), [page](faq.html), [web](https://example.org).",
    );
    for encoding in ENCODINGS {
        let (place, uri, mut client) = opened(encoding, &text);
        let read = |file: &str| std::fs::read_to_string(path(&place, file)).unwrap();
        let old = read("2025h1/actionable-errors.md");
        let cases: [(&str, &str, &str, &str); 8] = [
            ("[the plan][plan]", "2026/grün.md", &text, "[plan]: https"),
            ("channel] ", "2026/grün.md", &text, "[channel]: https"),
            ("[here](", "2026/grün.md", &text, "## Team asks"),
            ("[faq](", "2026/faq.md", &read("2026/faq.md"), "# "),
            ("[page](", "2026/faq.md", &read("2026/faq.md"), "# "),
            ("First language", "2026/roadmap-first-language.md", &read("2026/roadmap-first-language.md"), "Lantern"),
            ("last year's goal](", "2025h1/actionable-errors.md", &old, "### The next 6 months"),
            ("Classrooms", "2026/highlights.md", &read("2026/highlights.md"), "(((HIGHLIGHT TABLE: Classrooms"),
        ];
        for (word, file, there, target) in cases {
            let answer = ask_at(&mut client, "definition", &uri, at(&text, word, 2, encoding));
            let link = &answer[0];
            let there_uri = client::uri(&path(&place, file));
            assert_eq!(link["targetUri"], there_uri, "{encoding} {word}: {answer}");
            if word != "First language" {
                assert_eq!(link["targetRange"]["start"], at(there, target, 0, encoding), "{encoding} {word}: {answer}");
            }
            assert!(link["originSelectionRange"].is_object());
        }
        assert_eq!(ask_at(&mut client, "definition", &uri, at(&text, "[web]", 2, encoding)), Value::Null);
        assert_eq!(client.end(), 0);
    }
}

fn outlined(symbols: &Value, depth: usize, out: &mut String) {
    for symbol in symbols.as_array().unwrap() {
        let detail = symbol["detail"].as_str().map_or_else(String::new, |detail| format!(": {detail}"));
        let line = |end: &str| symbol["range"][end]["line"].as_u64().unwrap() + 1;
        let lines = format!("{}-{}", line("start"), line("end"));
        out.push_str(&format!("{}{} ({lines}){detail}\n", "  ".repeat(depth), symbol["name"].as_str().unwrap()));
        if symbol["children"].is_array() {
            outlined(&symbol["children"], depth + 1, out);
        }
    }
}

#[test]
fn the_outline_has_headings_rows_and_asks() {
    let text = std::fs::read_to_string(fixtures().join("2026/errors-that-teach.md")).unwrap();
    let mut shown = String::new();
    for text in [text.clone(), text.replace('\n', "\r\n")] {
        let (_place, uri, mut client) = opened("utf-16", &text);
        let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": document(&uri) }));
        let mut now = String::new();
        outlined(&symbols, 0, &mut now);
        assert!(shown.is_empty() || shown == now, "{now}");
        shown = now;
        assert_eq!(client.end(), 0);
    }
    common::snapshot("server-outline", &shown);
}

#[test]
fn a_client_that_can_do_little_gets_what_it_understands() {
    let place = project();
    let text = goal("\n").replace("\u{1f600} proposd ", "proposed");
    let uri = client::uri(&path(&place, "2026/grün.md"));
    let mut client = Client::start(PROGRAM, place.path(), &["--stdio"]);
    let literals = json!({ "codeActionLiteralSupport": { "codeActionKind": { "valueSet": [] } } });
    let can = client.initialize(&json!({ "textDocument": { "codeAction": literals } }));
    assert_eq!(can["capabilities"]["positionEncoding"], "utf-16");
    client.open(&uri, 1, &text);
    let found = client.diagnostics(&uri, 1);
    assert!(found.iter().all(|one| one.get("relatedInformation").is_none()));
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": document(&uri) }));
    assert_eq!(symbols[1]["location"]["uri"], uri, "{symbols}");
    assert!(symbols[1]["containerName"].is_string());
    let whole = json!({ "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let all = actions(&mut client, &uri, whole, Some(&["source.fixAll"]));
    assert!(all[0]["edit"]["changes"][&uri].is_array(), "{all:?}");
    let answer = ask_at(&mut client, "definition", &uri, at(&text, "more](", 1, "utf-16"));
    assert_eq!(answer["uri"], client::uri(&path(&place, "2026/faq.md")));
    assert!(client.inbox.iter().all(|message| message["method"] != "client/registerCapability"));
    assert_eq!(client.end(), 0);
}
