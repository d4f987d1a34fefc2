//! Real mistakes that people made and later fixed, and how many of them we find. They are other people's text: nothing of
//! them is here, only numbers, kinds and rule names. Without `../shared/corpus` the test says that it is skipped.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use common::{corpus, snapshot};
use goals::{Levels, OsTree, OverlayTree, Project};
use serde::Deserialize;

/// How many have to be found, of 58: more than nine in ten.
const LEAST_FOUND: usize = 54;

/// How far from the mistake a finding may be, in lines.
const NEAR: usize = 2;

#[derive(Deserialize)]
struct Defect {
    id: String,
    period: String,
    /// The path that the file had, from its project's root.
    file: String,
    /// From 1.
    line: usize,
    kind: String,
}

/// A finding: its line from 1, its rule, and what it says.
type Found = (usize, &'static str, String);

/// What is found in a text that replaces a file of the slate of its period.
fn findings(project: &Project, defect: &Defect, text: Vec<u8>) -> Vec<Found> {
    let path = project.root.join(&defect.file);
    let mut tree = OverlayTree::new(OsTree);
    tree.insert(&path, text);
    let reading = project.read_slate(&tree, path.parent().unwrap(), None).unwrap();
    let (slate, outside) = (reading.slate, reading.outside);
    let file = slate.files.iter().find(|file| file.source.path() == defect.file).unwrap();
    let found = goals::lint(&slate, outside.as_ref(), &Levels::built_in().unwrap()).into_iter();
    let found = found.filter(|one| one.file == file.id);
    // The same in several places is one finding, which lies in each of them.
    let places = found.flat_map(|mut one| {
        let also = std::mem::take(&mut one.also);
        std::iter::once(one).chain(also)
    });
    places
        .map(|one| (file.source.position(one.finding.span.start as usize).line, one.rule, one.finding.message))
        .collect()
}

/// The corpus that holds the slate of a period.
fn corpus_of(period: &str) -> &str {
    if period == "2024h2" { "2025h1" } else { period }
}

#[test]
fn nine_in_ten_real_mistakes_are_found() {
    let Some(directory) = corpus("defects", "nine_in_ten_real_mistakes_are_found") else { return };
    let index = std::fs::read_to_string(directory.join("index.json")).unwrap();
    let defects: Vec<Defect> = serde_json::from_str(&index).unwrap();
    let read = |path: &Path| std::fs::read(path).unwrap();
    let mut projects: BTreeMap<&str, Project> = BTreeMap::new();
    let mut kinds: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut list = String::new();
    for defect in &defects {
        let project = projects.entry(corpus_of(&defect.period)).or_insert_with_key(|name| {
            let root = directory.parent().unwrap().join(name);
            Project::open(&root, goals::ConfigFiles::default(), None).unwrap()
        });
        let folder = directory.join(&defect.id);
        let before = findings(project, defect, read(&folder.join("before.md")));
        let after = findings(project, defect, read(&folder.join("after.md")));
        // What the corrected text still says is about something else.
        let is_new = |found: &&Found| !after.iter().any(|(_, rule, message)| *rule == found.1 && *message == found.2);
        let near = before.iter().filter(|(line, ..)| line.abs_diff(defect.line) <= NEAR).filter(is_new);
        let mut rules: Vec<&str> = near.map(|(_, rule, ..)| *rule).collect();
        rules.sort_unstable();
        rules.dedup();
        let (found, all) = kinds.entry(&defect.kind).or_default();
        *all += 1;
        *found += usize::from(!rules.is_empty());
        let rules = if rules.is_empty() { "NOT FOUND".to_owned() } else { rules.join(", ") };
        list.push_str(&format!("{} {}: {rules}\n", defect.id, defect.kind));
    }
    let found: usize = kinds.values().map(|(found, _)| found).sum();
    let mut recall = String::new();
    for (kind, (found, all)) in &kinds {
        recall.push_str(&format!("{found} of {all}  {kind}\n"));
    }
    recall.push_str(&format!("{found} of {} real mistakes are found\n", defects.len()));
    // The test runner swallows what tests print.
    let _ = std::io::stderr().write_all(format!("\n{recall}").as_bytes());
    assert!(found >= LEAST_FOUND, "{found} of {} are found, fewer than {LEAST_FOUND}:\n{list}", defects.len());
    snapshot("defects", &format!("{recall}\n{list}"));
}
