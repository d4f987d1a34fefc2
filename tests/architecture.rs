//! Walls between modules, each with its reason.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::path::{Path, PathBuf};

fn sources(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { sources(&path, found) } else { found.push(path) }
    }
}

/// Every source file as its path from the repository and its code, without comments and unit tests.
fn code() -> Vec<(String, String)> {
    let mut found = Vec::new();
    sources(&common::repository().join("src"), &mut found);
    found.retain(|path| !path.ends_with("tests.rs"));
    found.sort();
    let read = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).unwrap();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let name = path.strip_prefix(common::repository()).unwrap().to_string_lossy().replace('\\', "/");
        (name, code.join("\n"))
    };
    found.iter().map(read).collect()
}

#[test]
fn only_one_module_knows_comrak() {
    // What comrak reports wrongly is mended there, and a rule that saw a parser could not be kept pure.
    let knows: Vec<String> =
        code().into_iter().filter(|(_, code)| code.contains("comrak")).map(|(name, _)| name).collect();
    assert!(knows.iter().all(|name| name.starts_with("src/markdown/")), "{knows:?}");
}

#[test]
fn no_code_asks_which_period_it_is() {
    // Formats are data: the next period is a file of rules/periods/ and no new code.
    for (name, code) in code() {
        for period in ["2024h2", "2025h1", "2025h2", "2026"] {
            let mentions =
                code.lines().filter(|line| line.contains(&format!("\"{period}")) && !line.contains("include_str!"));
            assert_eq!(mentions.count(), 0, "{name} names the period {period}");
        }
    }
}

#[test]
fn only_main_prints() {
    for (name, code) in code() {
        let prints = ["stdout()", "stderr()", "println!", "print!("].iter().any(|call| code.contains(call));
        assert!(!prints || name == "src/main.rs", "{name} prints");
    }
}

#[test]
fn work_is_shared_in_few_places() {
    // Who waits for shared work does other work in the meantime. Where a value is being found out that others wait for
    // (`OnceLock`, `LazyLock`), that work could wait for the very same value, for ever. None of these places is in such a one;
    // whoever adds another makes sure of it.
    let shares = |code: &str| ["threads::map", "threads::both", "rayon::"].iter().any(|call| code.contains(call));
    let places: Vec<String> = code().into_iter().filter(|(_, code)| shares(code)).map(|(name, _)| name).collect();
    let known = [
        "engine.rs",
        "lint/run.rs",
        "model/slate_reader.rs",
        "output/findings/human.rs",
        "sys/threads.rs",
        "workspace/project.rs",
    ];
    assert_eq!(places, known.map(|name| format!("src/{name}")));
}
