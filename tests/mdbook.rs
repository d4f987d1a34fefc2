//! `goals mdbook`: the pages of a book as mdBook hands them over and gets them back.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use common::{Place, copy, corpus, fixtures, show, snapshot};
use serde_json::{Value, json};

/// The slates of `fixtures/` as a book, as `.ci/book` puts it together.
fn fixture_book() -> Place {
    let place = Place::new();
    for (from, to) in [("2025h1", "src/2025h1"), ("2026", "src/2026"), ("team", "team"), ("../tests/book", ".")] {
        copy(&fixtures().join(from), &place.path().join(to));
    }
    let config = std::fs::read_to_string(fixtures().join("goals.toml")).unwrap();
    place.write("goals.toml", config.replacen("src = \".\"", "src = \"src\"", 1).as_bytes());
    place
}

/// What mdBook hands over for a book: the chapters of SUMMARY.md with their texts.
fn book(root: &Path) -> Value {
    fn add(items: &mut Vec<Value>, depth: usize, chapter: Value) {
        match items.last_mut().filter(|last| depth > 0 && last.get("Chapter").is_some()) {
            Some(last) => add(last["Chapter"]["sub_items"].as_array_mut().unwrap(), depth - 1, chapter),
            None => items.push(chapter),
        }
    }
    let src = root.join("src");
    let mut items = Vec::new();
    let mut numbers: Vec<u32> = Vec::new();
    let mut above: Vec<(usize, String)> = Vec::new();
    for line in std::fs::read_to_string(src.join("SUMMARY.md")).unwrap().lines().map(str::trim_end) {
        if line.starts_with("---") {
            items.push(json!("Separator"));
        }
        if let Some(title) = line.strip_prefix("# ").filter(|title| *title != "Summary") {
            items.push(json!({ "PartTitle": title }));
        }
        let Some((name, path)) = line.split_once("](") else { continue };
        let name = name.trim_start_matches([' ', '-', '*', '[']).replace('`', "");
        let path = path.trim_end_matches(')').trim_start_matches("./");
        let indentation = line.len() - line.trim_start().len();
        let is_numbered = line.trim_start().starts_with(['-', '*']);
        above.retain(|(other, _)| is_numbered && *other < indentation);
        let depth = above.len();
        let parents: Vec<String> = above.iter().map(|(_, name)| name.clone()).collect();
        if is_numbered {
            numbers.resize(depth + 1, 0);
            numbers[depth] += 1;
        }
        let content = if path.is_empty() { String::new() } else { std::fs::read_to_string(src.join(path)).unwrap() };
        let path = (!path.is_empty()).then_some(path);
        let number = is_numbered.then(|| numbers.clone());
        let chapter = json!({"Chapter": {
            "name": name, "content": content, "number": number, "sub_items": [], "path": path, "source_path": path,
            "parent_names": parents,
        }});
        add(&mut items, depth, chapter);
        if is_numbered {
            above.push((indentation, name));
        }
    }
    json!({ "items": items })
}

/// A context and a book, as they come on standard input. `goals` are the keys of `[preprocessor.goals]`.
fn input(root: &Path, goals: &Value, book: &Value) -> Vec<u8> {
    let context = json!({
        "root": root, "renderer": "html", "mdbook_version": "0.5.4",
        "config": {"book": {"title": "Goals", "src": "src"}, "preprocessor": {"goals": goals}},
    });
    serde_json::to_vec(&json!([context, book])).unwrap()
}

/// The chapters of a book in the order of the sidebar: number, name, path and text.
fn chapters(book: &Value) -> Vec<(String, String, String, String)> {
    let mut found = Vec::new();
    for chapter in book["items"].as_array().or(book["sub_items"].as_array()).unwrap().iter() {
        let Some(chapter) = chapter.get("Chapter") else { continue };
        let number = chapter["number"]
            .as_array()
            .map(|number| number.iter().map(Value::to_string).collect::<Vec<_>>().join("."));
        let text = |key: &str| chapter[key].as_str().unwrap_or_default().to_owned();
        found.push((number.unwrap_or_default(), text("name"), text("path"), text("content")));
        found.extend(chapters(chapter));
    }
    found
}

