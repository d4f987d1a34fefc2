//! Slates that a generator makes, valid and nasty: what holds for the RFC of every one of them.

#![allow(clippy::unwrap_used, clippy::panic)] // a test may stop at the first surprise

mod common;

use std::collections::BTreeMap;

use common::Dice;
use goals::{ConfigFiles, Document, Format, FrontMatter, Level, Levels, Project, Source, lint, rfc};

const PEOPLE: &[&str] =
    &["@mara-okafor", "@e-lima", "@elima", "@SoltanA", "@hanae", "@kofi42", "@rnordmann", "@wen-zhao"];
const TEAMS: &[&str] = &["cargo", "compiler", "docs-rs", "lang", "lang-docs", "libs-api", "types", "wg-http2"];
const SITE: &str = "https://goals.example.org";

/// Pieces of titles.
const TITLES: &[&str] = &[
    "`a|b` and more",
    "A | B",
    "the [lang] feature",
    "😀 wide 漢字",
    "*stressed* and _not_",
    "C:\\path\\",
    "[#42] again",
    "for @kofi42",
    "Titles, with: punctuation!",
    "[linked](./goals.md) words",
    "`` code ` tick ``",
    "5 < 6 & \"more\"",
    "[x]",
    "~~old~~",
    "e\u{301}👩\u{200d}💻",
    "#",
    "end #",
];

/// Pieces of notes, as written in a cell.
const NOTES: &[&str] = &[
    "short",
    "`x\\|y`",
    "a \\| b",
    "see [here](#summary)",
    "by [the plan][plan] of [plan][]",
    "[plan]",
    "with @e-lima and [types]",
    "[RFC #12] and [rust-lang/rust#7]",
    "😀漢字",
    "a footnote[^1]",
    "![Complete][]",
    "a long piece of text that is there to be long",
    "<br>",
    "\\[not a link\\]",
    "[page](./neighbor.md#work-items)",
    "`[lang]`",
    "**bold** *it*",
    "https://example.org/a_b",
];

/// Blocks of pages, each with a heading or reference that may be there several times.
const BLOCKS: &[&str] = &[
    "Words of @mara-okafor and @wen-zhao, with [lang] and [RFC #3].",
    "See [the notes][notes], [notes][] and [notes] of it.",
    "A claim.[^1] Another.[^more]\n\n[^1]: Its reason,\n    which is long.\n[^more]: word",
    "```text\n(((GOALS)))\n\n\n<!-- #GOALS -->\n| ragged |\n[^1] [notes]\n```",
    "A paragraph.\n\n    indented (((GOALS)))\n\n    code",
    "- one\n- two\n  - three with `code`\n\n    and a paragraph\n- four",
    "1. one\n2. two",
    "> quoted [notes]\n> and [more](./goals.md#x)\n>\n> | a | b |\n> |--|--|\n> | 漢 | `x\\|y` |",
    "| ragged | table |\n|-|:-:|\n| 😀 | @elima |\n| [notes] | |",
    "same | without | pipes\n--|--|--\na | b | c",
    "*stressed\nover lines* and\\\na break",
    "<details>\n\nhidden\n\n</details>",
    "<!-- a comment -->",
    "![TBD][] and ![a picture](./a.png)",
    "***",
    "A line,\nanother with <https://example.org>.\n",
    "[compiler] is not [its page][compiler page].\n\n[compiler page]: https://example.org/compiler",
];

const HEADINGS: &[&str] = &["Notes", "Goals", "More `code`", "Thanks to @hanae", "漢字 😀"];

