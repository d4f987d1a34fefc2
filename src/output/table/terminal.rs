//! A sheet for a terminal: never wider than 80 columns, and the same bytes on a terminal and in a pipe.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::TextTable;
use crate::output::style::Style;
use crate::text::sanitize::sanitize;

/// How wide a table may be, in columns of the terminal.
const WIDTH: usize = 80;
/// The separator of two columns.
const GAP: &str = "  ";
/// How many lines a cell may have; what is longer ends in an ellipsis.
const MAX_LINES: usize = 3;

impl TextTable {
    /// The sheet as text: its title, its heads, a line, its rows. Empty columns are omitted; others that do
    /// not fit share what room the narrower ones leave, and their cells are wrapped.
    pub(crate) fn terminal(&self, look: Style) -> String {
        let mut text = String::new();
        if !self.title.is_empty() {
            for line in wrap(&sanitize(&self.title), WIDTH) {
                text.push_str(&bold(&line, look));
                text.push('\n');
            }
            text.push('\n');
        }
        let used: Vec<usize> =
            (0..self.head.len()).filter(|&column| self.rows.iter().any(|row| !row[column].is_empty())).collect();
        let rows: Vec<Vec<Vec<String>>> =
            self.rows.iter().map(|row| used.iter().map(|&column| lines_of(&row[column])).collect()).collect();
        let widths = self.widths(&used, &rows);
        let head: Vec<Vec<String>> = used.iter().map(|&column| vec![self.head[column].clone()]).collect();
        for line in table_row(&head, &widths) {
            text.push_str(&bold(&line, look));
            text.push('\n');
        }
        let rule: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
        text.push_str(&rule.join(GAP));
        text.push('\n');
        let rows: Vec<Vec<String>> = rows.iter().map(|row| table_row(row, &widths)).collect();
        // Rows of several lines need space between them to show where one ends; a few of them can do without.
        let tall = rows.iter().filter(|lines| lines.len() > 1).count();
        let gap = if 3 * tall > rows.len() { "\n" } else { "" };
        for (index, lines) in rows.iter().enumerate() {
            if index > 0 {
                text.push_str(gap);
            }
            for line in lines {
                text.push_str(line);
                text.push('\n');
            }
        }
        text
    }

    /// The width of each column that is used: its widest line, or what is left for it.
    fn widths(&self, used: &[usize], rows: &[Vec<Vec<String>>]) -> Vec<usize> {
        let widest = |at: usize| {
            let cells = rows.iter().flat_map(|row| &row[at]);
            // A head may be wrapped too, but not within a word.
            let head = self.head[used[at]].split(' ').map(UnicodeWidthStr::width);
            cells.map(|line| line.width()).chain(head).max().unwrap_or(0)
        };
        let mut widths: Vec<usize> = (0..used.len()).map(widest).collect();
        let mut room = WIDTH.saturating_sub(GAP.len() * used.len().saturating_sub(1));
        // Narrow columns first: what they do not need is for the others.
        let mut order: Vec<usize> = (0..widths.len()).collect();
        order.sort_by_key(|&column| (self.wide == Some(used[column]), widths[column]));
        let weight = |column: usize| if self.wide == Some(used[column]) { 2 } else { 1 };
        let mut weights: usize = order.iter().map(|&column| weight(column)).sum();
        for column in order {
            let share = (room * weight(column) / weights).max(1);
            weights -= weight(column);
            widths[column] = widths[column].min(share);
            room = room.saturating_sub(widths[column]);
        }
        widths
    }
}

fn bold(line: &str, look: Style) -> String {
    if look.color { format!("\u{1b}[1m{line}\u{1b}[0m") } else { line.to_owned() }
}

/// A cell's own lines, as they may be shown.
fn lines_of(cell: &str) -> Vec<String> {
    cell.split('\n').map(|line| sanitize(line).replace('\t', " ")).collect()
}

