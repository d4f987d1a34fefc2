//! The real slates, beside documents that other programs made of them: comments that ask for votes, reviews, champions. They are
//! other people's text: nothing of it is here. Without `../shared/corpus` each test says that it is skipped.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use common::{Place, commit, copy, corpus, git, has, output, path_variable};
use regex_lite::Regex;
use serde_json::Value;

/// What the program prints on standard output.
fn run(directory: &Path, args: &[&str]) -> String {
    let run = output(directory, args, b"", &[("PATH", &path_variable())]);
    assert!(run.status.success(), "{args:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

fn json(directory: &Path, args: &[&str]) -> Value {
    let value: Value = serde_json::from_str(&run(directory, &[args, &["--format", "json"]].concat())).unwrap();
    assert_eq!(value["version"], 1);
    value
}

#[test]
fn comments_that_ask_for_votes_are_the_same() {
    let test = "comments_that_ask_for_votes_are_the_same";
    let (Some(site), Some(own)) = (corpus("site", test), corpus("2026", test)) else { return };
    let book = site.join("input");
    let mut compared = 0;
    for (directory, period, name) in [
        (&own, "2026", "fcp-corpus-2026.md"),
        (&book, "2024h2", "fcp-2024h2.md"),
        (&book, "2025h1", "fcp-2025h1.md"),
        (&book, "2025h2", "fcp-2025h2.md"),
        (&book, "2026", "fcp-2026.md"),
    ] {
        let theirs = std::fs::read_to_string(site.join("views").join(name)).unwrap();
        let ours = run(directory, &["fcp", &format!("src/{period}")]);
        assert!(ours == theirs, "{name} differs");
        compared += theirs.lines().count();

        // Read back, nobody has voted; with every box ticked, everybody.
        let place = Place::with(&[("none.md", &theirs), ("all.md", &theirs.replace("[ ]", "[x]"))]);
        for (file, voted) in [("none.md", false), ("all.md", true)] {
            let file = place.path().join(file);
            let votes = json(directory, &["fcp", period, "--done", file.to_str().unwrap()]);
            let members =
                votes["teams"].as_array().unwrap().iter().flat_map(|team| team["members"].as_array().unwrap());
            assert!(members.clone().count() > 50 && members.clone().all(|member| member["voted"] == voted), "{name}");
        }
    }
    assert!(compared > 1000, "{compared} lines are compared");
}

/// The rows of a spreadsheet whose cells are all in quotation marks, which a backslash escapes in them.
fn quoted_rows(text: &str) -> Vec<Vec<String>> {
    let cell = Regex::new(r#""((?:[^"\\]|\\.)*)""#).unwrap();
    let row = |line: &str| cell.captures_iter(line).map(|found| found[1].replace("\\\"", "\"")).collect();
    text.lines().map(row).collect()
}

/// The rows of a spreadsheet as we write it.
fn rows(text: &str) -> Vec<Vec<String>> {
    let cell = Regex::new(r#"(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))"#).unwrap();
    let cells = |line: &str| {
        let cells = cell.captures_iter(line);
        cells.map(|found| found.get(1).or(found.get(2)).unwrap().as_str().replace("\"\"", "\"")).collect()
    };
    text.split("\r\n").filter(|line| !line.is_empty()).map(cells).collect()
}

#[test]
fn the_matrix_of_champions_is_the_same() {
    let Some(site) = corpus("site", "the_matrix_of_champions_is_the_same") else { return };
    let book = site.join("input");
    for (period, goals) in [("2024h2", 20), ("2025h1", 35), ("2025h2", 35), ("2026", 70)] {
        let views = site.join("views");
        let theirs = quoted_rows(&std::fs::read_to_string(views.join(format!("champions-{period}.csv"))).unwrap());
        let ours = rows(&run(&book, &["asks", period, "--matrix", "--format", "csv"]));
        let list = json(&book, &["list", period]);
        let is_open = |row: &&Vec<String>| {
            let of_row = |goal: &&Value| row.last().unwrap().ends_with(goal["path"].as_str().unwrap());
            let goal = list["goals"].as_array().unwrap().iter().find(of_row);
            goal.is_none_or(|goal| !goal["status"].as_str().unwrap().starts_with("Not accepted"))
        };
        let lower = |row: &Vec<String>| row.iter().map(|cell| cell.to_lowercase()).collect::<Vec<String>>();
        // A team that only goals ask that are not accepted is in theirs alone.
        let kept: Vec<usize> =
            (0..theirs[0].len()).filter(|&at| lower(&ours[0]).contains(&lower(&theirs[0])[at])).collect();
        let gone: Vec<usize> = (0..theirs[0].len()).filter(|at| !kept.contains(at)).collect();
        let open: Vec<&Vec<String>> = theirs.iter().filter(is_open).collect();
        assert!(open[1..].iter().all(|row| gone.iter().all(|&at| row[at] == "-")), "{period}: teams are missing");
        let theirs: BTreeSet<Vec<String>> =
            open.iter().map(|row| kept.iter().map(|&at| row[at].to_lowercase()).collect()).collect();
        let mut ours: BTreeSet<Vec<String>> = ours.iter().map(lower).collect();
        let mut differing: Vec<Vec<String>> = theirs.difference(&ours).cloned().collect();
        if period == "2024h2" {
            // Of one goal the table of asks is none, since no blank line is above it; `goals lint` says so.
            let is_known = |row: &Vec<String>| row.last().unwrap().ends_with("patterns-of-empty-types.md");
            differing.retain(|row| !is_known(row));
            ours.retain(|row| !is_known(row));
        }
        assert_eq!(differing, Vec::<Vec<String>>::new(), "{period}");
        assert!(ours.len() > goals && ours.iter().all(|row| theirs.contains(row)), "{period}: {} rows", ours.len());
    }
}

/// The words of a Markdown text as a reader sees them, in one line; of links the text alone.
fn words(markdown: &str) -> String {
    let links =
        Regex::new(r"\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)|\]\[[^\]]*\]|<br>|(?m)^>? *\[[^\]]+\]: .*$").unwrap();
    let text = links.replace_all(markdown, " ");
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn reviews_hold_what_theirs_hold() {
    let Some(site) = corpus("site", "reviews_hold_what_theirs_hold") else { return };
    let book = site.join("input");
    let heading = Regex::new(r"^\[(.*)\]\((\S+)\)").unwrap();
    for (team, goals) in [("lang", 44), ("compiler", 45), ("types", 34), ("cargo", 13), ("infra", 5), ("libs", 11)] {
        let theirs = std::fs::read_to_string(site.join(format!("views/review-{team}.md"))).unwrap();
        let ours = run(&book, &["review", team, "2026"]);
        let (_, roadmaps) = theirs.split_once("## Roadmaps").unwrap_or_default();
        let (roadmaps, _) = roadmaps.split_once("\n## Summary by support level").unwrap_or_default();
        for roadmap in roadmaps.split("\n### ").skip(1) {
            let found = heading.captures(roadmap).unwrap();
            // Theirs links a page that is not there, though there is one of that roadmap.
            let (_, page) = found[2].rsplit_once('/').unwrap();
            let has_page = book.join("src/2026").join(page.replace(".html", ".md")).exists();
            let name = if has_page { found[2].to_owned() } else { format!("\n### [{}](", &found[1]) };
            assert!(ours.contains(&name), "{team}: {name}");
            let quoted: Vec<&str> = roadmap.lines().filter(|line| line.starts_with('>')).collect();
            assert!(words(&ours).contains(&words(&quoted.join("\n"))), "{team}: {}", &found[1]);
        }
        let (_, details) = theirs.split_once("\n## Goal details").unwrap();
        let mut number = 0;
        for detail in details.split("\n### ").skip(1) {
            number += 1;
            let found = heading.captures(detail).unwrap();
            let (title, page) = (&found[1], &found[2]);
            assert!(ours.contains(page), "{team}: {page}");
            let start = ours.find(&format!("\n### [{title}]"));
            let start = start.unwrap_or_else(|| panic!("{team}: {title} has no heading"));
            let end = ours[start + 1..].find("\n### ").map_or(ours.len(), |at| start + 1 + at);
            let goal = &ours[start..end];
            for line in detail.lines() {
                let Some((name, value)) = line.strip_prefix("**").and_then(|line| line.split_once(":** ")) else {
                    continue;
                };
                let written = format!("- **{name}:** ");
                let value_is_there = goal
                    .lines()
                    .filter_map(|line| line.strip_prefix(&written))
                    .any(|own| words(own).eq_ignore_ascii_case(&words(value)) || own == "none yet" && value == "TBD");
                assert!(value_is_there, "{team}: {title}: {line}\n{goal}");
            }
            let quoted: Vec<&str> = detail.lines().filter(|line| line.starts_with('>')).collect();
            for paragraph in quoted.join("\n").split("\n> \n") {
                // A label whose definition theirs lost is a link in ours.
                let paragraph = words(paragraph);
                assert!(words(goal).contains(&paragraph), "{team}: {title}: {paragraph}\n{goal}");
            }
        }
        assert_eq!(number, goals, "{team}");
        let review = json(&book, &["review", team, "2026"]);
        assert_eq!(review["goals"].as_array().unwrap().len(), goals, "{team}");
    }
}

/// A copy of the real slate, in which files may change.
fn copy_of(directory: &Path) -> Place {
    let place = Place::new();
    copy(directory, place.path());
    place
}

/// Changes a line of a file, which has to be there and to change; one that becomes empty goes.
fn edit(place: &Place, file: &str, is_meant: impl Fn(&str) -> bool, change: impl Fn(&str) -> String) {
    let path = format!("src/2026/{file}");
    let text = std::fs::read_to_string(place.path().join(&path)).unwrap();
    let at = text.lines().position(is_meant).unwrap_or_else(|| panic!("{file} has no such line"));
    let lines = text.lines().enumerate().map(|(number, line)| match number == at {
        true => change(line),
        false => line.to_owned(),
    });
    let is_kept = |line: &(usize, String)| line.0 != at || !line.1.is_empty();
    let changed: String = lines.enumerate().filter(is_kept).map(|(_, line)| format!("{line}\n")).collect();
    assert_ne!(changed, text, "{file}");
    place.write(&path, changed.as_bytes());
}

/// Whether a line is the row of a table with this first cell.
fn row(name: &str) -> impl Fn(&str) -> bool {
    move |line| line.split('|').nth(1).is_some_and(|cell| cell.trim() == name)
}

const NEW_GOAL: &str = "# Count what changed\n\n| Metadata | |\n|---|---|\n| Point of contact | @ehuss |\n| Status | Proposed |\n\
                        | [cargo] champion | @ehuss |\n\n## Summary\n\nWords.\n\n## Team asks\n\n| Team | Support level | Notes |\n\
                        |---|---|---|\n| [cargo] | Medium | Reviews |\n";

#[test]
fn ten_edits_are_ten_changes() {
    let test = "ten_edits_are_ten_changes";
    let Some(directory) = corpus("2026", test) else { return };
    if !has("git", test) {
        return;
    }
    let place = copy_of(&directory);
    git(place.path(), &["init", "--quiet"]);
    commit(place.path(), "then");
    git(place.path(), &["tag", "then"]);
    place.write("src/2026/count-what-changed.md", NEW_GOAL.as_bytes());
    std::fs::remove_file(place.path().join("src/2026/wasm-components.md")).unwrap();
    edit(&place, "open-enums.md", |line| line.starts_with("# "), |_| "# Enums that may grow".to_owned());
    edit(&place, "const-traits.md", row("Status"), |_| "| Status | Not accepted |".to_owned());
    edit(&place, "polonius.md", row("Point of contact"), |_| "| Point of contact | @ehuss |".to_owned());
    edit(&place, "next-solver.md", row("[lang]"), |line| format!("{line}\n| [rustdoc] | Small | A try |"));
    edit(&place, "cargo-script.md", row("[lang]"), |_| String::new());
    edit(&place, "reborrow-traits.md", row("[lang]"), |line| line.replacen("Medium", "Large", 1));
    edit(&place, "in-place-init.md", row("[lang] champion"), |_| "| [lang] champion | @tmandry |".to_owned());
    edit(&place, "const-generics.md", row("[types]"), |_| "| [types] | Large | What we say now |".to_owned());

    let expected: BTreeMap<(&str, &str), &str> = BTreeMap::from([
        (("new-goal", "count-what-changed"), "cargo"),
        (("removed-goal", "wasm-components"), ""),
        (("renamed-goal", "open-enums"), ""),
        (("status", "const-traits"), ""),
        (("contact", "polonius"), ""),
        (("new-ask", "next-solver"), "rustdoc"),
        (("removed-ask", "cargo-script"), "lang"),
        (("level", "reborrow-traits"), "lang"),
        (("champion", "in-place-init"), "lang"),
        (("notes", "const-generics"), "types"),
    ]);
    let old = directory.to_str().unwrap();
    for before in [&["--since", "then"], &["--old", old]] {
        let changes = json(place.path(), &[&["changes"], &before[..]].concat());
        let changes = changes["changes"].as_array().unwrap();
        let found: BTreeSet<(&str, String)> = changes
            .iter()
            .map(|change| {
                let path = PathBuf::from(change["path"].as_str().unwrap());
                (change["kind"].as_str().unwrap(), path.file_stem().unwrap().to_string_lossy().into_owned())
            })
            .collect();
        let wanted: BTreeSet<(&str, String)> =
            expected.keys().map(|(kind, file)| (*kind, (*file).to_owned())).collect();
        assert_eq!(found, wanted);
        assert_eq!(changes.len(), expected.len(), "{changes:#?}");
        for change in changes {
            let teams: Vec<&str> =
                change["teams"].as_array().unwrap().iter().map(|team| team.as_str().unwrap()).collect();
            let is_it = |(kind, file): &&(&str, &str)| {
                change["kind"] == *kind && change["path"].as_str().unwrap().ends_with(&format!("{file}.md"))
            };
            match expected[expected.keys().find(is_it).unwrap()] {
                "" => assert!(!teams.is_empty(), "{change}"),
                team => assert_eq!(teams, [team], "{change}"),
            }
        }
        // A team hears of its own asks, and of the goals that ask it.
        let of_lang = json(place.path(), &[&["changes", "--team", "lang"], &before[..]].concat());
        let of_lang = of_lang["changes"].as_array().unwrap();
        assert!(of_lang.iter().all(|change| change["teams"].as_array().unwrap().contains(&Value::from("lang"))));
        assert_eq!(
            of_lang.len(),
            changes.iter().filter(|change| change["teams"].to_string().contains("\"lang\"")).count()
        );
    }

    // A file that was renamed with all that it says is one change, whatever its new name.
    let slate = place.path().join("src/2026");
    std::fs::rename(slate.join("unsafe-fields.md"), slate.join("fields-of-care.md")).unwrap();
    let changes = json(place.path(), &["changes", "--since", "then"]);
    let of_file = |change: &&Value| change["path"] == "src/2026/fields-of-care.md";
    let found: Vec<&Value> = changes["changes"].as_array().unwrap().iter().filter(of_file).collect();
    assert!(found.len() == 1 && found[0]["kind"] == "renamed-goal", "{found:#?}");
    assert_eq!(changes["changes"].as_array().unwrap().len(), expected.len() + 1);
}

#[test]
fn a_slate_that_is_only_formatted_anew_has_no_changes() {
    let Some(directory) = corpus("2026", "a_slate_that_is_only_formatted_anew_has_no_changes") else { return };
    let place = copy_of(&directory);
    let mut files = 0;
    for entry in std::fs::read_dir(place.path().join("src/2026")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        let line = |line: &str| match line.starts_with('|') {
            // Tables lose what aligns them, prose is broken elsewhere.
            true => format!("{}\r\n", line.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")),
            false => format!("{}\r\n", line.trim_end()),
        };
        let text: String = text.lines().map(line).collect();
        // A section moves to the end.
        let (moved, kept): (Vec<&str>, Vec<&str>) =
            text.split("\r\n## ").partition(|part| part.starts_with("Team asks"));
        let sections = [kept, moved].concat().join("\r\n\r\n\r\n## ");
        std::fs::write(&path, format!("{sections}\r\n\r\n")).unwrap();
        files += 1;
    }
    assert!(files > 60);
    let changes = json(place.path(), &["changes", "--old", directory.to_str().unwrap()]);
    assert_eq!(changes["changes"], Value::Array(vec![]));
    assert_eq!(changes["unreadable"], Value::Array(vec![]));
}