/// What the generator knows about a goal.
struct Goal {
    file: String,
    rejected: bool,
    /// Team and mark of each ask; the mark is in its notes, and is empty where there are none.
    asks: Vec<(&'static str, String)>,
}

struct Made {
    texts: BTreeMap<String, String>,
    goals: Vec<Goal>,
}

fn pick<T: Copy>(dice: &mut Dice, from: &[T]) -> T {
    from[dice.below(from.len())]
}

fn make(format: &Format, dice: &mut Dice) -> Made {
    let mut made = Made { texts: BTreeMap::new(), goals: Vec::new() };
    for number in 0..1 + dice.below(6) {
        let (goal, text) = make_goal(format, number, dice);
        made.texts.insert(goal.file.clone(), text);
        made.goals.push(goal);
    }
    made.texts.insert("neighbor.md".to_owned(), "# A page\n\n## Work items\n".to_owned());
    let mut template = make_template(format, dice);
    if format.rfc.chapters {
        for name in ["faq.md", "goals.md"] {
            // Blocks elsewhere lead to this heading.
            let page = format!("{}\n## x\n", make_page(format, &name[..1], dice));
            made.texts.insert(name.to_owned(), page);
            template.push_str(&format!("\n# About {name}\n\n- [{name}](./{name})\n"));
            template.push_str(&format!(
                "\n{}\n",
                pick(dice, BLOCKS).replace(
                    "[compiler page]: https://example.org/compiler",
                    "[compiler page]: https://example.org/compiler-t"
                )
            ));
        }
    } else {
        made.texts.insert("goals.md".to_owned(), "# Goals\n\n## x\n".to_owned());
    }
    template.push_str("\n[notes]: https://example.org/template\n[plan]: https://example.org/other\n");
    made.texts.insert("README.md".to_owned(), template);
    for text in made.texts.values_mut() {
        if !text.contains("## x\n") && dice.below(4) == 0 {
            *text = text.replace('\n', "\r\n");
        }
    }
    made
}

fn make_goal(format: &Format, number: usize, dice: &mut Dice) -> (Goal, String) {
    let rejected = dice.below(5) == 0;
    let status = if rejected { "Not accepted" } else { pick(dice, &["Proposed", "Accepted"]) };
    let mut rows = vec![
        ("Point of contact".to_owned(), pick(dice, PEOPLE).to_owned()),
        ("Status".to_owned(), status.to_owned()),
        ("Tracking issue".to_owned(), format!("[rust-lang/rust-project-goals#{}]", number + 1)),
    ];
    if dice.below(2) == 0 {
        rows.push(("Short title".to_owned(), format!("Short {number} 漢 `s`")));
    }
    let mut goal =
        Goal { file: format!("{}goal-{number}.md", pick(dice, &["a-", "b-", "Ä-"])), rejected, asks: Vec::new() };
    let mut sections = String::new();
    let levels: Vec<&str> = format.levels.keys().map(String::as_str).collect();
    if levels.is_empty() {
        sections.push_str("## Ownership and team asks\n\n");
        for table in 0..1 + dice.below(3) {
            if table > 0 {
                sections.push_str(&format!("\n### Part {table} of `it` | 😀\n\n"));
            }
            sections.push_str("| Task | Owner(s) or team(s) | Notes |\n|---|---|---|\n");
            sections.push_str(&format!("| Work | {}, {} | |\n", pick(dice, PEOPLE), pick(dice, PEOPLE)));
            for row in 0..1 + dice.below(4) {
                let asks: Vec<&str> =
                    format.asks.iter().filter(|(_, ask)| ask.teams.is_none()).map(|(name, _)| name.as_str()).collect();
                let team = pick(dice, TEAMS);
                let notes = make_notes(&mut goal, team, &format!("n{number}x{table}x{row}x"), dice);
                sections.push_str(&format!("| {} | ![Team][] [{team}] | {notes} |\n", pick(dice, &asks)));
            }
        }
    } else {
        sections.push_str("## Team asks\n\n| Team | Support level | Notes |\n|---|---|---|\n");
        let mut teams = TEAMS.to_vec();
        for row in 0..1 + dice.below(4) {
            let team = teams.remove(dice.below(teams.len()));
            let notes = make_notes(&mut goal, team, &format!("n{number}x{row}x"), dice);
            sections.push_str(&format!("| [{team}] | {} | {notes} |\n", pick(dice, &levels)));
            rows.push((format!("[{team}] champion"), pick(dice, PEOPLE).to_owned()));
        }
        rows.push((
            "What and why".to_owned(),
            pick(dice, &["[The plan][plan]", "Why not", "`a\\|b` of [here](#summary)"]).to_owned(),
        ));
    }
    let title = format!("{} {number} {}", pick(dice, &["Goal", "Aim", "Ziel"]), pick(dice, TITLES));
    let mut text = format!("# {title}\n\n| Metadata | |\n|---|---|\n");
    for (name, value) in rows {
        text.push_str(&format!("| {name} | {value} |\n"));
    }
    text.push_str("\n## Summary\n\nA summary, by [the plan][plan]. More words.\n\n## Motivation\n\nWords.[^1]\n\n[^1]: A note.\n\n");
    text.push_str(&sections);
    text.push_str("\n## Frequently asked questions\n\nNone.\n\n[plan]: https://example.org/plan\n");
    (goal, text)
}

fn make_notes(goal: &mut Goal, team: &'static str, mark: &str, dice: &mut Dice) -> String {
    if dice.below(4) == 0 {
        goal.asks.push((team, String::new()));
        return String::new();
    }
    goal.asks.push((team, mark.to_owned()));
    let more: Vec<&str> = (0..dice.below(4)).map(|_| pick(dice, NOTES)).collect();
    format!("{mark} {}", more.join(" "))
}

fn make_template(format: &Format, dice: &mut Dice) -> String {
    let mut text = String::new();
    if dice.below(2) == 0 {
        text.push_str("- Feature Name: x\n- Start Date: 2025-01-02\n- RFC PR: [a][notes]\n\n");
    }
    text.push_str(pick(dice, &["# Title\n\n", "Title\n===\n\n"]));
    text.push_str("There are <!-- #GOALS --> goals, **(((#GOALS)))** of them, see [goals](#goals-table).\n\n");
    text.push_str(&blocks("t", dice));
    text.push_str("\n## Goals table\n\n(((GOALS)))\n\n");
    for name in
        ["TEAM ASKS", "VALID TEAM ASKS", "CHAMPIONS", "GOALS NOT ACCEPTED", "OTHER GOALS", "LARGE GOALS", "ROADMAPS"]
    {
        if format.directives.contains_key(name) && (name == "TEAM ASKS" || dice.below(2) == 0) {
            text.push_str(&format!("# Of {}\n<!-- {name} -->\n", name.to_lowercase()));
            if dice.below(2) == 0 {
                text.push_str("[valid_team_asks]: #goals-table\n");
            }
        }
    }
    text.push_str("\n# Behind\n\nWords.\n");
    text
}

/// A chapter, whose footnotes, labels and headings other files have too.
fn make_page(format: &Format, name: &str, dice: &mut Dice) -> String {
    let mut text = format!("# Page {name}\n\n{}", blocks(name, dice));
    if format.directives.contains_key("SMALL GOALS") {
        text.push_str("\n#### Small ones\n\n(((SMALL GOALS)))\n");
    }
    text.push_str(&format!("\n[own](#notes-{name}) [own][]\n\n## Notes {name}\n\n[notes]: https://example.org/{name}\n[own]: #notes-{name}\n"));
    text
}

fn blocks(name: &str, dice: &mut Dice) -> String {
    let mut blocks: Vec<&str> = BLOCKS.to_vec();
    let mut text = String::new();
    for _ in 0..dice.below(8) {
        if dice.below(3) == 0 {
            text.push_str(&format!("{} {}\n\n", "#".repeat(2 + dice.below(4)), pick(dice, HEADINGS)));
        }
        let block = blocks.remove(dice.below(blocks.len()));
        text.push_str(&format!(
            "{}\n{}",
            block.replace("/compiler", &format!("/compiler-{name}")),
            "\n".repeat(1 + dice.below(3))
        ));
    }
    text
}

/// The part of a text below the heading with these words, up to the next heading.
fn section<'t>(text: &'t str, document: &Document, words: &str) -> &'t str {
    let at = document.headings.position(|heading| heading.text == words);
    let at = at.unwrap_or_else(|| panic!("no heading `{words}`:\n{text}"));
    let end = document.headings.get(at.next()).map_or(text.len(), |next| next.span.start as usize);
    &text[document.headings[at].span.end as usize..end]
}

