//! The asks that `rust-project-goals.toml` lists, in column order.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::foreign::{Entry, ForeignFile, entry as entry_of};
use crate::policy::format::AskFormat;
use crate::policy::maps::IndexMap;
use crate::policy::values::{self, Fault};
use crate::sys::error::Error;
use crate::text::source::Source;

/// The table of the asks.
const TABLE: &str = "team_asks";
/// The keys of an ask.
const KEYS: [&str; 4] = ["short", "about", "elide", "teams"];

/// Reads the asks, if there are any, and what could not be read.
pub(super) fn read(source: &Arc<Source>) -> (Option<IndexMap<String, AskFormat>>, Vec<Error>) {
    let mut file = ForeignFile::new(source);
    let Some(root) = file.parse() else { return (None, file.finish()) };
    let asks = match entry_of(&root, TABLE) {
        Some(_) => file.table(&root, TABLE).map(|table| asks(&mut file, table)),
        None => {
            file.misspelled(&root, &[TABLE]);
            None
        }
    };
    (asks, file.finish())
}

fn asks(file: &mut ForeignFile<'_>, table: &DeTable<'_>) -> IndexMap<String, AskFormat> {
    let mut asks = IndexMap::default();
    for entry in table {
        let name = entry.0.get_ref();
        let fault = || values::words(name).map(|fault| (fault.message("ask", name), fault.help));
        if file.check(entry.0.span(), fault).is_some() {
            asks.insert(name.to_string(), ask(file, entry));
        }
    }
    asks
}

/// The description of an ask, if it can be used.
fn described(file: &mut ForeignFile<'_>, about: &str, span: Range<usize>) -> String {
    let of_about = |fault: Fault| (fault.message("description", about), fault.help);
    file.check(span, || values::line(about).map(of_about)).map(|()| about.to_owned()).unwrap_or_default()
}

/// An ask; what it lacks is as short as its name, so that goals may ask for it all the same.
fn ask(file: &mut ForeignFile<'_>, entry: Entry<'_>) -> AskFormat {
    let name = entry.0.get_ref().to_string();
    let named = |about: &str| AskFormat { short: name.clone(), about: about.to_owned(), elide: false, teams: None };
    let table = match entry.1.get_ref() {
        DeValue::Table(table) => table,
        // The older form is the description alone.
        DeValue::String(about) => return named(&described(file, about, entry.1.span())),
        _ => {
            let help = "use a description, or a table with `short` and `about`";
            file.text(entry, help);
            return named("");
        }
    };
    file.unknown(table, &KEYS);
    let mut needed = |key: &str| match entry_of(table, key) {
        Some(_) => {
            let text = file.string(table, key)?;
            Some(match key {
                "about" => described(file, text.get_ref(), text.span()),
                _ => {
                    let of_short = |fault: Fault| (fault.message("short form", text.get_ref()), fault.help);
                    file.check(text.span(), || values::words(text.get_ref()).map(of_short))?;
                    (*text.get_ref()).to_owned()
                }
            })
        }
        None => {
            file.warn(entry.0.span(), format!("ask without `{key}`"), format!("add `{key} = \"…\"`"));
            None
        }
    };
    let (short, about) = (needed("short"), needed("about"));
    AskFormat {
        short: short.unwrap_or_else(|| name.clone()),
        about: about.unwrap_or_default(),
        elide: file.switch(table, "elide"),
        teams: file.strings(table, "teams"),
    }
}
