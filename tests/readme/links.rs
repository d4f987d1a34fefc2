//! Links among the documents of the repository lead to a file, and to a heading of it.

use std::collections::{BTreeMap, BTreeSet};

use comrak::nodes::NodeValue;
use comrak::{Anchorizer, Arena, Options, parse_document};
use goals::output::rule_page;
use goals::{RULES, RUN_RULES};

use crate::common::repository;
use crate::documents::{names, read};

/// Documents beside README.md and `docs/`.
const OTHERS: [&str; 5] =
    ["CONTRIBUTING.md", "CHANGELOG.md", "benches/README.md", "fuzz/README.md", "tests/hostile.md"];

/// What GitHub makes of a document.
#[derive(Default)]
struct Page {
    /// The names of its headings.
    anchors: BTreeSet<String>,
    /// Where its links and images lead.
    targets: Vec<String>,
}

fn page(text: &str) -> Page {
    let arena = Arena::new();
    let mut options = Options::default();
    options.extension.table = true;
    let mut names = Anchorizer::new();
    let mut page = Page::default();
    for node in parse_document(&arena, text, &options).descendants() {
        match &node.data().value {
            NodeValue::Heading(_) => {
                let mut words = String::new();
                for part in node.descendants() {
                    match &part.data().value {
                        NodeValue::Text(text) => words.push_str(text),
                        NodeValue::Code(code) => words.push_str(&code.literal),
                        _ => {}
                    }
                }
                page.anchors.insert(names.anchorize(&words));
            }
            NodeValue::Link(link) | NodeValue::Image(link) => page.targets.push(link.url.clone()),
            _ => {}
        }
    }
    page
}

/// The path that a relative link of a document leads to, from the repository; none if it leads out of it.
fn resolved(document: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()?),
            _ => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// What is wrong with a link of a document.
fn fault(document: &str, target: &str, pages: &BTreeMap<String, Page>) -> Option<String> {
    if target.starts_with("https://") {
        return None;
    }
    let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
    let file = if path.is_empty() { Some(document.to_owned()) } else { resolved(document, path) };
    let Some(file) = file.filter(|file| repository().join(file).exists()) else {
        return Some(format!("{document}: nothing is at `{target}`"));
    };
    let anchor = anchor?;
    let is_there = pages.get(&file).is_some_and(|page| page.anchors.contains(anchor));
    (!is_there).then(|| format!("{document}: no heading of {file} is `#{anchor}`"))
}

#[test]
fn links_lead_somewhere() {
    let documents: Vec<String> = names().into_iter().chain(OTHERS.map(str::to_owned)).collect();
    let pages: BTreeMap<String, Page> = documents.into_iter().map(|name| (name.clone(), page(&read(&name)))).collect();
    let of_page = |(name, page): (&String, &Page)| -> Vec<String> {
        page.targets.iter().filter_map(|target| fault(name, target, &pages)).collect()
    };
    let faults: Vec<String> = pages.iter().flat_map(of_page).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let number: usize = pages.values().map(|page| page.targets.len()).sum();
    assert!(number > 100, "only {number} links are read");
}

#[test]
fn every_rule_has_a_section() {
    let page = page(&read("docs/rules.md"));
    let ids: Vec<&str> = RULES.iter().map(|rule| rule.id).chain(RUN_RULES.iter().map(|rule| rule.id)).collect();
    for id in ids {
        assert!(page.anchors.contains(id), "docs/rules.md has no section on {id}");
        let address = rule_page("https://example.org/goals", id).unwrap();
        assert_eq!(
            address,
            format!("https://example.org/goals/blob/HEAD/docs/rules.md#{id}"),
            "where findings link to"
        );
        // A second section of this name would be meant by another anchor.
        assert!(!page.anchors.contains(&format!("{id}-1")), "docs/rules.md has two sections on {id}");
    }
}

#[test]
fn every_page_can_be_reached_from_the_readme() {
    let readme = page(&read("README.md"));
    for name in names().iter().filter(|name| *name != "README.md") {
        assert!(readme.targets.contains(name), "README.md has no link to {name}");
    }
}

#[test]
fn a_wrong_link_is_found() {
    let pages = BTreeMap::from([
        ("docs/a.md".to_owned(), page("# A b\n\n## `c-d`\n\n## `c-d`\n")),
        ("README.md".to_owned(), page("# R\n")),
    ]);
    let is_wrong = |target: &str| fault("docs/rules.md", target, &pages).is_some();
    assert!(is_wrong("nowhere.md") && is_wrong("../../README.md") && is_wrong("../README.md#x") && is_wrong("#x"));
    assert!(!is_wrong("../README.md#r") && !is_wrong("https://example.org/x#y") && !is_wrong("../src/lib.rs"));
    assert_eq!(pages["docs/a.md"].anchors, ["a-b", "c-d", "c-d-1"].map(str::to_owned).into());
}