/// The pages of a small book of one slate, rendered: by path, and what was said.
fn pages(place: &Place, files: &[(&str, &str)]) -> (BTreeMap<String, String>, String) {
    let mut items = Vec::new();
    for (path, text) in files {
        place.write(&format!("src/{path}"), text.as_bytes());
        items.push(json!({"Chapter": {
            "name": path, "content": text, "number": null, "sub_items": [], "path": path, "source_path": path,
            "parent_names": [],
        }}));
    }
    let output = place.output(&["mdbook"], &input(place.path(), &json!({}), &json!({ "items": items })));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    let book: Value = serde_json::from_slice(&output.stdout).unwrap();
    (chapters(&book).into_iter().map(|(_, _, path, text)| (path, text)).collect(), said)
}

#[test]
fn the_fixtures_are_a_book() {
    let place = fixture_book();
    let whole = input(place.path(), &json!({"issues": "issues"}), &book(place.path()));
    let output = place.output(&["mdbook"], &whole);
    let rendered: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(place.output(&["mdbook"], &whole).stdout, output.stdout, "the same input gives the same bytes");

    let mut sidebar = String::new();
    for (number, name, path, _) in chapters(&rendered) {
        writeln!(sidebar, "{number:<8}{name} ({path})").unwrap();
    }
    for line in String::from_utf8(output.stderr).unwrap().lines() {
        writeln!(sidebar, "stderr: {line}").unwrap();
    }
    snapshot("mdbook-sidebar", &sidebar);
    let texts: BTreeMap<String, String> =
        chapters(&rendered).into_iter().map(|(_, _, path, text)| (path, text)).collect();
    for (name, path) in [
        ("welcome", "README.md"),
        ("credits", "credits.md"),
        ("goals", "2026/goals.md"),
        ("help-wanted", "2026/help-wanted.md"),
        ("funding", "2026/funding.md"),
        ("roadmap", "2026/roadmap-small-machines.md"),
        ("goal", "2026/errors-that-teach.md"),
        ("old-goal", "2025h1/quiet-test-runs.md"),
        ("progress", "2025h2/goals.md"),
        ("asks", "2025h2/README.md"),
    ] {
        snapshot(&format!("mdbook-{name}"), &texts[path]);
    }
    // What authors copy stays as it is, and so does a page in which nothing is named.
    let written = |path: &str| std::fs::read_to_string(place.path().join("src").join(path)).unwrap();
    assert_eq!(texts["guides/proposing.md"], written("guides/proposing.md"));
    assert!(!texts.contains_key("2026/numbers-with-units.md"), "a goal that is not accepted has no page");
    for (path, text) in texts {
        assert!(!text.contains("(((") || path.ends_with("TEMPLATE.md"), "{path} has a directive left");
    }
}

#[test]
fn every_renderer_is_supported() {
    let place = Place::new();
    for renderer in ["html", "markdown", "epub"] {
        let output = place.output(&["mdbook", "supports", renderer], b"");
        assert_eq!((output.status.code(), output.stdout.len(), output.stderr.len()), (Some(0), 0, 0));
    }
}

#[test]
fn input_that_is_no_book_is_an_error() {
    let place = Place::new();
    place.write("goals.toml", b"");
    let of_version = |version: &str| {
        let context = json!({"root": "/", "renderer": "html", "mdbook_version": version, "config": {}});
        serde_json::to_vec(&json!([context, {"sections": [], "__non_exhaustive": null}])).unwrap()
    };
    let mut text = String::new();
    for input in [&b""[..], b"hello", b"[1, 2]", &of_version("0.4.52"), &of_version("0.5.1")] {
        let output = place.output(&["mdbook"], input);
        assert_eq!(output.status.code(), Some(2));
        writeln!(text, "{}", show(&["mdbook"], &output)).unwrap();
    }
    snapshot("mdbook-no-book", &text);
}

