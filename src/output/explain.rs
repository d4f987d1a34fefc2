//! What a rule is for, as text for a terminal.
//!
//! The words are those of `rules/*.toml`; the diagnostics in it are rendered by `report`.

use similar::{ChangeTag, TextDiff};

use super::answers::OutputFormat;
use super::findings::FIXABLE;
use super::rule_page::{REPOSITORY, rule_page};
use super::style::{Paint, Style};
use super::table::TextTable;
use crate::diagnostics::level::Level;
use crate::rules::rule::{Example, Rule, RuleLevel};
use crate::sys::error::Error;
use crate::sys::warning::{RUN_RULES, RunRule};
use crate::text::blanks::one_line;
use crate::text::sanitize::sanitize;

/// The widest explanation: longer lines of prose are hard to read.
const MAX_WIDTH: usize = 100;

/// The rules as a list: name, level, whether `--fix` helps, and what is checked; then what is said of the run itself.
pub fn list(rules: &[Rule], view: OutputFormat) -> Result<String, Error> {
    let mut sheet = TextTable::new("", &["Rule", "Level", "Fix", "Checks that"]);
    for rule in rules {
        let fix = if rule.fixable() { FIXABLE } else { "" };
        let level = rule.level()?.in_rfc;
        sheet.row([rule.id, level.word(), fix, rule.summary()].map(str::to_owned));
    }
    for rule in RUN_RULES {
        sheet.row([rule.id, Level::Warn.word(), "", rule.summary].map(str::to_owned));
    }
    Ok(view.of_sheets(&[sheet]))
}

/// One rule: its level, why it exists, and each failing text with its repair as a diff.
pub fn rule(rule: &Rule, look: Style) -> Result<String, Error> {
    let data = rule.read()?;
    let fixable = match data.fixable {
        false => "",
        true if data.examples.iter().any(|example| example.fixable == Some(false)) => ", partly fixable with `--fix`",
        true => ", fixable with `--fix`",
    };
    let RuleLevel { in_rfc, outside_rfc, .. } = RuleLevel::built_in(data.level, data.outside_rfc);
    let elsewhere = match outside_rfc {
        level if level == in_rfc => String::new(),
        level => format!(", {} in parts that the RFC does not show", level.word()),
    };
    let id = look.paint(Paint::Bold, rule.id);
    let summary = textwrap::fill(&format!("{}.", capitalized(&data.summary)), look.width.min(MAX_WIDTH));
    let mut text = format!("{id} ({}{elsewhere}{fixable})\n\n{summary}\n\n", data.level.word());
    let paragraphs = data.explanation.trim().split("\n\n").map(|paragraph| {
        let words = one_line(paragraph);
        textwrap::fill(&words, look.width.min(MAX_WIDTH))
    });
    text.push_str(&paragraphs.collect::<Vec<_>>().join("\n\n"));
    text.push('\n');
    for example in &data.examples {
        text.push_str(&format!("\n{}\n\n", look.paint(Paint::Bold, &format!("Example: {}", example.title))));
        text.push_str(&context(example));
        for change in TextDiff::from_lines(&example.fails, &example.passes).iter_all_changes() {
            let (sign, paint) = match change.tag() {
                ChangeTag::Delete => ('-', Some(Paint::Removed)),
                ChangeTag::Insert => ('+', Some(Paint::Added)),
                ChangeTag::Equal => (' ', None),
            };
            let line = format!("{sign} {}", sanitize(change.value().trim_end_matches('\n')));
            let line = paint.map_or_else(|| line.trim_end().to_owned(), |paint| look.paint(paint, line.trim_end()));
            text.push_str(format!("    {line}").trim_end());
            text.push('\n');
        }
    }
    text.push_str(&see(REPOSITORY, rule.id));
    text.push_str(&ways_to_allow(rule.id, look));
    Ok(text)
}

/// How to allow a rule: at a place, in a file, in a project, in a run.
fn ways_to_allow(id: &str, look: Style) -> String {
    let title = look.paint(Paint::Bold, &format!("How to allow {id}"));
    let ways = [
        ("here", format!("<!-- goals: allow({id}) reason -->"), "on a line before the block, or in a cell of the row"),
        ("in a file", format!("<!-- goals: allow({id}) reason -->"), "before its first heading"),
        ("in a project", format!("{id} = \"off\""), "in goals.toml, below `[lint]`"),
        ("in one run", format!("goals lint --allow {id}"), ""),
    ];
    let mut text = format!("\n{title}\n\n");
    for (scope, what, place) in ways {
        let place = if place.is_empty() { String::new() } else { format!("\n                  {place}") };
        text.push_str(&format!("    {scope:12}  {}{place}\n", look.paint(Paint::Help, &what)));
    }
    text
}

/// The same for what is said of the run itself, which no level changes.
pub fn run_rule(rule: &RunRule, look: Style) -> String {
    let explanation = textwrap::fill(rule.explanation, look.width.min(MAX_WIDTH));
    let (id, summary) = (look.paint(Paint::Bold, rule.id), capitalized(rule.summary));
    let level = "It is about the run and its inputs: no level can be set for it.";
    let page = see(REPOSITORY, rule.id);
    format!("{id} (warning about the run)\n\n{summary}.\n\n{explanation}\n\n{level}\n{page}")
}

/// Where a rule is described on the web, if it is.
fn see(repository: &str, rule: &str) -> String {
    rule_page(repository, rule).map_or_else(String::new, |page| format!("\nSee {page}\n"))
}

/// What a reader has to know about an example besides its text.
fn context(example: &Example) -> String {
    let mut text = String::new();
    if let Some(period) = &example.period {
        text.push_str(&format!("    period: {period}\n"));
    }
    if let Some(file) = &example.file {
        let renamed =
            example.renamed.as_ref().map_or_else(String::new, |name| format!(", to be renamed to {}", sanitize(name)));
        text.push_str(&format!("    file: {}{renamed}\n", sanitize(file)));
    }
    if let Some(encoding) = example.encoding {
        text.push_str(&format!("    encoding: {}\n", encoding.name()));
    }
    for (name, neighbor) in &example.with {
        text.push_str(&format!("    with the file {}:\n", sanitize(name)));
        for line in neighbor.trim().lines() {
            text.push_str(format!("      {}", sanitize(line)).trim_end());
            text.push('\n');
        }
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// A text with a capital letter at its beginning.
pub(crate) fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_of_a_rule_is_named_where_there_is_one() {
        let line = "\nSee https://example.org/goals/blob/HEAD/docs/rules.md#unknown-team\n";
        assert_eq!(see("https://example.org/goals", "unknown-team"), line);
        assert_eq!(see("", "unknown-team"), "");
    }
}
