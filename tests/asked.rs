//! What is found in files that are asked for alone is what is found in them among all, and after fixes what is found in the fixed
//! texts: a hook says what CI says.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;
#[allow(dead_code)] // of what others share, only damages are used here
mod properties;

use std::collections::BTreeMap;
use std::path::Path;

use common::{Dice, corpus, fixtures};
use goals::{
    ConfigFiles, Diagnostic, FileId, Levels, OsTree, OutsideFiles, Project, Slate, Source, fix, lint, lint_files,
};
use properties::damage;
use typed_index_collections::TiVec;

/// Compares what is found in some files of a slate alone with what is found in them among all.
fn compare(slate: &Slate, outside: Option<&OutsideFiles>, levels: &Levels, files: &[FileId], what: &str) {
    let all = lint(slate, outside, levels);
    for file in files {
        let asked: TiVec<FileId, bool> = slate.files.iter().map(|other| other.id == *file).collect();
        let shown = |found: &[Diagnostic]| format!("{found:?}");
        let of_file: Vec<Diagnostic> = all.iter().filter(|found| found.file == *file).cloned().collect();
        let alone = lint_files(slate, outside, levels, &asked);
        assert_eq!(shown(&alone), shown(&of_file), "{what}: {}", slate.files[*file].source.path());
    }
}

fn slates(root: &Path) -> (Project, Vec<(Slate, Option<OutsideFiles>)>) {
    let project = Project::open(root, ConfigFiles::default(), None).unwrap();
    let read = |directory: &Path| project.read_slate(&OsTree, directory, None).unwrap();
    let slates = project.slate_directories().into_iter().map(|directory| read(&directory));
    let slates = slates.map(|reading| (reading.slate, reading.outside)).collect();
    (project, slates)
}

/// Compares every file of the slates of a project with a name; of all where none is given.
fn every_file(root: &Path, name: Option<&str>) {
    let levels = Levels::built_in().unwrap();
    for (slate, outside) in slates(root).1.into_iter().filter(|(slate, _)| name.is_none_or(|name| slate.name == name)) {
        let files: Vec<FileId> = slate.files.iter().map(|file| file.id).collect();
        compare(&slate, outside.as_ref(), &levels, &files, &slate.name);
    }
}

#[test]
fn every_file_of_the_fixtures() {
    every_file(&fixtures(), None);
}

#[test]
fn every_file_of_the_real_slates() {
    // Slates that are over are in several of them, nearly the same.
    for (name, slate) in
        [("2025h1", Some("2025h1")), ("2025h2", Some("2025h2")), ("2026", Some("2026")), ("site/input", None)]
    {
        let Some(root) = corpus(name, "every_file_of_the_real_slates") else { return };
        every_file(&root, slate);
    }
}

#[test]
fn damaged_files_and_their_neighbors() {
    let levels = Levels::built_in().unwrap();
    let (_, slates) = slates(&fixtures());
    for seed in 0..120 {
        let mut dice = Dice(seed);
        let (slate, outside) = &slates[dice.below(slates.len())];
        let mut texts = BTreeMap::new();
        for _ in 0..=dice.below(3) {
            let file = &slate.files[FileId::from(dice.below(slate.files.len()))];
            let mut bytes = file.source.text().as_bytes().to_vec();
            for _ in 0..=dice.below(4) {
                bytes = damage(&bytes, &mut |bound| dice.below(bound));
            }
            texts.insert(file.source.path().to_owned(), String::from_utf8_lossy(&bytes).into_owned());
        }
        let slate = slate.with_texts(&texts);
        let is_damaged = |id: &FileId| texts.contains_key(slate.files[*id].source.path());
        let (mut files, others): (Vec<FileId>, Vec<FileId>) =
            slate.files.iter().map(|file| file.id).partition(is_damaged);
        files.extend((0..3).map(|_| others[dice.below(others.len())]));
        compare(&slate, outside.as_ref(), &levels, &files, &format!("seed {seed}"));
        // Fixing judges only what has changed.
        let fixed = fix(&slate, outside.as_ref(), &levels, |_, _| true);
        let afresh = lint(&fixed.slate, outside.as_ref(), &levels);
        let places = |found: &[Diagnostic]| -> Vec<_> {
            let shown = |one: &Diagnostic| {
                (one.file, one.finding.span, one.rule, one.finding.message.clone(), one.level, one.also.len())
            };
            found.iter().map(shown).collect()
        };
        assert_eq!(places(&fixed.findings), places(&afresh), "seed {seed}");
    }
}

#[test]
fn pages_that_list_goals_are_judged_again() {
    let goal = "# Lint in one run\n\n| Metadata | |\n|---|---|\n| Point of contact | @mara-okafor |\n| Highlight | errors |\n\
                | Status | Proposed |\n\n## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n| [compiler] | Small | |\n";
    let page = "# Highlights\n\n(((HIGHLIGHT TABLE: Errors)))\n";
    let project = Project::open(&fixtures(), ConfigFiles::default(), None).unwrap();
    let source = |name: &str, text: &str| Source::from_bytes(format!("2026/{name}"), text.into());
    let sources = vec![source("example.md", goal), source("highlights.md", page)];
    let slate = project.slate("2026", None, false, sources).unwrap().slate;
    let levels = Levels::built_in().unwrap();
    let rules = |found: &[Diagnostic]| found.iter().map(|one| one.rule).collect::<Vec<_>>();
    assert!(rules(&lint(&slate, None, &levels)).contains(&"unknown-highlight"));
    assert!(!rules(&lint(&slate, None, &levels)).contains(&"empty-directive"), "it is a consequence");
    let fixed = fix(&slate, None, &levels, |_, _| true);
    assert!(!rules(&fixed.findings).contains(&"empty-directive"), "the page lists a goal now");
}
