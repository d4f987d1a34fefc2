//! A sheet for a pipe: a line for the heads and one for each row, the cells apart by tabs, so that `cut`, `awk` and `sort` take it.
//!
//! Empty columns stay: which field is which does not depend on what is in it.

use super::TextTable;
use crate::text::blanks::one_line;
use crate::text::sanitize::sanitize;

impl TextTable {
    /// The sheet as lines.
    pub(crate) fn tabs(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            // A tab or a line break in a cell is one space, so none of them can be taken for an end.
            let cells: Vec<String> = row.iter().map(|cell| sanitize(&one_line(cell)).into_owned()).collect();
            text.push_str(&cells.join("\t"));
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line() {
        let mut sheet = TextTable::new("A title", &["a", "b", "c"]);
        sheet.row(["x\ty\nz".to_owned(), String::new(), "\u{1b}[1m".to_owned()]);
        assert_eq!(sheet.tabs(), "a\tb\tc\nx y z\t\t␛[1m\n");
    }
}
