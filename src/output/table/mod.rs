//! Answers as tables: for a terminal, for a pipe, as CSV, as Markdown.
//!
//! A sheet is heads and cells of plain text; who asks a question fills one (`questions`), this module only draws. Text from
//! files goes through `visible` here, and nowhere else.

pub(crate) mod csv;
pub(crate) mod markdown;
pub(crate) mod tabs;
pub(crate) mod terminal;

/// A space at which a terminal breaks no line.
pub(crate) const NO_BREAK: char = '\u{a0}';

/// One table: its heads, and rows of as many cells.
#[derive(Clone, Debug, Default)]
pub(crate) struct TextTable {
    /// What is above it, if anything.
    pub(crate) title: String,
    /// The heads of the columns.
    pub(crate) head: Vec<String>,
    /// The cells. A line break in one is a line break on a terminal and a space everywhere else.
    pub(crate) rows: Vec<Vec<String>>,
    /// The column that a terminal does without where there is no room for it.
    pub(crate) optional: Option<usize>,
    /// The columns of which a terminal shows all, however many lines that takes.
    pub(crate) whole: &'static [usize],
    /// The column that gets twice the room of the others, where room is short.
    pub(crate) wide: Option<usize>,
    /// Whether CSV has `@user` and `-` in cells of their own, as another spreadsheet that it takes the place of.
    pub(crate) bare_users: bool,
}

impl TextTable {
    /// A sheet without rows.
    pub(crate) fn new(title: impl Into<String>, head: &[&str]) -> TextTable {
        let head = head.iter().map(|&name| name.to_owned()).collect();
        TextTable { title: title.into(), head, rows: Vec::new(), ..TextTable::default() }
    }

    /// The columns that have anything in them.
    pub(crate) fn used_columns(&self) -> Vec<usize> {
        (0..self.head.len()).filter(|&column| self.rows.iter().any(|row| !row[column].is_empty())).collect()
    }

    /// Adds a row; it has a cell for every head.
    pub(crate) fn row(&mut self, cells: impl Into<Vec<String>>) {
        let mut cells = cells.into();
        cells.resize(self.head.len(), String::new());
        self.rows.push(cells);
    }
}