#[test]
fn another_version_of_mdbook_is_a_warning() {
    let place = fixture_book();
    let mut whole: Value =
        serde_json::from_slice(&input(place.path(), &json!({"issues": 7}), &json!({"items": []}))).unwrap();
    whole[0]["mdbook_version"] = json!("0.6.1");
    let output = place.output(&["mdbook"], &serde_json::to_vec(&whole).unwrap());
    snapshot("mdbook-version", &show(&["mdbook"], &output));
}

/// A goal as the newest format has it.
const GOAL: &str = "\
# Less waiting

| Metadata         |              |
|------------------|--------------|
| Point of contact | @Manishearth |
| Status           | Accepted     |
| Tracking issue   | [rust-lang/goals#7] |

## Summary

Builds wait less.

## Team asks

| Team       | Support level | Notes |
|------------|---------------|-------|
| [compiler] | Small         |       |
";

#[test]
fn what_is_broken_is_a_note_and_the_book_is_built() {
    let place = Place::new();
    place.write("book.toml", b"[book]\nsrc = \"src\"\n");
    let broken = GOAL.replacen("|------------------|--------------|\n", "", 1).replace("# Less", "# More");
    let unknown = GOAL.replace("[compiler]", "[compilers]").replace("# Less", "# No").replace("#7", "#8");
    let (pages, said) = pages(
        &place,
        &[
            ("2026/README.md", "# All\n\n(((GOALS)))\n\n(((GOLAS)))\n\n# (((TEAM ASKS)))\n\n(((GOALS: x)))\n"),
            ("2026/waiting.md", GOAL),
            ("2026/broken.md", &broken),
            ("2026/unknown.md", &unknown),
            ("2026/rows.md", "# Rows\n\n(((ROADMAP ROWS: A)))\n\n(((ROADMAP ROWS)))\n\n(((GOALS WITH NEEDS)))\n"),
        ],
    );
    snapshot("mdbook-notes", &said);
    let shown = broken.replace("@Manishearth", "[Manish Goregaokar][]");
    assert!(pages["2026/broken.md"].starts_with(&shown), "{}", pages["2026/broken.md"]);
    assert!(pages["2026/unknown.md"].contains("| Teams | compilers |"), "{}", pages["2026/unknown.md"]);
    assert!(pages["2026/README.md"].contains("(((GOLAS)))\n\n# (((TEAM ASKS)))"), "{}", pages["2026/README.md"]);
}

#[test]
fn names_are_found_on_the_tree_and_definitions_are_those_that_are_used() {
    let place = Place::with(&[("book.toml", "")]);
    let text = "\
# About @Manishearth and [lang]

`@Manishearth`, [of @Manishearth](x.md), <https://x.org/@Manishearth>, a@Manishearth.org, @nobody-at-all.
[lang], [lang][], [the team][lang] and [cargo] have \\[types\\] beside them. ![Help wanted][]

[cargo]: https://example.org/own
[old]: https://example.org/old

```
@Manishearth [lang]
```
";
    let (pages, said) = pages(&place, &[("about.md", text)]);
    assert_eq!(said, "");
    assert_eq!(
        pages["about.md"],
        "\
# About [Manish Goregaokar][] and [lang]

`@Manishearth`, [of @Manishearth](x.md), <https://x.org/@Manishearth>, a@Manishearth.org, @nobody-at-all.
[lang], [lang][], [the team][lang] and [cargo] have \\[types\\] beside them. ![Help wanted][]

[cargo]: https://example.org/own

```
@Manishearth [lang]
```

[Help wanted]: https://img.shields.io/badge/Help%20wanted-yellow
[lang]: http://github.com/rust-lang/lang-team
[Manish Goregaokar]: https://github.com/Manishearth
"
    );
}

#[test]
fn line_ends_and_open_blocks_of_a_page_stay() {
    let place = Place::with(&[("book.toml", "")]);
    let crlf = GOAL.replace('\n', "\r\n");
    let (pages, _) = pages(
        &place,
        &[
            ("2026/waiting.md", &crlf),
            ("open.md", "# Open\n\n@Manishearth\n\n```text\nnever closed"),
            ("plain.md", "# Plain\n\nNobody is named here, and the file ends at once"),
            ("included.md", "# Included\n\n{{#include other.md}}\n\n[a]: https://example.org\n"),
            ("empty.md", ""),
        ],
    );
    let goal = &pages["2026/waiting.md"];
    assert_eq!(goal.matches("\r\n").count(), goal.matches('\n').count(), "{goal:?}");
    assert!(goal.contains("| Teams | [compiler][] |\r\n| Task owners | (none) |\r\n"), "{goal:?}");
    assert_eq!(
        pages["open.md"],
        "# Open\n\n[Manish Goregaokar][]\n\n```text\nnever closed\n```\n\n[Manish Goregaokar]: https://github.com/Manishearth\n"
    );
    assert_eq!(pages["plain.md"], "# Plain\n\nNobody is named here, and the file ends at once");
    assert_eq!(pages["included.md"], "# Included\n\n{{#include other.md}}\n\n[a]: https://example.org\n");
    assert_eq!(pages["empty.md"], "");
}

#[test]
fn what_is_put_in_fits_its_place() {
    let place = Place::with(&[("book.toml", "")]);
    let goal = GOAL.replace("| Status ", "| Roadmap          | Speed        |\n| Status ");
    let list = "\
# List

- one
  (((GOALS)))

> (((#GOALS))) goals
>
> | Goal | When | Why |
> |---|---|---|
> | (((ROADMAP ROWS: Speed))) |
> | (((ROADMAP ROWS: Speed))) |

| Goal |
|---|
| (((ROADMAP ROWS: Nothing))) |
| last |

[compiler]: #list
";
    let (pages, said) = pages(&place, &[("2026/waiting.md", &goal), ("2026/sub/list.md", list)]);
    assert_eq!(said, "");
    let blank = "  ";
    let row = "[Less waiting](../waiting.md) | 2026 | Builds wait less. |";
    let expected = format!(
        "\
# List

- one
{blank}
  | Goal | Point of contact | Progress |
  | :-- | :-- | :-- |
  | [Less waiting](../waiting.md) | [Manish Goregaokar][] | [rust-lang/goals#7] |

> 1 goals
>
> | Goal | When | Why |
> |---|---|---|
> | {row}
> | {row}

| Goal |
|---|
| last |

[Manish Goregaokar]: https://github.com/Manishearth
"
    );
    assert_eq!(pages["2026/sub/list.md"], expected);
}

#[test]
fn quoted_labels_lead_where_the_goal_says() {
    let place = Place::with(&[("book.toml", "")]);
    let goal = GOAL.replace("| [compiler] | Small         |       |", "| [compiler] | Small | Read [it] |").replace(
        "| Status ",
        "| Roadmap | Speed |\n| Highlight | Fast |\n| What and why | Try [cargo][] or [that] |\n| Status ",
    ) + "\n## Ownership and team asks\n\n[it]: https://example.org/it\n[cargo]: <other.md#a>\n[lang]: https://example.org/unused\n";
    let list = "\
# List

(((TEAM ASKS)))

(((HIGHLIGHT TABLE: Fast)))

| Goal | When | Why |
|---|---|---|
| (((ROADMAP ROWS: Speed))) |

See [it] and [that].

[it]: https://example.org/elsewhere
[that]: https://example.org/that
";
    let (pages, _) = pages(&place, &[("2026/waiting.md", &goal), ("2026/list.md", list)]);
    let text = &pages["2026/list.md"];
    assert!(text.contains("| Small |  | Read [it](https://example.org/it) |"), "{text}");
    assert_eq!(text.matches("| Try [cargo](other.md#a) or ").count(), 2, "{text}");
    assert!(text.contains("See [it] and [that].\n\n[it]: https://example.org/elsewhere\n"), "{text}");
}

#[test]
fn what_cannot_be_listed_is_a_note() {
    let place = Place::with(&[("book.toml", "")]);
    let goal = GOAL.replace("| Status ", "| Roadmap | Speed |\n| Highlight | Fast |\n| Status ");
    let list = "\
# List

(((HIGHLIGHT TABLE: Fsat))) (((HIGHLIGHT CREDITS: Nobody)))

(((HIGHLIGHT GOALS: Nobody))) (((GOALS WITH NEEDS: Nobody))) (((ROADMAPS: Nobody)))

(((FUNDING TABLE: Nobody))) (((FLAGSHIP GOALS: Nobody)))

(((GOALS:))) (((FLAGSHIP GOALS:))) (((HIGHLIGHT TABLE:)))

<!-- GOALS:
-->

(((TEAMS WITH ASKS)))

| Goal | When | Why |
|---|---|---|
| (((ROADMAP ROWS: Nobody))) |
| keep me | (((ROADMAP ROWS: Speed))) | and me |
| all of (((ROADMAP ROWS: Speed))) |

(((CHAMPIONS)))

(((CHAMPIONS)))

(((CHAMPIONS)))

(((CHAMPIONS)))
";
    let roadmap = "# Speed\n\n| Metadata | |\n|---|---|\n| Short title | Speed |\n\n## Summary\n\nFast.\n";
    let files = [("2026/waiting.md", goal.as_str()), ("2026/roadmap-speed.md", roadmap), ("2026/list.md", list)];
    let (pages, said) = pages(&place, &files);
    snapshot("mdbook-not-listed", &format!("{said}\n{}", pages["2026/list.md"]));
}

#[test]
fn names_stay_in_code_of_html_and_in_directives_of_mdbook() {
    let place = Place::with(&[("book.toml", "")]);
    let text = "\
{{#title Work of @Manishearth and [lang]}}
# Of [compiler]

<code>@Manishearth</code>, <kbd>a [lang]</kbd>, <samp>@Manishearth</samp>, <CODE><a href=\"x\">[lang]</a> [lang]</CODE>.

{{#include @Manishearth.md}} {{ #include [lang].md }}

A <code>never closed [cargo].
";
    let (pages, said) = pages(&place, &[("a.md", text)]);
    assert_eq!(said, "");
    let definitions =
        "\n[cargo]: https://github.com/rust-lang/cargo\n[compiler]: http://github.com/rust-lang/compiler-team\n";
    assert_eq!(pages["a.md"], format!("{text}{definitions}"));
    // Where the label is defined, code that shows it is kept from being a link; a directive of mdBook has no escapes.
    let (pages, _) = self::pages(&place, &[("b.md", "{{#title Of [lang]}}\n# Of [lang]\n\n<code>[lang]</code>\n")]);
    let expected = "{{#title Of [lang]}}\n# Of [lang]\n\n<code>\\[lang\\]</code>\n\n[lang]: http://github.com/rust-lang/lang-team\n";
    assert_eq!(pages["b.md"], expected);
}

#[test]
fn a_goal_that_is_no_text_is_a_note() {
    let place = Place::with(&[("book.toml", "")]);
    place.write(
        "src/2026/latin.md",
        &GOAL.replace("wait less.", "wait less\u{e9}").chars().map(|c| c as u8).collect::<Vec<_>>(),
    );
    let (_, said) = pages(&place, &[("2026/README.md", "# All\n\n(((GOAL CHAPTERS)))\n")]);
    snapshot("mdbook-no-text", &said);
}

#[test]
fn a_book_may_have_no_slate_and_pages_outside_of_its_directory() {
    let place = Place::with(&[("book.toml", ""), ("CONTRIBUTING.md", "outside")]);
    let (pages, said) = pages(
        &place,
        &[
            (
                "README.md",
                "# A\n\n[lang] has (((#GOALS))) goals. (((TEAM ASKS)))\n\n[a](./README.md) [b](../README.md)\n",
            ),
            ("../outside.md", "@Manishearth\n"),
        ],
    );
    assert_eq!(said, "");
    assert!(
        pages["README.md"].starts_with("# A\n\n[lang] has 0 goals. \n\n[a](./index.md) [b](../README.md)\n"),
        "{pages:?}"
    );
    assert!(pages["../outside.md"].starts_with("[Manish Goregaokar][]\n"));
}

#[test]
fn a_slate_that_cannot_be_read_is_shown_as_written() {
    let place =
        Place::with(&[("goals.toml", "src = \"src\"\n[periods.2026]\nroster = \"nowhere\"\n"), ("book.toml", "")]);
    let (pages, said) = pages(&place, &[("2026/waiting.md", GOAL), ("2025h2/a.md", "@Manishearth\n")]);
    assert_eq!(pages["2026/waiting.md"], GOAL);
    assert!(pages["2025h2/a.md"].starts_with("[Manish Goregaokar][]\n"));
    snapshot("mdbook-unread-slate", &said);
}

#[test]
fn issue_files_that_are_missing_or_wrong_are_notes() {
    let place = fixture_book();
    std::fs::remove_file(place.path().join("issues/2025h2.json")).unwrap();
    place.write("src/2025h1/chapters.md", b"# No reports\n");
    let book = book(place.path());
    let said = |goals: Value| {
        let output = place.output(&["mdbook"], &input(place.path(), &goals, &book));
        assert_eq!(output.status.code(), Some(0));
        String::from_utf8(output.stderr).unwrap()
    };
    let missing = said(json!({"issues": "issues"}));
    place.write("issues/2025h2.json", b"{\"number\": 1}");
    let wrong = said(json!({"issues": "issues"}));
    place.write("issues/2025h2.json", br#"[{"number": 1, "state": "OPEN"}, {"number": 2, "state": 3}]"#);
    let odd = said(json!({"issues": "issues"}));
    place.write("issues/2025h2.json", br#"[{"state": "OPEN"}]"#);
    let unnumbered = said(json!({"issues": "issues"}));
    let outside = said(json!({"issues": "../elsewhere"}));
    snapshot("mdbook-issues", &format!("{missing}\n{wrong}\n{odd}\n{unnumbered}\n{outside}"));
}

#[test]
fn the_real_book_has_all_chapters() {
    let Some(site) = corpus("site", "the_real_book_has_all_chapters") else { return };
    let place = Place::new();
    let root = site.join("input").canonicalize().unwrap();
    let team = root.join("team");
    let args = ["mdbook", "--roster", team.to_str().unwrap()];
    let output = place.output(&args, &input(&root, &json!({"issues": "issues"}), &book(&root)));
    assert_eq!(output.status.code(), Some(0));
    let rendered: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected: Value = serde_json::from_slice(&std::fs::read(site.join("pages/chapters.json")).unwrap()).unwrap();
    // Pages of reports are not rendered.
    let is_report = |chapter: &&Value| chapter["parent_names"].as_array().unwrap().contains(&json!("Reports"));
    let expected = expected.as_array().unwrap().iter().filter(|chapter| !is_report(chapter)).map(|chapter| {
        let number = chapter["number"].as_array();
        let number = number.map(|number| number.iter().map(Value::to_string).collect::<Vec<_>>().join("."));
        (number.unwrap_or_default(), chapter["path"].as_str().unwrap_or_default().to_owned())
    });
    let found: Vec<_> = chapters(&rendered).into_iter().map(|(number, _, path, _)| (number, path)).collect();
    assert_eq!(found, expected.collect::<Vec<_>>());
    let left = chapters(&rendered)
        .into_iter()
        .filter(|(_, _, path, text)| text.contains("(((") && !path.ends_with("TEMPLATE.md"));
    // One page shows what a directive looks like, in code.
    assert_eq!(left.map(|(_, _, path, _)| path).collect::<Vec<_>>(), ["admin/rfc_command.md"]);
}
