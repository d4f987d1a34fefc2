//! The real slates, and the RFCs that were merged from them. They are other people's text: nothing of it stands here, only
//! file names, lines, and our reasons. Without `../shared/corpus` each test says that it is skipped.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::{corpus, output, snapshot};
use goals::{Document, Source};

/// The published address of the goals, in front of each page's own.
const SITE: &str = "https://rust-lang.github.io/rust-project-goals/";

/// A table, with the heading above it and the notes below it put into its cells.
#[derive(Debug, Default, PartialEq, Eq)]
struct Section {
    rows: Vec<Vec<String>>,
}

/// The tables of a text by the visible text of the heading above them. A heading that has several gets them joined.
fn tables(text: &str) -> BTreeMap<String, Section> {
    let source = Source::from_bytes("rfc.md", text.into());
    let document = Document::parse(&source);
    let mut sections: BTreeMap<String, Section> = BTreeMap::new();
    for (index, heading) in document.headings.iter().enumerate() {
        let end = document.headings.get(index + 1).map_or(text.len(), |next| next.span.start as usize);
        let range = heading.span.end as usize..end;
        let inside = |start: u32| range.contains(&(start as usize));
        let mut notes = BTreeMap::new();
        for block in document.blocks.iter().filter(|block| inside(block.span.start)) {
            let text = plain(&source, &document, block.span.range());
            if let Some((number, note)) = text.strip_prefix("\\*").and_then(|text| text.split_once(": ")) {
                notes.insert(format!("\\*{number}"), note.to_owned());
            }
        }
        let resolve = |text: String| -> String {
            text.split(' ').map(|word| notes.get(word).map_or(word, String::as_str)).collect::<Vec<_>>().join(" ")
        };
        for table in document.tables.iter().filter(|table| inside(table.span.start)) {
            let section = sections.entry(heading.text.clone()).or_default();
            for row in &table.rows {
                section
                    .rows
                    .push(row.cells.iter().map(|cell| resolve(plain(&source, &document, cell.range()))).collect());
            }
        }
    }
    sections
}