/// A row as lines without whitespace at their ends.
fn table_row(cells: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> = cells.iter().zip(widths).map(|(cell, &width)| wrap_cell(cell, width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
    let line = |at: usize| {
        let mut line = String::new();
        for (column, (cell, &width)) in wrapped.iter().zip(widths).enumerate() {
            let part = cell.get(at).map_or("", String::as_str);
            if column > 0 {
                line.push_str(GAP);
            }
            line.push_str(part);
            line.push_str(&" ".repeat(width.saturating_sub(part.width())));
        }
        line.truncate(line.trim_end().len());
        line
    };
    (0..height).map(line).collect()
}

/// The lines of a cell, each no wider than its column. A line that is wrapped has at most [`MAX_LINES`]; lines that the cell
/// itself makes all stay.
fn wrap_cell(lines: &[String], width: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut wrapped = wrap(line, width);
        if wrapped.len() > MAX_LINES {
            wrapped.truncate(MAX_LINES);
            if let Some(last) = wrapped.last_mut() {
                *last = format!("{}…", cut(last, width.saturating_sub(1)).trim_end());
            }
        }
        out.extend(wrapped);
    }
    out
}

/// Breaks a line at spaces; a word that no line can hold is broken wherever the line ends.
fn wrap(line: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in line.split(' ').filter(|word| !word.is_empty()) {
        let mut word = word;
        let space = usize::from(used > 0);
        if used + space + word.width() > width && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        while word.width() > width {
            let part = breakable(word, width);
            push(&mut lines, part);
            lines.push(String::new());
            word = &word[part.len()..];
            used = 0;
        }
        if used > 0 {
            push(&mut lines, " ");
            used += 1;
        }
        push(&mut lines, word);
        used += word.width();
    }
    lines
}

fn push(lines: &mut [String], part: &str) {
    if let Some(last) = lines.last_mut() {
        last.push_str(part);
    }
}

/// The start of a word that fits: at a slash, hyphen or underscore near its end where there is one. What follows never
/// begins with a colon, which a continuous integration runner could take for a command.
fn breakable(word: &str, width: usize) -> &str {
    let most = cut(word, width);
    let near = most.rfind(['/', '-', '_']).map(|at| at + 1).filter(|&at| at * 2 > most.len() && at < word.len());
    let mut end = near.unwrap_or(most.len());
    while word[end..].starts_with([':', '[']) && end > 1 {
        end = word[..end].char_indices().next_back().map_or(0, |(at, _)| at);
    }
    if end == 0 { most } else { &word[..end] }
}

/// The longest start of a text that is no wider, but at least one character.
fn cut(text: &str, width: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += c.width().unwrap_or(0);
        if used > width && at > 0 {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_at_spaces_then_anywhere() {
        assert_eq!(wrap("a bc def", 4), ["a bc", "def"]);
        assert_eq!(wrap("src/2026/goal.md", 10), ["src/2026/", "goal.md"]);
        assert_eq!(wrap("abcdefghij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrap("漢字漢字", 5), ["漢字", "漢字"]);
        assert_eq!(wrap("", 5), [""]);
        assert_eq!(wrap("abc::error::x", 3), ["ab", "c::", "err", "o", "r::", "x"]);
    }

    #[test]
    fn no_line_is_wider_than_a_terminal() {
        let mut sheet = TextTable::new("漢字 ".repeat(40), &["one", "two", "empty", "three"]);
        sheet.row(["漢字".repeat(30), "word ".repeat(40), String::new(), "x".repeat(200)]);
        sheet.row(["a".to_owned(), "b\nc".to_owned(), String::new(), "😀".repeat(100)]);
        let text = sheet.terminal(Style::default());
        assert!(text.lines().all(|line| line.width() <= WIDTH), "{text}");
        assert!(!text.contains("empty") && text.contains('…'), "{text}");
    }

    #[test]
    fn narrow_columns_keep_their_width() {
        let mut sheet = TextTable::new("", &["a", "b"]);
        sheet.row(["narrow".to_owned(), "wide ".repeat(30)]);
        let text = sheet.terminal(Style::default());
        assert!(text.contains("narrow  wide wide"), "{text}");
    }
}
