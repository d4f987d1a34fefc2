//! `docs/rules.md`, made from the data of the rules.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use goals::{Example, RULES, RUN_RULES, Rule, RuleLevel, sanitize};
use similar::{ChangeTag, TextDiff};

use crate::documents::is_current;

const HEAD: &str = "\
# Rules

<!-- made from rules/ by `UPDATE_README=1 cargo test --test readme` -->

What `goals lint` checks. In a terminal, `goals explain` lists the rules, and `goals explain RULE` shows one with all of its
examples. `error, else warning` means: a warning in [parts that the RFC does not show](configuration.md#levels). Every level can
be changed, and a single finding [allowed](configuration.md#allow-a-finding). Fixes have [limits](files.md#what-a-fix-may-change).

| rule | level | `--fix` | checks that |
|---|---|---|---|
";

const RUN: &str = "\
## Warnings about the run

These are about directories, configuration, and roster. They have names in every format of findings, but no level that can be
changed.

";

#[test]
fn the_page_of_rules_is_current() {
    let (mut table, mut sections) = (HEAD.to_owned(), String::new());
    for rule in RULES {
        let data = rule.read().unwrap();
        let (id, level, summary) = (rule.id, level(rule), markdown(&data.summary));
        let fixable = if data.fixable { "yes" } else { "" };
        table.push_str(&format!("| [`{id}`](#{id}) | {level} | {fixable} | {} |\n", summary.replace('|', "\\|")));
        let fixable = if data.fixable { ", fixable with `--fix`" } else { "" };
        sections.push_str(&format!("## `{id}`\n\n*{level}{fixable}:* {summary}.\n\n"));
        sections.push_str(&paragraphs(&data.explanation));
        sections.push_str(&example(&data.examples[0]));
    }
    let of_run = RUN_RULES.iter().map(|rule| {
        let summary = markdown(rule.summary);
        format!("### `{}`\n\n*warning:* {summary}.\n\n{}", rule.id, paragraphs(rule.explanation))
    });
    let of_run: String = of_run.collect();
    is_current("docs/rules.md", &format!("{table}\n{sections}{RUN}{}\n", of_run.trim_end()));
}

fn level(rule: &Rule) -> String {
    let data = rule.read().unwrap();
    let level = RuleLevel::built_in(data.level, data.outside_rfc);
    match level.outside_rfc {
        other if other == level.in_rfc => data.level.word().to_owned(),
        other => format!("{}, else {}", data.level.word(), other.word()),
    }
}

/// The paragraphs of an explanation.
fn paragraphs(explanation: &str) -> String {
    let paragraphs = explanation.trim().split("\n\n");
    paragraphs.map(|paragraph| markdown(&paragraph.lines().collect::<Vec<_>>().join(" ")) + "\n\n").collect()
}

/// Words for a terminal as Markdown: what is in backticks is code, and all else means itself.
fn markdown(text: &str) -> String {
    let mut escaped = String::new();
    for (index, part) in text.split('`').enumerate() {
        if index > 0 {
            escaped.push('`');
        }
        for c in part.chars() {
            if index % 2 == 0 && "\\*_[]<>#&!".contains(c) {
                escaped.push('\\');
            }
            escaped.push(c);
        }
    }
    assert_eq!(shown(&escaped), text.replace('`', ""), "words that look different as Markdown");
    escaped
}

/// What a reader of Markdown sees.
fn shown(text: &str) -> String {
    let arena = Arena::new();
    let mut words = String::new();
    for node in parse_document(&arena, text, &Options::default()).descendants() {
        match &node.data().value {
            NodeValue::Text(text) => words.push_str(text),
            NodeValue::Code(code) => words.push_str(&code.literal),
            NodeValue::Document | NodeValue::Paragraph => {}
            other => panic!("{other:?} in {text}"),
        }
    }
    words
}

/// An example as a diff from what fails to what passes, with what else is in its slate.
fn example(example: &Example) -> String {
    let mut about = format!("Example: {}", markdown(&example.title));
    if let Some(period) = &example.period {
        about.push_str(&format!(", in {period}"));
    }
    if let Some(file) = &example.file {
        about.push_str(&format!(", in the file `{}`", sanitize(file)));
    }
    if let Some(renamed) = &example.renamed {
        about.push_str(&format!(", to be renamed to `{}`", sanitize(renamed)));
    }
    let mut text = about + ".\n\n";
    let mut diff = String::new();
    for change in TextDiff::from_lines(&example.fails, &example.passes).iter_all_changes() {
        let sign = match change.tag() {
            ChangeTag::Delete => '-',
            ChangeTag::Insert => '+',
            ChangeTag::Equal => ' ',
        };
        diff.push_str(format!("{sign}{}", sanitize(change.value().trim_end_matches('\n'))).trim_end());
        diff.push('\n');
    }
    text.push_str(&fenced("diff", &diff));
    for (name, neighbor) in &example.with {
        let lines: Vec<String> = neighbor.trim().lines().map(|line| sanitize(line).trim_end().to_owned()).collect();
        text.push_str(&format!("With the file `{}`:\n\n", sanitize(name)));
        text.push_str(&fenced("markdown", &(lines.join("\n") + "\n")));
    }
    text
}

/// A block of code, in a fence that none of its lines can end.
fn fenced(language: &str, code: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{code}{fence}\n\n")
}
