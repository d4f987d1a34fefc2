//! Where keys of `goals.toml` are, for faults that are found in what was read of them.

use toml::de::{DeTable, DeValue};

use crate::text::source::{Source, Span};

/// A key below a table, by the keys above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct KeyPath {
    /// The keys down to the value that is meant, joined with dots, as the TOML parser names them.
    pub(crate) above: String,
    /// The key in that value, where one of its keys is meant.
    pub(crate) key: Option<String>,
}

impl KeyPath {
    /// Where an error of the TOML parser lies, which names the keys in its last line, and `key` in the table there.
    pub(crate) fn of(error: &toml::de::Error, key: Option<&str>) -> KeyPath {
        let text = error.to_string();
        let last = text.strip_prefix(error.message()).and_then(|rest| rest.trim().strip_prefix("in `"));
        let above = last.and_then(|rest| rest.strip_suffix('`')).unwrap_or_default().to_owned();
        KeyPath { above, key: key.map(str::to_owned) }
    }

    /// A key without any above it.
    pub(crate) fn top(key: &str) -> KeyPath {
        KeyPath { above: String::new(), key: Some(key.to_owned()) }
    }

    /// Where it is below the table that `tables` lead to, and whether that is the place itself: else it is the nearest that is
    /// there.
    pub(crate) fn find(&self, source: &Source, tables: &[&str]) -> Option<(Span, bool)> {
        let root = DeTable::parse(source.text()).ok()?;
        let mut table = root.get_ref();
        for name in tables {
            table = table.get(*name)?.get_ref().as_table()?;
        }
        self.below(table, &self.above)
    }

    fn below(&self, table: &DeTable<'_>, path: &str) -> Option<(Span, bool)> {
        if path.is_empty() {
            let (key, _) = table.get_key_value(self.key.as_deref()?)?;
            return Some((Span::new(key.span()), true));
        }
        // A key may hold dots itself, so each that fits is tried.
        let mut nearest = None;
        for (key, value) in table {
            let Some(rest) = path.strip_prefix(key.get_ref().as_ref()) else { continue };
            let Some(rest) = rest.strip_prefix('.').or_else(|| Some(rest).filter(|rest| rest.is_empty())) else {
                continue;
            };
            // A table may be anywhere in the file; its key is where somebody wrote it.
            let is_wide = value.get_ref().is_table() || value.get_ref().is_array();
            let own = Span::new(if is_wide { key.span() } else { value.span() });
            if rest.is_empty() && self.key.is_none() {
                return Some((own, true));
            }
            let deeper = match value.get_ref() {
                DeValue::Table(inner) => self.below(inner, rest),
                _ => None,
            };
            match deeper {
                Some((span, true)) => return Some((span, true)),
                found => nearest = nearest.or(found).or(Some((own, false))),
            }
        }
        nearest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_found_also_where_they_hold_dots() {
        let text = "[periods.2026]\nlike = \"x\"\n[periods.2026.rows.\"a.b\"]\nfield = 1\nc.d = 2\n";
        let source = Source::from_bytes("goals.toml", text.into());
        let found = |above: &str, key: Option<&str>| {
            let path = KeyPath { above: above.to_owned(), key: key.map(str::to_owned) };
            path.find(&source, &["periods", "2026"]).map(|(span, is_it)| (source.slice(span).to_owned(), is_it))
        };
        assert_eq!(found("", Some("like")), Some(("like".to_owned(), true)));
        assert_eq!(found("rows.a.b", Some("field")), Some(("field".to_owned(), true)));
        assert_eq!(found("rows.a.b.field", None), Some(("1".to_owned(), true)));
        assert_eq!(found("rows.a.b.c.d", None), Some(("2".to_owned(), true)));
        assert_eq!(found("rows.a.b", None), Some(("\"a.b\"".to_owned(), true)));
        assert_eq!(found("rows.a.b", Some("x")), Some(("\"a.b\"".to_owned(), false)));
        assert_eq!(found("sections", None), None);
    }
}
