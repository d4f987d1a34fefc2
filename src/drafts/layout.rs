//! How a draft is laid out: tables that line up, and blank lines between blocks.

use crate::markdown::escape::escape_pipes;
use crate::text::width::width;

/// A table whose columns line up; cells are Markdown, in which pipes are escaped. Without a line end behind it.
pub(crate) fn table(header: &[String], rows: &[Vec<String>]) -> String {
    let cell = |row: &[String], column: usize| {
        row.get(column).map_or_else(String::new, |cell| escape_pipes(cell).into_owned())
    };
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| width(&cell(row, column)));
        cells.chain([width(&cell(header, column)), 3]).max().unwrap_or(3)
    };
    let widths: Vec<usize> = (0..header.len()).map(widest).collect();
    let line = |row: &[String]| {
        let cells = widths.iter().enumerate().map(|(column, wide)| {
            let text = cell(row, column);
            format!(" {text}{} |", " ".repeat(wide.saturating_sub(width(&text))))
        });
        format!("|{}", cells.collect::<String>())
    };
    let dashes: String = widths.iter().map(|wide| format!("{}|", "-".repeat(wide + 2))).collect();
    let body = rows.iter().map(|row| line(row));
    std::iter::once(line(header)).chain([format!("|{dashes}")]).chain(body).collect::<Vec<_>>().join("\n")
}

/// A text with one blank line where there are several, none at its beginning, and one line end behind it. Code keeps its lines.
pub(crate) fn tidied(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut fence: Option<&str> = None;
    let mut is_blank = true;
    for line in text.lines() {
        let marks = line.trim_start();
        match fence {
            Some(mark) if marks.starts_with(mark) && marks.trim_end().trim_start_matches(&mark[..1]).is_empty() => {
                fence = None;
            }
            None if marks.starts_with("```") => fence = Some("```"),
            None if marks.starts_with("~~~") => fence = Some("~~~"),
            _ => {}
        }
        let blank = line.trim().is_empty() && fence.is_none();
        if blank && is_blank {
            continue;
        }
        is_blank = blank;
        out.push_str(if blank { "" } else { line });
        out.push('\n');
    }
    format!("{}\n", out.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_pipes_are_escaped() {
        let rows = [vec!["花".to_owned(), "a|b".to_owned()], vec!["x".to_owned()]];
        let text = table(&["Metadata".to_owned(), String::new()], &rows);
        assert_eq!(text, "| Metadata |      |\n|----------|------|\n| 花       | a\\|b |\n| x        |      |");
    }

    #[test]
    fn blank_lines_outside_code_are_single() {
        let text = "\n\na\n\n \nb\n```\n\n\nc\n```\n\n\n\n";
        assert_eq!(tidied(text), "a\n\nb\n```\n\n\nc\n```\n");
    }
}
