//! The effective configuration as text.

use toml::Value;
use unicode_width::UnicodeWidthStr;

use super::style::{Paint, Style};
use crate::queries::settings::{Setting, Settings};
use crate::text::sanitize::{sanitize, sanitize_json};

/// The gap between a value and where it comes from.
const GAP: &str = "  ";

/// One setting as text: its line, and where it comes from.
struct Line<'a> {
    table: &'a [String],
    value: String,
    origin: String,
}

impl Settings {
    /// As TOML: what can be in a `goals.toml` is what would be written there; each line says where it comes from, in a column
    /// behind the values, and above those that are too long for that.
    pub fn toml(&self, look: Style) -> String {
        let lines: Vec<Line<'_>> = self.settings.iter().filter_map(line).collect();
        // A little more than half of a line is for values.
        let room = look.width * 11 / 20;
        let column = lines.iter().map(|line| line.value.width()).filter(|&width| width <= room).max().unwrap_or(0);
        let root = sanitize(&self.root);
        let title = format!("# The configuration of {root}, with the source of each value.");
        let mut text = look.paint(Paint::Bold, &title) + "\n";
        let mut table: &[String] = &[];
        for line in &lines {
            if line.table != table {
                table = line.table;
                let parts: Vec<String> = table.iter().map(|part| key(part)).collect();
                let head = format!("[{}]", parts.join("."));
                text.push_str(&format!("\n{}\n", look.paint(Paint::Bold, &sanitize(&head))));
            }
            let (value, width) = (sanitize(&line.value), line.value.width());
            let origin = look.paint(Paint::Help, &sanitize(&line.origin));
            let fits = width <= column && column + GAP.len() + line.origin.width() <= look.width;
            text.push_str(&match fits {
                false => format!("{origin}\n{value}\n"),
                true => format!("{value}{}{GAP}{origin}\n", " ".repeat(column - width)),
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

fn line(setting: &Setting) -> Option<Line<'_>> {
    let (name, table) = setting.key.split_last()?;
    let hidden = if setting.note.is_some() { "# " } else { "" };
    let note = setting.note.as_ref().map_or_else(String::new, |note| format!("; {note}"));
    let value = format!("{hidden}{} = {}", key(name), setting.value);
    Some(Line { table, value, origin: format!("# {}{note}", setting.from) })
}

/// A key as TOML writes it: bare where it can be.
pub(crate) fn key(name: &str) -> String {
    let is_bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if is_bare { name.to_owned() } else { Value::from(name).to_string() }
}
