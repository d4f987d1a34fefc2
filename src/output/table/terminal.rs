//! A sheet for a terminal: as wide as what is in it, and never wider than the terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{NO_BREAK, TextTable};
use crate::output::style::{Paint, Style};
use crate::text::sanitize::sanitize;

/// The separator of two columns.
const GAP: &str = "  ";
/// How much of a long text should fit on one line, so that a table has room for a column that it can do without.
const COMFORT: usize = 30;
/// How many lines a cell may have; what is longer ends in an ellipsis.
const MAX_LINES: usize = 3;

impl TextTable {
    /// The sheet as text: its title, its heads, a line, its rows. Empty columns are omitted; others that do
    /// not fit share what room the narrower ones leave, and their cells are wrapped.
    pub(crate) fn terminal(&self, look: Style) -> String {
        let mut text = String::new();
        if !self.title.is_empty() {
            for line in wrap(&sanitize(&self.title), look.width) {
                text.push_str(&bold(&line, look));
                text.push('\n');
            }
            text.push('\n');
        }
        let mut used = self.used_columns();
        if self.optional.is_some_and(|_| !Columns::of(self, &used).fit(look.width)) {
            used.retain(|&column| self.optional != Some(column));
        }
        let rows: Vec<Vec<Vec<String>>> =
            self.rows.iter().map(|row| used.iter().map(|&column| lines_of(&row[column])).collect()).collect();
        let widths = Columns::of(self, &used).widths(look.width);
        let most: Vec<usize> =
            used.iter().map(|&column| if self.whole.contains(&column) { usize::MAX } else { MAX_LINES }).collect();
        let head: Vec<Vec<String>> = used.iter().map(|&column| vec![self.head[column].clone()]).collect();
        for line in table_row(&head, &widths, &most) {
            text.push_str(&bold(&line, look));
            text.push('\n');
        }
        let rule: Vec<String> = widths.iter().map(|&width| "─".repeat(width)).collect();
        text.push_str(&rule.join(GAP));
        text.push('\n');
        let rows: Vec<Vec<String>> = rows.iter().map(|row| table_row(row, &widths, &most)).collect();
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
}

/// What the columns that are used need.
struct Columns {
    /// Its widest line.
    natural: Vec<usize>,
    /// Its longest word, with what stays beside it.
    least: Vec<usize>,
    /// Its longest word alone.
    words: Vec<usize>,
    /// How much of the room it gets, compared to the others.
    weight: Vec<usize>,
}

impl Columns {
    fn of(sheet: &TextTable, used: &[usize]) -> Columns {
        let column = |&at: &usize| {
            // A head may be wrapped, but not within a word.
            let head = sheet.head[at].split(' ').map(UnicodeWidthStr::width).max().unwrap_or(0);
            let (mut natural, mut least, mut words) = (head, head, head);
            for line in sheet.rows.iter().flat_map(|row| lines_of(&row[at])) {
                natural = natural.max(line.width());
                least = line.split(' ').map(UnicodeWidthStr::width).fold(least, usize::max);
                words = line.split([' ', NO_BREAK]).map(UnicodeWidthStr::width).fold(words, usize::max);
            }
            (natural, least, words, if sheet.wide == Some(at) { 2 } else { 1 })
        };
        let mut columns = Columns { natural: Vec::new(), least: Vec::new(), words: Vec::new(), weight: Vec::new() };
        for (natural, least, words, weight) in used.iter().map(column) {
            columns.natural.push(natural);
            columns.least.push(least);
            columns.words.push(words);
            columns.weight.push(weight);
        }
        columns
    }

    /// What a line of so many columns leaves for cells.
    fn room(&self, width: usize) -> usize {
        width.saturating_sub(GAP.len() * self.natural.len().saturating_sub(1))
    }

    /// Whether there is room for all of them without breaking a word, and for most of the text on one line.
    fn fit(&self, width: usize) -> bool {
        let wanted = self.natural.iter().zip(&self.least).map(|(&natural, &least)| least.max(natural.min(COMFORT)));
        wanted.sum::<usize>() <= self.room(width)
    }

    /// The width of each: its widest line where there is room, else its longest word and a share of what is left; and where
    /// not even the words have room, a share alone.
    fn widths(&self, width: usize) -> Vec<usize> {
        let room = self.room(width);
        let fits = |widths: &&Vec<usize>| widths.iter().sum::<usize>() <= room;
        let least = [&self.least, &self.words].into_iter().find(fits);
        let mut widths = least.map_or_else(|| vec![1; self.words.len()], Clone::clone);
        let mut left = room.saturating_sub(widths.iter().sum());
        while left > 0 {
            // The narrowest of those that want more; a wide one counts as half.
            let growing = (0..widths.len()).filter(|&at| widths[at] < self.natural[at]);
            let Some(next) = growing.min_by_key(|&at| (2 * widths[at] / self.weight[at], at)) else { break };
            widths[next] += 1;
            left -= 1;
        }
        widths
    }
}

fn bold(line: &str, look: Style) -> String {
    look.paint(Paint::Bold, line)
}

/// A cell's own lines, as they may be shown.
fn lines_of(cell: &str) -> Vec<String> {
    cell.split('\n').map(|line| sanitize(line).replace('\t', " ")).collect()
}

/// A row as lines without whitespace at their ends.
fn table_row(cells: &[Vec<String>], widths: &[usize], most: &[usize]) -> Vec<String> {
    let cells = cells.iter().zip(widths).zip(most);
    let wrapped: Vec<Vec<String>> = cells.map(|((cell, &width), &most)| wrap_cell(cell, width, most)).collect();
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
        line.replace(NO_BREAK, " ")
    };
    (0..height).map(line).collect()
}

/// The lines of a cell, each no wider than its column. A line that is wrapped becomes `most` lines at most; lines that the
/// cell itself makes all stay.
fn wrap_cell(lines: &[String], width: usize, most: usize) -> Vec<String> {
    let mut out = Vec::new();
    for line in lines {
        let mut wrapped = wrap(line, width);
        if wrapped.len() > most {
            wrapped.truncate(most);
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
    let fits = |word: &&str| word.width() <= width;
    let words = line.split(' ').flat_map(|word| {
        // What belongs together is parted before a word is broken.
        let apart = if fits(&word) { '\n' } else { NO_BREAK };
        word.split(apart).filter(|part| !part.is_empty())
    });
    for mut word in words {
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
        assert!(text.lines().all(|line| line.width() <= Style::default().width), "{text}");
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
