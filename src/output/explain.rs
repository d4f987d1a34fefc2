//! What a rule is for, as text for a terminal.
//!
//! The words are those of `rules/*.toml`; the diagnostics in it are rendered by `report`.

use similar::{ChangeTag, TextDiff};

use crate::output::rule_page::{REPOSITORY, rule_page};
use crate::rules::rule::{Example, Rule, RuleLevel};
use crate::sys::error::Error;
use crate::sys::warning::RunRule;
use crate::text::blanks::one_line;
use crate::text::sanitize::sanitize;

/// How wide explanations are, in columns.
const WIDTH: usize = 80;

/// The rules as a list: name, level and summary, a line each.
pub fn list(rules: &[Rule]) -> Result<String, Error> {
    let width = rules.iter().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for rule in rules {
        let data = rule.read()?;
        text.push_str(&format!("{:width$}  {:7}  {}\n", rule.id, data.level.word(), data.summary));
    }
    Ok(text)
}

/// One rule: its level, why it exists, and each failing text with its repair as a diff.
pub fn rule(rule: &Rule) -> Result<String, Error> {
    let data = rule.read()?;
    let fixable = if data.fixable { ", fixable with `--fix`" } else { "" };
    let RuleLevel { in_rfc, outside_rfc, .. } = RuleLevel::built_in(data.level, data.outside_rfc);
    let elsewhere = match outside_rfc {
        level if level == in_rfc => String::new(),
        level => format!(", {} in parts that the RFC does not show", level.word()),
    };
    let mut text =
        format!("{} ({}{elsewhere}{fixable})\n\n{}.\n\n", rule.id, data.level.word(), capitalized(&data.summary));
    let paragraphs = data.explanation.trim().split("\n\n").map(|paragraph| {
        let words = one_line(paragraph);
        textwrap::fill(&words, WIDTH)
    });
    text.push_str(&paragraphs.collect::<Vec<_>>().join("\n\n"));
    text.push('\n');
    for example in &data.examples {
        text.push_str(&format!("\nExample: {}\n\n", example.title));
        text.push_str(&context(example));
        for change in TextDiff::from_lines(&example.fails, &example.passes).iter_all_changes() {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            text.push_str(format!("    {sign} {}", sanitize(change.value().trim_end_matches('\n'))).trim_end());
            text.push('\n');
        }
    }
    text.push_str(&see(REPOSITORY, rule.id));
    Ok(text)
}

/// The same for what is said of the run itself, which no level changes.
pub fn run_rule(rule: &RunRule) -> String {
    let explanation = textwrap::fill(rule.explanation, WIDTH);
    let summary = capitalized(rule.summary);
    format!("{} (warning about the run)\n\n{summary}.\n\n{explanation}\n{}", rule.id, see(REPOSITORY, rule.id))
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
