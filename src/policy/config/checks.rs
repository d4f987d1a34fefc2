//! Values of `goals.toml` that end up in an RFC: each is checked where it is read, and a fault is shown at its place.

use toml::de::{DeTable, DeValue};

use super::keys::KeyPath;
use super::{Config, FrontMatter, Origin};
use crate::policy::format::{AskFormat, Format, FrontMatterKey};
use crate::policy::period::PeriodName;
use crate::policy::values::{self, Fault};
use crate::sys::error::Error;
use crate::text::source::{Source, Span};

/// Fails where a key or value has a character that nobody sees, wherever it is in the file.
pub(super) fn check_characters(source: &Source) -> Result<(), Error> {
    match DeTable::parse(source.text()) {
        Ok(table) => in_table(source, table.get_ref()),
        // What is no TOML has been said already.
        Err(_) => Ok(()),
    }
}

fn in_table(source: &Source, table: &DeTable<'_>) -> Result<(), Error> {
    for (key, value) in table {
        if let Some(fault) = values::hidden(key.get_ref()) {
            let failure = Error::in_text(source.clone(), Span::new(key.span()), fault.message("key", key.get_ref()));
            return Err(failure.help(fault.help));
        }
        in_value(source, key.get_ref(), value.get_ref(), Span::new(value.span()))?;
    }
    Ok(())
}

fn in_value(source: &Source, key: &str, value: &DeValue<'_>, span: Span) -> Result<(), Error> {
    match value {
        DeValue::String(text) => match values::hidden(text) {
            Some(fault) => Err(failure(source, span, key, text, &fault)),
            None => Ok(()),
        },
        DeValue::Table(table) => in_table(source, table),
        DeValue::Array(items) => {
            items.iter().try_for_each(|item| in_value(source, key, item.get_ref(), Span::new(item.span())))
        }
        _ => Ok(()),
    }
}

/// What is said of a value that cannot be used.
fn failure(source: &Source, span: Span, key: &str, value: &str, fault: &Fault) -> Error {
    let message = format!("invalid value of `{key}`: `{value}` {}", fault.reason);
    Error::in_text(source.clone(), span, message).help(fault.help.clone())
}

/// Fails where a display name, an address, a label, an ask or a line of the front matter cannot be used.
pub(super) fn check_values(source: &Source, config: &Config) -> Result<(), Error> {
    for (old, today) in &config.renamed {
        let at = At { source, tables: &["roster", "renamed"] };
        at.key("team name", old, values::name(old))?;
        at.value(old, today, values::name(today))?;
    }
    for (user, name) in &config.users {
        let at = At { source, tables: &["users"] };
        at.key("user name", user, values::name(user.strip_prefix('@').unwrap_or(user)))?;
        at.value(user, name, values::display_name(name))?;
    }
    for (label, address) in &config.links {
        let at = At { source, tables: &["links"] };
        at.key("label", label, values::label(label))?;
        at.value(label, address, values::url(address))?;
    }
    for (name, ask) in config.asks.iter().flatten() {
        let at = At { source, tables: &["asks"] };
        at.key("ask", name, values::words(name))?;
        if let Some((key, value, fault)) = ask_fault(ask) {
            At { source, tables: &["asks", name] }.value(key, value, Some(fault))?;
        }
    }
    for (name, front_matter) in &config.front_matter {
        if let Some((key, value, fault)) = front_matter.fault() {
            At { source, tables: &["rfc", name] }.value(key, &value, Some(fault))?;
        }
    }
    Ok(())
}

/// Fails where a former address of the site is that of a page of today: links to the page would lead elsewhere.
pub(super) fn check_former_sites(source: &Source, config: &Config) -> Result<(), Error> {
    let Some(site) = &config.site else { return Ok(()) };
    for former in config.former_sites.iter().filter(|former| former.from == Origin::Goals) {
        let below = former.value.strip_prefix(site.as_str()).and_then(|rest| rest.strip_prefix('/'));
        let is_page = below.is_some_and(|below| {
            let first = below.split('/').next().unwrap_or_default();
            PeriodName::parse(first).is_some() || below.ends_with(".html")
        });
        if is_page {
            let span = At { source, tables: &[] }.span(&KeyPath::top("former-sites"));
            let message =
                format!("invalid former site `{}`: it is a page of the site of today, `{site}`", former.value);
            return Err(Error::in_text(source.clone(), span, message).help("use the address of the whole site"));
        }
    }
    Ok(())
}

