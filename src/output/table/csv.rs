//! A sheet as CSV in the form of RFC 4180: a row of heads, lines that end in CR LF, quotation marks where they are needed.
//!
//! Twenty lines of our own, since writing is all we need of it; a package would bring a reader along.

use super::TextTable;
use crate::text::sanitize::sanitize;
use crate::text::user_names::single_user;

/// The characters with which a spreadsheet lets a formula begin.
const BEGINS_FORMULA: [char; 5] = ['=', '+', '-', '@', '\t'];

impl TextTable {
    /// The sheet as CSV.
    pub(crate) fn csv(&self) -> String {
        let mut text = String::new();
        for row in std::iter::once(&self.head).chain(&self.rows) {
            let cells: Vec<String> = row.iter().map(|cell| field(cell, self.bare_users)).collect();
            text.push_str(&cells.join(","));
            text.push_str("\r\n");
        }
        text
    }
}

/// One cell. Who opens the file opens it in a spreadsheet, and a goal is written by whoever opens a pull request: what would
/// be a formula there gets an apostrophe in front, which makes it text. Programs that want the bare text read the JSON. A hyphen
/// alone and the name of one user stay what they are with `bare_users`: they are no formulas, whatever they begin with.
fn field(cell: &str, bare_users: bool) -> String {
    let cell = cell.replace('\n', " ");
    let cell = sanitize(&cell);
    let is_plain = bare_users && (cell == "-" || single_user(&cell).is_some());
    let apostrophe = if cell.starts_with(BEGINS_FORMULA) && !is_plain { "'" } else { "" };
    // Some programs take a semicolon or a tab for the end of a cell, and what follows for a formula.
    if cell.contains(['"', ',', ';', '\t']) || cell != cell.trim() {
        format!("\"{apostrophe}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{apostrophe}{cell}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        let cells = [
            ("plain", "plain"),
            ("", ""),
            ("a, b", "\"a, b\""),
            ("wait;=1+1", "\"wait;=1+1\""),
            ("wait\t=1+1", "\"wait\t=1+1\""),
            ("say \"yes\"", "\"say \"\"yes\"\"\""),
            (" apart ", "\" apart \""),
            ("two\nlines", "two lines"),
            ("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\""),
            ("@SUM(1)", "'@SUM(1)"),
            ("-1", "'-1"),
            ("a\u{1b}b", "a␛b"),
            ("::error::x", ": :error::x"),
        ];
        for (cell, written) in cells {
            assert_eq!(field(cell, false), written);
        }
        for (cell, written) in [("-", "-"), ("@some-body", "@some-body"), ("@a b", "'@a b"), ("-1", "'-1")] {
            assert_eq!(field(cell, true), written);
        }
    }

    #[test]
    fn lines_end_as_the_standard_says() {
        let mut sheet = TextTable::new("", &["a", "b"]);
        sheet.row(["1".to_owned(), String::new()]);
        assert_eq!(sheet.csv(), "a,b\r\n1,\r\n");
    }
}