/// The text of a part, each link as its text and where it leads.
fn plain(source: &Source, document: &Document, range: std::ops::Range<usize>) -> String {
    let text = source.text();
    let mut out = String::new();
    let mut at = range.start;
    for link in document.links.iter().filter(|link| range.contains(&(link.span.start as usize))) {
        if (link.span.start as usize) < at {
            continue;
        }
        out.push_str(&text[at..link.span.start as usize]);
        // The published texts spell some addresses in two ways, and badges in two letter cases.
        let target = link.target.replace("/./", "/").replace(&format!("{SITE}2025h1/https://"), "https://");
        out.push_str(&format!("{{{} {target}}}", source.slice(link.text).to_lowercase()));
        at = link.span.end as usize;
    }
    out.push_str(&text[at.min(range.end)..range.end]);
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn rfc(directory: &Path, slate: &str) -> String {
    let run = output(directory, &["rfc", slate, "--allow-errors"], b"", &[]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn the_rfc_of_2025h1_says_what_the_merged_one_says() {
    let Some(directory) = corpus("2025h1", "the_rfc_of_2025h1_says_what_the_merged_one_says") else { return };
    let merged = std::fs::read_to_string(directory.join("rfc.md")).unwrap();
    let ours = rfc(&directory, "src/2025h1");
    let counts = |text: &str| -> Vec<String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        words
            .windows(3)
            .filter(|three| three[1] == "project" && three[2].starts_with("goals"))
            .map(|three| three[0].to_owned())
            .collect()
    };
    assert_eq!(counts(&ours), counts(&merged));

    let (ours, merged) = (tables(&ours), tables(&merged));
    assert_eq!(ours.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>());
    assert!(merged.len() > 20, "the comparison has lost the tables");
    for (heading, section) in &merged {
        assert_eq!(ours[heading].rows, section.rows, "below {heading}");
    }
}

#[test]
fn a_slate_without_its_template_or_any_one_line_never_panics() {
    let Some(directory) = corpus("2025h1", "a_slate_without_its_template_or_any_one_line_never_panics") else { return };
    let project = goals::Project::open(&directory, goals::ConfigFiles::default(), None).unwrap();
    let levels = goals::Levels::built_in().unwrap();
    let mut paths: Vec<_> =
        std::fs::read_dir(directory.join("src/2025h1")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let lines: Vec<&str> = text.lines().collect();
        // Every line would be thorough and slow; every seventh, from another start in each file, is thorough over the slate.
        for without in (name.len() % 7..lines.len()).step_by(7) {
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != without).map(|(_, line)| *line);
            let text = kept.collect::<Vec<_>>().join("\n");
            let source = Source::from_bytes(format!("src/2025h1/{name}"), text.into());
            let slate = project.slate("src/2025h1", None, false, vec![source]).unwrap().slate;
            for reported in goals::lint(&slate, &levels) {
                let source = &slate.files[reported.file].source;
                assert!(source.text().get(reported.finding.span.range()).is_some(), "{name}: {reported:?}");
            }
            let _ = goals::rfc::assemble(&slate, &project.config);
        }
    }
}

/// Why the findings of real slates are right: `file:line rule`, and the reason.
const REASONS: &[(&str, &str)] = &[
    (
        "2025h1/min_generic_const_arguments.md:77 inconsistent-spelling",
        "the contact on line 5 is the same user in another letter case",
    ),
    (
        "2025h1/spec-fls-publish.md:5 inconsistent-spelling",
        "the owner on line 58 is the same user in another letter case",
    ),
    (
        "2024h2/min_generic_const_arguments.md:78 inconsistent-spelling",
        "the contact on line 5 is the same user in another letter case",
    ),
];

/// Every finding of a slate with our reason.
fn judged(corpus_name: &str, slate: &str) -> String {
    let Some(directory) = corpus(corpus_name, &format!("findings in {corpus_name}/{slate}")) else {
        return String::new();
    };
    let run = output(&directory, &["lint", slate, "--format", "json"], b"", &[]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let mut text = String::new();
    for finding in json["findings"].as_array().unwrap() {
        let file = finding["file"].as_str().unwrap().trim_start_matches("src/");
        let place = format!("{file}:{} {}", finding["start"]["line"], finding["rule"].as_str().unwrap());
        let reason = REASONS.iter().find(|(known, _)| *known == place).map_or("NO REASON GIVEN", |(_, reason)| reason);
        text.push_str(&format!("{place} ({}): {reason}\n", finding["level"].as_str().unwrap()));
    }
    let summary = &json["summary"];
    text.push_str(&format!(
        "{} goals in {} files: {} errors, {} warnings\n",
        summary["goals"], summary["files"], summary["errors"], summary["warnings"]
    ));
    text
}

#[test]
fn every_finding_in_2025h1_is_a_true_mistake() {
    let text = judged("2025h1", "src/2025h1");
    if !text.is_empty() {
        assert!(!text.contains("NO REASON GIVEN"), "{text}");
        snapshot("corpus-2025h1", &text);
    }
}

#[test]
fn every_finding_in_2024h2_is_a_true_mistake() {
    let text = judged("2025h1", "src/2024h2");
    if !text.is_empty() {
        assert!(!text.contains("NO REASON GIVEN"), "{text}");
        snapshot("corpus-2024h2", &text);
    }
}

/// comrak reports some places wrongly; what the model says about plain text has to be what stands there.
#[test]
fn every_place_in_the_real_slates_holds_what_it_should() {
    for name in ["2025h1", "2025h2", "2026"] {
        let Some(directory) = corpus(name, "every_place_in_the_real_slates_holds_what_it_should") else { return };
        let mut files = Vec::new();
        markdown_files(&directory.join("src"), &mut files);
        for path in files {
            let source = Source::from_bytes(path.to_string_lossy(), std::fs::read(&path).unwrap());
            let document = Document::parse(&source);
            let place = |span: goals::Span| format!("{}:{}", path.display(), source.position(span.start as usize).line);
            for code in &document.codes {
                let text = source.slice(*code);
                assert!(!text.starts_with('`') || text.ends_with('`'), "{}: code {text:?}", place(*code));
            }
            for link in &document.links {
                let text = source.slice(link.span);
                assert!(
                    text.starts_with(['[', '!', '<']) && text.ends_with([']', ')', '>']),
                    "{}: link {text:?}",
                    place(link.span)
                );
            }
            for heading in document.headings.iter().filter(|heading| !heading.setext) {
                assert!(source.slice(heading.span).starts_with('#'), "{}: heading", place(heading.span));
            }
            for definition in &document.definitions {
                assert!(source.slice(definition.span).starts_with('['), "{}: definition", place(definition.span));
            }
            for text in &document.texts {
                assert!(!source.slice(*text).contains('\n'), "{}: text over two lines", place(*text));
            }
        }
    }
}

fn markdown_files(directory: &Path, found: &mut Vec<std::path::PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            markdown_files(&entry, found);
        } else if entry.extension().is_some_and(|extension| extension == "md") {
            found.push(entry);
        }
    }
}
