//! Walls between modules, each with its reason.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

#[path = "../common/mod.rs"]
mod common;
mod imports;

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
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let name = path.strip_prefix(common::repository()).unwrap().to_string_lossy().replace('\\', "/");
        (name, code.join("\n"))
    };
    let files: Vec<(String, String)> = found.iter().map(read).collect();
    // A file that is declared for tests alone is one.
    let is_test = |name: &str| {
        let (above, file) = name.rsplit_once('/').unwrap_or(("", name));
        let declared = format!("#[cfg(test)]\nmod {};", file.trim_end_matches(".rs"));
        files.iter().any(|(other, code)| *other == format!("{above}/mod.rs") && code.contains(&declared))
    };
    files.iter().filter(|(name, _)| !is_test(name)).cloned().collect()
}

/// The floors of the house: each folder of `src/` with those from which its files may import, besides their own.
///
/// Imports run downwards only. A folder that is missing in a list is missing on purpose: the model knows no finding, rules and
/// RFC do not know each other, and what is below the engine does not know that there is a command line.
const FLOORS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("sys", &["text"]),
    ("markdown", &["text"]),
    ("diagnostics", &["text"]),
    ("policy", &["markdown", "sys", "text"]),
    ("model", &["policy", "markdown", "sys", "text"]),
    ("links", &["model", "policy", "markdown", "sys", "text"]),
    ("workspace", &["links", "model", "policy", "markdown", "sys", "text"]),
    ("rules", &["links", "diagnostics", "model", "policy", "markdown", "sys", "text"]),
    // What is drafted is text from text; what exists, and what is written, is not its business.
    ("drafts", &["model", "policy", "markdown", "sys", "text"]),
    ("rfc", &["links", "diagnostics", "model", "policy", "markdown", "sys", "text"]),
    // Pages of the site have the tables of the RFC.
    ("site", &["rfc", "model", "policy", "markdown", "sys", "text"]),
    ("lint", &["rules", "links", "diagnostics", "model", "policy", "markdown", "sys", "text"]),
    // A review quotes the goals as the RFC does.
    (
        "queries",
        &["lint", "rfc", "rules", "workspace", "links", "diagnostics", "model", "policy", "markdown", "sys", "text"],
    ),
    ("output", &["queries", "rules", "diagnostics", "model", "policy", "markdown", "sys", "text"]),
    (
        "engine",
        &[
            "drafts",
            "queries",
            "lint",
            "site",
            "rfc",
            "rules",
            "workspace",
            "links",
            "diagnostics",
            "model",
            "policy",
            "markdown",
            "sys",
            "text",
        ],
    ),
    // The language server translates: what it asks is asked of the engine, of queries, and of output, whose answers are made of
    // what is below. It knows nothing of the command line, which starts it through the face of the library.
    ("lsp", &["engine", "output", "queries", "rules", "workspace", "diagnostics", "model", "policy", "sys", "text"]),
    // A front end of the library's own: it has no arguments and no streams, which `cli` gives it.
    ("mdbook", &["engine", "sys"]),
    (
        "lib",
        &[
            "lsp",
            "mdbook",
            "engine",
            "drafts",
            "output",
            "queries",
            "lint",
            "rfc",
            "rules",
            "workspace",
            "links",
            "diagnostics",
            "model",
            "policy",
            "markdown",
            "sys",
            "text",
        ],
    ),
    // A front end gets everything through the face of the library.
    ("cli", &["lib"]),
    ("main", &["cli", "lib"]),
];

#[test]
fn imports_run_downwards() {
    let is_front_end = |module: &str| matches!(folder(module), "cli" | "main");
    for import in imports::Modules::new(&code()).imports() {
        let (from, to) = (folder(&import.from), folder(&import.to));
        let (_, allowed) = FLOORS
            .iter()
            .find(|(name, _)| *name == from)
            .unwrap_or_else(|| panic!("src/{from} has no floor: say in tests/architecture/main.rs what it may import"));
        // What the library hands out was imported by its face.
        let is_handed_out = is_front_end(&import.from) && !is_front_end(&import.to);
        assert!(
            from == to || allowed.contains(&to) || is_handed_out,
            "src/{} imports from {to}/ ({}), which is not below {from}/; it may import from {allowed:?}",
            import.from.replace("::", "/"),
            import.to,
        );
    }
}

/// The floor of a module: the first part of its path.
fn folder(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let imports = imports::Modules::new(&code()).imports();
    assert!(imports.len() > 500, "{} imports are read, which is too few to be all", imports.len());
    let circle = imports::circle(&imports).map(|modules| modules.join(" > "));
    assert_eq!(circle, None, "files that import each other");
}

#[test]
fn rules_do_not_know_each_other_and_the_model_knows_no_rule() {
    let rules: Vec<&str> =
        ["file", "template", "tables", "metadata", "sections", "leftovers", "asks", "people", "links", "slate"].into();
    let is_rule = |module: &str| rules.iter().any(|group| module.starts_with(&format!("rules::{group}::")));
    let is_part = |one: &str, other: &str| one.starts_with(&format!("{other}::"));
    for import in imports::Modules::new(&code()).imports() {
        let is_own = is_part(&import.from, &import.to) || is_part(&import.to, &import.from);
        let is_list = import.from == "rules::registry";
        assert!(
            !is_rule(&import.to) || is_list || is_own,
            "{} imports the rule {}: what two need belongs into rules/shared/",
            import.from,
            import.to
        );
    }
}

#[test]
fn only_one_folder_knows_comrak() {
    // What comrak reports wrongly is corrected there, and a rule that saw a parser could not be kept pure.
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
fn only_one_file_prints() {
    for (name, code) in code() {
        let prints = ["stdout()", "stderr()", "println!", "print!("].iter().any(|call| code.contains(call));
        assert!(!prints || name == "src/cli/output.rs", "{name} prints");
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
        "lint/guard/mod.rs",
        "lint/run.rs",
        "model/slate_reader.rs",
        "output/findings/human.rs",
        "rfc/verify/mod.rs",
        "site/mod.rs",
        "sys/threads.rs",
        "workspace/book.rs",
        "workspace/project.rs",
    ];
    assert_eq!(places, known.map(|name| format!("src/{name}")));
}
