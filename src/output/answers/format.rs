//! The forms in which an answer is written.

use serde::Serialize;

use crate::markdown::parser::visible_text;
use crate::output::style::Look;
use crate::output::table::Sheet;

/// In which form an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// For a terminal.
    Table(Look),
    /// One JSON document.
    Json,
    /// CSV after RFC 4180.
    Csv,
    /// Markdown tables.
    Markdown,
}

/// Which totals are wanted in place of the asks themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Those of teams.
    Teams,
    /// Those of champions.
    Champions,
    /// Those of all people.
    People,
}

impl View {
    pub(crate) fn of_sheets(self, sheets: &[Sheet]) -> String {
        let draw = |sheet: &Sheet| match self {
            View::Table(look) => sheet.terminal(look),
            View::Markdown => sheet.markdown(),
            View::Csv | View::Json => sheet.csv(),
        };
        // A table without rows tells nothing; but CSV has its heads whatever it holds.
        let sheets = sheets.iter().filter(|sheet| self == View::Csv || !sheet.rows.is_empty());
        sheets.map(draw).collect::<Vec<_>>().join("\n")
    }

    pub(crate) fn user(self, user: &str) -> String {
        match self {
            View::Table(_) => format!("@{user}"),
            View::Markdown => format!("[@{user}](https://github.com/{user})"),
            View::Csv | View::Json => user.to_owned(),
        }
    }

    pub(crate) fn maybe_user(self, user: Option<&String>) -> String {
        user.map_or_else(String::new, |user| self.user(user))
    }

    /// Markdown from a file: as it is where Markdown is wanted, but for its users; else what one would see of it.
    pub(crate) fn text(self, markdown: &str) -> String {
        if self != View::Markdown {
            return visible_text(markdown);
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
    crate::text::sanitize::visible_json(&text).into_owned()
}
