//! How wide the columns of a table are: what is laid out, and what is verified to be.
//!
//! Rows line up, so that a table can be read as text. One very long cell would pad every row of its column, though: a title of
//! 30 KB in a slate of sixty goals made megabytes of spaces. So a column is as wide as its widest cell of those that somebody
//! can read as one line, and longer cells stand out. The widest cells of the RFCs so far are what a highlight says in a few
//! sentences, of up to 615 columns.

/// The widest column, as the width of what is in its cells.
const MAX_WIDTH: usize = 640;

/// The widest column of a table that would be mostly blank.
const MAX_WIDTH_OF_BLANK: usize = 40;

/// A table is mostly blank where it is this many times as large as what is in it, and larger than [`SMALL`].
const MAX_GROWTH: usize = 8;

/// A table of this size may be as blank as it likes.
const SMALL: usize = 64 * 1024;

/// The width of each column, given the cells of all rows, how wide one is, and the least width of each column.
pub(crate) fn widths<C>(rows: &[Vec<C>], width_of: impl Fn(&C) -> usize, least: &[usize]) -> Vec<usize> {
    let up_to = |most: usize| -> Vec<usize> {
        let mut widths = least.to_vec();
        for row in rows {
            for (width, cell) in widths.iter_mut().zip(row.iter().map(&width_of)).filter(|(_, cell)| *cell <= most) {
                *width = (*width).max(cell);
            }
        }
        widths
    };
    let widths = up_to(MAX_WIDTH);
    let size = rows.len().saturating_mul(widths.iter().sum());
    // The marks around a cell count as well.
    let content: usize = rows.iter().flatten().map(|cell| width_of(cell) + 3).sum();
    if size > SMALL && size > content.saturating_mul(MAX_GROWTH) { up_to(MAX_WIDTH_OF_BLANK) } else { widths }
}

#[cfg(test)]
mod tests {
    fn widths(rows: &[Vec<usize>], least: &[usize]) -> Vec<usize> {
        super::widths(rows, |cell| *cell, least)
    }

    #[test]
    fn columns_are_as_wide_as_what_somebody_can_read() {
        assert_eq!(widths(&[vec![1, 5], vec![4, 2]], &[3, 3]), [4, 5]);
        assert_eq!(widths(&[vec![], vec![1]], &[3, 3]), [3, 3]);
        assert_eq!(widths(&[vec![700, 1], vec![640, 1], vec![12, 1]], &[3, 3]), [640, 3]);
        assert_eq!(widths(&[vec![30_000], vec![12]], &[3]), [12]);
    }

    #[test]
    fn a_table_that_is_mostly_blank_is_not_padded() {
        let mut rows = vec![vec![0; 100]; 100];
        rows[0] = vec![600; 100];
        rows[1] = vec![20; 100];
        assert_eq!(widths(&rows, &[3; 100]), vec![20; 100]);
        rows.truncate(3);
        assert_eq!(widths(&rows, &[3; 100]), vec![600; 100]);
    }
}
