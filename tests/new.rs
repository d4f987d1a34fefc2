//! `goals new`, as authors and leads meet it: a goal of every period, one that continues another, a slate, every message.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Place, copy, corpus, fixtures, snapshot};

/// Every built-in period, and an ask that it has.
const PERIODS: [(&str, &str); 4] = [
    ("2024h2", "compiler=Standard reviews"),
    ("2025h1", "compiler=r?"),
    ("2025h2", "lang=RFC decision"),
    ("2026", "lang=small"),
];

/// A project that has nothing but a configuration.
fn bare() -> Place {
    Place::with(&[("goals.toml", "# ours\nsite = \"https://goals.example.org\"\n")])
}

/// A project with the slates of the fixtures.
fn lantern() -> Place {
    let place = Place::new();
    copy(&fixtures(), place.path());
    place
}

/// All files of a place, each with its bytes.
fn files(place: &Place) -> BTreeMap<String, Vec<u8>> {
    fn below(directory: &Path, name: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{name}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                below(&path, &format!("{name}/"), found);
            } else {
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    below(place.path(), "", &mut found);
    found
}

/// The files that are not the same in two states.
fn changed(before: &BTreeMap<String, Vec<u8>>, place: &Place) -> Vec<String> {
    let after = files(place);
    let names = before.keys().chain(after.keys());
    let mut changed: Vec<String> = names.filter(|name| before.get(*name) != after.get(*name)).cloned().collect();
    changed.sort();
    changed.dedup();
    changed
}

fn read(place: &Place, name: &str) -> String {
    std::fs::read_to_string(place.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Runs the program and answers its exit code, standard output and standard error.
fn run(place: &Place, args: &[&str]) -> (i32, String, String) {
    let output = place.output(args, b"");
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn runs(place: &Place, all: &[&[&str]]) -> String {
    all.iter().map(|args| place.run(args)).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_goal_of_every_period_has_only_what_its_author_has_to_answer() {
    let mut text = String::new();
    for (period, ask) in PERIODS {
        let place = bare();
        let title = "Count the `lanterns` of *every* street";
        text += &place.run(&["new", title, "--slate", period, "--contact", "@NIKOMATSAKIS", "--team", ask]);
        let name = format!("src/{period}/count-the-lanterns-of-every-street.md");
        text += &format!("\n{}\n", read(&place, &name));
        text += &format!("{}\n", place.run(&["lint"]));
        let (code, found, _) = run(&place, &["lint", "--format", "short"]);
        assert_eq!(code, 0, "{period}: {found}");
        for line in found.lines() {
            assert!(line.contains("[leftover-instruction]") || line.contains("[leftover-owner]"), "{period}: {line}");
        }
    }
    snapshot("new-goals", &text);
}

#[test]
fn who_says_nothing_is_told_what_is_missing() {
    let mut text = String::new();
    for (period, _) in PERIODS {
        let place = bare();
        text += &place.run(&["new", "Count", "--slate", period]);
        text += &place.run(&["lint", "--format", "short"]);
        let (_, found, _) = run(&place, &["lint", "--format", "short"]);
        let errors: Vec<&str> = found.lines().filter(|line| line.contains(": error[")).collect();
        assert_eq!(errors.len(), 2, "{period}: {found}");
        assert!(errors[0].contains("[malformed-contact]") && errors[1].contains("[missing-ask]"), "{found}");
    }
    // Where the RFC lists goals by size, one without an ask is in no list, which is said once.
    let place = bare();
    run(&place, &["new", "--slate", "2026"]);
    run(&place, &["new", "Count"]);
    let (_, found, _) = run(&place, &["lint", "2026", "--format", "short"]);
    assert_eq!(found.matches(": error[").count(), 2, "{found}");
    snapshot("new-goals-open", &text);
}

#[test]
fn an_author_gets_from_an_empty_directory_to_a_linted_goal() {
    let place = Place::new();
    let steps: &[&[&str]] = &[
        &["new", "Count the lanterns"],
        &["new", "--slate", "2026"],
        &["new", "Count the lanterns", "--contact", "@nikomatsakis", "--team", "lang=small"],
        &["lint"],
    ];
    let mut text = runs(&place, steps);
    let name = "src/2026/count-the-lanterns.md";
    let answered = read(&place, name)
        .replace("*owner*", "@nikomatsakis")
        .replace("*Add here what people ask about your goal, with your answers.*\n", "");
    let lines =
        answered.lines().map(|line| if line.starts_with('*') { "We count them, street by street." } else { line });
    place.write(name, (lines.collect::<Vec<_>>().join("\n") + "\n").as_bytes());
    text += &format!("\n{}", place.run(&["lint", name]));
    assert!(text.ends_with("checked 1 goal in 1 file of 2026: 0 errors, 0 warnings\nexit code 0\n"), "{text}");
    snapshot("new-from-nothing", &text);
}

#[test]
fn a_goal_begins_from_the_template_of_its_slate() {
    let place = lantern();
    let mut text = String::new();
    for (slate, ask) in [("2025h1", "compiler=Dedicated reviewer"), ("2026", "lang=large")] {
        text += &place.run(&["new", "Dim the lights", "--slate", slate, "--contact", "mara-okafor", "--team", ask]);
        let name = format!("{slate}/dim-the-lights.md");
        text += &format!("\n{}\n", read(&place, &name));
        text += &format!("{}\n", place.run(&["lint", &name, "--format", "short"]));
    }
    // Without an ask, the rows of the template stay, and none of them is one.
    text += &place.run(&["new", "Light the dims", "--dry-run"]);
    snapshot("new-from-template", &text);
}

#[test]
fn a_template_of_another_format_is_not_used() {
    let template = std::fs::read_to_string(fixtures().join("2025h1/TEMPLATE.md")).unwrap();
    let place = Place::with(&[
        ("src/TEMPLATE.md", &template),
        ("src/2026/README.md", "# x\n"),
        ("src/2025h1/README.md", "# x\n"),
    ]);
    let (_, new, said) = run(&place, &["new", "Dim", "--dry-run"]);
    assert!(new.contains("## Team asks") && !new.contains("## Ownership"), "{new}");
    assert!(said.contains("note: src/TEMPLATE.md does not fit the format of 2026: no section `Team asks`"), "{said}");
    let (_, old, said) = run(&place, &["new", "Dim", "--slate", "2025h1", "--dry-run"]);
    assert!(old.contains("## Ownership and team asks") && !said.contains("does not fit"), "{old}{said}");
    place.write("src/2026/TEMPLATE.md", b"# A template without anything\n");
    let (_, _, said) = run(&place, &["new", "Dim", "--dry-run"]);
    assert!(said.contains("src/2026/TEMPLATE.md does not fit the format of 2026: no metadata table"), "{said}");
}

#[test]
fn line_ends_are_those_of_the_template() {
    let template = std::fs::read_to_string(fixtures().join("2026/TEMPLATE.md")).unwrap();
    let template = format!("\u{feff}{}", template.replace('\n', "\r\n"));
    let place = Place::with(&[("src/2026/TEMPLATE.md", &template)]);
    let (code, ..) = run(&place, &["new", "Dim the lights"]);
    let text = read(&place, "src/2026/dim-the-lights.md");
    assert!(code == 0 && text.starts_with("# Dim the lights\r\n"), "{text:?}");
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
}

#[test]
fn a_template_that_cannot_be_read_is_a_failure() {
    let place = Place::with(&[("src/2026/README.md", "# x\n")]);
    place.write("src/2026/TEMPLATE.md", b"# T\n\n| Metadata | |\n|--|--|\n| Status | \xff |\n");
    let mut text = place.run(&["new", "Dim"]);
    std::fs::remove_file(place.path().join("src/2026/TEMPLATE.md")).unwrap();
    std::fs::create_dir(place.path().join("src/2026/TEMPLATE.md")).unwrap();
    text += &place.run(&["new", "Dim"]);
    snapshot("new-unreadable-template", &text);
}

#[test]
fn a_goal_continues_an_older_one() {
    let old = "\
# Count *all* `lanterns` [again](x.md)

| Metadata         |                        |
|------------------|------------------------|
| Point of contact | @nikomatsakis          |
| Status           | Accepted               |
| Tracking issue   | [#12][issue]           |

## Summary

Words.

## Motivation

Reasons.

## Ownership and team asks

| Task                 | Owner(s) or team(s)                  | Notes                                  |
|----------------------|--------------------------------------|----------------------------------------|
| Count them           | @nikomatsakis                        |                                        |
| Standard reviews     | ![Team][] [compiler], [libs-api][]   | see [the plan](./plan.md)              |
| RFC decision         | ![Team][] [libs]                     | [later][issue][^1] <!-- why? -->       |
| Design meeting       | ![Team][] [lang]                     | ![Complete][]                          |
| Lang-team experiment | ![Team][] [lang]                     | a \\| b                                |
| Applause             | ![Team][] [project-stable-mir]       |                                        |
| Standard reviews     | ![Team][] [no-such-team]             |                                        |

## Frequently asked questions

[issue]: https://github.com/rust-lang/rust/issues/12
[^1]: a footnote
";
    let place = Place::with(&[
        ("src/2025h1/count-lanterns.md", old),
        ("src/2025h1/plan.md", "# The plan\n"),
        ("goals.toml", ""),
    ]);
    run(&place, &["new", "--slate", "2026"]);
    let mut text = place.run(&["new", "--from", "src/2025h1/count-lanterns.md"]);
    text += &format!("\n{}\n", read(&place, "src/2026/count-all-lanterns-again.md"));
    text += &place.run(&["lint", "2026", "--format", "short"]);
    text += "\nWhat is stated counts, and an older format has the same asks:\n\n";
    text += &place.run(&[
        "new",
        "Count more",
        "--from",
        "src/2025h1/count-lanterns.md",
        "--slate",
        "2025h2",
        "--dry-run",
        "--team",
        "lang=Blog",
    ]);
    place.write("src/2025h2/README.md", b"# x\n");
    text += &place.run(&[
        "new",
        "Count more",
        "--from",
        "src/2025h1/count-lanterns.md",
        "--slate",
        "2025h2",
        "--dry-run",
        "--team",
        "lang=Blog",
        "--contact",
        "ehuss",
    ]);
    text += &place.run(&[
        "new",
        "Count more",
        "--from",
        "src/2025h1/count-lanterns.md",
        "--dry-run",
        "--team",
        "libs=small",
    ]);
    snapshot("new-from-older", &text);
}

/// A goal of which not everything has a place in the one that continues it.
const CROWDED: &str = "\
# Count the lanterns

| Metadata         |                                        |
|------------------|----------------------------------------|
| Point of contact | @nikomatsakis and @ehuss               |
| Status           | Accepted                               |
| Zulip channel    | #lanterns                              |
| Tracking issue   | [rust-lang/rust#9], [rust-lang/goals#5] |

## Summary

Words.

## Motivation

Reasons.

## Ownership and team asks

Some words.

| Task             | Owner(s) or team(s)          | Notes         |
|------------------|------------------------------|---------------|
| Light them       | @nikomatsakis                |               |
| RFC decision     | ![Team][]                    |               |
| Standard reviews | ![Team][] [libs-api], [libs] |               |
| Org decision     | ![Team][] [lang]             | ![Complete][] |

### Street lanterns

| Task                   | Owner(s) or team(s) | Notes      |
|------------------------|---------------------|------------|
| Stabilization decision | ![Team][] [lang]    |            |
| Design meeting         | ![Team][] [lang]    | 2 expected |

### `Paper` lanterns

| Task                   | Owner(s) or team(s) | Notes      |
|------------------------|---------------------|------------|
| Stabilization decision | ![Team][] [lang]    |            |
| Stabilization decision | ![Team][] [lang]    |            |
| Design meeting         | ![Team][] [lang]    | 2 expected |

### Other lanterns

- The table is right below.
| Task                   | Owner(s) or team(s)  | Notes |
|------------------------|----------------------|-------|
| Standard reviews       | ![Team][] [compiler] |       |

### Old lanterns

| What | Where | When | Who |
|------|-------|------|-----|
| Ask  | here  | now  | you |

## Frequently asked questions
";

#[test]
fn whatever_an_older_goal_does_not_hand_on_is_said() {
    let place = Place::with(&[("src/2025h1/lanterns.md", CROWDED), ("goals.toml", "")]);
    place.write("src/2026/README.md", b"# x\n");
    place.write("src/2025h2/README.md", b"# x\n");
    let from = ["new", "--from", "src/2025h1/lanterns.md", "--dry-run"];
    let mut text = place.run(&from);
    text += &place.run(&[&from[..], &["--slate", "2025h2"]].concat());
    // The same in no slate: its sections say of which period it is.
    place.write("draft.md", CROWDED.as_bytes());
    text += &place.run(&["new", "--from", "draft.md", "--dry-run"]);
    place.write("odd.md", b"# Odd\n\n| Metadata | |\n|--|--|\n| Point of contact | @ehuss |\n| Status | Proposed |\n");
    text += &place.run(&["new", "--from", "odd.md", "--dry-run"]);
    assert!(text.contains("| [lang] "), "{text}");
    for said in [
        "2 × Stabilization decision (`Paper` lanterns)",
        "Design meeting (Street lanterns): 2 expected; ",
        "[rust-lang/goals#5]",
        "rows outside of a table at src/2025h1/lanterns.md:47",
        "the table at src/2025h1/lanterns.md:53",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    snapshot("new-left-behind", &text);
}

#[test]
fn a_goal_continues_one_of_another_project() {
    let other = lantern();
    let from = other.path().join("2025h1/offline-cargo.md");
    let place = bare();
    place.write("src/2026/README.md", b"# x\n");
    let (code, text, said) = run(&place, &["new", "--from", from.to_str().unwrap(), "--dry-run"]);
    assert_eq!(code, 0, "{said}");
    assert!(text.contains("](https://goals.example.org/2025h1/offline-cargo.html) of 2025h1."), "{text}");
    // Where its site is not known there is nowhere to lead.
    other.write("goals.toml", read(&other, "goals.toml").replace("site = ", "# site = ").as_bytes());
    let (code, text, said) = run(&place, &["new", "--from", from.to_str().unwrap(), "--dry-run"]);
    assert!(code == 0 && !text.contains("This goal continues"), "{text}");
    assert!(said.contains("note: no link to the older goal"), "{said}");
}

#[test]
fn names_are_sound_and_nothing_is_written_over() {
    let place = bare();
    place.write("src/2026/C.MD", b"mine");
    place.write("src/2026/lanterns.md", b"mine");
    let before = files(&place);
    let long = "lantern ".repeat(60);
    let titles = [
        "C",
        "C++",
        "Lanterns",
        "\"Quotes\", 'more' & <b>bold</b>",
        "a/b\\c: d",
        "../../up",
        "🦀",
        "...",
        "CON",
        "README",
        "Index",
        "Goals",
        "Roadmap of lanterns",
        "größer als Łódź",
        long.as_str(),
        "漢字の灯り",
    ];
    let mut text = String::new();
    for title in titles {
        text += &place.run(&["new", "-q", title]);
    }
    let after = files(&place);
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)), "something was written over");
    assert_eq!(after.len(), before.len() + titles.len(), "every title has a file of its own");
    for name in after.keys().filter(|name| !before.contains_key(*name)) {
        let stem = name.strip_prefix("src/2026/").and_then(|name| name.strip_suffix(".md")).unwrap();
        let is_plain = stem.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        assert!(is_plain && !stem.starts_with('-') && stem.len() <= 64, "{name}");
    }
    // Titles are shown as they were typed, and break nothing.
    let (_, list, _) = run(&place, &["list", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(list["goals"].as_array().unwrap().len(), titles.len());
    snapshot("new-names", &text);
    // The same once more: no title twice, nothing written.
    let text: String = titles.iter().take(3).map(|title| place.run(&["new", title])).collect();
    assert_eq!(changed(&after, &place), [""; 0], "nothing is written");
    snapshot("new-duplicate", &text);
}

#[test]
fn no_title_makes_an_error() {
    let place = bare();
    let titles = [
        "<!-- hidden",
        "lanterns <!-- hidden -->",
        "`<!--` in code",
        "[a](b.md)",
        "![a](b.png)",
        "[a][b] and [^1]",
        "[a]: https://example.org",
        "{{#include foo}}",
        "`{{#include foo}}` in code",
        "{{ #title x }}",
        "<!-- goals: allow(missing-ask) no -->",
        "(((LANTERNS)))",
        "`(((LANTERNS)))`",
        "<b>bold",
        "</details>",
        "an ` alone",
        "``two`` and `one`",
        "~~gone~~ **bold** _it_",
        "a | b \\| c",
        "&nbsp; &amp; &lt;",
        "> quoted",
        "- item",
        "1. item",
        "```rust",
        "\\",
        "<https://example.org>",
        "$x$ and {#id}",
        "a ---",
        "===",
    ];
    for title in titles {
        let args = ["new", "-q", "--slate", "2026", "--contact", "@lcnr", "--team", "lang=small", "--", title];
        let (code, file, said) = run(&place, &args);
        assert_eq!(code, 0, "{title}: {said}");
        let file = file.trim();
        let (code, found, _) = run(&place, &["lint", file, "--format", "short"]);
        assert!(code == 0, "{title}: {found}{}", read(&place, file).lines().next().unwrap_or_default());
        std::fs::remove_file(place.path().join(file)).unwrap();
    }
    // Nobody would see what these have, nor find the goal by its title.
    for title in ["a\u{202e}b", "\u{feff}bom", "\u{202a}", "bell\u{7}"] {
        let (code, _, said) = run(&place, &["new", title, "--slate", "2026"]);
        assert!(code == 2 && said.contains("the title contains the hidden character U+"), "{title:?}: {said}");
    }
}

#[test]
fn a_directory_that_is_no_slate_takes_no_goal() {
    let place = Place::with(&[("2026/README.md", "# x\n"), ("other/README.md", "# x\n")]);
    let mut text = runs(
        &place,
        &[
            &["new", "Dim", "--slate", "other"],
            &["new", "Dim", "--slate", "/etc"],
            &["new", "Dim", "--slate", ""],
            &["list", ""],
            &["new", "Dim", "--slate", "2026", "-q"],
            &["new", "Dim", "--slate", "other", "--period", "2026", "-q"],
            // It has one now.
            &["new", "Dim more", "--slate", "other", "-q"],
            &["list", "2026"],
        ],
    );
    for command in ["rfc", "asks", "fcp"] {
        let (_, _, said) = run(&place, &[command, "2026"]);
        assert!(!said.contains("failed to read"), "{command}: {said}");
    }
    // An empty one is found as well.
    std::fs::create_dir(place.path().join("2027")).unwrap();
    text += &place.run(&["new", "Dim", "--slate", "2027", "--period", "2026"]);
    snapshot("new-no-slate", &text);
}

#[test]
fn a_directory_in_the_place_of_a_file_is_said() {
    let place = Place::with(&[("goals.toml", ""), ("src/2026/README.md", "# x\n"), ("src/SUMMARY.md/x.md", "x")]);
    let mut text = place.run(&["new", "--slate", "2027"]);
    place.write("src/2026/lanterns.md", b"# Count `all` lanterns\n\n| Metadata | |\n|--|--|\n| Status | Proposed |\n");
    text += &place.run(&["new", "Count `all` lanterns"]);
    text += &place.run(&["new", "--from", "src/2026/README.md"]);
    snapshot("new-in-the-way", &text);
}

#[test]
#[cfg(target_os = "linux")]
fn the_name_of_a_goal_is_not_lost_with_standard_output() {
    let place = bare();
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_goals"));
    let args = ["new", "-q", "Dim", "--slate", "2026"];
    let output = command.args(args).current_dir(place.path()).stdout(full).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && said.contains("wrote src/2026/dim.md\n"), "{said}");
    assert!(place.path().join("src/2026/dim.md").exists());
}

#[test]
fn a_dry_run_prints_what_would_be_written() {
    let place = lantern();
    let before = files(&place);
    let args = ["new", "Dim the lights", "--team", "lang=small", "--contact", "kofi42"];
    let (code, text, said) = run(&place, &[&args[..], &["--dry-run"]].concat());
    assert_eq!((code, said.as_str()), (0, "would write 2026/dim-the-lights.md\n"));
    let slate = place.run(&["new", "--slate", "2027", "--dry-run"]);
    assert_eq!(changed(&before, &place), [""; 0], "nothing is written");
    snapshot("new-dry-run", &slate);
    run(&place, &args);
    assert_eq!(read(&place, "2026/dim-the-lights.md"), text);
}

#[test]
fn every_mistake_is_answered() {
    let place = lantern();
    place.write("notes.md", b"# Notes\n");
    place.write("2025h1/broken.md", b"# Broken\n\n## Summary\n\n## Motivation\n\n## Ownership and team asks\n");
    let before = files(&place);
    let text = runs(
        &place,
        &[
            &["new"],
            &["new", ""],
            &["new", "a\u{7}b"],
            &["new", "Dim", "--slate", "2027"],
            &["new", "Dim", "--slate", "2025h3"],
            &["new", "Dim", "--slate", "2026/README.md"],
            &["new", "Dim", "--team", "lnag=small"],
            &["new", "Dim", "--team", "xyzzy"],
            &["new", "Dim", "--team", "doctests=small", "--dry-run"],
            &["new", "Dim", "--team", "lang=smal"],
            &["new", "Dim", "--team", "lang=huge"],
            &["new", "Dim", "--team", "lang", "--team", "Lang=large"],
            &["new", "Dim", "--slate", "2025h1", "--team", "lang=medium"],
            &["new", "Dim", "--slate", "2025h1", "--team", "lang=RFC decison"],
            &["new", "Dim", "--slate", "2025h1", "--team", "lang"],
            &["new", "Dim", "--slate", "2025h1", "--team", "compiler=Lang-team experiment"],
            &["new", "Dim", "--contact", "@a @b"],
            &["new", "Dim", "--contact", "@your-username"],
            &["new", "- item's lanterns"],
            &["new", "--contract", "me", "a title"],
            &["new", "Dim", "--contact", "mara-okafr", "--dry-run", "--team", "lang"],
            &["new", "sign the directories that offline builds read"],
            &["new", "--from", "2025h1"],
            &["new", "--from", "2025h1/offline-crago.md"],
            &["new", "--from", "2025h1/README.md"],
            &["new", "--from", "2025h1/broken.md"],
            &["new", "--from", "notes.md"],
            &["new", "--from", "2026/roadmap-no-surprises.md"],
            &["new", "--from", "2026/roadmap-no-surprises.md", "--slate", "2025h1"],
            &["new", "--slate", "2027", "--contact", "mara-okafor"],
            &["new", "--slate", "2027", "--period", "2026"],
            &["new", "--slate", "2027h3"],
            &["new", "--slate", "2026"],
        ],
    );
    assert_eq!(changed(&before, &place), [""; 0], "nothing is written");
    snapshot("new-mistakes", &text);
}

#[test]
fn a_slate_of_every_period_begins_without_error() {
    let mut text = String::new();
    for period in PERIODS.iter().map(|(period, _)| *period).chain(["2027"]) {
        let place = bare();
        text += &place.run(&["new", "--slate", period]);
        let (code, found, said) = run(&place, &["lint", &format!("src/{period}"), "--format", "short"]);
        assert_eq!(code, 0, "{period}: {found}{said}");
        text += &format!("{found}\n");
        let (code, rfc, said) = run(&place, &["rfc", period, "--allow-errors"]);
        assert_eq!(code, 0, "{period}: {said}");
        assert!(rfc.starts_with(&format!("- Feature Name: `project_goals_{period}`\n- Start Date: ")), "{rfc}");
        let config = read(&place, "goals.toml");
        assert!(config.starts_with("# ours\n"), "{config}");
        assert_eq!(config.contains("[periods."), period == "2027", "{config}");
        // And its first goal is in the RFC.
        let ask = if period < "2026" { "lang=RFC decision" } else { "lang=small" };
        run(&place, &["new", "Count the lanterns", "--contact", "nikomatsakis", "--team", ask]);
        let (code, rfc, said) = run(&place, &["rfc"]);
        assert!(code == 0 && rfc.contains("[Count the lanterns](https://goals.example.org/"), "{period}: {said}{rfc}");
    }
    snapshot("new-slates", &text);
}

#[test]
fn a_slate_begins_like_the_newest_one() {
    let place = lantern();
    place.write(
        "SUMMARY.md",
        b"# Summary\n\n# Goals of 2026\n\n- [Overview](./2026/README.md)\n    - [Goals](./2026/goals.md)\n",
    );
    let mut text = place.run(&["new", "--slate", "2027"]);
    for name in ["2027/README.md", "2027/highlights.md", "2027/faq.md", "2027/help-wanted.md", "SUMMARY.md"] {
        text += &format!("\n--- {name}\n{}", read(&place, name));
    }
    text += &format!("\n{}", place.run(&["lint", "2027", "--format", "short"]));
    text += &place.run(&["new", "--slate", "2027"]);
    let config = read(&place, "goals.toml");
    assert!(config.starts_with(&std::fs::read_to_string(fixtures().join("goals.toml")).unwrap()));
    assert!(config.ends_with("\n\n[periods.2027]\nlike = \"2026\"\n"), "{config}");
    assert_eq!(read(&place, "2027/TEMPLATE.md"), read(&place, "2026/TEMPLATE.md"));
    snapshot("new-slate-like-newest", &text);
}

/// A slate of which not all holds for the next one.
fn with_passing_text(period: &str) -> Place {
    let old = format!("src/{period}");
    Place::with(&[
        ("goals.toml", ""),
        ("src/SUMMARY.md", &format!("# Summary\n\n- [2024H2](./2024h2/x.md)\n- [{period}](./{period}/README.md)\n")),
        (
            &format!("{old}/README.md"),
            "# Summary\n\n(((#GOALS))) goals are proposed for this year. All are good.\n\n# Motivation\n\nGoals are annual.\n\n\
             Goals are fun.\n\n# Goals\n\n- The first.\n- Written by @nikomatsakis.\n\n(((LARGE GOALS)))\n",
        ),
        (
            &format!("{old}/contributors.md"),
            "# Contributors\n\nSay `Hello @T-lanterns!` in [#lanterns][channel] or <https://example.org/546987>.\n\n\
             [channel]: https://example.org/channel/546987-lanterns\n\n(((SMALL GOALS)))\n",
        ),
        (&format!("{old}/about.md"), "# About\n\nWords.\n"),
        (
            &format!("{old}/TEMPLATE.md"),
            &format!(
                "# Title\n\n| Metadata | |\n|--|--|\n| Point of contact | *a user like @ghost* |\n| Status | Proposed |\n\n\
                 > Write 2 or 3 sentences for {period}.\n>\n> Goals of {period} close on 2026-01-31.\n\n## Summary\n\n\
                 > See [the lanterns][old].\n\n- Ask @nikomatsakis.\n- Ask your team.\n\n## Motivation\n\n## Team asks\n\n\
                 | Team | Support level | Notes |\n|--|--|--|\n| [lang] | | |\n\n[old]: ./lanterns.md\n"
            ),
        ),
        (
            &format!("{old}/lanterns.md"),
            "# Lanterns\n\n| Metadata | |\n|--|--|\n| Point of contact | @ehuss |\n| Status | Proposed |\n\n## Summary\n",
        ),
    ])
}

#[test]
fn what_is_left_out_of_a_slate_is_said() {
    let place = with_passing_text("2026");
    let mut text = place.run(&["new", "--slate", "2027"]);
    for name in ["README.md", "contributors.md", "TEMPLATE.md"] {
        text += &format!("\n--- {name}\n{}", read(&place, &format!("src/2027/{name}")));
    }
    assert!(text.contains("Say `Hello @T-lanterns!`") && text.contains("Write 2 or 3 sentences for 2027."), "{text}");
    for over in ["2026-01-31", "lanterns.md)", "Ask @nikomatsakis"] {
        assert!(!read(&place, "src/2027/TEMPLATE.md").contains(over), "{over}");
    }
    snapshot("new-slate-left-out", &text);
}

#[test]
fn a_slate_of_another_length_is_not_of_a_year() {
    let place = with_passing_text("2026");
    let mut text = place.run(&["new", "--slate", "2027h1"]);
    for name in ["2027h1/README.md", "SUMMARY.md"] {
        text += &format!("\n--- {name}\n{}", read(&place, &format!("src/{name}")));
    }
    assert!(!read(&place, "src/2027h1/README.md").contains("annual"), "{text}");
    assert!(text.contains("- [2027H1](./2027h1/README.md)"), "{text}");
    snapshot("new-slate-length", &text);
}

#[test]
fn what_the_list_of_pages_lacks_is_added() {
    let lists = [
        // One page is there already.
        "# Summary\n\n- [2027](2027/README.md)\n- [2026](2026/README.md)\n\n[Appendix](appendix.md)\n",
        // The slate before it is no model for the pages, but it shows where they belong.
        "# Summary\n\n- [Overview](<2026/README.md>)\n\n[Appendix](appendix.md)\n",
        // No slate is listed, and what follows the chapters stays behind them.
        "# Summary\n\n- [Home](home.md)\n\n[Appendix](appendix.md)\n",
    ];
    let mut text = String::new();
    for list in lists {
        let place = Place::with(&[("goals.toml", ""), ("src/2026/README.md", "# A page\n"), ("src/SUMMARY.md", list)]);
        let (code, ..) = run(&place, &["new", "--slate", "2027"]);
        let summary = read(&place, "src/SUMMARY.md");
        assert!(code == 0 && summary.ends_with("\n\n[Appendix](appendix.md)\n"), "{summary}");
        for page in ["README", "goals", "highlights", "roadmaps", "faq"] {
            assert_eq!(summary.matches(&format!("2027/{page}.md")).count(), 1, "{page}: {summary}");
        }
        text += &format!("{list}->\n{summary}\n");
    }
    snapshot("new-slate-summary", &text);
}

#[test]
fn a_slate_whose_template_has_no_directive_is_no_model() {
    let place = Place::with(&[("goals.toml", ""), ("src/2026/README.md", "# A page\n")]);
    let (code, list, said) = run(&place, &["new", "--slate", "2027"]);
    assert!(code == 0 && list.contains("src/2027/goals.md") && said.is_empty(), "{list}{said}");
}

#[test]
fn what_a_new_slate_has_already_stays() {
    let place = lantern();
    place.write("2027/goals.md", b"mine");
    place.write("2027/Highlights.MD", b"mine");
    let (code, list, said) = run(&place, &["new", "--slate", "2027"]);
    assert!(code == 0 && !list.contains("2027/goals.md") && list.contains("2027/README.md"), "{list}{said}");
    assert!(said.contains("note: 2027/goals.md exists and stays as it is"), "{said}");
    assert_eq!(read(&place, "2027/goals.md"), "mine");
    assert_eq!(read(&place, "2027/Highlights.MD"), "mine");
}

#[test]
fn a_configuration_that_cannot_be_extended_is_a_failure() {
    let place = Place::with(&[("goals.toml", "periods = { 2026 = { lint = { missing-ask = \"warn\" } } }\n")]);
    let before = files(&place);
    snapshot(
        "new-slate-config",
        &runs(&place, &[&["new", "--slate", "2027"], &["new", "--slate", "2027", "--isolated", "-q"]]),
    );
    let after = files(&place);
    assert_eq!(after["goals.toml"], before["goals.toml"]);
    assert!(after.contains_key("src/2027/README.md"), "with --isolated no configuration is needed");
}

#[test]
#[cfg(unix)]
fn a_list_of_pages_that_cannot_be_written_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::with(&[("book.toml", "[book]\n"), ("src/SUMMARY.md", "# Summary\n")]);
    let summary = place.path().join("src/SUMMARY.md");
    std::fs::set_permissions(&summary, PermissionsExt::from_mode(0o444)).unwrap();
    let text = place.run(&["new", "--slate", "2026"]);
    assert_eq!(read(&place, "src/SUMMARY.md"), "# Summary\n");
    snapshot("new-slate-read-only", &text);
}

#[test]
fn a_slate_that_cannot_be_written_leaves_nothing_behind() {
    // The configuration of an unknown period is a file that cannot be made here.
    let place = Place::with(&[("src/2026/README.md", "# x\n"), ("src/SUMMARY.md", "# Summary\n")]);
    let config = place.path().join("blocked/goals.toml");
    place.write("blocked", b"a file");
    let before = files(&place);
    let config = config.strip_prefix(place.path()).unwrap().to_str().unwrap().to_owned();
    let (code, list, said) = run(&place, &["new", "--slate", "2027", "--config", &config]);
    assert!(code == 2 && list.is_empty(), "{list}{said}");
    assert_eq!(changed(&before, &place), [""; 0], "nothing is written");
    assert!(!place.path().join("src/2027").exists(), "nor a directory left");
}

#[test]
#[cfg(unix)]
#[allow(clippy::print_stderr)] // a test that is skipped says so
fn a_project_that_is_read_only_is_told_once() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let place = Place::with(&[("src/2026/README.md", "# x\n"), ("src/SUMMARY.md", "# Summary\n")]);
    // Whoever may do anything has to become somebody who may not.
    let is_root = place.path().metadata().unwrap().uid() == 0;
    if is_root && !common::has("setpriv", "a_project_that_is_read_only_is_told_once") {
        return;
    }
    let before = files(&place);
    let mode = |name: &str, mode| {
        let path = place.path().join(name);
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    };
    // What is in `src` may be written, what is beside it not; then nothing at all.
    let mut text = String::new();
    for (src, summary) in [(0o777, 0o666), (0o755, 0o444)] {
        mode("src", src);
        mode("src/SUMMARY.md", summary);
        mode("", 0o555);
        let mut command = match is_root {
            true => {
                let mut command = std::process::Command::new("setpriv");
                command.args(["--reuid", "65534", "--regid", "65534", "--clear-groups"]);
                command.arg(env!("CARGO_BIN_EXE_goals"));
                command
            }
            false => std::process::Command::new(env!("CARGO_BIN_EXE_goals")),
        };
        let args = ["new", "--slate", "2027"];
        let output = command.args(args).current_dir(place.path()).output().unwrap();
        mode("", 0o755);
        if matches!(output.status.code(), Some(126 | 127)) {
            eprintln!("skipped a_project_that_is_read_only_is_told_once: nobody else can run the program here");
            return;
        }
        text += &common::show(&args, &output);
        assert_eq!(changed(&before, &place), [""; 0], "nothing is written");
        assert!(!place.path().join("src/2027").exists(), "nor a directory left");
    }
    snapshot("new-slate-denied", &text);
}

#[test]
#[cfg(unix)]
fn nothing_is_written_outside_of_the_repository() {
    let outside = Place::new();
    let place = Place::with(&[("goals.toml", "")]);
    std::fs::create_dir_all(place.path().join(".git")).unwrap();
    std::os::unix::fs::symlink(outside.path(), place.path().join("src")).unwrap();
    for args in [&["new", "Count", "--slate", "2026"][..], &["new", "--slate", "2026"]] {
        let (code, _, said) = run(&place, args);
        assert!(code == 2 && said.contains("symbolic link not followed"), "{said}");
    }
    assert!(files(&outside).is_empty());
}

/// Names of months, in which no new slate can have begun.
const MONTHS: [&str; 4] = ["January", "February", "October", "November"];

#[test]
fn real_slates_begin_without_error_and_without_what_is_over() {
    let cases = [
        ("site/input", "2027", &["2026", "3935", "2025"][..]),
        ("2026", "2027", &["2026", "3935", "2025"]),
        ("2025h2", "2026h1", &["2025", "3849"]),
        ("2025h2", "2026", &["2025", "3849"]),
        ("2025h1", "2025h2", &["2025h1", "2025H1", "2024", "3764"]),
    ];
    for (name, period, over) in cases {
        let Some(root) = corpus(name, "real_slates_begin_without_error_and_without_what_is_over") else { continue };
        let place = Place::new();
        copy(&root, place.path());
        let (code, list, said) = run(&place, &["new", "--slate", period]);
        assert_eq!(code, 0, "{name}: {said}");
        assert!(list.contains(&format!("src/{period}/README.md\n")) && list.contains("src/SUMMARY.md\n"), "{list}");
        for file in list.lines().filter(|file| file.starts_with(&format!("src/{period}/"))) {
            let text = read(&place, file);
            for words in over.iter().chain(&MONTHS) {
                assert!(!text.contains(words), "{name}: {file} has `{words}`:\n{text}");
            }
        }
        let (code, found, said) = run(&place, &["lint", &format!("src/{period}"), "--format", "short"]);
        assert_eq!(code, 0, "{name}: {found}{said}");
        let (code, rfc, said) = run(&place, &["rfc", period, "--allow-errors"]);
        assert_eq!(code, 0, "{name}: {said}");
        assert!(rfc.starts_with(&format!("- Feature Name: `project_goals_{period}`\n")), "{name}: {rfc}");
        assert!(!said.contains("despite"), "{name}: {said}");
        // A page of the book has one entry in the list.
        let summary = read(&place, "src/SUMMARY.md");
        assert_eq!(summary.matches(&format!("(./{period}/README.md)")).count(), 1, "{summary}");
    }
}

#[test]
fn real_templates_and_goals_make_goals_without_error() {
    for (name, slate, ask) in [
        ("2025h1", "2025h1", "lang=RFC decision"),
        ("2025h2", "2025h2", "lang=RFC decision"),
        ("2026", "2026", "lang=small"),
        ("site/input", "2026", "lang=small"),
    ] {
        let Some(root) = corpus(name, "real_templates_and_goals_make_goals_without_error") else { continue };
        let place = Place::new();
        copy(&root, place.path());
        run(&place, &["new", "Count the lanterns", "--contact", "nikomatsakis", "--team", ask]);
        let file = format!("src/{slate}/count-the-lanterns.md");
        let (code, found, _) = run(&place, &["lint", &file, "--format", "short"]);
        assert_eq!(code, 0, "{name}: {found}");
        let text = read(&place, &file);
        assert!(!text.contains("TEMPLATE") && !text.contains("\n>") && !text.contains(" X\n"), "{text}");
        assert!(found.lines().count() <= 3, "{name}: {found}");
    }
    // Older goals can be continued, and of its asks only what has to be answered is an error.
    let Some(root) = corpus("site/input", "real_templates_and_goals_make_goals_without_error") else { return };
    let place = Place::new();
    copy(&root, place.path());
    let mut count = 0;
    for old in ["2024h2", "2025h1", "2025h2"] {
        let (_, list, _) = run(&place, &["list", old, "--format", "json"]);
        let list: serde_json::Value = serde_json::from_str(&list).unwrap();
        // Some of them: each takes two runs over a large slate.
        for goal in list["goals"].as_array().unwrap().iter().step_by(16) {
            let from = goal["path"].as_str().unwrap();
            let (code, text, said) = run(&place, &["new", "Continued", "--from", from, "--dry-run"]);
            assert_eq!(code, 0, "{from}: {said}");
            assert!(text.contains("This goal continues ["), "{from}: {text}");
            place.write("src/2026/continued.md", text.as_bytes());
            let (_, found, _) = run(&place, &["lint", "src/2026/continued.md", "--format", "short"]);
            std::fs::remove_file(place.path().join("src/2026/continued.md")).unwrap();
            let answers =
                ["missing-champion", "malformed-contact", "missing-ask", "duplicate-tracking-issue", "unlisted-goal"];
            for line in found.lines().filter(|line| line.contains(": error[")) {
                assert!(answers.iter().any(|rule| line.contains(rule)), "{from}: {line}\n{text}");
            }
            count += 1;
        }
    }
    assert!(count > 6, "{count} goals are continued");
}
