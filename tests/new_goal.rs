//! A new goal can be clean: the templates of the real slates, copied and filled in. They are other people's text: nothing of it
//! is here, the words that fill them in are ours. Without `../shared/corpus` the tests say that they are skipped.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::Path;

use common::corpus;
use goals::{Levels, OsTree, OverlayTree, Project};

/// The corpora with a template each, and the slate that a new goal joins.
const TEMPLATES: &[(&str, &str)] =
    &[("2025h1", "2025h1"), ("2025h2", "2025h2"), ("2026", "2026"), ("site/input", "2026")];

/// How many findings a fresh copy has at most.
const MAX_FRESH: usize = 8;

/// Somebody who is in no team.
const AUTHOR: &str = "@lantern-newcomer";

/// What is found in a new goal of this text, each with its help.
fn findings(root: &Path, slate: &str, text: &str) -> Vec<(String, Option<String>)> {
    let project = Project::open(root, goals::ConfigFiles::default(), None).unwrap();
    let directory = root.join("src").join(slate);
    let mut tree = OverlayTree::new(OsTree);
    tree.insert(&directory.join("count-the-lanterns.md"), text.as_bytes().to_vec());
    let reading = project.read_slate(&tree, &directory, None).unwrap();
    let found = goals::lint(&reading.slate, reading.outside.as_ref(), &Levels::built_in().unwrap()).into_iter();
    let mine = found.filter(|one| reading.slate.files[one.file].source.file_name() == "count-the-lanterns.md");
    let line =
        |one: &goals::Diagnostic| reading.slate.files[one.file].source.position(one.finding.span.start as usize).line;
    mine.map(|one| (format!("{}: {} {}", line(&one), one.rule, one.finding.message), one.finding.help)).collect()
}

/// A template as an author fills it in: instructions gone, each placeholder replaced, one ask, our own words. `with_needs` tells
/// whether it looks for help and money.
fn filled(template: &str, with_needs: bool) -> String {
    let mut text = String::new();
    let mut leaves_out = false;
    for line in template.lines() {
        if line.starts_with("## ") {
            let is_need = line == "## Help wanted" || line == "## Funding";
            leaves_out = is_need && !with_needs;
        }
        if leaves_out || line.starts_with('>') {
            continue;
        }
        let row = line.starts_with('|');
        let italic = line.starts_with('*') && !line.starts_with("* ");
        if line.starts_with("# ") {
            text.push_str("# Count the lanterns");
        } else if line.starts_with("##") && line.contains('?') {
            text.push_str("### Why lanterns?");
        } else if line.starts_with("##") && line.ends_with(" X") {
            text.push_str(&line.replace(" X", " of counting lanterns"));
        } else if italic {
            text.push_str("We count lanterns, and say how many there are.");
        } else if row {
            let Some(row) = filled_row(line) else { continue };
            text.push_str(&row);
        } else {
            text.push_str(line);
        }
        text.push('\n');
    }
    text
}

/// A row as an author fills it in; nothing where it is removed.
fn filled_row(line: &str) -> Option<String> {
    let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
    let italic = |cell: &str| cell.starts_with('*');
    let is_ask = cells.first().is_some_and(|cell| cell.starts_with('[') && cell.ends_with(']'));
    Some(match cells.as_slice() {
        // Asks by level: the first team is asked for something.
        ["[cargo]", "", ""] => "| [cargo] | Small | Routine reviews |".to_owned(),
        [_, "", ""] if is_ask => return None,
        ["...", ..] => return None,
        [name, value] if italic(value) => {
            let value = if name.contains("ontact") { AUTHOR } else { "" };
            format!("| {name} | {value} |")
        }
        // Tables of tasks.
        [task, owner, _] if italic(owner) && !italic(task) => format!("| {task} | {AUTHOR} | |"),
        [_, _, "Username here"] => return None,
        ["Secondary RFC review", ..] => return None,
        ["Lang-team champion", ..] => return None,
        [task, owners, notes] if owners.starts_with('!') && !notes.is_empty() => format!("| {task} | {owners} | |"),
        // Help wanted, and funding.
        [task, _, _] if italic(task) => "| Count those at sea | Intermediate Rust | TBD |".to_owned(),
        [purpose, _, _, _] if italic(purpose) => "| A boat | $60,000 | No | |".to_owned(),
        _ => line.to_owned(),
    })
}

#[test]
fn a_template_that_is_filled_in_has_no_finding() {
    for (name, slate) in TEMPLATES {
        let Some(root) = corpus(name, "a_template_that_is_filled_in_has_no_finding") else { continue };
        let template = std::fs::read_to_string(root.join("src/TEMPLATE.md")).unwrap();
        for with_needs in [true, false] {
            let found = findings(&root, slate, &filled(&template, with_needs));
            let said: Vec<&String> = found.iter().map(|(said, _)| said).collect();
            assert!(said.is_empty(), "{name}: {said:#?}");
        }
    }
}

#[test]
fn a_fresh_copy_says_what_to_fill_in() {
    for (name, slate) in TEMPLATES {
        let Some(root) = corpus(name, "a_fresh_copy_says_what_to_fill_in") else { continue };
        let template = std::fs::read_to_string(root.join("src/TEMPLATE.md")).unwrap();
        let found = findings(&root, slate, &template);
        assert!(!found.is_empty() && found.len() <= MAX_FRESH, "{name}: {found:#?}");
        for (said, help) in &found {
            let words = ["replace", "fill", "use ", "add ", "name ", "did you mean"];
            let is_told = help.as_ref().is_some_and(|help| words.iter().any(|word| help.contains(word)));
            assert!(is_told, "{name}: {said}: {help:?}");
        }
    }
}
