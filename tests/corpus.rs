//! The real slates, and the RFCs that were merged from them. They are other people's text: nothing of it is here, only
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
    for (id, heading) in document.headings.iter_enumerated() {
        let end = document.headings.get(id.next()).map_or(text.len(), |next| next.span.start as usize);
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
        // Some anchors were made by a wrong rule.
        let target = match target.split_once('#') {
            Some((page, anchor)) => format!("{page}#{}", anchor.replace('-', "")),
            None => target,
        };
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

/// The numbers in front of the word `goals`, in the order of the text.
fn counts(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let numbers = words.windows(3).filter(|three| three[0].bytes().all(|byte| byte.is_ascii_digit()));
    numbers
        .filter(|three| three[1..].iter().any(|word| word.contains("goals")))
        .map(|three| three[0].to_owned())
        .collect()
}

/// Compares counts and every table with those of the merged RFC. `rows_in_order` is whether the published order is one that a
/// program can have: that of 2026 is a directory listing's.
fn compare(period: &str, test: &str, least_tables: usize, rows_in_order: bool) {
    let Some(directory) = corpus(period, test) else { return };
    let merged = std::fs::read_to_string(directory.join("rfc.md")).unwrap();
    let ours = rfc(&directory, &format!("src/{period}"));
    assert_eq!(counts(&ours), counts(&merged));
    let (mut ours, mut merged) = (tables(&ours), tables(&merged));
    assert_eq!(ours.keys().collect::<Vec<_>>(), merged.keys().collect::<Vec<_>>());
    assert!(merged.len() >= least_tables, "the comparison has lost the tables");
    if !rows_in_order {
        ours.values_mut().chain(merged.values_mut()).for_each(|section| section.rows.sort());
    }
    for (heading, section) in &merged {
        assert_eq!(ours[heading].rows, section.rows, "below {heading}");
    }
}

#[test]
fn the_rfc_of_2025h1_says_what_the_merged_one_says() {
    compare("2025h1", "the_rfc_of_2025h1_says_what_the_merged_one_says", 20, true);
}

#[test]
fn the_rfc_of_2025h2_says_what_the_merged_one_says() {
    compare("2025h2", "the_rfc_of_2025h2_says_what_the_merged_one_says", 20, true);
}

#[test]
fn the_rfc_of_2026_says_what_the_merged_one_says() {
    compare("2026", "the_rfc_of_2026_says_what_the_merged_one_says", 30, false);
}

#[test]
fn a_slate_without_its_template_or_any_one_line_never_panics() {
    for period in ["2025h1", "2025h2", "2026"] {
        let Some(directory) = corpus(period, "a_slate_without_its_template_or_any_one_line_never_panics") else {
            return;
        };
        without_lines(&directory, &format!("src/{period}"));
    }
}

fn without_lines(directory: &Path, slate_directory: &str) {
    let project = goals::Project::open(directory, goals::ConfigFiles::default(), None).unwrap();
    let levels = goals::Levels::built_in().unwrap();
    let mut paths: Vec<_> =
        std::fs::read_dir(directory.join(slate_directory)).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let lines: Vec<&str> = text.lines().collect();
        // Every line would be thorough and slow; every seventh, from another start in each file, is thorough over the slate.
        for without in (name.len() % 7..lines.len()).step_by(7) {
            let kept = lines.iter().enumerate().filter(|(index, _)| *index != without).map(|(_, line)| *line);
            let text = kept.collect::<Vec<_>>().join("\n");
            let source = Source::from_bytes(format!("{slate_directory}/{name}"), text.into());
            let slate = project.slate(slate_directory, None, false, vec![source]).unwrap().slate;
            for reported in goals::lint(&slate, None, &levels) {
                let source = &slate.files[reported.file].source;
                assert!(source.text().get(reported.finding.span.range()).is_some(), "{name}: {reported:?}");
            }
            let _ = goals::rfc::assemble(&slate, &project.config, &goals::FrontMatter::default());
        }
    }
}