#[test]
fn the_rfc_of_any_valid_slate_is_whole_and_without_faults() {
    let project = Project::open(&common::fixtures(), ConfigFiles::default(), None).unwrap();
    let levels = Levels::built_in().unwrap();
    let mut dice = Dice(7);
    let directory = common::repository().join("rules/periods");
    let mut periods: Vec<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    periods.sort();
    for round in 0..80 {
        let period = &periods[round % periods.len()];
        let format = project.slate(period, None, false, vec![]).unwrap().slate.format;
        let made = make(&format, &mut dice);
        let read = |texts: Vec<(&String, String)>| {
            let source =
                |(name, text): (&String, String)| Source::from_bytes(format!("{period}/{name}"), text.into_bytes());
            project.slate(period, None, false, texts.into_iter().map(source).collect()).unwrap().slate
        };
        let texts: Vec<(&String, String)> = made.texts.iter().map(|(name, text)| (name, text.clone())).collect();
        let slate = read(texts.clone());
        let all = || made.texts.iter().map(|(name, text)| format!("=== {name}\n{text}")).collect::<String>();
        let errors: Vec<_> = lint(&slate, None, &levels).into_iter().filter(|one| one.level == Level::Error).collect();
        assert!(errors.is_empty(), "round {round}: the generator makes what is not valid: {errors:?}\n{}", all());

        let stated = FrontMatter::default();
        let assembled = rfc::assemble(&slate, &project.config, &stated);
        let text = assembled.unwrap_or_else(|failure| panic!("round {round}: {failure}\n{}", all())).text;
        let faults = rfc::verify(&slate, &project.config, &stated, &text);
        assert_eq!(faults, [], "round {round}\n{text}\n{}", all());
        whole(&made, period, &text);

        // The order in which files are read never shows, nor do their line ends.
        let mut shuffled: Vec<(&String, String)> =
            texts.into_iter().map(|(name, text)| (name, text.replace("\r\n", "\n"))).collect();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, dice.below(at + 1));
        }
        let again = rfc::assemble(&read(shuffled), &project.config, &stated).unwrap().text;
        assert!(again == text, "round {round}: another order or other line ends show\n{}", all());
    }
}

/// Each goal that is not rejected is once in the table of goals, each ask once in its team's table.
fn whole(made: &Made, period: &str, text: &str) {
    let source = Source::from_bytes("rfc.md", text.into());
    let document = Document::parse(&source);
    let page = |goal: &Goal| format!("({SITE}/{period}/{})", goal.file.replace(".md", ".html"));
    let table = section(text, &document, "Goals table");
    for goal in &made.goals {
        assert_eq!(table.matches(&page(goal)).count(), usize::from(!goal.rejected), "{} in\n{text}", goal.file);
        for (team, mark) in goal.asks.iter().filter(|_| !goal.rejected) {
            let asks = section(text, &document, &format!("{team} team"));
            assert!(asks.contains(&page(goal)), "{} of {team} in\n{text}", goal.file);
            if !mark.is_empty() {
                assert_eq!(asks.matches(mark).count(), 1, "{mark} of {team} in\n{text}");
                assert_eq!(text.matches(mark).count(), 1, "{mark} in\n{text}");
            }
        }
    }
    let kept = made.goals.iter().filter(|goal| !goal.rejected).count();
    assert!(text.contains(&format!("There are {kept} goals, **{kept}** of them")), "{text}");
}
