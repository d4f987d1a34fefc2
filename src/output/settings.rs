//! The effective configuration as text.

use toml::Value;
use unicode_width::UnicodeWidthStr;

use crate::queries::settings::Settings;
use crate::text::sanitize::{sanitize, sanitize_json};

/// The column of the origins; that of a longer line is above it, where a terminal shows it too.
pub(crate) const ORIGIN_COLUMN: usize = 44;

impl Settings {
    /// As TOML: what can be in a `goals.toml` is what would be written there; each line says where it comes from.
    pub fn toml(&self) -> String {
        let mut text = format!("# The configuration of {}, with the source of each value.\n", sanitize(&self.root));
        let mut table: &[String] = &[];
        for setting in &self.settings {
            let Some((name, above)) = setting.key.split_last() else { continue };
            if above != table {
                table = above;
                let parts: Vec<String> = above.iter().map(|part| key(part)).collect();
                text.push_str(&format!("\n[{}]\n", sanitize(&parts.join("."))));
            }
            let hidden = if setting.note.is_some() { "# " } else { "" };
            let line = format!("{hidden}{} = {}", key(name), setting.value);
            let note = setting.note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
            let origin = format!("# {}{note}", setting.from);
            text.push_str(&match line.width() > ORIGIN_COLUMN {
                true => format!("{}\n{}\n", sanitize(&origin), sanitize(&line)),
                false => format!("{}\n", sanitize(&format!("{line:<ORIGIN_COLUMN$}  {origin}"))),
            });
        }
        text
    }

    /// As one JSON document, followed by a line end.
    pub fn json(&self) -> String {
        let mut text = serde_json::to_string_pretty(self).unwrap_or_default();
        text.push('\n');
        sanitize_json(&text).into_owned()
    }
}

/// A key as TOML writes it: bare where it can be.
pub(crate) fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_owned() } else { Value::from(name).to_string() }
}
