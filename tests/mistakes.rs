//! Mistakes of many kinds, one at a time, in goals without any: each that is found is one finding.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Dice, fixtures};
use goals::{ConfigFiles, Levels, OsTree, OverlayTree, Project};

/// A kind of mistake: what is replaced at one place, and by what.
const KINDS: &[(&str, &str)] = &[
    // Metadata.
    ("| Status ", "| Staus "),
    ("| Status ", "| status "),
    ("| Status ", "| **Status** "),
    ("| Point of contact ", "| Point of Contact "),
    ("| Point of contact ", "| Point-of-contact "),
    ("| Contact ", "| Contat "),
    ("| Tracking issue ", "| Tracking isue "),
    ("| Zulip channel ", "| Zulip chanel "),
    ("| Short title ", "| Short titel "),
    ("| Roadmap ", "| Roadmaps "),
    ("| Highlight ", "| Highligth "),
    ("| Metadata ", "| Metdata "),
    ("| Proposed ", "| Propose "),
    ("| Proposed ", "| proposed "),
    ("| Proposed ", "| In review "),
    ("| Proposed ", "| "),
    ("| Accepted ", "| Acccepted "),
    ("| Accepted ", "| *Accepted* "),
    ("| @", "| "),
    ("| @", "| @@"),
    ("| @", "| @ "),
    ("| @", "| by @"),
    ("[example-org/project-goals#", "[example-org/project-goals"),
    ("[example-org/project-goals#", "[example-org/other#"),
    ("[example-org/project-goals#", "example-org/project-goals#"),
    ("|\n\n## Summary", "|\n| Status | Proposed |\n\n## Summary"),
    ("champion | @", "champion | Jonas @"),
    ("] champion ", "] chmpion "),
    ("[compiler] champion", "[compilr] champion"),
    ("[compiler] champion", "compiler champion"),
    ("| [lang-docs] champion", "| [lang-docs]"),
    ("| First language ", "| First languages "),
    ("| Errors ", "| Erors "),
    // Headings.
    ("# ", "#"),
    ("## Summary", "## Sumary"),
    ("## Summary", "##Summary"),
    ("## Summary", "**Summary**"),
    ("## Motivation", "## Motivtion"),
    ("## Motivation", "##Motivation"),
    ("## Team asks", "## Team aks"),
    ("## Team asks", "## Team Asks"),
    ("## Team asks", "##Team asks"),
    ("## Team asks", "**Team asks**"),
    ("## Team asks\n", ""),
    ("## Ownership and team asks", "## Ownership & team asks"),
    ("## Ownership and team asks", "## Ownership and team ask"),
    ("## Ownership and team asks\n", ""),
    ("### The status quo", "###The status quo"),
    // Tables.
    ("| Team ", "| Teams "),
    ("| Support level ", "| Level of support "),
    ("| Task ", "| Tasks "),
    ("|\n|-", "|\n|\n|-"),
    ("|\n|:-", "|\n\n|:-"),
    ("|\n|:-", "|\n|:-:|:-"),
    ("|\n\n## Frequently", "| |\n\n## Frequently"),
    ("|\n\n## Frequently", "\n\n## Frequently"),
    ("|\n\n## Frequently", "|\nMore to come.\n\n## Frequently"),
    ("\n\n## Frequently", "\n\n| [infra] | Small | |\n\n## Frequently"),
    ("| Medium ", "| Medum "),
    ("| Medium ", "| Huge "),
    ("| Small ", "| "),
    ("| Large ", "| Large or so "),
    ("| [types] ", "| [typos] "),
    ("| [types] ", "| types "),
    ("| [types] ", "| @types "),
    ("| [compiler] ", "| [Compiler "),
    ("![Team][] [", "![Team] [] ["),
    ("![Team][] [", "![Team]["),
    ("![Team][] [", "![Taem][] ["),
    ("![Team][] [", "["),
    ("[compiler]", "[compilr]"),
    ("| Standard reviews ", "| Standard review "),
    ("| Design meeting ", "| Design metting "),
    ("| RFC decision ", "| RFC decison "),
    ("| Standard reviews ", "| "),
    ("![Help wanted][]", "![Help wantd][]"),
    ("![Help wanted][]", "*owner*"),
    // Text.
    ("\n\n## Motivation", "\n\nTODO\n\n## Motivation"),
    ("\n\n## Motivation", "\n\n```\ncode\n\n## Motivation"),
    ("\n\n## Motivation", "\n\n<!-- a note\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here] (https://example.org).\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here](htps://example.org).\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here](./gone.md).\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here](#gone).\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here][gone].\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee (here)[https://example.org].\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nSee [here](https://example.org.\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nIt is **bold.\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nIt is `code.\n\n## Motivation"),
    ("\n\n## Motivation", "\n\nIt is\u{200b} here.\n\n## Motivation"),
    ("[plan]: ", "[plans]: "),
    ("[batched]: ./batched-doctests.md", "[batched]: ./batched-doctest.md"),
    ("[batched]: ", "[batched] : "),
    ("[channel]: ", "[chanel]: "),
    ("@wen-zhao", "wen-zhao"),
    ("@wen-zhao", "@wen_zhao"),
    ("@kofi42", "@kofi42 @wen-zhao"),
    ("@SoltanA, ", "@SoltanA "),
];