/// The first value of an ask that cannot be used: its key, the value, and why.
pub(crate) fn ask_fault(ask: &AskFormat) -> Option<(&'static str, &str, Fault)> {
    if let Some(fault) = values::words(&ask.short) {
        return Some(("short", &ask.short, fault));
    }
    values::line(&ask.about).map(|fault| ("about", ask.about.as_str(), fault))
}

/// The first value of a period's format that would make a text wrong: its keys, the value, and why.
pub(crate) fn format_fault(format: &Format) -> Option<(KeyPath, String, Fault)> {
    let value = |above: String, value: &str, fault: Fault| (KeyPath { above, key: None }, value.to_owned(), fault);
    let key = |above: &str, key: &str, fault: Fault| {
        (KeyPath { above: above.to_owned(), key: Some(key.to_owned()) }, key.to_owned(), fault)
    };
    let asks = format.asks.iter().find_map(|(name, ask)| match values::words(name) {
        Some(fault) => Some(key("asks", name, fault)),
        None => ask_fault(ask).map(|(of, text, fault)| value(format!("asks.{name}.{of}"), text, fault)),
    });
    let badges = || {
        format.badges.iter().find_map(|(label, address)| match values::label(label) {
            Some(fault) => Some(key("badges", label, fault)),
            None => values::url(address).map(|fault| value(format!("badges.{label}"), address, fault)),
        })
    };
    let badge = || {
        let badge = format.badge.as_deref()?;
        Some(value("badge".to_owned(), badge, values::label(badge)?))
    };
    let levels = || format.levels.keys().find_map(|name| Some(key("levels", name, values::words(name)?)));
    let marks = || {
        format.statuses.iter().find_map(|(name, status)| {
            let mark = status.mark.as_deref()?;
            Some(value(format!("statuses.{name}.mark"), mark, values::line(mark)?))
        })
    };
    let front_matter = || {
        let lines = &format.rfc.front_matter;
        lines
            .iter()
            .find_map(|(of, name)| Some(value(format!("rfc.front-matter.{}", of.name()), name, values::plain(name)?)))
    };
    let label = || {
        let label = format.rfc.ask_label.as_deref()?;
        Some(value("rfc.ask-label".to_owned(), label, values::label(label)?))
    };
    let heads = || format.heads().find_map(|(above, head)| Some(value(above, head, values::plain(head)?)));
    asks.or_else(badges)
        .or_else(badge)
        .or_else(levels)
        .or_else(marks)
        .or_else(front_matter)
        .or_else(label)
        .or_else(heads)
}

impl FrontMatter {
    /// Fails where a value cannot be a line of a text.
    pub fn check(&self) -> Result<(), Error> {
        let Some((key, value, fault)) = self.fault() else { return Ok(()) };
        Err(Error::new(format!("invalid value of `{key}`: `{value}` {}", fault.reason)).help(fault.help))
    }

    /// The first value that cannot be a line of a text: its key, the value, and why.
    fn fault(&self) -> Option<(&'static str, String, Fault)> {
        let texts = [
            (FrontMatterKey::FeatureName, &self.feature_name),
            (FrontMatterKey::StartDate, &self.start_date),
            (FrontMatterKey::Issue, &self.issue),
        ];
        texts.into_iter().find_map(|(key, text)| {
            let text = text.as_ref()?;
            Some((key.name(), text.clone(), values::line(text)?))
        })
    }
}

/// A table of the file.
struct At<'a> {
    source: &'a Source,
    tables: &'a [&'a str],
}

impl At<'_> {
    fn key(&self, what: &str, key: &str, fault: Option<Fault>) -> Result<(), Error> {
        let Some(fault) = fault else { return Ok(()) };
        let span = self.span(&KeyPath::top(key));
        Err(Error::in_text(self.source.clone(), span, fault.message(what, key)).help(fault.help))
    }

    fn value(&self, key: &str, value: &str, fault: Option<Fault>) -> Result<(), Error> {
        let Some(fault) = fault else { return Ok(()) };
        let span = self.span(&KeyPath { above: key.to_owned(), key: None });
        Err(failure(self.source, span, key, value, &fault))
    }

    fn span(&self, path: &KeyPath) -> Span {
        path.find(self.source, self.tables).map_or(Span::at(0), |(span, _)| span)
    }
}