/// Why the errors in real slates are true mistakes: the corpus, `file:line rule`, and the reason.
const REASONS: &[(&str, &str, &str)] = &[
    ("2025h1", "2025h1/eii.md:108 missing-badge", "an ask of two teams without the badge; the RFC lacks it"),
    ("2025h2", "2025h1/eii.md:107 missing-badge", "an ask of two teams without the badge; the RFC lacks it"),
    ("2026", "2025h1/eii.md:107 missing-badge", "an ask of two teams without the badge; the RFC lacks it"),
    ("2025h1", "2025h1/rfl.md:111 undefined-label", "the table uses a badge that the project does not have"),
    ("2025h2", "2025h1/rfl.md:107 undefined-label", "the table uses a badge that the project does not have"),
    ("2026", "2025h1/rfl.md:107 undefined-label", "the table uses a badge that the project does not have"),
    (
        "2025h2",
        "2024h2/Patterns-of-empty-types.md:94 broken-table",
        "no blank line between a list and the table, so its asks are lost",
    ),
    ("2025h2", "2025h2/README.md:33 dead-anchor", "the theme was renamed, the link to its heading was not"),
    (
        "2025h2",
        "2025h2/cargo-plumbing.md:10 broken-table",
        "a blank line cuts a champion off the metadata table; the RFC lacks them",
    ),
    (
        "2025h2",
        "2025h2/parallel-front-end.md:12 broken-table",
        "a blank line cuts a champion off the metadata table; the RFC lacks them",
    ),
    (
        "2025h2",
        "2025h2/production-ready-cranelift.md:11 broken-table",
        "a blank line cuts a champion off the metadata table; the RFC lacks them",
    ),
    (
        "2025h2",
        "2025h2/relink-dont-rebuild.md:9 broken-table",
        "a blank line cuts a champion off the metadata table; the RFC lacks them",
    ),
    (
        "2025h2",
        "2025h2/rustc-perf-improvements.md:10 broken-table",
        "a blank line cuts champions off the metadata table; the RFC lacks them",
    ),
    (
        "2026",
        "2024h2/Patterns-of-empty-types.md:94 broken-table",
        "no blank line between a list and the table, so its asks are lost",
    ),
    ("2026", "2025h2/README.md:30 dead-anchor", "the theme was renamed, the link to its heading was not"),
    ("2026", "2025h2/parallel-front-end.md:12 broken-table", "a blank line cuts a champion off the metadata table"),
    (
        "2025h2",
        "2025h2/stabilization-of-sanitizer-support.md:7 unknown-theme",
        "the row is `flagship`, and the template has no such theme",
    ),
    (
        "2026",
        "2025h2/stabilization-of-sanitizer-support.md:7 unknown-theme",
        "the row is `flagship`, and the template has no such theme",
    ),
    ("2026", "2026/mir-move-elimination.md:11 malformed-champion", "a row `[team]` for a champion; the RFC prints TBD"),
];

/// Why the warnings of a rule are right, wherever they are.
const WARNINGS: &[(&str, &str)] = &[
    ("incomplete-badge", "`![Team]` without the brackets that the format asks for"),
    ("missing-blank-line", "a definition or a note directly below a table, which shows it as a row"),
    ("broken-link", "definitions that are part of a paragraph, and parentheses without a partner at a link"),
    ("dead-link", "a page that was removed, and the label of a definition in parentheses"),
    (
        "conflicting-linkifier",
        "the linkifiers of book.toml fit the text; for a third of them they lead to another repository",
    ),
    ("malformed-address", "short names of issues, user names and a host without its scheme in place of an address"),
    ("absolute-site-link", "the page is a file of the project, so that a relative path would be noticed when it moves"),
    ("wrong-title-level", "the title begins with `##`"),
    ("redundant-title", "the title says that it is that of a project goal"),
    ("unmarked-badge", "the words of the badge in the place of an owner"),
    ("conflicting-number", "another number or repository in the text than in the URL"),
    ("malformed-user", "a label that leads to a profile in the place of an owner"),
    ("conflicting-user", "a user name that nobody has, spelled like the name of a member"),
    ("malformed-tracking-issue", "an issue elsewhere without the brackets that make it a link"),
    ("unknown-ask", "the template for goals names an ask that the project no longer has"),
    ("undefined-label", "no definition, team, badge or linkifier fits, or the definition was misspelled"),
    ("unescaped-at-sign", "the site makes a link of the user name inside the URL"),
    ("repeated-definition", "another definition of the file says the same"),
    ("inconsistent-spelling", "one user in two letter cases within the slate"),
    ("leftover-heading", "the question is the template's own, which is to be replaced"),
    ("leftover-instruction", "the words are those of TEMPLATE.md, or of the one that the project had before"),
    ("leftover-owner", "a placeholder, or the word that older templates had for an owner"),
    ("leftover-row", "a row of dots as the template has it"),
    ("foreign-tracking-issue", "an issue of another repository, where goals are tracked in their own"),
    ("misspelled-row", "a row with a letter wrong or another case, or by its name of an earlier period"),
    ("repeated-value", "`Needs | Funding` twice"),
    ("unfinished-value", "TBD for a Zulip channel"),
    ("nonmember-champion", "the roster of the day has them in no part of the team"),
    ("unasked-champion", "no ask of the goal names the team"),
    ("unmarked-user", "a user, or the name of one, without `@`"),
    ("unseparated-users", "two users with only a space between them"),
    ("inconsistent-spelling", "one user in two letter cases, or in another than the roster has"),
    ("missing-level", "a row for a team with an empty support level is not counted as an ask"),
    (
        "unknown-person",
        "contacts who are in no team, `tiff` for a member `tiif`, and a working group written as a user",
    ),
    ("missing-cell", "a row with a cell less than the header"),
    ("missing-pipe", "a row that ends without the pipe that all others have"),
    ("leftover-todo", "TODO or TBD where a section or an answer should be"),
    ("malformed-front-matter", "the merged template has the placeholder of the RFC template"),
    ("unlisted-flagship", "a goal has become a flagship goal since, and the page was not changed"),
    ("wrong-count", "a goal has become a flagship goal since, and the page was not changed"),
    ("stale-status", "the status note says accepted, most goals of the slate say proposed"),
    ("repeated-delimiter-row", "two rows of dashes below one header"),
    ("incomplete-goal", "no heading of the summary, under whatever name"),
    ("misspelled-section", "the case, an abbreviation or a stray footnote in the name of a section"),
    ("unbracketed-team", "a goal that is not accepted names teams without brackets"),
    ("repeated-row", "two rows for the contact of funding"),
    ("malformed-funding", "a cost in words"),
    ("empty-section", "a heading of the template with no text below it"),
];

