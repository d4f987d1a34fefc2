//! What a SARIF log says about the rules, whether they found something or not. It is longer than most findings are, so it is
//! written as it is, without a tree of values in between.

use serde::Serialize;

use crate::diagnostics::level::Level;
use crate::output::explain::capitalized;
use crate::output::rule_page::rule_page;
use crate::rules::registry::RULES;
use crate::rules::rule::Rule;
use crate::sys::error::Error;
use crate::sys::warning::{RUN_RULES, RunRule};

/// The longest description of a rule that GitHub takes, in characters.
const LONGEST: usize = 1024;

/// A rule. Its fields are sorted by name, as are those below.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct LogRule {
    default_configuration: Configuration,
    full_description: Description,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    id: &'static str,
    properties: Properties,
    short_description: Description,
}

#[derive(Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Serialize)]
struct Description {
    text: String,
}

#[derive(Serialize)]
struct Help {
    markdown: String,
    text: String,
}

#[derive(Serialize)]
struct Properties {
    precision: &'static str,
    #[serde(rename = "problem.severity")]
    severity: &'static str,
    tags: [&'static str; 1],
}

/// All rules, then those about the run itself; `repository` is where they are described.
pub(super) fn rules(repository: &str) -> Result<Vec<LogRule>, Error> {
    let of_run = RUN_RULES.iter().map(|rule| Ok(run_rule(rule, repository)));
    RULES.iter().map(|found| rule(found, repository)).chain(of_run).collect()
}

fn rule(rule: &Rule, repository: &str) -> Result<LogRule, Error> {
    let default = rule.level()?.in_rfc;
    let paragraphs = rule.explanation().trim().split("\n\n");
    let mut help = String::with_capacity(rule.explanation().len() + 64);
    let mut first = 0;
    for paragraph in paragraphs {
        // The file breaks lines where they are full.
        for line in paragraph.lines() {
            help.push_str(line.trim());
            help.push(' ');
        }
        help.pop();
        first = if first == 0 { help.len() } else { first };
        help.push_str("\n\n");
    }
    let summary = capitalized(rule.summary());
    let full = if first == 0 { &summary } else { &help[..first] };
    let full_description = Description { text: cut(full).to_owned() };
    help.push_str("See `goals explain ");
    help.push_str(rule.id);
    help.push_str("` for examples.");
    Ok(LogRule {
        default_configuration: Configuration {
            enabled: default != Level::Off,
            level: if default == Level::Off { "none" } else { default.word() },
        },
        full_description,
        help: Help { markdown: format!("**{summary}.** {help}"), text: help },
        help_uri: rule_page(repository, rule.id),
        id: rule.id,
        properties: properties(if default == Level::Error { "error" } else { "warning" }),
        short_description: Description { text: cut(&summary).to_owned() },
    })
}

fn run_rule(rule: &RunRule, repository: &str) -> LogRule {
    let summary = capitalized(rule.summary);
    LogRule {
        default_configuration: Configuration { enabled: true, level: Level::Warn.word() },
        full_description: Description { text: cut(rule.explanation).to_owned() },
        help: Help { markdown: format!("**{summary}.** {}", rule.explanation), text: rule.explanation.to_owned() },
        help_uri: rule_page(repository, rule.id),
        id: rule.id,
        properties: properties(Level::Warn.word()),
        short_description: Description { text: cut(&summary).to_owned() },
    }
}

fn properties(severity: &'static str) -> Properties {
    Properties { precision: "very-high", severity, tags: ["goals"] }
}

fn cut(text: &str) -> &str {
    // So many bytes are no more characters.
    match text.len() > LONGEST {
        true => text.char_indices().nth(LONGEST).map_or(text, |(end, _)| &text[..end]),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::blanks::one_line;

    #[test]
    fn a_rule_has_the_address_of_its_page() {
        let page = |repository: &str| rule(&RULES[0], repository).unwrap().help_uri;
        let address = format!("https://example.org/goals/blob/HEAD/docs/rules.md#{}", RULES[0].id);
        assert_eq!(page("https://example.org/goals"), Some(address));
        assert_eq!(page(""), None);
    }

    #[test]
    fn paragraphs_are_lines() {
        for found in RULES {
            let paragraphs: Vec<String> = found.explanation().trim().split("\n\n").map(one_line).collect();
            let expected = format!("{}\n\nSee `goals explain {}` for examples.", paragraphs.join("\n\n"), found.id);
            let written = rule(found, "").unwrap();
            assert_eq!(written.help.text, expected);
            assert_eq!(written.full_description.text, cut(&paragraphs[0]));
        }
    }

    #[test]
    fn descriptions_are_no_longer_than_may_be() {
        let long = "é".repeat(LONGEST + 1);
        assert_eq!(cut(&long), "é".repeat(LONGEST));
        assert_eq!(cut("é"), "é");
    }
}
