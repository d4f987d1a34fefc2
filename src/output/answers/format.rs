//! The forms in which an answer is written.

use std::borrow::Cow;

use serde::Serialize;

use crate::markdown::escape::link_text;
use crate::markdown::parser::visible_text;
use crate::output::style::Style;
use crate::output::table::TextTable;

/// In which form an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputFormat {
    /// For a terminal.
    Table(Style),
    /// For a pipe: a row a line, separated by tabs.
    Tabs,
    /// One JSON document.
    Json,
    /// CSV after RFC 4180.
    Csv,
    /// Markdown tables.
    Markdown,
}

/// Which totals are wanted in place of the asks themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalsKind {
    /// Those of teams.
    Teams,
    /// Those of champions.
    Champions,
    /// Those of all people.
    People,
}

impl OutputFormat {
    pub(crate) fn of_sheets(self, sheets: &[TextTable]) -> String {
        let draw = |sheet: &TextTable| match self {
            OutputFormat::Table(look) => sheet.terminal(look),
            OutputFormat::Tabs => sheet.tabs(),
            OutputFormat::Markdown => sheet.markdown(),
            OutputFormat::Csv | OutputFormat::Json => sheet.csv(),
        };
        // A table without rows tells nothing; but CSV has its heads whatever it holds.
        let sheets = sheets.iter().filter(|sheet| self == OutputFormat::Csv || !sheet.rows.is_empty());
        sheets.map(draw).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn user(self, user: &str) -> String {
        match self {
            OutputFormat::Table(_) | OutputFormat::Tabs => format!("@{user}"),
            OutputFormat::Markdown => format!("[@{user}](https://github.com/{user})"),
            OutputFormat::Csv | OutputFormat::Json => user.to_owned(),
        }
    }

    pub(crate) fn maybe_user(self, user: Option<&String>) -> String {
        user.map_or_else(String::new, |user| self.user(user))
    }

    /// The path of a file: in Markdown as code where it could be read as anything but a path.
    pub(crate) fn path(self, path: &str) -> String {
        let is_plain = path.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/.-_".contains(&byte));
        match self {
            OutputFormat::Markdown if !is_plain => {
                let fence = if path.contains('`') { "`` " } else { "`" };
                format!("{fence}{path}{}", fence.chars().rev().collect::<String>())
            }
            _ => path.to_owned(),
        }
    }

    /// The title of a goal: in Markdown a link to its page, where there is one.
    pub(crate) fn goal(self, title: &str, url: Option<&str>) -> String {
        match (self, url) {
            (OutputFormat::Markdown, Some(url)) => format!("[{}]({url})", link_text(title)),
            _ => self.text(title),
        }
    }

    /// Markdown from a file: as it is where Markdown is wanted, but for its users; else what one would see of it.
    pub(crate) fn text(self, markdown: &str) -> String {
        if self != OutputFormat::Markdown {
            return visible_text(&with_spaces_for_breaks(markdown));
        }
        let mut text = String::with_capacity(markdown.len());
        let mut at = 0;
        for user in crate::text::user_names::users(markdown) {
            // The range begins after the `@`.
            text.push_str(&markdown[at..user.start - 1]);
            at = user.end;
            text.push_str(&self.user(&markdown[user]));
        }
        text + &markdown[at..]
    }
}

/// The version of the JSON documents: additions are allowed, renames are not.
pub(crate) const VERSION: u32 = 1;

/// A document in JSON: its version, then what the answer holds.
#[derive(Serialize)]
pub(crate) struct Versioned<'a, T> {
    version: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// An answer as one JSON document, followed by a line end.
pub(crate) fn json<T: Serialize>(answer: &T) -> String {
    let mut text = serde_json::to_string_pretty(&Versioned { version: VERSION, answer }).unwrap_or_default();
    text.push('\n');
    crate::text::sanitize::sanitize_json(&text).into_owned()
}

/// A text with spaces in the place of line breaks in HTML, which are how a cell has several lines.
fn with_spaces_for_breaks(markdown: &str) -> Cow<'_, str> {
    const BREAKS: [&str; 4] = ["<br>", "<br/>", "<br />", "<BR>"];
    match BREAKS.iter().any(|mark| markdown.contains(mark)) {
        true => Cow::Owned(BREAKS.iter().fold(markdown.to_owned(), |text, mark| text.replace(mark, " "))),
        false => Cow::Borrowed(markdown),
    }
}