/// Every error in the slates of a corpus with our reason, and how many warnings there are of each rule.
fn judged(name: &str, test: &str) {
    let Some(directory) = corpus(name, test) else { return };
    let run = output(&directory, &["lint", "--all", "--format", "json"], b"", &[]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let mut text = String::new();
    let mut warnings: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in json["findings"].as_array().unwrap() {
        let rule = finding["rule"].as_str().unwrap();
        if finding["level"] == "warning" {
            *warnings.entry(rule).or_default() += 1;
            continue;
        }
        let file = finding["file"].as_str().unwrap().trim_start_matches("src/");
        let place = format!("{file}:{} {rule}", finding["start"]["line"]);
        let reason = REASONS.iter().find(|(corpus, known, _)| *corpus == name && *known == place);
        text.push_str(&format!("{place}: {}\n", reason.map_or("NO REASON GIVEN", |(.., reason)| reason)));
    }
    for (rule, number) in warnings {
        let reason = WARNINGS.iter().find(|(known, _)| *known == rule).map_or("NO REASON GIVEN", |(_, reason)| reason);
        text.push_str(&format!("{number} warnings of {rule}: {reason}\n"));
    }
    let summary = &json["summary"];
    text.push_str(&format!("{} goals in {} files: {} errors\n", summary["goals"], summary["files"], summary["errors"]));
    assert!(!text.contains("NO REASON GIVEN"), "{text}");
    snapshot(&format!("corpus-{name}"), &text);
}

#[test]
fn every_error_in_the_2025h1_corpus_is_a_true_mistake() {
    judged("2025h1", "every_error_in_the_2025h1_corpus_is_a_true_mistake");
}

#[test]
fn every_error_in_the_2025h2_corpus_is_a_true_mistake() {
    judged("2025h2", "every_error_in_the_2025h2_corpus_is_a_true_mistake");
}

#[test]
fn every_error_in_the_2026_corpus_is_a_true_mistake() {
    judged("2026", "every_error_in_the_2026_corpus_is_a_true_mistake");
}

/// comrak reports some places wrongly; what the model says about plain text has to be what is there.
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

/// What plain `goals lint` shows of the project as it is today: rules and numbers, which somebody has to be able to act on.
#[test]
fn the_whole_project_shows_what_somebody_can_act_on() {
    let Some(directory) = corpus("site/input", "the_whole_project_shows_what_somebody_can_act_on") else { return };
    let counted = |args: &[&str]| {
        let run = output(&directory, &[&["lint", "--format", "json"], args].concat(), b"", &[]);
        let json: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let mut rules: BTreeMap<(String, String), usize> = BTreeMap::new();
        for finding in json["findings"].as_array().unwrap() {
            let word = |key: &str| finding[key].as_str().unwrap().to_owned();
            *rules.entry((word("level"), word("rule"))).or_default() += 1;
        }
        (json["summary"].clone(), rules)
    };
    let mut text = String::new();
    for (what, args) in [("plain", &[][..]), ("all", &["--all"])] {
        let (summary, rules) = counted(args);
        let number = |key: &str| summary[key].as_u64().unwrap();
        text.push_str(&format!(
            "{what}: {} errors, {} warnings, {} suppressed\n",
            number("errors"),
            number("warnings"),
            number("suppressed")
        ));
        for ((level, rule), number) in rules {
            text.push_str(&format!("  {number} {level} {rule}\n"));
        }
        if what == "plain" {
            assert!(number("errors") <= 8 && number("warnings") <= 70, "{text}");
        }
    }
    snapshot("corpus-site", &text);
}
