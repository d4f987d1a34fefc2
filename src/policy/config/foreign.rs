//! Files of other programs in which some keys are ours: what cannot be read there is a warning, and the rest is used.

use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::messages::{describe, quoted};
use crate::sys::error::Error;
use crate::text::similarity::did_you_mean;
use crate::text::source::{Source, Span};

/// A key of a table, and its value.
pub(super) type Entry<'t> = (&'t Spanned<DeString<'t>>, &'t Spanned<DeValue<'t>>);

/// A file that belongs to another program as well.
pub(super) struct ForeignFile<'s> {
    source: &'s Arc<Source>,
    warnings: Vec<Error>,
    /// How many warnings there are beside those, and where the first of them is.
    more: usize,
    first: Span,
}

/// How many warnings about one file are shown.
const MAX_WARNINGS: usize = 20;

impl<'s> ForeignFile<'s> {
    pub(super) fn new(source: &'s Arc<Source>) -> ForeignFile<'s> {
        ForeignFile { source, warnings: Vec::new(), more: 0, first: Span::at(0) }
    }

    /// What could not be read.
    pub(super) fn finish(mut self) -> Vec<Error> {
        if self.more > 0 {
            let entries = if self.more == 1 { "entry" } else { "entries" };
            let message = format!("{} more invalid {entries} from here on", self.more);
            let help = "fix the others first, and run this again to see them";
            self.warnings.push(Error::in_text(Arc::clone(self.source), self.first, message).help(help));
        }
        self.warnings
    }

    /// The tables of the file; none if it is not TOML.
    pub(super) fn parse(&mut self) -> Option<DeTable<'s>> {
        let ignored = "fix it: until then, this file is ignored";
        if let Some(at) = self.source.invalid_utf8() {
            self.warn(at..at + 1, "invalid UTF-8, so the file is not valid TOML", ignored);
            return None;
        }
        match DeTable::parse(self.source.text()) {
            Ok(table) => Some(table.into_inner()),
            Err(error) => {
                let (message, _) = describe(error.message());
                self.warn(error.span().unwrap_or_default(), format!("invalid TOML: {message}"), ignored);
                None
            }
        }
    }

    /// Notes what is wrong at a place, and what to do about it.
    pub(super) fn warn(&mut self, span: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        if self.warnings.len() == MAX_WARNINGS {
            if self.more == 0 {
                self.first = Span::new(span);
            }
            self.more += 1;
            return;
        }
        self.warnings.push(Error::in_text(Arc::clone(self.source), Span::new(span), message).help(help));
    }

    /// Warns where there is something wrong with a value at a place: a message, and what to do. Nothing is the answer then.
    pub(super) fn check(&mut self, span: Range<usize>, fault: impl FnOnce() -> Option<(String, String)>) -> Option<()> {
        let Some((message, help)) = fault() else { return Some(()) };
        self.warn(span, message, help);
        None
    }

    /// The table of a key, if there is one.
    pub(super) fn table<'t>(&mut self, above: &'t DeTable<'t>, key: &str) -> Option<&'t DeTable<'t>> {
        let entry = entry(above, key)?;
        match entry.1.get_ref() {
            DeValue::Table(table) => Some(table),
            _ => self.unexpected(entry, "a table", &format!("write its keys below a header that ends in `{key}]`")),
        }
    }

    /// The text of a key, if there is one.
    pub(super) fn string<'t>(&mut self, above: &'t DeTable<'t>, key: &str) -> Option<Spanned<&'t str>> {
        self.text(entry(above, key)?, &format!("use `{key} = \"…\"`"))
    }

    /// The text that an entry has for a value.
    pub(super) fn text<'t>(&mut self, entry: Entry<'t>, help: &str) -> Option<Spanned<&'t str>> {
        match entry.1.get_ref() {
            DeValue::String(text) => Some(Spanned::new(entry.1.span(), text.as_ref())),
            _ => self.unexpected(entry, "a string", help),
        }
    }

    /// Whether a key is `true`.
    pub(super) fn switch(&mut self, above: &DeTable<'_>, key: &str) -> bool {
        let Some(entry) = entry(above, key) else { return false };
        match entry.1.get_ref() {
            DeValue::Boolean(value) => *value,
            _ => self.unexpected(entry, "`true` or `false`", "use one of the two").unwrap_or_default(),
        }
    }

    /// The texts of a list; what is none of them is left out.
    pub(super) fn strings(&mut self, above: &DeTable<'_>, key: &str) -> Option<Vec<String>> {
        let entry = entry(above, key)?;
        let help = format!("use `{key} = [\"…\", \"…\"]`");
        let DeValue::Array(items) = entry.1.get_ref() else {
            return self.unexpected(entry, "a list", &help);
        };
        let texts = items.iter().filter_map(|item| self.text((entry.0, item), &help));
        Some(texts.map(|text| (*text.get_ref()).to_owned()).collect())
    }

    /// Warns of the keys of a table that are neither ours nor can be anyone else's.
    pub(super) fn unknown(&mut self, table: &DeTable<'_>, ours: &[&str]) {
        for key in table.keys().filter(|key| !ours.contains(&key.get_ref().as_ref())) {
            let help = did_you_mean(key.get_ref(), ours.iter().copied());
            let help =
                help.map_or_else(|| format!("use one of {}", quoted(ours)), |near| format!("did you mean `{near}`?"));
            self.warn(key.span(), format!("unknown key `{}`", key.get_ref()), help);
        }
    }

    /// Warns of the keys of a table that are nearly ours. Those of a table that others own as well may be theirs.
    pub(super) fn misspelled(&mut self, table: &DeTable<'_>, ours: &[&str]) {
        for key in table.keys().filter(|key| !ours.contains(&key.get_ref().as_ref())) {
            if let Some(near) = did_you_mean(key.get_ref(), ours.iter().copied()) {
                self.warn(key.span(), format!("unknown key `{}`", key.get_ref()), format!("did you mean `{near}`?"));
            }
        }
    }

    /// Warns of a value of another kind than is expected.
    pub(super) fn unexpected<T>(&mut self, (key, value): Entry<'_>, expected: &str, help: &str) -> Option<T> {
        // A table may be anywhere in the file; its key is where somebody wrote it.
        let span = if value.get_ref().is_table() || value.get_ref().is_array() { key.span() } else { value.span() };
        let found = kind(value.get_ref());
        self.warn(span, format!("invalid value of `{}`: expected {expected}, found {found}", key.get_ref()), help);
        None
    }
}

/// The entry of a key.
pub(super) fn entry<'t>(table: &'t DeTable<'t>, key: &str) -> Option<Entry<'t>> {
    table.get_key_value(key)
}

/// What a value is, in the words of TOML.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "an integer",
        DeValue::Float(_) => "a float",
        DeValue::Boolean(_) => "a boolean",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
