//! What is known of the tracking issues of a period: the files that `gh issue list --json` prints.

use std::path::{Path, PathBuf};

use hashbrown::HashMap;
use serde::Deserialize;

use crate::markdown::document::{BlockKind, Document};
use crate::sys::error::Error;
use crate::sys::tree::Tree;
use crate::text::source::Source;

/// The issues of a period.
#[derive(Debug)]
pub(crate) enum Issues {
    /// Nobody says where they are.
    NotConfigured,
    /// There is no file of this period.
    Missing(PathBuf),
    /// By number.
    Known(HashMap<u64, Issue>),
}

/// What an issue says about the progress of a goal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Issue {
    /// Whether it is closed.
    pub(crate) is_closed: bool,
    /// Whether it is in the milestone of the period.
    pub(crate) is_in_milestone: bool,
    body: String,
}

/// An issue as GitHub's command line prints it; other fields are of no interest.
#[derive(Deserialize)]
struct Printed {
    number: u64,
    #[serde(default)]
    body: Option<String>,
    state: String,
    #[serde(default)]
    milestone: Field,
}

/// A field of an issue that may not have been asked for.
#[derive(Default)]
enum Field {
    #[default]
    Unasked,
    Asked(Option<Milestone>),
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Field, D::Error> {
        Option::deserialize(deserializer).map(Field::Asked)
    }
}

#[derive(Deserialize)]
struct Milestone {
    title: String,
}

impl Issues {
    /// Reads the issues of a period from a directory. Fails where its file cannot be read as such a list.
    pub(crate) fn read(tree: &dyn Tree, directory: &Path, period: &str) -> Result<Issues, Error> {
        let path = directory.join(format!("{period}.json"));
        if !tree.is_there(&path) {
            return Ok(Issues::Missing(path));
        }
        let help = how_to_write(period);
        let bytes = tree.read(&path)?;
        let printed: Vec<Printed> = serde_json::from_slice(&bytes).map_err(|error| {
            let what = odd_entry(&bytes).unwrap_or_else(|| "not a list of issues".to_owned());
            Error::at(&path, &what, &error).help(help)
        })?;
        Ok(Issues::Known(printed.into_iter().map(|issue| (issue.number, Issue::of(issue, period))).collect()))
    }
}

impl Issue {
    fn of(printed: Printed, period: &str) -> Issue {
        let is_in_milestone = match &printed.milestone {
            Field::Unasked => true,
            Field::Asked(milestone) => milestone
                .as_ref()
                .is_some_and(|milestone| milestone.title.to_lowercase().contains(&period.to_lowercase())),
        };
        let is_closed = printed.state.eq_ignore_ascii_case("closed");
        Issue { is_closed, is_in_milestone, body: printed.body.unwrap_or_default() }
    }

    /// How many of its check boxes are checked, and how many it has.
    pub(crate) fn check_boxes(&self) -> (usize, usize) {
        check_boxes(&self.body)
    }
}

/// Which entry of a list is no issue, by its number where it has one, else by its place, counted from 1.
fn odd_entry(list: &[u8]) -> Option<String> {
    let entries: Vec<serde_json::Value> = serde_json::from_slice(list).ok()?;
    let place = entries.iter().position(|entry| Printed::deserialize(entry).is_err())?;
    Some(match entries[place].get("number").and_then(serde_json::Value::as_u64) {
        Some(number) => format!("issue {number} is not readable"),
        None => format!("entry {} is not an issue", place + 1),
    })
}

/// How a file of issues is made. The directory is called as in the documentation.
pub(crate) fn how_to_write(period: &str) -> String {
    let fields = "number,title,body,state,milestone";
    format!("write it with `gh issue list --state all --limit 1000 --json {fields} > issues/{period}.json`")
}

/// How many check boxes of a text are checked, and how many there are: items of lists that begin with `[ ]` or `[x]`.
fn check_boxes(text: &str) -> (usize, usize) {
    if !text.contains('[') {
        return (0, 0);
    }
    let source = Source::from_bytes("", text.as_bytes().to_vec());
    let document = Document::parse(&source);
    let items = document.blocks.iter().filter(|block| block.kind == BlockKind::Item);
    let boxes = items.filter_map(|item| {
        let text = source.slice(item.span);
        let mark = |c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')' | ' ' | '\t');
        let text = text.trim_start_matches(mark).strip_prefix('[')?;
        let is_done = match text.chars().next()? {
            ' ' => false,
            'x' | 'X' => true,
            _ => return None,
        };
        let rest = text[1..].strip_prefix(']')?;
        (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some(is_done)
    });
    boxes.fold((0, 0), |(done, total), is_done| (done + usize::from(is_done), total + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_boxes_are_items_of_lists() {
        let text =
            "Intro [x]\n\n- [x] a\n- [ ] b\n  * [X] c\n1. [ ] d\n- [y] e\n- [x](f)\n- [ ]\n\n```\n- [x] g\n```\n";
        assert_eq!(check_boxes(text), (2, 5));
        assert_eq!(check_boxes("none"), (0, 0));
    }

    #[test]
    fn what_was_not_asked_for_is_no_reason_for_a_warning() {
        let issue = |json: &str| Issue::of(serde_json::from_str(json).unwrap(), "2026");
        let plain = issue(r#"{"number": 1, "state": "CLOSED", "body": null, "comments": []}"#);
        assert_eq!(plain, Issue { is_closed: true, is_in_milestone: true, body: String::new() });
        let of = |milestone: &str| {
            issue(&format!(r#"{{"number": 1, "state": "OPEN", "milestone": {milestone}}}"#)).is_in_milestone
        };
        assert!(of(r#"{"title": "2026-goals"}"#) && !of(r#"{"title": "2025h2-goals"}"#) && !of("null"));
    }
}
