//! A sheet as a Markdown table, to be pasted into an issue or an agenda.
//!
//! Cells are Markdown already; only what would break the table is escaped.

use super::TextTable;
use crate::markdown::escape::escape_pipes;
use crate::text::sanitize::sanitize;

impl TextTable {
    /// The sheet as Markdown: its title in bold, a blank line, the table without empty columns.
    pub(crate) fn markdown(&self) -> String {
        let mut text = String::new();
        if !self.title.is_empty() {
            text.push_str(&format!("**{}**\n\n", sanitize(&self.title)));
        }
        let used = self.used_columns();
        line(&self.head, &used, &mut text);
        text.push_str(&format!("|{}\n", " --- |".repeat(used.len())));
        self.rows.iter().for_each(|row| line(row, &used, &mut text));
        text
    }
}

fn line(cells: &[String], used: &[usize], text: &mut String) {
    text.push('|');
    for &column in used {
        text.push_str(&format!(" {} |", escape_pipes(&sanitize(&cells[column].replace('\n', " ")))));
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pipes_do_not_end_a_cell() {
        let mut sheet = TextTable::new("A title", &["a", "empty"]);
        sheet.row(["x | y \\| z\nw".to_owned(), String::new()]);
        assert_eq!(sheet.markdown(), "**A title**\n\n| a |\n| --- |\n| x \\| y \\| z w |\n");
    }
}