/// How many goals a kind is tried in.
const TRIES: usize = 4;

/// What is found in a slate with some texts replaced: how often each rule says what, by file.
fn findings(
    project: &Project,
    slate: &str,
    file: Option<(&str, &str)>,
) -> BTreeMap<(String, &'static str, String), usize> {
    let directory = fixtures().join(slate);
    let mut tree = OverlayTree::new(OsTree);
    if let Some((name, text)) = file {
        tree.insert(&directory.join(name), text.as_bytes().to_vec());
    }
    let reading = project.read_slate(&tree, &directory, None).unwrap();
    let mut found = BTreeMap::new();
    for one in goals::lint(&reading.slate, reading.outside.as_ref(), &Levels::built_in().unwrap()) {
        let file = reading.slate.files[one.file].source.file_name().to_owned();
        *found.entry((file, one.rule, one.finding.message)).or_default() += 1;
    }
    found
}

#[test]
fn each_mistake_is_one_finding() {
    let project = Project::open(&fixtures(), ConfigFiles::default(), None).unwrap();
    let mut dice = Dice(22);
    let (mut tried, mut found_kinds) = (BTreeSet::new(), BTreeSet::new());
    let (mut found, mut several, mut list) = (0, 0, String::new());
    for slate in ["2025h1", "2026"] {
        let clean = findings(&project, slate, None);
        let names = std::fs::read_dir(fixtures().join(slate)).unwrap();
        let mut names: Vec<String> =
            names.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names.retain(|name| !matches!(name.as_str(), "README.md" | "TEMPLATE.md" | "not_accepted.md"));
        let texts: Vec<(String, String)> = names
            .into_iter()
            .map(|name| (std::fs::read_to_string(fixtures().join(slate).join(&name)).unwrap(), name))
            .map(|(text, name)| (name, text))
            .collect();
        let goals: Vec<&(String, String)> = texts.iter().filter(|(_, text)| text.contains("\n| Status ")).collect();
        for (kind, (old, new)) in KINDS.iter().enumerate() {
            let mut fitting: Vec<&(String, String)> =
                goals.iter().copied().filter(|(_, text)| text.contains(old)).collect();
            for _ in 0..TRIES.min(fitting.len()) {
                let (name, text) = fitting.swap_remove(dice.below(fitting.len()));
                tried.insert(kind);
                let text = text.replacen(old, new, 1);
                let now = findings(&project, slate, Some((name, &text)));
                let more = now.iter().flat_map(|(key, number)| {
                    let more = number.saturating_sub(clean.get(key).copied().unwrap_or(0));
                    std::iter::repeat_n(key, more)
                });
                let more: Vec<_> = more.collect();
                if more.is_empty() {
                    continue;
                }
                found_kinds.insert(kind);
                found += 1;
                if more.len() > 1 {
                    several += 1;
                    list.push_str(&format!("{slate}/{name}, {old:?} to {new:?}: {more:#?}\n"));
                }
                assert!(more.len() <= 2, "{list}");
            }
        }
    }
    assert!(tried.len() >= 90, "only {} of {} kinds fit a goal", tried.len(), KINDS.len());
    assert!(found_kinds.len() >= 75, "only {} of {} kinds are found", found_kinds.len(), tried.len());
    assert!(several * 20 <= found, "{several} of {found} are more than one finding:\n{list}");
}
